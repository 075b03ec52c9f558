"""A deck file is read as it looks: texts as text, kinds by their keys, everything wrong at its line and column."""

import os
import time
from pathlib import Path

import pytest

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Cloze, Deck, List, Order, Plain, Statement, StudyOptions
from quizzer.core.model import AnswerType, Evidence, Mode, Source
from quizzer.deckfile import Problem, check, check_all, load

HEAD = "format: 1\nid: peru\ntitle: Peru\nsources: [{id: wire}]\nquestions:\n"


def put(folder: Path, text: str | bytes, name: str = "peru.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in check(path) if problem.severity == "error"]


@pytest.mark.parametrize(
    "text", ["No", "12:30", "1.10", "~", "null", "true", "0x1F", "1_000", "2018-05-11", "007", ".inf", "1e3", "on", "=", "100%", "C#"]
)
def test_every_scalar_is_the_text_it_looks_like(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, HEAD + f"  - {{id: q, question: {text}, answer: {text}, tags: [{text}]}}\n")
    (question,) = load(path).questions
    assert question == Plain(id="q", question=text, answer=text, tags=(text,))


def test_the_keys_say_the_kind(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        HEAD
        + """
  - {id: a, question: Capital?, answer: Lima, type: place, mode: choose, accept: [Lima, Peru], distractors: [Cusco]}
  - {id: b, cloze: "{{Lima}} is the capital.", explanation: Since 1535., as_of: 2024-01}
  - {id: c, statement: Lima is the capital., answer: true, tags: [capital]}
  - {id: d, order: [Cusco, Lima]}
  - {id: e, question: Two cities?, answers: [Lima, Cusco|Cuzco]}
""".replace("[Lima, Peru]", "['Lima, Peru']"),
    )
    assert load(path).questions == (
        Plain(
            id="a",
            question="Capital?",
            answer="Lima",
            type=AnswerType.PLACE,
            mode=Mode.CHOOSE,
            accept=("Lima, Peru",),
            distractors=("Cusco",),
        ),
        Cloze(id="b", cloze="{{Lima}} is the capital.", explanation="Since 1535.", as_of="2024-01"),
        Statement(id="c", statement="Lima is the capital.", answer=True, tags=("capital",)),
        Order(id="d", order=("Cusco", "Lima")),
        List(id="e", question="Two cities?", answers=("Lima", "Cusco|Cuzco")),
    )


def test_the_smallest_deck_is_a_title_and_a_question(tmp_path: Path) -> None:
    path = put(tmp_path, "title: Peru\nquestions:\n- question: Capital of Peru?\n  answer: Lima\n", "South America.yaml")
    question = Plain(id="capital-of-peru", question="Capital of Peru?", answer="Lima")
    assert load(path) == Deck(id="south-america", title="Peru", questions=(question,))


def test_options_and_sources_are_read(tmp_path: Path) -> None:
    text = """
title: Peru
language: es
study: {mode: type, retention: 0.85, new_per_day: 5, reviews_per_day: 0}
sources: [{id: wire, publisher: Wire, title: T, date: 2021-01, url: "https://example.org", sha256: SHA}]
questions:
  - {question: a, answer: b, evidence: {source: wire, quote: b, start: 7}}
  - {question: c, answer: d, evidence: [{source: wire, quote: d, passage: c d e, passage_start: 10, start: 12}]}
""".replace("SHA", "ab" * 32)
    deck = load(put(tmp_path, text))
    assert deck.study == StudyOptions(mode=Mode.TYPE, retention=0.85, new_per_day=5, reviews_per_day=0)
    assert deck.sources == (Source(id="wire", publisher="Wire", title="T", date="2021-01", url="https://example.org", sha256="ab" * 32),)
    assert [question.evidence for question in deck.questions] == [
        (Evidence(source="wire", quote="b", start=7),),
        (Evidence(source="wire", quote="d", passage="c d e", passage_start=10, start=12),),
    ]


def test_a_key_left_open_is_a_key_left_out(tmp_path: Path) -> None:
    path = put(tmp_path, HEAD + "  - id: q\n    question: a\n    answer: b\n    mode:\n    tags:\n    explanation:\n    evidence:\n")
    assert load(path).questions == (Plain(id="q", question="a", answer="b"),)


def test_all_problems_are_found_at_once_and_in_order(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        """format: 1
id: a/b
titel: Peru
questions:
  - id: q
    question: Capital of Peru?
    anwser: Lima
  - id: q2
    question: Capital of Chile?
    answer: Santiago
    answer: Valparaíso
    distractors: [Arica, SANTIAGO, arica]
  - {id: q2, statement: Lima lies on the sea., answer: maybe}
  - {id: q2, question: Capital of Bolivia?, answer: Sucre, evidence: {source: wire, quote: Sucre}}
""",
    )
    assert said(path) == [
        "2:5: D202 the deck id 'a/b' cannot be used. Use the letters a to z, digits, hyphen, dot and underscore.",
        "3:1: D102 unknown key 'titel': did you mean `title`?",
        "7:5: D102 unknown key 'anwser': did you mean `answer`?",
        "11:5: D101 the key 'answer' stands here again; first at 10:5. Keep one of the two.",
        "12:26: D303 the key 'SANTIAGO' stands among the distractors. Remove it there.",
        "12:36: D304 the distractor 'arica' is listed twice. Remove one.",
        "13:56: D110 `answer` is true or false here, not 'maybe'.",
        "14:10: D203 the id 'q2' is also that of the question at 8:9. Change the newer one.",
        "14:79: D401 no source has the id 'wire'. The deck lists none: add it to `sources`.",
    ]


def test_load_says_the_first_problem_and_how_many_more(tmp_path: Path) -> None:
    path = put(tmp_path, HEAD + "  - {id: q, question: a}\n  - {id: r, question: b}\n  - {id: s, question: c}\n")
    with pytest.raises(DeckError) as caught:
        load(path)
    assert str(caught.value) == (
        f"{path}:6:5: D301 the question 'a' has no `answer`. Write it. (and 2 more: `quizzer check {path}` shows them)"
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("{id: q, question: a}", "5: D301 the question 'a' has no `answer`. Write it."),
        ("{id: q, answer: a}", "5: D301 this question has no `question`. Write it."),
        ("{id: q, statement: a}", "5: D301 this question has no `answer`. Write it."),
        ("{id: q, answers: [a]}", "5: D301 this question has no `question`. Write it."),
        ("{id: q}", "5: D301 this question has no `question` and no `answer`. Write them; or one of"),
        ("{id: q, cloze: '{{a}}', answer: b}", "29: D302 this question has both `cloze` and `answer`,"),
        ("{id: q, cloze: '{{a}}', statement: b}", "29: D302 this question has both `cloze` and `statement`, which are two kinds."),
        ("{id: q, question: a, answers: [b], answer: c}", "40: D302 this question has both `answers` and `answer`,"),
        ("{id: q, question: a, answer: ''}", "34: D108 `answer` is empty."),
        ("{id: q, question: a, answer: }", "34: D108 `answer` is empty."),
        ("{id: '', question: a, answer: b}", "10: D108 `id` is empty."),
        ("{id: q, question: ' ', order: [a, b]}", "23: D108 `question` is empty."),
        ("{id: q, clozes: 'a {{b}}'}", "13: D102 unknown key 'clozes': did you mean `cloze`?"),
        ("{id: q, question: a, answer: b, tags: [c, '']}", "47: D108 an empty text in `tags`."),
        ("{id: q, question: [a], answer: b}", "23: D103 `question` is a list; one text is wanted."),
        ("{id: q, question: a, answer: {b: c}}", "34: D103 `answer` is keys and values; one text is wanted."),
        ("{id: q, question: a, answer: b, accept: c}", "45: D103 `accept` is the text 'c'; a list is wanted."),
        (
            "{id: q, question: a, answer: b, evidence: c}",
            "47: D103 `evidence` is the text 'c'; keys and values are wanted: {source: …, quote: …}.",
        ),
        ("{id: q, question: a, answer: b, evidence: [c]}", "48: D103 `evidence` is the text 'c'; keys and values are wanted"),
        ("What is the capital?", "5: D103 a question is the text 'What is the capital?'; keys and values are wanted."),
        ("[a, b]", "5: D103 a question is a list; keys and values are wanted."),
        ("{id: q, question: a, answer: b, type: plaice}", "43: D110 `type` cannot be 'plaice'. Did you mean `place`?"),
        ("{id: q, question: a, answer: b, options: [c]}", "37: D102 unknown key 'options': did you mean `distractors`?"),
        ("{id: q, question: a, answer: b, Tags: [c]}", "37: D102 unknown key 'Tags': did you mean `tags`?"),
        ("{id: q, question: a, answer: b, xyzzy: c}", "37: D102 unknown key 'xyzzy'. Known here: accept, answer, answers, as_of"),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, start: x}}", "79: D111 `start` is a whole number, 0 or more"),
        ("{id: q, question: a, answer: b, <<: {tags: [c]}}", "37: D106 merge keys (`<<`) are not read."),
    ],
)
def test_what_is_missing_or_contradictory_is_said(tmp_path: Path, question: str, message: str) -> None:
    (problem,) = said(put(tmp_path, HEAD + f"  - {question}\n"))
    assert problem.startswith(f"6:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: D009 nothing is in this file."),
        ("# later\n", "1:1: D009 nothing is in this file."),
        ("Peru\n", "1:1: D103 a deck is keys and values (`title:`, `questions:`); this is the text 'Peru'."),
        (
            "- question: a\n  answer: b\n",
            "1:1: D103 a deck is keys and values (`title:`, `questions:`); this is a list. Write `questions:`",
        ),
        ("title: Peru\n", "1:1: D201 this deck has no `questions`."),
        ("title: Peru\nquestions:\n", "2:11: D201 this deck has no questions yet."),
        ("title: Peru\nquestions: []\n", "2:12: D201 this deck has no questions yet."),
        ("title: Peru\nquestions: {question: a, answer: b}\n", "2:12: D103 `questions` is keys and values; a list is wanted."),
        ("title: Peru\nquestions: a\n", "2:12: D103 `questions` is the text 'a'; a list is wanted."),
        ("questions: [{question: a, answer: b}]\n", "1:1: D109 this deck has no `title`."),
        ("title: ''\nquestions: [{question: a, answer: b}]\n", "1:8: D108 `title` is empty."),
        ("format: 2\ntittle: Peru\n", "1:9: D010 this deck is of format 2, written for a newer quizzer; this one reads format 1."),
        ("format: x\ntitle: Peru\nquestions: [{question: a, answer: b}]\n", "1:9: D011 `format` is 1, not 'x'."),
        (
            "title: P\nstudy: {retention: 90}\nquestions: [{question: a, answer: b}]\n",
            "2:20: D111 `retention` is a number from 0.7 to 0.99",
        ),
        ("title: P\nstudy: fast\nquestions: [{question: a, answer: b}]\n", "2:8: D103 `study` is the text 'fast'; keys and values"),
        (
            "title: P\nsources: Wire\nquestions: [{question: a, answer: b}]\n",
            "2:10: D103 `sources` is the text 'Wire'; keys and values are wanted: {id: …}.",
        ),
        ("title: P\nsources: [{publisher: Wire}]\nquestions: [{question: a, answer: b}]\n", "2:11: D109 `id` is missing from `sources`."),
        ("title: *peru\n", "1:8: D107 `*peru` refers to nothing."),
        ("title: &a [*a]\n", "1:12: D107 `*a` stands inside what it refers to."),
        ("title: !!int 5\nquestions: [{question: a, answer: b}]\n", "1:8: D104 the tag `!!int` means nothing in a deck."),
        ("title: P\n---\ntitle: Q\n", "2:1: D008 a second document begins here"),
    ],
)
def test_a_deck_that_is_none_says_so_once(tmp_path: Path, text: str, message: str) -> None:
    (problem,) = said(put(tmp_path, text))
    assert problem.startswith(message)


