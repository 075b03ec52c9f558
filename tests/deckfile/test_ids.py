"""``write_ids`` writes the missing ids and leaves every other byte as it was; progress made before it survives."""

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import DeckError
from quizzer.deckfile import check, load
from quizzer.deckfile.editing import write_ids

STYLES = """\
# yaml-language-server: $schema=./.deck.schema.json
# A deck with every style of writing.

title:   "Peru"   # the country
sources: [ {id: wire}, ]
questions:
# the first
- question: Capital of Peru?   # easy\x20\x20
  answer: Lima
-   answer: 'Cusco'
    question: >-
      Capital of the
      Inca?
- {question: "Highest lake?", answer: Titicaca}
- {
    question: Longest river?,
    answer: Ucayali
  }
- { "question": "Currency?", "answer": "Sol" }
-
  question: Neighbour in the south?

  answer: Chile
- &anchored
  question: Neighbour in the east?
  answer: &b Brazil
- ? question
  : Language?
  ? answer
  : Spanish
- question: Who?   # a comment at the end
  answer: *b
- id: kept
  statement: Lima lies inland.
  answer: false
- cloze: |
    {{Lima}} is the capital,
    since {{1535}}.
- order: [Cusco, Lima]
- question: No?
  answer: No
- {question: Capital of Peru?, answer: Lima again}
- {question: 1535?, answer: "Foundation"} # end"""

ADDED = [
    *("styles", "capital-of-peru", "capital-of-the-inca", "highest-lake", "longest-river", "currency", "neighbour-in-the-south"),
    *(
        "neighbour-in-the-east",
        "language",
        "who",
        "lima-is-the-capital-since-1535",
        "put-these-in-order",
        "no",
        "capital-of-peru-2",
        "1535",
    ),
]


def put(folder: Path, text: str | bytes, name: str = "styles.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def without_ids(text: str, added: list[str]) -> str:
    """Take the ids out again, the way they were put in."""
    for name in added:
        shown = rf'(?:"?id"?: "?{re.escape(name)}"?)'
        text, count = re.subn(rf"{shown}, |{shown}(?:\r\n|\r|\n) *", "", text, count=1)
        assert count == 1
    return text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_other_byte_stays(tmp_path: Path, line_end: str, encoding: str) -> None:
    text = STYLES.replace("\n", line_end)
    path = put(tmp_path, text.encode(encoding))
    before = load(path)
    assert write_ids(path) == ADDED
    assert without_ids(path.read_bytes().decode(encoding), ADDED) == text.removeprefix("\ufeff")
    assert load(path) == before
    assert [problem.code for problem in check(path)] == []


def test_ids_stand_first_in_their_question(tmp_path: Path) -> None:
    path = put(tmp_path, STYLES)
    write_ids(path)
    text = path.read_text(encoding="utf-8")
    for written in (
        '\nid: styles\ntitle:   "Peru"   # the country\n',
        "\n- id: capital-of-peru\n  question: Capital of Peru?   # easy  \n",
        "\n-   id: capital-of-the-inca\n    answer: 'Cusco'\n",
        '\n- {id: highest-lake, question: "Highest lake?"',
        "\n- {\n    id: longest-river, question: Longest river?,\n",
        '\n- { "id": "currency", "question": "Currency?"',
        "\n-\n  id: neighbour-in-the-south\n  question: Neighbour",
        "\n- id: language\n  ? question\n",
        '\n- id: "no"\n  question: No?\n',
        "\n- {id: 1535, question: 1535?",
    ):
        assert written in text


def test_a_second_run_finds_nothing_to_do(tmp_path: Path) -> None:
    path = put(tmp_path, STYLES)
    write_ids(path)
    once = path.read_bytes(), path.stat().st_mtime_ns
    assert write_ids(path) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == once


words = st.sampled_from(["Lima", "Cusco", "{{Puno}}", "Who?", "é", "", "日本", "No", "a-b", "kept", "kept-2"])
stems = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda text: text.strip() != "")


@st.composite
def deck_texts(draw: st.DrawFn) -> str:
    """Decks as people write them, some questions with an id and some without."""
    lines = [
        *draw(st.lists(st.sampled_from(["# comment", "", "language: en", "id: mine"]), unique=True, max_size=3)),
        "title: T",
        "questions:",
    ]
    pad = draw(st.sampled_from(["", "  ", "    "]))
    taken = iter(["kept", "kept-2", "lima", "lima-2", "no", "who", "puno", "cusco-2"])
    for stem in draw(st.lists(stems, min_size=1, max_size=8)):
        name = f"id: {next(taken)}" if draw(st.booleans()) else ""
        match draw(st.integers(0, 4)):
            case 0:
                lines.append(f"{pad}- {{{name + ', ' if name else ''}question: '{stem}', answer: 'a'}} # note")
            case 1:
                lines += [f"{pad}- question: '{stem}'", f"{pad}  answer: |", f"{pad}    text", *([f"{pad}  {name}"] if name else [])]
            case 2:
                lines += [f"{pad}-", *([f"{pad}   {name}", ""] if name else []), f"{pad}   answer: '{stem}'", f'{pad}   question: "{stem}"']
            case 3:
                lines += [f"{pad}-   statement: '{stem}' # why", f"{pad}    answer: true", *([f"{pad}    {name}"] if name else []), ""]
            case _:
                lines += [f"{pad}- {{", f"      {name + ',' if name else ''}", f"      question: '{stem}',", "      answer: b }"]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(st.sampled_from(["", "\n", "\n\n# end"]))


@settings(max_examples=120, deadline=None)
@given(text=deck_texts())
def test_whatever_its_style_only_ids_are_added_and_the_deck_stays(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = put(tmp_path_factory.mktemp("ids"), text)
    before = load(path)
    added = write_ids(path)
    assert without_ids(path.read_bytes().decode(), added) == text
    assert load(path) == before
    assert [problem.code for problem in check(path) if problem.code == "D208"] == []


def test_an_id_given_never_changes_one_that_is_written(tmp_path: Path) -> None:
    text = (
        "title: T\nid: t\nquestions:\n- {question: Who?, answer: a}\n- {question: Who?, answer: b}\n- {id: who, question: x, answer: c}\n"
    )
    path = put(tmp_path, text)
    assert [question.id for question in load(path).questions] == ["who-2", "who-3", "who"]
    assert write_ids(path) == ["who-2", "who-3"]


def test_a_broken_deck_is_not_touched(tmp_path: Path) -> None:
    path = put(tmp_path, "title: T\nquestions:\n- question: a\n")
    with pytest.raises(DeckError, match=r"3:3: D301 the question 'a' has no `answer`"):
        write_ids(path)
    assert path.read_bytes() == b"title: T\nquestions:\n- question: a\n"


def test_where_no_id_can_be_inserted_safely_the_place_is_said(tmp_path: Path) -> None:
    text = "title: T\nid: t\nquestions:\n- ?\n    question\n  : a\n  answer: b\n"
    path = put(tmp_path, text)
    with pytest.raises(DeckError, match=rf"{re.escape(str(path))}:4:3: an id cannot be inserted safely"):
        write_ids(path)
    assert path.read_bytes() == text.encode()


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = put(tmp_path / "real", STYLES)
    path.chmod(0o640)
    link = tmp_path / "styles.yaml"
    link.symlink_to(path)
    write_ids(link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert b"id: capital-of-peru" in path.read_bytes()
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["styles.yaml"]
