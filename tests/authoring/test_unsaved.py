"""What is not saved outlives a kill, is had by one window at a time, and comes back on top of whatever the file is by then."""

import errno
import gc
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizzer import deckfile
from quizzer.authoring import Manuscript, blank, regrouping
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Plain
from quizzer.deckfile.journal import Journal
from quizzer.workspace import unsaved_path

DECK = """\
title: Peru
questions:
  # of the coast
  - id: lima
    question: Capital of Peru?
    answer: Lima
  - id: lake
    question: Highest lake?  # of all
    answer: Titicaca
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    at = tmp_path / "peru.yaml"
    at.write_text(DECK, "utf-8")
    return at


def killed(manuscript: Manuscript) -> None:
    """What the system does when a program is killed: its files are closed, and with them goes the lock."""
    lock = manuscript._unsaved._lock
    assert lock is not None
    lock.close()


def left_over(path: Path) -> list[str]:
    return sorted(file.suffix for file in unsaved_path(path).parent.iterdir())


def test_one_window_at_a_time_edits_a_deck(path: Path) -> None:
    first = Manuscript.open(path)
    with pytest.raises(DeckError, match=r"peru\.yaml: is being edited in another window of quizzer"):
        Manuscript.open(path)
    first.close()
    assert left_over(path) == []
    second = Manuscript.open(path)
    second.delete("lima")
    second.close()
    assert left_over(path) == [".jsonl"]
    third = Manuscript.open(path)
    assert third.recovered and [one.id for one in third.deck.questions] == ["lake"]
    third.discard()
    assert left_over(path) == []
    assert path.read_text("utf-8") == DECK


def test_what_was_not_saved_comes_back_on_top_of_a_file_that_others_changed(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"answer": "Lima, Peru", "explanation": "On the coast."})
    manuscript.add(Plain(question="Currency?", answer="Sol"))
    killed(manuscript)
    path.write_text(DECK.replace("answer: Lima", "answer: Cusco").replace("Highest lake?", "The highest lake?"), "utf-8")
    again = Manuscript.open(path)
    assert again.recovered and [conflict.told for conflict in again.conflicts] == [
        "`answer` of the question 'lima' was changed on both sides."
    ]
    lima, lake, new = again.deck.questions
    assert (lima.answer, lima.explanation, lake.text, new.text) == ("Lima, Peru", "On the coast.", "The highest lake?", "Currency?")  # type: ignore[union-attr]
    killed(again)
    again = Manuscript.open(path)  # and once more: what was recovered is kept like all else
    assert again.deck.questions == (lima, lake, new)
    assert again.undo() == "the changes that were not saved"
    assert not again.changed
    again.redo()
    again.save()
    assert "question: The highest lake?  # of all\n" in path.read_text("utf-8")
    assert left_over(path) == [".lock"]


def test_a_kill_between_the_file_and_what_is_unsaved_makes_nothing_double(path: Path) -> None:
    manuscript = Manuscript.open(path)
    new = manuscript.add(Plain(question="Currency?", answer="Sol"))
    manuscript.delete("lake")
    journal = unsaved_path(path).read_bytes()
    assert manuscript.save() == {new: "currency"}
    killed(manuscript)
    unsaved_path(path).write_bytes(journal)
    again = Manuscript.open(path)
    assert not again.recovered and not again.changed and again.deck == deckfile.load(path)
    assert left_over(path) == [".lock"]


class Death(BaseException):
    """Stands for a kill: nobody catches it."""


def dying(*given: object) -> None:
    raise Death


@pytest.mark.parametrize("act", ["opened again", "read anew", "saved"])
def test_what_is_not_saved_outlives_a_kill_while_the_file_becomes_another(path: Path, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"answer": "Lima, Peru"})
    if act == "saved":  # and the author goes on meanwhile
        write = type(manuscript._edition).write

        def slowly(*given: Any, **more: Any) -> Any:
            made = write(*given, **more)
            manuscript.fill("lake", {"explanation": "Between two countries."})
            return made

        monkeypatch.setattr(type(manuscript._edition), "write", slowly)
    else:
        path.write_text(DECK.replace("Highest lake?", "The highest lake?"), "utf-8")
    if act == "opened again":
        killed(manuscript)
    with monkeypatch.context() as at_this_moment, pytest.raises(Death):
        at_this_moment.setattr(Journal, "begin", dying)
        {"opened again": lambda: Manuscript.open(path), "read anew": manuscript.reread, "saved": manuscript.save}[act]()
    if act != "opened again":
        killed(manuscript)
    gc.collect()  # closes the lock of the one that died opening
    lima, lake = Manuscript.open(path).deck.questions
    assert lima.answer == "Lima, Peru"  # type: ignore[union-attr]
    assert lake.explanation == ("Between two countries." if act == "saved" else "")


def test_what_is_damaged_is_put_aside_and_what_was_cut_short_left_out(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.delete("lake")
    manuscript.delete("lima")
    killed(manuscript)
    journal = unsaved_path(path)
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-5])
    again = Manuscript.open(path)
    assert [one.id for one in again.deck.questions] == ["lima"]
    killed(again)
    for damaged in (b"{}\n", b"what?\n", whole.replace(b'["lima"]', b'["cusco"]')):
        journal.write_bytes(damaged)
        again = Manuscript.open(path)
        assert not again.recovered and [one.id for one in again.deck.questions] == ["lima", "lake"]
        killed(again)
        assert journal.with_suffix(".damaged").read_bytes() == damaged


def test_where_nothing_can_be_kept_it_is_told_and_editing_goes_on(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QUIZZER_STATE", str(tmp_path / "file"))
    manuscript = Manuscript.open(path)
    assert "cannot be written" in manuscript.unkept
    manuscript.delete("lake")
    manuscript.save()
    assert [one.id for one in deckfile.load(path).questions] == ["lima"]
    assert Manuscript.open(path).unkept
    monkeypatch.delenv("QUIZZER_STATE")


def test_what_was_not_saved_follows_a_file_that_was_renamed_and_gets_into_no_other_deck(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"explanation": "On the coast."})
    killed(manuscript)
    copy = path.with_name("copy.yaml")
    copy.write_bytes(path.read_bytes())
    opened = Manuscript.open(copy)  # what is unsaved of a file that is there is its own
    assert not opened.recovered
    opened.close()
    path.rename(path.with_name("andes.yaml"))
    path.write_text("title: Rivers\nquestions:\n  - {id: r, question: Which river?, answer: Rhine}\n", "utf-8")
    other = Manuscript.open(path)
    assert not other.recovered and [one.id for one in other.deck.questions] == ["r"]
    other.delete("r")
    other.discard()
    moved = Manuscript.open(path.with_name("andes.yaml"))
    assert moved.recovered and moved.question("lima").explanation == "On the coast."
    killed(moved)
    path.with_name("andes.yaml").rename(path.with_name("peru again.yaml"))
    again = Manuscript.open(path.with_name("peru again.yaml"))
    assert again.recovered and again.question("lima").explanation == "On the coast."
    again.save()
    again.close()
    assert left_over(path) == []


@pytest.mark.parametrize("written", ["", "id: peru\n"])
def test_what_was_not_saved_goes_with_a_deck_that_is_given_another_id(path: Path, written: str) -> None:
    path.write_text(written + DECK, "utf-8")
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"explanation": "On the coast."})
    manuscript.close()
    _, to = regrouping.rename(path, "andes")
    again = Manuscript.open(to)
    assert again.recovered and not again.conflicts
    assert (again.deck.id, again.deck.formerly, again.question("lima").explanation) == ("andes", ("peru",), "On the coast.")
    again.close()
    _, to = regrouping.rename(to, "peru")  # and back, with what is unsaved of another since
    back = Manuscript.open(to)
    assert back.recovered and (back.deck.id, back.question("lima").explanation) == ("peru", "On the coast.")
    back.save()
    back.close()
    assert left_over(path) == []


def test_a_deck_that_is_open_in_the_editor_is_not_taken_away(path: Path) -> None:
    other = path.with_name("rivers.yaml")
    other.write_text("title: Rivers\nquestions:\n  - {id: r, question: Which river?, answer: Rhine}\n", "utf-8")
    manuscript = Manuscript.open(path)
    before = [path.read_bytes(), other.read_bytes()]
    for act in (lambda: regrouping.rename(path, "andes"), lambda: regrouping.merge([other, path], other)):
        with pytest.raises(DeckError, match=r"peru\.yaml: is being edited in another window of quizzer\. Close it there first"):
            act()
        assert [path.read_bytes(), other.read_bytes()] == before
    manuscript.fill("lima", {"explanation": "On the coast."})
    regrouping.rename(path, "andes", keep_file=True)  # the file stays: the editor reads it anew
    regrouping.merge([path, other], path)
    assert manuscript.reread() == ()
    manuscript.save()
    manuscript.close()
    deck = deckfile.load(path)
    assert (deck.id, [one.explanation for one in deck.questions]) == ("andes", ["On the coast.", "", ""])


def test_what_was_not_saved_of_a_question_whose_id_was_taken_goes_to_the_one_with_a_number(path: Path) -> None:
    other = path.with_name("beans.yaml")
    other.write_text("title: Beans\nquestions:\n  - {id: lima, question: What is lima?, answer: a bean}\n", "utf-8")
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"explanation": "On the coast."})
    manuscript.close()
    regrouping.merge([other, path], other)
    opened = Manuscript.open(other)
    assert opened.recovered and not opened.conflicts
    assert {one.id: one.explanation for one in opened.deck.questions} == {"lima": "", "lima-2": "On the coast.", "lake": ""}


def test_what_was_not_saved_goes_into_the_deck_that_has_all_of_the_old_one_and_into_no_part_of_it(path: Path) -> None:
    other = path.with_name("rivers.yaml")
    other.write_text("title: Rivers\nquestions:\n  - {id: r, question: Which river?, answer: Rhine}\n", "utf-8")
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"explanation": "On the coast."})
    manuscript.close()
    part = path.with_name("part.yaml")
    part.write_text("title: Part\nformerly: [peru]\nquestions:\n  - {id: lima, question: Capital of Peru?, answer: Lima}\n", "utf-8")
    regrouping.merge([other, path], other)
    opened = Manuscript.open(part)
    assert not opened.recovered
    opened.close()
    all_of_it = Manuscript.open(other)
    assert all_of_it.recovered and not all_of_it.conflicts
    assert (all_of_it.deck.title, [one.explanation for one in all_of_it.deck.questions]) == ("Rivers", ["", "On the coast.", ""])


def test_when_there_is_no_room_what_was_kept_is_not_what_was_undone_and_it_goes_on_when_there_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("lima", {"explanation": "One."})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        manuscript.delete("lake")
        assert "No space left" in manuscript.unkept
    manuscript.part()
    manuscript.fill("lima", {"explanation": "Two."})
    assert not manuscript.unkept
    killed(manuscript)
    again = Manuscript.open(path)
    assert [(one.id, one.explanation) for one in again.deck.questions] == [("lima", "Two.")]
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        again.fill("lima", {"explanation": "Three."})
        while again.undo():
            pass
    again.close()
    assert not Manuscript.open(path).recovered


PROGRAM = """
import sys
from pathlib import Path
from quizzer.authoring import Manuscript
manuscript = Manuscript.open(Path(sys.argv[1]))
for number in range(100_000):
    manuscript.fill("lima", {"explanation": f"Told {number} times."})
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_whatever_was_typed_is_there_after_the_program_is_killed(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(40):
            said = program.stdout.readline()
        program.send_signal(signal.SIGKILL)
        said = ([said, *program.stdout.read().splitlines()])[-1]
    manuscript = Manuscript.open(path)
    assert manuscript.recovered
    told = manuscript.question("lima").explanation
    assert int(told.split()[1]) >= int(said)
    assert path.read_text("utf-8") == DECK


def test_what_is_unsaved_stands_in_the_folder_for_the_state_of_programs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert unsaved_path(path, {"QUIZZER_STATE": "/state"}).parent == Path("/state/unsaved")
    assert unsaved_path(path) != unsaved_path(path.with_name("other.yaml"))
    linked = path.with_name("linked.yaml")
    linked.symlink_to(path)
    assert unsaved_path(linked) == unsaved_path(path)
    monkeypatch.delenv("QUIZZER_STATE")
    assert unsaved_path(path).parent.name == "unsaved" and not unsaved_path(path).is_relative_to(path.parent)


def test_an_unfinished_question_of_every_kind_is_kept(path: Path) -> None:
    manuscript = Manuscript.open(path)
    for kind in ("plain", "cloze", "true/false", "order", "match", "list"):
        manuscript.add(blank(kind))
    manuscript.set_deck(title="", declined=("a",), study=msgspec.structs.replace(manuscript.deck.study, retention=0.9))
    meant = manuscript.deck
    killed(manuscript)
    assert Manuscript.open(path).deck == meant