def test_a_question_written_straight_into_the_deck_is_explained(tmp_path: Path) -> None:
    problems = said(put(tmp_path, "title: Peru\nquestion: Capital?\nanswer: Lima\n"))
    assert any("`question` belongs to a question. Write `questions:`" in problem for problem in problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_change_a_deck(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = (HEAD + "  - id: q\n    question: Où est Ñuñoa? 😀\n    answer: à Santiago\n  - {id: r, answer: b}\n").replace("\n", line_end)
    path = put(tmp_path, text.encode(encoding))
    assert said(path) == ["9:5: D301 this question has no `question`. Write it."]
    path = put(tmp_path, text.replace("answer: b}", "question: a, answer: b}").encode(encoding))
    assert load(path).questions[0] == Plain(id="q", question="Où est Ñuñoa? 😀", answer="à Santiago")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("title: caf\xe9\n".encode("latin-1"), "1:11: D002 byte 0xe9 (in Latin-1 it would be 'é') is not UTF-8. Save the file as UTF-8."),
        (b"title: a\nid: \xff\xfe\n", "2:5: D002 byte 0xff (in Latin-1 it would be 'ÿ') is not UTF-8."),
        (b"title: a\0b\n", "1:9: D002 NUL characters: a binary file, or UTF-16 without its mark."),
        ("title: a\n".encode("utf-16-le"), "1:2: D002 NUL characters"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "1:1: D002 this is not text."),
        (b"\xff\xfea\0\0", "1:1: D002 the file begins with the mark of UTF-16, and is not UTF-16."),
        (b"\xff\xfe" + b"title: one\nid: two\n" * 9, "1:1: D002 the file begins with the mark of UTF-16, and is not UTF-16."),
        (b"title: a\x1bb\n", "1:9: D003 the invisible character U+001B is not allowed in YAML."),
    ],
)
def test_what_is_not_text_is_refused_with_its_place(tmp_path: Path, data: bytes, message: str) -> None:
    (problem,) = said(put(tmp_path, data))
    assert problem.startswith(message)


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    assert said(tmp_path / "no.yaml") == ["1:1: D001 there is no such file. Is the name spelled right?"]
    assert said(tmp_path) == ["1:1: D001 this is a folder, not a deck file."]
    assert said(Path("a\0b"))[0].startswith("1:1: D001 this file cannot be read:")
    os.mkfifo(tmp_path / "pipe.yaml")  # whoever opens it waits for ever
    assert said(tmp_path / "pipe.yaml") == ["1:1: D001 this is a pipe or device, not a deck file."]
    (tmp_path / "zeros.yaml").symlink_to("/dev/zero")  # and this one never ends
    assert said(tmp_path / "zeros.yaml") == ["1:1: D001 this is a pipe or device, not a deck file."]
    with pytest.raises(DeckError, match="D001 there is no such file"):
        load(tmp_path / "no.yaml")


