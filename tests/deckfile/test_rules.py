"""What must hold before a deck is studied, and what a warning is given for."""

import inspect
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.grading import grade, infer_type
from quizzer.core.kinds import GAP, Cloze
from quizzer.core.model import Answer, AnswerType, Part, Verdict
from quizzer.deckfile import check, check_all, load, options, render
from quizzer.deckfile.naming import LONGEST, deck_id, is_id, question_ids
from quizzer.deckfile.problems import parted

HEAD = "id: peru\ntitle: Peru\nsources: [{id: wire}]\nquestions:\n"


def codes(folder: Path, question: str, *, head: str = HEAD) -> list[str]:
    """Return the code of every problem and the text it is at."""
    path = folder / "peru.yaml"
    path.write_text(head + f"  - {question}\n", encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [(problem, lines[problem.line - 1][problem.column - 1 :]) for problem in check(path)]
    return [f"{problem.code} {rest[: problem.width]}" for problem, rest in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("{id: q, question: a, answer: Straße, distractors: [STRASSE]}", ["D303 STRASSE"]),
        ("{id: q, question: a, answer: ﬁne, distractors: [Fine]}", ["D303 Fine"]),
        ("{id: q, question: a, answer: El  Paso, distractors: [el paso]}", ["D303 el paso"]),
        ("{id: q, question: a, answer: b, accept: [c], distractors: [d, C]}", ["D303 C"]),
        ("{id: q, question: a, answer: b, distractors: [c, d, C, D]}", ["D304 C", "D304 D"]),
        ("{id: q, question: a, answer: b, distractors: [c, d], accept: [B, e, E]}", ["D311 B", "D311 E"]),
        ("{id: q, question: a, answer: '5,000', distractors: ['5000', five thousand, '4,000']}", ["D303 '5000'", "D303 five thousand"]),
        ("{id: q, question: a, answer: 'May 3, 2018', distractors: [3 May 2018, 4 May 2018]}", ["D303 3 May 2018"]),
        ("{id: q, question: a, answer: b, accept: ['4,000'], distractors: ['4000']}", ["D303 '4000'"]),
        ("{id: q, question: a, answer: Federal Bureau of Investigation, distractors: [FBI]}", ["D303 FBI"]),
        ("{id: q, question: a, answer: United States, type: place, distractors: [USA, UK]}", ["D303 USA"]),
        ("{id: q, question: a, answer: The Hague, distractors: [Hague, Vague]}", ["D303 Hague"]),
        ("{id: q, question: a, answer: Ñuñoa, distractors: [Nunoa]}", ["D303 Nunoa"]),
        ("{id: q, question: a, answer: 20, distractors: [twenty, 21]}", ["D303 twenty"]),
        ("{id: q, question: a, answer: b, distractors: ['4,000', '4000', four thousand]}", ["D304 '4000'", "D304 four thousand"]),
        ("{id: q, question: a, answer: b, distractors: [3 May 2018, '2018-05-03', '2018-05-04']}", ["D304 '2018-05-03'"]),
        ("{id: q, question: a, answer: stationary, distractors: [stationery, static]}", []),  # a letter makes another word
        ("{id: q, question: a, answer: 'May 3, 2018', distractors: ['2018', May 2018, '3/5/2019']}", []),
        ("{id: q, question: a, answer: '{{key}}', distractors: ['[key]', <key>], mode: choose}", []),
        ("{id: q, question: a, answer: '{{key}}', distractors: ['[key]'], mode: type}", ["D303 '[key]'"]),
        ("{id: q, question: a, answer: 'if (a) { b } else c', distractors: ['if [a] { b } else c']}", []),  # too long to be typed
        ("{id: q, question: a, answer: 'May 3', distractors: [May 4, 2018, 3 May 2018]}", ["D314 May 4"]),
        ("{id: q, question: a, answer: '5', distractors: [5000, 4,000, 70]}", ["Q113 [", "D314 4"]),
        ("{id: q, question: a, answer: b, accept: [4 May, 2018]}", ["D314 4 May"]),
        ("{id: q, question: a, answers: [Sept. 4th, 2018, c]}", ["D314 Sept. 4th"]),
        ("{id: q, order: [c, about 1,000,000 people]}", ["D314 about 1"]),
        ("{id: q, question: a, answer: b, distractors: ['May 4', '2018', 100, 200, 300]}", ["Q117 ["]),
        ("{id: q, question: a, answer: b, distractors: [100,200,300]}", []),
        ("{id: q, question: a, answer: b, distractors: [5,000]}", ["D314 5"]),
        ("{id: q, question: a, answer: b, distractors: [May 4, May 5]}", []),
        ("{id: q, question: a, answer: seven, type: date}", ["D312 seven"]),
        ("{id: q, match: {a: b, A: c}}", ["D307 A"]),
        ("{id: q, match: {a: b, c: d}, distractors: [B, e, E]}", ["D303 B", "D304 E"]),
        ("{id: q, match: {a: b, c: B}}", ["D315 {"]),
        ("{id: q, match: {a: b, c: d, e: b}}", []),
        ("{id: q, match: {a: b, c: d}, distractors: [e, f, g, h, i, j, k, l, m, n]}", []),
        ("{id: q, match: {a: b, c: d}, distractors: [e, f, g, h, i, j, k, l, m, n, o]}", ["D315 ["]),
        ("{id: q, match: {a: b, a: c}}", ["D101 a"]),
        ("{id: q, match: [a: b, c: d]}", ["D103 ["]),
        ("{id: q, match: {a: b, c: d}, mode: choose}", ["D310 choose"]),
        ("{id: q, question: a, answer: the 1990s, type: date}", []),
        ("{id: q, question: a, answer: 31 February 2020, type: date}", ["D313 31 February 2020"]),
        ("{id: q, question: a, answer: 2021-02-29, type: date}", ["D313 2021-02-29"]),
        ("{id: q, question: a, answer: b, as_of: yesterday}", ["D206 yesterday"]),
        ("{id: q, question: a, answer: b, as_of: 2024-02}", []),
        ("{id: q, cloze: no gap}", ["D305 no gap"]),
        ("{id: q, cloze: '{{a}} b'}", []),
        ("{id: q, cloze: '{{a b'}", ["D306 '{{a b'"]),
        ("{id: q, cloze: 'a}} b'}", ["D306 'a}} b'"]),
        ("{id: q, cloze: '{{a}} {{b'}", ["D306 '{{a}} {{b'"]),
        ("{id: q, cloze: '{{a {{b}} c}}'}", ["D306 '{{a {{b}} c}}'"]),
        ("{id: q, cloze: '{{}} a'}", ["D306 '{{}} a'"]),
        ("{id: q, cloze: '{{ | a}}'}", ["D306 '{{ | a}}'"]),
        ("{id: q, cloze: '{{a|b}} {c}'}", []),
        ("{id: q, order: [a, b, A]}", ["D307 A"]),
        ("{id: q, question: x, answers: [a, b|c, a|d]}", ["D307 a|d"]),
        ("{id: q, question: x, answers: ['a||b']}", ["D308 'a||b'"]),
        ("{id: -q, question: a, answer: b}", ["D202 -q"]),
        ("{id: 'q#1', question: a, answer: b}", ["D202 'q#1'"]),
        ("{id: q/1, question: a, answer: b}", ["D202 q/1"]),
        ("{id: é, question: a, answer: b}", ["D202 é"]),
        ("{id: q 1, question: a, answer: b}", ["D202 q 1"]),
        ("{id: Q.1_a-b, question: a, answer: b}", []),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, passage: a b c}}", []),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, start: 9, passage: a b c}}", []),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, start: 9, passage: a b c, passage_start: 7}}", []),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, start: 9, passage: a b c, passage_start: 8}}", ["D402 b"]),
        ("{id: q, question: a, answer: b, evidence: {source: wire, quote: b, start: 6, passage: a b c, passage_start: 7}}", ["D402 b"]),
        ("{id: q, question: a, answer: b, evidence: [{source: wire, quote: a}, {source: wire, quote: d, passage: a b c}]}", ["D402 d"]),
        ("{id: q, question: a, answer: b, evidence: {source: Wire, quote: b}}", ["D401 Wire"]),
        ("{id: q, question: a, answer: b, mode: order}", ["D310 order"]),
        ("{id: q, order: [a, b], mode: order}", []),
        ("{id: q, statement: a, answer: true, mode: type}", ["D310 type"]),
    ],
)
def test_rules_of_questions(question: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, question) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("date: 2021", []),
        ("date: 2021-02", []),
        ("date: 2024-02-29", []),
        ("date: 2021-02-29", ["D206 2021-02-29"]),
        ("date: 2021-13", ["D206 2021-13"]),
        ("date: '21'", ["D206 '21'"]),
        ("date: Jan 14 2021", ["D206 Jan 14 2021"]),
        ("date: ٢٠٢١", ["D206 ٢٠٢١"]),
        ("url: foo", ["D209 foo"]),
        ("url: 'ftp://example.org'", ["D209 'ftp://example.org'"]),
        ("url: 'https://example.org/a?b=c#d'", []),
        ("url: ''", []),
        ("sha256: " + "Ab" * 32, []),
        ("sha256: " + "ab" * 31, ["D207 ababababababababababababababababababababababababababababababab"]),
        ("sha256: " + "xy" * 32, ["D207 xyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy"]),
    ],
)
def test_rules_of_sources(source: str, expected: list[str], tmp_path: Path) -> None:
    head = f"id: peru\ntitle: Peru\nsources: [{{id: wire, {source}}}]\nquestions:\n"
    assert codes(tmp_path, "{id: q, question: a, answer: b}", head=head) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("{id: q, question: Which?, answer: All of these, distractors: [Lima]}", ["Q101 All of these"]),
        (
            "{id: q, question: Which?, answer: Lima, distractors: [Both A and B, a and b, None of the above]}",
            ["Q103 Both A and B", "Q103 a and b", "Q102 None of the above"],
        ),
        ("{id: q, question: Which?, answer: Lima, distractors: [All of Peru, None]}", []),
        ("{id: q, question: Who won the vote last week?, answer: Lima}", ["Q205 Who won the vote last week?"]),
        ("{id: q, question: Who is currently mayor?, answer: Ana, as_of: 2024-01-01}", []),
        ("{id: q, question: What happened on Monday?, answer: Rain}", ["Q205 What happened on Monday?"]),
        ("{id: q, question: 'What happened on Monday, 14 January 2021?', answer: Rain}", []),
        ("{id: q, question: 'Who said “we act today”?', answer: Ana}", []),
        ("{id: q, statement: It rained yesterday., answer: true}", ["Q205 It rained yesterday."]),
        ("{id: q, question: Which day of the week is Monday in Spanish?, answer: lunes}", []),
        ("{id: q, question: Is Lima a city?, answer: lima}", ["Q207 Is Lima a city?"]),
        ("{id: q, question: Was it Lima or Cusco?, answer: Lima}", []),
        ("{id: q, question: What does Limassol mean?, answer: Lima}", []),
        ("{id: q, cloze: 'Lima is {{Lima}}.'}", ["Q207 'Lima is {{Lima}}.'"]),
        ("{id: q, cloze: '{{Lima}} and {{Cusco}}.'}", []),
    ],
)
def test_warnings_on_the_wording(question: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, question) == expected
    assert [problem.severity for problem in check(tmp_path / "peru.yaml")] == ["warning"] * len(expected)
    load(tmp_path / "peru.yaml")  # a warning keeps no deck from being studied


