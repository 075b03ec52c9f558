"""Questions go from deck file to deck file to the letter, with their comments and sources, and nothing on the way can lose one."""

import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.authoring import regrouping
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain, Question
from quizzer.deckfile import files

PARTS = {
    "year": """\
  # heard in 1917
  - id: year   # sic
    question: In which year was the harbour finished?
    answer: '1917'
    accept: [ "in 1917",  the year 1917 ]  # both heard
    evidence: {source: gazette, quote: finished in 1917}
    # - a thought, not written out
""",
    "hill": """\
  - {id: hill, question: "From which hill?", answer: Oskjuhlid, tags: [ where ]} # short
""",
    "why": """\
  # found by Anna
  # and Bert
  - id: why
    question: >-
      Why was a railway
      built?
    evidence:
      # on p. 2
      source: gazette
      quote: to carry the rock
    answer: |
      To carry the rock
      to the sea.
""",
    "rail": """\
  - question: How long was the railway?
    id: "rail"
    answer: 12 km
    tags:
      - where
      # - when
""",
}
GAZETTE = "  - {id: gazette, publisher: Harbour Gazette}   # weekly\n"


def text(name: str, ids: list[str], *, column: int = 2, ending: str = "\n") -> str:
    """A deck written by hand, its questions parted by empty lines, a heading among them."""
    questions = "\n".join(PARTS[one] for one in ids)
    written = (
        f"# Made with care.\nid: {name}\ntitle:   The {name}   # of Reykjavik\nsources:\n{GAZETTE}questions:\n\n"
        f"{' ' * column}# --- first part ---\n\n{questions}\n# the end\n"
    )
    if column != 2:
        head, _, rest = written.partition("questions:\n")
        rest = "".join((" " * column + line[2:] if line.startswith("  ") else line) for line in rest.splitlines(keepends=True))
        written = f"{head}questions:\n{rest}"
    return written.replace("\n", ending)


def lines(part: str, column: int) -> list[str]:
    return [line.strip() for line in part.splitlines()]