def test_aliases_stand_for_their_values(tmp_path: Path) -> None:
    text = HEAD + "  - {id: q, question: a, answer: &a Lima, evidence: &e {source: wire, quote: *a}}\n"
    text += "  - {id: r, question: b, answer: *a, evidence: *e}\n"
    first, second = load(put(tmp_path, text)).questions
    assert first.evidence == second.evidence == (Evidence(source="wire", quote="Lima"),)


def test_a_wrong_value_behind_an_alias_is_said_once(tmp_path: Path) -> None:
    text = HEAD + "  - {id: q, question: a, answer: b, mode: &m fast}\n  - {id: r, question: b, answer: c, mode: *m}\n"
    assert len(said(put(tmp_path, text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [" + "x, " * 99 + "x]\n" + "".join(f"{b}: &{b} [{f'*{a}, ' * 99}*{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        "title: T\nquestions:\n  - &q {question: a, answer: b, evidence: &e ["
        + "{source: a, quote: b}, " * 999
        + "]}\n"
        + "  - *q\n" * 9999,
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(2000)),
        "title: [" + "[],[" * 20_000,
        "".join(f"unknown-{number}: x\n" for number in range(50_000)),
        HEAD + "  - {" + ", ".join(f"{chr(97 + number % 26)}{number}: x" for number in range(50_000)) + "}\n",
        HEAD + "  - {" + "question: x, " * 50_000 + "}\n",
        HEAD + "  - {question: x, answer: y, distractors: [" + "a, b, " * 25_000 + "]}\n",
        "x" * 1000 + ": 1\n? " + "y" * 1_000_000 + "\n: 2\n",
    ],
    ids=[
        "aliases of aliases",
        "questions by alias",
        "brackets",
        "braces",
        "dashes",
        "question marks",
        "indentation",
        "pairs",
        "unknown",
        "unknown too",
        "doubles",
        "options",
        "long",
    ],
)
def test_bombs_end_in_a_problem_soon(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, text)
    begin = time.process_time()
    assert said(path)
    assert time.process_time() - begin < 5


def test_two_files_of_one_deck_id_are_a_problem_of_the_second(tmp_path: Path) -> None:
    text = "title: T\nid: same\nquestions: [{id: q, question: a, answer: b}]\n"
    first, second = put(tmp_path, text, "a.yaml"), put(tmp_path, text, "b.yaml")
    put(tmp_path, text.replace("same", "other"), "c.yml")
    problems, files = check_all([tmp_path])
    assert files == 3
    assert problems == [
        Problem(
            path=str(second), line=2, column=1, width=2, code="D205", message=f"the deck id 'same' is also that of {first}. Change one."
        )
    ]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "title: T\nid: same\nquestions: [{id: q, question: a, answer: b}]\n")
    assert check_all([tmp_path, path, path]) == ([], 1)


def test_check_all_reports_missing_files_and_refuses_missing_folders_of_none(tmp_path: Path) -> None:
    problems, files = check_all([tmp_path / "nowhere"])
    assert ([problem.code for problem in problems], files) == (["D001"], 1)
    assert check_all([tmp_path]) == ([], 0)
