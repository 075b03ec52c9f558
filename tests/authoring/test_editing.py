"""What an author does to a deck file, and what the file is then; what is wrong is told at its field."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizzer import deckfile
from quizzer.authoring import Manuscript, blank
from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import Deck, Plain, Statement
from quizzer.deckfile.edition import Edition
from quizzer.deckfile.truth import Articles
from quizzer.deckfile.unified import unified

from .conftest import ARTICLE

DECK = """\
id: peru
title: Peru
sources:
  - {id: wire, publisher: Example Wire} # the only one
questions:
  # the coast
  - id: lima
    question: Capital of Peru?
    answer: Lima
    distractors: [Quito, La Paz]
    evidence: {source: wire, quote: the capital Lima}

  - id: lake
    question: Highest lake?  # of all
    answer: Titicaca

  - question: Longest river?
    answer: Ucayali
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    at = tmp_path / "peru.yaml"
    at.write_text(DECK, "utf-8")
    return at


def test_a_typed_word_is_one_step_and_leaving_the_field_begins_another(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.form("lima")
    for typed in ("C", "Cu", "Cusco"):
        manuscript.fill("lima", {"answer": typed})
    manuscript.part()
    manuscript.fill("lima", {"answer": "Cuzco"})
    manuscript.fill("lima", {"answer": "Cuzco", "tags": "town"})
    manuscript.fill("lima", {"answer": "Cuzco", "tags": "town\nold"})
    words = []
    while (said := manuscript.undo()) is not None:
        words.append(said)
        assert manuscript.touched == "lima"
    assert words == ["the change of the tags of 'lima'", "the change of the answer of 'lima'", "the change of the answer of 'lima'"]
    manuscript.fill("lima", {"answer": "Lim"})
    manuscript.fill("lima", {"answer": "Lima"})  # typed back: nothing was done
    assert not manuscript.changed and not manuscript.can_undo and not manuscript.can_redo


def test_each_act_is_told_in_words(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.delete("lake")
    manuscript.move("lima", 5)
    copy = manuscript.duplicate("lima")
    manuscript.cast(copy, "list")
    manuscript.set_deck(title="Perú", language="es")
    said = [manuscript.undo() for _ in range(6)]
    assert said == [
        "the change of 2 fields of the deck",
        "the change of the kind of the new question",
        "the copy of 'lima'",
        "the move of 'lima'",
        "the deletion of 'lake'",
        None,
    ]


def test_what_is_saved_holds_only_what_was_changed(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("lake", {"answer": "Lake Titicaca"})
    manuscript.move("lake", -1)
    new = manuscript.add(Statement(statement="Lima lies inland.", answer=False), after="lima")
    manuscript.delete("longest-river")
    wanted = """\
--- a/peru.yaml
+++ b/peru.yaml
@@ -3,6 +3,10 @@
 sources:
   - {id: wire, publisher: Example Wire} # the only one
 questions:
+  - id: lake
+    question: Highest lake?  # of all
+    answer: Lake Titicaca
+
   # the coast
   - id: lima
     question: Capital of Peru?
@@ -10,9 +14,6 @@
     distractors: [Quito, La Paz]
     evidence: {source: wire, quote: the capital Lima}
\x20
-  - id: lake
-    question: Highest lake?  # of all
-    answer: Titicaca
-
-  - question: Longest river?
-    answer: Ucayali
+  - id: lima-lies-inland
+    statement: Lima lies inland.
+    answer: false
"""
    assert manuscript.diff() == wanted
    assert path.read_text("utf-8") == DECK
    assert manuscript.save() == {new: "lima-lies-inland"}
    assert (manuscript.diff(), manuscript.changed, manuscript.touched) == ("", False, "longest-river")
    while manuscript.undo() is not None:
        pass
    manuscript.save()
    assert path.read_text("utf-8") == DECK.replace("  - question: Longest", "  - id: longest-river\n    question: Longest")


def test_a_question_that_is_moved_over_a_heading_is_the_one_that_moves(path: Path) -> None:
    a, b, c = (f"  - {{id: {name}, question: {name}?, answer: x}}\n" for name in "abc")
    head, one, other = "title: t\nquestions:\n", "  # one\n", "\n  # other\n"
    path.write_text(head + one + a + b + other + c, "utf-8")
    manuscript = Manuscript.open(path)
    for name, by, wanted in (
        ("b", 1, one + a + other + c + b),
        ("c", -1, one + c + a + other + b),
        ("a", 2, one + c + other + b + a),
        ("c", 1, one + other + b + c + a),
    ):
        manuscript.move(name, by)
        manuscript.save()
        assert path.read_text("utf-8") == head + wanted, (name, by)


def test_a_new_question_stands_as_close_as_the_others(path: Path) -> None:
    a, b, c, d = (f"  - {{id: {name}, question: {name}?, answer: x}}\n" for name in "abcd")
    path.write_text(f"title: t\nquestions:\n{a}{b}\n  # other\n{c}{d}", "utf-8")
    manuscript = Manuscript.open(path)
    manuscript.add(Plain(question="Who?", answer="Ann"), after="a")
    manuscript.save()
    new = "  - id: who\n    question: Who?\n    answer: Ann\n"
    assert path.read_text("utf-8") == f"title: t\nquestions:\n{a}{new}{b}\n  # other\n{c}{d}"


def test_words_that_change_never_change_an_id(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.fill("longest-river", {"question": "Which river is the longest?"})
    new = manuscript.add(blank("plain"))
    manuscript.fill(new, {"question": "Currency?", "answer": "Sol"})
    assert manuscript.save() == {new: "currency"}
    manuscript.fill("currency", {"question": "What is paid with?"})
    manuscript.save()
    assert [question.id for question in deckfile.load(path).questions] == ["lima", "lake", "longest-river", "currency"]
    assert "  - id: longest-river\n    question: Which river is the longest?\n" in path.read_text("utf-8")


def test_what_is_typed_while_the_file_is_written_is_not_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manuscript = Manuscript.open(path)
    new = manuscript.add(Plain(question="Currency?", answer="So"))
    manuscript.form(new)
    write = Edition.write

    def slowly(edition: Edition, deck: Deck, **how: Any) -> Edition:
        written = write(edition, deck, **how)
        manuscript.fill(new, {"answer": "Sol"})
        manuscript.delete("lake")
        return written

    monkeypatch.setattr(Edition, "write", slowly)
    assert manuscript.save() == {new: "currency"}
    monkeypatch.undo()
    assert "answer: So\n" in path.read_text("utf-8")
    assert manuscript.changed_ids == {"currency"} and manuscript.is_changed(new)
    assert manuscript.fill(new, {"answer": "Sol", "tags": "money"}) == ()  # by the id that its form still knows
    assert [manuscript.undo() for _ in range(2)] == ["the change of the tags of 'currency'", "the deletion of 'lake'"]
    assert manuscript.save() == {}
    assert deckfile.load(path) == manuscript.deck and manuscript.question("currency").answer == "Sol"  # type: ignore[union-attr]
    assert manuscript.undo() == "the change of the answer of the new question"
    assert manuscript.undo() == "the new question" and manuscript.undo() is None


def test_acts_of_several_threads_are_done_one_after_the_other(path: Path) -> None:
    manuscript = Manuscript.open(path)

    def act(number: int) -> None:
        for at in range(20):
            name = manuscript.add(Plain(question=f"Which is {number} of {at}?", answer=f"{number} and {at}"))
            manuscript.fill(name, {"tags": f"t{number}"})
            if at % 10 == number:
                manuscript.save()

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(act, number) for number in range(4)]:
            done.result()
    manuscript.save()
    there = deckfile.load(path).questions
    assert there == manuscript.deck.questions and len(there) == 3 + 80
    assert {question.tags for question in there[3:]} == {("t0",), ("t1",), ("t2",), ("t3",)}
    while manuscript.undo() is not None:
        pass
    assert len(manuscript.deck.questions) == 3


def test_a_new_question_never_takes_the_id_of_one_that_undoing_brings_back(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.delete("lima")
    new = manuscript.add(Plain(question="Lima?", answer="Capital of Peru"))
    assert manuscript.save() == {new: "lima-2"}
    manuscript.undo()
    manuscript.undo()
    assert [question.id for question in manuscript.deck.questions] == ["lima", "lake", "longest-river"]


def test_a_deck_without_questions_can_be_begun(path: Path) -> None:
    for text in ("title: t\n", "title: t\nquestions:\n", "title: t\nquestions: []\n"):
        path.write_text(text, "utf-8")
        manuscript = Manuscript.open(path)
        assert [problem.code for problem in manuscript.problems if problem.severity == "error"] == ["D201"]
        with pytest.raises(DeckError, match="D201"):
            manuscript.set_deck(title="u")
            manuscript.save()
        manuscript.undo()
        manuscript.add(Plain(question="Who?", answer="Ann"))
        manuscript.save()
        assert deckfile.load(path).questions == (Plain(id="who", question="Who?", answer="Ann"),)
        manuscript.discard()


def test_what_cannot_be_opened_says_where_and_to_run_check(path: Path) -> None:
    path.write_text(DECK.replace("[Quito, La Paz]", "[Lima]"), "utf-8")
    with pytest.raises(DeckError, match=r"peru\.yaml:10:19: D303 .* `quizzer check .*peru\.yaml`"):
        Manuscript.open(path)
    with pytest.raises(DeckError, match=r"none\.yaml: there is no such file"):
        Manuscript.open(path.with_name("none.yaml"))


def test_a_file_that_is_gone_or_changed_is_not_written_over(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.delete("lake")
    path.unlink()
    assert manuscript.is_stale
    with pytest.raises(StaleError, match="was taken away meanwhile"):
        manuscript.save()
    with pytest.raises(DeckError, match="no such file"):
        manuscript.reread()
    path.write_text("title: [", "utf-8")
    with pytest.raises(DeckError):
        manuscript.reread()
    assert [question.id for question in manuscript.deck.questions] == ["lima", "longest-river"]
    path.write_text(DECK.replace("La Paz", "Sucre"), "utf-8")
    assert manuscript.reread() == ()
    manuscript.save()
    assert path.read_text("utf-8") == DECK.replace("La Paz", "Sucre").replace(
        "  - id: lake\n    question: Highest lake?  # of all\n    answer: Titicaca\n\n", ""
    )


def test_evidence_follows_its_source(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.form()
    for typed in ("wir", "wi", "reuters"):
        assert manuscript.fill("", {"sources.0.id": typed}) == ()
    assert manuscript.question("lima").evidence[0].source == "reuters"
    manuscript.save()
    assert "evidence: {source: reuters, quote: the capital Lima}\n" in path.read_text("utf-8")
    assert manuscript.undo() == "the change of the sources of the deck"
    assert manuscript.question("lima").evidence[0].source == "wire"


def test_a_strange_line_end_in_quotes_stays_what_it_is(path: Path) -> None:
    path.write_text(DECK.replace("Example Wire", "'Example Wire'"), "utf-8")
    manuscript = Manuscript.open(path)
    manuscript.fill("", {"sources.0.publisher": "Example\x85Wire"})
    manuscript.save()
    assert 'publisher: "Example\\NWire"} # the only one' in path.read_text("utf-8")


PLACES = {
    "type": ("type: persn", "D110"),
    "distractors": ("distractors: [Lima]", "D303"),
    "as_of": ("as_of: yesterday", "D206"),
    "image.file": ("image: {file: ../a.png, alt: A church}", "D501"),
    "evidence.1.source": ("evidence: [{source: wire, quote: a}, {source: post, quote: b}]", "D401"),
    "evidence.0.quote": ("evidence: {source: wire, quote: a, passage: b}", "D402"),
    "evidence.0.start": ("evidence: {source: wire, quote: a, start: x}", "D111"),
    "hints": ("hints: [It is Lima]", "Q208"),
    "accept": ("accept: [Lima]", "D311"),
    "mode": ("mode: order", "D310"),
    "explanation": ("explanation: [a]", "D103"),
    "": ("id: a b", "D202"),
}


@pytest.mark.parametrize("field", PLACES)
def test_a_problem_stands_at_the_field_that_is_to_be_mended(field: str, path: Path) -> None:
    from quizzer.deckfile.fieldmap import FieldMap
    from quizzer.deckfile.reading import problems_of, read

    line, code = PLACES[field]
    name = "b" if line.startswith("id") else "a"
    path.write_text(
        "title: t\nsources: [{id: wire}]\nquestions:\n- {id: c, question: Who?, answer: Ann}\n"
        f"- question: Capital of Peru?\n  answer: Lima\n  {line}\n" + ("" if name == "b" else "  id: a\n"),
        "utf-8",
    )
    draft = read(path)
    fields = FieldMap(draft)
    places = {problem.code: fields.place(problem) for problem in problems_of(draft)}
    assert (places[code].question, places[code].field) == (1, field)


def test_problems_of_the_deck_stand_at_its_own_fields(path: Path) -> None:
    manuscript = Manuscript.open(path)
    manuscript.set_deck(title="", language="Spanish")
    manuscript.fill("", {"sources.0.url": "somewhere", "sources.0.date": "soon", "lint.ignore": "Q999", "declined": "lake"})
    told = {problem.field: problem.code for problem in manuscript.problems if not problem.question}
    assert told == {
        "title": "D108",
        "language": "D210",
        "sources.0.url": "D209",
        "sources.0.date": "D206",
        "lint.ignore": "D214",
        "declined": "D213",
    }


def test_what_is_empty_is_told_in_words_of_the_form(path: Path) -> None:
    """It has no keys to remove; and the field shows which is meant."""
    manuscript = Manuscript.open(path)
    new = manuscript.add(blank("match"))
    manuscript.fill(new, {"question": "Match them.", "match": "Peru: Lima\nChile:"})
    manuscript.fill("lake", {"image.alt": "A lake among hills"})
    manuscript.set_deck(title="")
    told = [(one.field, f"{one.message}. {one.help}") for one in manuscript.problems if one.code == "D108"]
    assert told == [
        ("title", "Nothing stands here. Write it."),
        ("image.file", "Nothing stands here. Write it, or empty the fields that go with it."),
        ("match", "Something is missing on a line. Write it, or remove the line."),
    ]


def test_articles_at_hand_are_looked_into(path: Path) -> None:
    path.write_text(
        "id: h\ntitle: t\nsources: [{id: harbour}]\nquestions:\n- id: q\n  question: When?\n  answer: '1917'\n"
        "  evidence: {source: harbour, quote: finished in 1971}\n",
        "utf-8",
    )
    manuscript = Manuscript.open(path, articles=Articles({"harbour": ARTICLE}))
    assert [(problem.field, problem.code) for problem in manuscript.problems_of("q") if problem.code == "Q201"] == [
        ("evidence.0.quote", "Q201")
    ]
    manuscript.form("q")
    manuscript.fill("q", {"evidence.0.quote": "finished in 1917"})
    assert manuscript.question("q").evidence[0].start == ARTICLE.index("finished in 1917")
    assert not [problem for problem in manuscript.problems if problem.code.startswith("Q2")]


def test_what_only_shows_beside_others_is_told_as_it_was_last_found(path: Path) -> None:
    manuscript = Manuscript.open(path)
    new = manuscript.add(Plain(question="Highest lake?", answer="Titicaca"))
    assert manuscript.problems_of(new) == []
    assert "D211" in [problem.code for problem in manuscript.problems if problem.question == new]
    assert "D211" in [problem.code for problem in manuscript.problems_of(new)]
    assert manuscript.problems_of("nobody") == ()


def test_a_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    lines = [f"line {number % 3}\n" for number in range(300)]
    texts = [
        "".join(lines),
        "".join(["new\n", *lines[:40], *lines[41:200], "x\r\n", *lines[200:]]),
        "".join(lines[5:-5]) + "no end",
        "",
        "one\n",
        "\n".join(line.strip() for line in lines),
    ]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for before in texts:
        for after in texts:
            (tmp_path / "a.txt").write_bytes(before.encode())
            diff = unified(before, after, "a/a.txt", "b/a.txt")
            if before == after:
                assert diff == ""
                continue
            if not before or not after:
                continue  # git would have such a file made or removed
            subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=tmp_path, check=True, capture_output=True)
            assert (tmp_path / "a.txt").read_bytes() == after.encode()


def test_a_deck_can_be_set_as_a_whole_or_by_its_fields(path: Path) -> None:
    manuscript = Manuscript.open(path)
    wanted = msgspec.structs.replace(manuscript.deck, title="Perú", questions=())
    manuscript.set_deck(wanted, description="All of it.")
    assert (manuscript.deck.title, manuscript.deck.description, len(manuscript.deck.questions)) == ("Perú", "All of it.", 3)
    assert manuscript.changed_ids == {""}
    assert manuscript.is_changed("") and not manuscript.is_changed("lima")