@given(
    ids=st.permutations(list(PARTS)),
    at=st.integers(1, 3),
    moved=st.sets(st.sampled_from(list(PARTS)), min_size=1),
    columns=st.tuples(st.sampled_from([0, 2, 4]), st.sampled_from([0, 2, 4])),
    endings=st.tuples(st.sampled_from(["\n", "\r\n"]), st.sampled_from(["\n", "\r\n"])),
)
@settings(max_examples=20)
def test_a_question_moves_to_the_letter_and_everything_else_stays(
    ids: list[str], at: int, moved: set[str], columns: tuple[int, int], endings: tuple[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.yaml"), Path(folder, "b.yaml")
        source.write_bytes(text("a", ids[:at], column=columns[0], ending=endings[0]).encode())
        target.write_bytes(text("b", ids[at:], column=columns[1], ending=endings[1]).encode())
        one, two = deckfile.load(source), deckfile.load(target)
        chosen = [name for name in ids[:at] if name in moved]
        if not chosen or len(chosen) == at:
            before = source.read_bytes(), target.read_bytes()
            if chosen:
                with pytest.raises(DeckError, match="no question would be left"):
                    regrouping.move(source, target, chosen)
            assert (source.read_bytes(), target.read_bytes()) == before
            return
        done = regrouping.move(source, target, chosen)
        assert done.cards == {f"a/{name}": f"b/{name}" for name in chosen}
        after, there = deckfile.load(source), deckfile.load(target)
        assert after == msgspec.structs.replace(one, questions=tuple(q for q in one.questions if q.id not in chosen))
        assert there == msgspec.structs.replace(two, questions=(*two.questions, *(q for q in one.questions if q.id in chosen)))
        left, grown = source.read_bytes().decode(), target.read_bytes().decode()
        for ending, written in zip(endings, (left, grown), strict=True):
            assert written.count(ending) == written.count("\n")
        for mark in ("# Made with care.", "# of Reykjavik", "# weekly", "# --- first part ---", "# the end"):
            assert mark in left and mark in grown
        for name in ids:
            inside = grown if name in chosen or name in ids[at:] else left
            other = left if inside is grown else grown
            whole = lines(PARTS[name], 2)
            found = [line.strip() for line in inside.splitlines()]
            start = found.index(whole[0])
            assert found[start : start + len(whole)] == whole
            assert whole[0] not in [line.strip() for line in other.splitlines()]


def put(folder: Path, name: str, ids: list[str]) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text(name, ids))
    return path


def questions(*paths: Path) -> list[str]:
    return sorted(one.id for path in paths if path.exists() for one in deckfile.load(path).questions)


def test_a_new_deck_gets_the_questions_of_a_tag_and_tells_where_they_were(tmp_path: Path) -> None:
    source, new = put(tmp_path, "a", list(PARTS)), tmp_path / "places.yaml"
    done = regrouping.split(source, new, ["why"], tags=["where"], title="")
    made = deckfile.load(new)
    assert (made.id, made.title, made.formerly) == ("places", "Places", ("a",))
    assert [one.id for one in made.questions] == ["hill", "why", "rail"]
    assert [source.id for source in made.sources] == ["gazette"]
    assert questions(source) == ["year"]
    assert "# found by Anna\n  # and Bert\n  - id: why" in new.read_text()
    assert done.cards["a/rail"] == "places/rail"
    assert (tmp_path / ".deck.schema.json").is_file()  # to which its first line refers
    with pytest.raises(DeckError, match="is there already"):
        regrouping.split(source, new, ["year"])


def test_decks_put_together_keep_comments_and_tell_their_ids(tmp_path: Path) -> None:
    one, two = put(tmp_path, "a", ["year", "hill"]), put(tmp_path, "b", ["why", "rail"])
    before = [*deckfile.load(one).questions, *deckfile.load(two).questions]
    regrouping.merge([one, two], tmp_path / "both.yaml")
    both = deckfile.load(tmp_path / "both.yaml")
    assert list(both.questions) == before
    assert (both.id, both.formerly, both.title) == ("both", ("a", "b"), "The a")
    assert not one.exists() and not two.exists()
    written = (tmp_path / "both.yaml").read_text()
    assert written.count("# --- first part ---") == written.count("# Made with care.") == written.count("# the end") == 2
    assert all(line in written for part in PARTS.values() for line in part.splitlines())


def test_decks_put_into_the_first_leave_it_its_id(tmp_path: Path) -> None:
    one, two = put(tmp_path, "a", ["year", "hill"]), put(tmp_path, "b", ["why"])
    regrouping.merge([one, two], one)
    assert (deckfile.load(one).id, deckfile.load(one).formerly) == ("a", ("b",))
    assert questions(one) == ["hill", "why", "year"]
    assert not two.exists()


def test_an_id_that_is_taken_gets_a_number_and_a_source_too(tmp_path: Path) -> None:
    one = put(tmp_path, "a", ["year", "hill"])
    two = tmp_path / "b.yaml"
    two.write_text(text("b", ["year", "hill", "why"]).replace("In which year", "In what year").replace("Harbour Gazette", "Times"))
    done = regrouping.move(two, one, ["year", "hill"])
    deck = deckfile.load(one)
    assert [question.id for question in deck.questions] == ["year", "hill", "year-2"]
    assert "- id: year-2   # sic" in one.read_text()
    assert [source.id for source in deck.sources] == ["gazette", "gazette-2"]
    assert deck.questions[2].evidence[0].source == "gazette-2"
    assert deck.formerly == ("b",)
    assert (done.cards["b/year"], done.cards["b/hill"]) == ("a/year-2", "a/hill")
    assert "the id 'year' is taken in 'a'" in done.told[0]


def test_a_deck_and_its_file_get_another_name_and_nothing_else_changes(tmp_path: Path) -> None:
    path = put(tmp_path, "a", ["year", "hill"])
    before = path.read_text()
    done, to = regrouping.rename(path, "harbour")
    assert to == tmp_path / "harbour.yaml"
    assert not path.exists()
    assert to.read_text() == before.replace("id: a\n", "id: harbour\n").replace("\nquestions:", "\nformerly: [a]\nquestions:")
    assert done.cards == {"a/year": "harbour/year", "a/hill": "harbour/hill"}
    regrouping.rename(to, "a", keep_file=True)
    assert deckfile.load(to).formerly == ("harbour",)


def test_a_name_in_other_capitals_is_no_other_file_where_the_file_system_takes_them_for_one(tmp_path: Path) -> None:
    path = put(tmp_path, "a", ["year"])
    (tmp_path / "A.yaml").hardlink_to(path)  # there and the same file, as there
    assert regrouping.rename(path, "A")[1] == tmp_path / "A.yaml"
    assert deckfile.load(tmp_path / "A.yaml").formerly == ("a",)
    again = put(tmp_path, "a", ["year"])
    with pytest.raises(DeckError, match=r"a\.yaml: is there already"):
        regrouping.rename(tmp_path / "A.yaml", "a")
    assert deckfile.load(again).id == "a"


def test_what_was_killed_half_way_loses_nothing_and_ends_when_done_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever write is the last one made."""
    acts = {
        "move": lambda: regrouping.move(tmp_path / "a.yaml", tmp_path / "b.yaml", ["hill", "why"]),
        "split": lambda: regrouping.split(tmp_path / "a.yaml", tmp_path / "new.yaml", ["hill", "why"]),
        "into": lambda: regrouping.merge([tmp_path / "b.yaml", tmp_path / "a.yaml"], tmp_path / "b.yaml"),
        "new": lambda: regrouping.merge([tmp_path / "a.yaml", tmp_path / "b.yaml"], tmp_path / "new.yaml"),
    }
    real = files.replace
    for act in acts.values():
        for most in (1, 2):
            for path in tmp_path.glob("*.yaml"):
                path.unlink()
            put(tmp_path, "a", ["year", "hill", "why"])
            put(tmp_path, "b", ["rail"])
            (tmp_path / "b.yaml").write_text((tmp_path / "b.yaml").read_text().replace('id: "rail"', "id: hill"))
            wanted = {question.text for path in tmp_path.glob("*.yaml") for question in deckfile.load(path).questions}
            left = most

            def write(path: Path, data: bytes) -> None:
                nonlocal left
                if not left:
                    raise KeyboardInterrupt
                left -= 1
                real(path, data)

            with monkeypatch.context() as patched:
                patched.setattr(files, "replace", write)
                try:
                    act()
                except KeyboardInterrupt:
                    there = {question.text for path in tmp_path.glob("*.yaml") for question in deckfile.load(path).questions}
                    assert there == wanted
            if left == 0 and all((tmp_path / f"{name}.yaml").exists() for name in "ab"):
                try:
                    act()
                except DeckError as error:  # all was done
                    assert "there is no question" in str(error) or "already" in str(error) or "chosen" in str(error)
            found = [question.text for path in tmp_path.glob("*.yaml") for question in deckfile.load(path).questions]
            assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("output", ["both.yaml", "a.yaml"])
def test_a_merge_killed_while_files_were_removed_ends_when_done_once_more(tmp_path: Path, output: str) -> None:
    paths = [put(tmp_path, "a", ["year"]), put(tmp_path, "b", ["why"]), put(tmp_path, "c", ["rail"])]
    last = paths[-1].read_text("utf-8")
    regrouping.merge(paths, tmp_path / output)
    made = (tmp_path / output).read_text("utf-8")
    assert not regrouping.merge(paths, tmp_path / output).cards  # it was done
    paths[-1].write_text(last.replace("12 km", "13 km"), "utf-8")
    with pytest.raises(DeckError, match="D001 there is no such file"):  # another since
        regrouping.merge(paths, tmp_path / output)
    paths[-1].write_text(last, "utf-8")
    assert regrouping.merge(paths, tmp_path / output).cards == {"c/rail": f"{output[:-5]}/rail"}
    assert [path.name for path in deckfile.find(tmp_path)] == [output]
    assert (tmp_path / output).read_text("utf-8") == made


def test_a_deck_that_has_its_new_id_but_not_its_new_name_gets_it_when_done_once_more(tmp_path: Path) -> None:
    path = put(tmp_path, "a", ["year"])
    regrouping.rename(path, "c", keep_file=True)
    assert regrouping.rename(path, "c")[1] == tmp_path / "c.yaml"
    assert deckfile.load(tmp_path / "c.yaml").formerly == ("a",)


def test_decks_that_are_unlike_are_not_mixed(tmp_path: Path) -> None:
    def made(name: str, *questions: Question, **keys: object) -> Path:
        deckfile.save(Deck(id=name, title=name, questions=questions, **keys), tmp_path / f"{name}.yaml")  # type: ignore[arg-type]
        return tmp_path / f"{name}.yaml"

    one = made("a", Plain(id="x", question="X?", answer="x"), Plain(id="y", question="Y?", answer="y"))
    two = made("b", Plain(id="z", question="Z?", answer="z"), markup="markdown")
    with pytest.raises(DeckError, match=r"its `markup` is 'plain', that of .*b\.yaml 'markdown'\. Make them one first\."):
        regrouping.move(one, two, ["x"])
    with pytest.raises(DeckError, match="there is no question 'nope'"):
        regrouping.split(one, tmp_path / "n.yaml", ["nope"])
    with pytest.raises(DeckError, match="is the deck they are in"):
        regrouping.move(one, one, ["x"])