def test_rules_on_english_words_are_for_english_decks(tmp_path: Path) -> None:
    question = "{id: q, question: Who won last week?, answer: Ana}"
    assert codes(tmp_path, question, head="language: nl\n" + HEAD) == []
    assert codes(tmp_path, question, head="language: en-GB\n" + HEAD) == ["Q205 Who won last week?"]


def test_one_warning_says_how_many_ids_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    path.write_text("title: Peru\nquestions:\n  - {question: a, answer: b}\n  - {question: c, answer: d}\n")
    assert [str(problem) for problem in check(path)] == [
        f"{path}:1:1: D208 the deck and 2 questions have no id yet. Run `quizzer fmt {path}`."
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("english", ["D210 english"]),
        ("en_GB", ["D210 en_GB"]),
        ("en-GB", []),
        ("zh-Hant", []),
        ("es-419", []),
        ("sl-rozaj", []),
        ("und", []),
    ],
)
def test_a_language_is_a_tag(language: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, "{id: q, question: a, answer: b}", head=f"language: {language}\n{HEAD}") == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("{id: q, question: Capital?, answer: Lima}", "{id: r, question: capital?, answer: LIMA}", ["D211 capital?"]),
        ("{id: q, question: Capital?, answer: Lima}", "{id: r, question: Capital?, answer: Cusco}", []),
        ("{id: q, statement: a, answer: true}", "{id: r, statement: a, answer: true}", ["D211 a"]),
        ("{id: q, cloze: '{{a}}'}", "{id: r, cloze: '{{a}}'}", ["D211 '{{a}}'"]),
        ("{id: q, order: [a, b]}", "{id: r, order: [a, b]}", ["D211 {id: r"]),
        ("{id: q, order: [a, b]}", "{id: r, order: [b, a]}", []),
        ("{id: q, question: a, answers: [b, c]}", "{id: r, question: a, answers: [b, c]}", ["D211 a"]),
        ("{id: Lima, question: a, answer: b}", "{id: lima, question: c, answer: d}", ["D212 lima"]),
        ("{id: Lima, question: a, answer: b}", "{id: Lima, question: c, answer: d}", ["D203 Lima"]),
    ],
)
def test_questions_that_are_much_alike_are_told(first: str, second: str, expected: list[str], tmp_path: Path) -> None:
    found = codes(tmp_path, f"{first}\n  - {second}")
    assert [one if not wanted.endswith("{id: r") else wanted for one, wanted in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("14/01/2021", "'14/01/2021' is not a date as decks write it. Write 2021-01-14."),
        ("14.1.2021", "'14.1.2021' is not a date as decks write it. Write 2021-01-14."),
        ("January 2021", "'January 2021' is not a date as decks write it. Write 2021-01."),
        ("3/4/2021", "'3/4/2021' is not a date as decks write it. Write YYYY-MM-DD, YYYY-MM or YYYY."),
        ("soon", "'soon' is not a date as decks write it. Write YYYY-MM-DD, YYYY-MM or YYYY."),
        ("2021-02-30", "'2021-02-30' is not in the calendar. Mend it."),
    ],
)
def test_a_date_written_otherwise_is_answered_with_how_it_is_written(date: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "peru.yaml"
    path.write_text(HEAD.replace("{id: wire}", f"{{id: wire, date: {date}}}") + "  - {id: q, question: a, answer: b}\n")
    assert [problem.message for problem in check(path)] == [message]


@given(st.text("{}ab| ", max_size=14))
def test_a_cloze_without_problems_deals_a_card_for_every_gap_and_leaves_no_braces(text: str) -> None:
    """What the rules let pass is what the cards are made from."""
    from quizzer.deckfile.draft import Item
    from quizzer.deckfile.nodes import Table
    from quizzer.deckfile.rules import cloze_has_a_gap, gaps_are_whole

    item = Item(Cloze(id="q", cloze=text), Table([], 0))
    if not [*cloze_has_a_gap(item), *gaps_are_whole(item)]:
        cards = list(item.question.deal("d"))
        assert len(cards) == text.count("{{") - GAP.sub("", text).count("{{") > 0 or "{{{" in text
        assert all(part.key and all(part.accept) for card in cards for part in card.answer.parts)


@given(
    st.lists(st.sampled_from(["Who?", "who", "", "…", "日本", "x" * 200, "kept", "Who is 2?"]), max_size=12),
    st.lists(st.sampled_from(["who", "who-2", "kept"])),
)
def test_derived_ids_differ_and_can_be_used(texts: list[str], taken: list[str]) -> None:
    names = list(question_ids(texts, taken=taken))
    assert len({*names, *taken}) == len(names) + len(set(taken))
    assert all(is_id(name) and len(name) < LONGEST + 5 for name in names)
    assert names == list(question_ids(texts, taken=taken))


@given(st.text(min_size=1))
def test_a_deck_id_can_be_made_of_any_file_name(stem: str) -> None:
    assert is_id(deck_id(stem))


def test_a_derived_id_is_soon_made_for_ten_thousand_equal_questions() -> None:
    names = list(question_ids(["Who?"] * 10_000, taken=[]))
    assert names[0] == "who"
    assert names[-1] == "who-10000"


@pytest.mark.parametrize("sample", sorted((Path(__file__).parent.parent / "data" / "kinds").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_sample_of_a_kind_has_no_problem_and_only_its_kind(sample: Path) -> None:
    assert check(sample) == []
    assert {question.kind.replace("true/false", "statement") for question in load(sample).questions} == {sample.stem}


def test_every_kind_has_a_sample() -> None:
    from quizzer.deckfile.questions import KINDS

    folder = Path(__file__).parent.parent / "data" / "kinds"
    assert {path.stem for path in folder.glob("*.yaml")} == {kind.__name__.lower() for kind in KINDS}
    assert check_all([folder]) == ([], len(KINDS))


def test_a_problem_is_shown_under_its_line(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("title: 日本\nid: t\nquestions:\n- {id: q, question: 日本, anwser: 'x y'}\n", encoding="utf-8")
    (problem,) = check(path)
    assert render(problem) == inspect.cleandoc(f"""
        {path}:4:25: D102 unknown key 'anwser': did you mean `answer`?
         4 | - {{id: q, question: 日本, anwser: 'x y'}}
           |                           ^^^^^^
    """)


def test_a_problem_in_a_long_line_or_a_lost_file_is_still_shown(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(f"title: t\nid: t\nquestions:\n- {{id: q, question: {'long ' * 60}, answer: [b], explanation: {'long ' * 60}}}\n")
    (problem,) = check(path)
    _, shown, marked, remedy = render(problem).splitlines()
    assert remedy.startswith("   = help: ")
    assert len(shown) < 120
    assert shown[marked.index("^")] == "["
    path.unlink()
    assert render(problem).splitlines() == [f"{path}:4:{problem.column}: D103 {parted(problem.message)[0]}", remedy]


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize("around", ["word ", "\tx", "日本 "])
def test_a_long_line_is_cut_to_the_terminal_and_the_carets_stay_below_what_they_mark(around: str, columns: int, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(
        f"title: t\nid: t\nquestions:\n- {{id: q, question: {around * 60}, answer: b, anwser: c, explanation: {around * 60}}}\n", "utf-8"
    )
    (problem,) = [problem for problem in check(path) if problem.code == "D102"]
    _, shown, marked = render(problem, columns=columns).splitlines()

    def cells(text: str) -> int:
        return sum(2 if char in "日本" else 1 for char in text)

    assert cells(shown) <= columns
    before = shown[: shown.index("anwser")]
    assert marked == marked[: cells(before)] + "^^^^^^"


SHAPES = [
    "{}",
    "{} miles",
    "${} million",
    "{} May 2016",
    "May {}, 2016",
    "{} June {}",
    "June {}",
    "{}-{}",
    "{}/{}/2018",
    "about {}",
    "{}%",
    "{} to {}",
]
SORTS = [None, AnswerType.NUMBER, AnswerType.MONEY, AnswerType.DATE, AnswerType.DURATION, AnswerType.PERCENTAGE, AnswerType.TEXT]
NUMBERS = ["0", "1", "3", "05", "12", "69", "1969", "2016", "5,000", "5.000", "5000", "1.5", "1.50", "1,5", "2.25", "1,500,000"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SHAPES), st.lists(st.sampled_from(NUMBERS), min_size=4, max_size=4), st.sampled_from(SORTS))
def test_what_surely_differs_is_never_one_answer_to_the_grader(shape: str, numbers: list[str], sort: AnswerType | None) -> None:
    one, other = shape.format(*numbers[:2]).lower(), shape.format(*numbers[2:]).lower()
    if options.surely_differ(one, other):
        found = grade(one, Answer((Part(other, (), sort or infer_type(other)),)))
        assert found.verdict is not Verdict.RIGHT or found.note


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("july 3, 1969", "august 3, 1969", True),
        ("$340 million", "$227 million", True),
        ("2015", "2018", True),
        ("5/11/2018", "11/5/2018", False),
        ("5.000", "5,000", False),
        ("july 69", "july 1969", False),
        ("about 280", "about 281", False),
        ("3 miles", "4 miles away", False),
        ("1.5", "1.50", False),
    ],
)
def test_texts_that_differ_in_a_number_alone_need_no_grader(one: str, other: str, differ: bool) -> None:
    assert options.surely_differ(one, other) is differ
