"""The rules on writing: what they say, what turns them on and off, and what an article at hand says against a deck."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.deckfile import check
from quizzer.deckfile.choice import Choice, is_unknown
from quizzer.deckfile.problems import parted
from quizzer.deckfile.truth import Articles
from quizzer.deckfile.wording import lix

HEAD = "id: peru\ntitle: Peru\nsources: [{id: wire}]\nquestions:\n"


def found(tmp_path: Path, questions: str, *, head: str = HEAD, asked: Choice | None = None, articles: Articles | None = None) -> list[str]:
    """The codes of what is found, with the text they stand at."""
    path = tmp_path / "peru.yaml"
    path.write_text(head + questions, encoding="utf-8")
    lines = path.read_text("utf-8").split("\n")
    return [
        f"{problem.code} {lines[problem.line - 1][problem.column - 1 :][: problem.width]}"
        for problem in check(path, asked=asked, articles=articles)
    ]


# Single rules: what they say, and what they pass over


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("question: Who did not sign?, answer: Peru, distractors: [Chile, Cuba]", ["Q107 Who did not sign?"]),
        ("question: Who did NOT sign?, answer: Peru, distractors: [Chile, Cuba]", []),
        ("question: Who did *not* sign?, answer: Peru, distractors: [Chile, Cuba]", []),
        ("question: Who asked the court not to sit?, answer: Peru, distractors: [Chile, Cuba]", []),
        ("question: Who wrote “to be or not to be”?, answer: Shakespeare, distractors: [Marlowe, Jonson]", []),
        ("question: Who said that it was not so?, answer: Ana, distractors: [Eva, Ida]", []),
        ("question: Who did not sign?, answer: Peru", []),
        ("question: What is so?, answer: It rains, distractors: [It never rains, It snows]", []),
        ("question: What is so?, answer: It always rains, distractors: [It never rains, It never snows]", []),
        ("question: How long was it?, answer: 1914–1918, distractors: [1912–1916, 1916–1920]", []),
        ("question: How did the match end?, answer: 2–1, distractors: [1–0, 2–0]", []),
        ("question: How many?, answer: 10 to 20, distractors: [15 to 25, 30 to 40]", ["Q110 15 to 25"]),
        ("question: How many?, answer: 20–30, distractors: [1–9, 40–50]", []),
        ("question: How high?, answer: 7 m, distractors: [5 m, 6 kg]", ["Q114 6 kg"]),
        ("question: How high?, answer: 7 m, distractors: [5 cm, 6 m]", []),
        ("question: When?, answer: 4 o'clock, distractors: [midnight, 2 o'clock]", []),
        ("question: When?, answer: '1917', distractors: [never, '1918']", []),
        ("question: 'This man is an', answer: Italian, distractors: [European, Icelander]", ["Q112 European"]),
        ("question: 'The widow wore a', answer: uniform, distractors: [hat, unicorn]", []),
        ("question: 'It took an', answer: hour, distractors: [honest man, age]", []),
        ("question: How many?, answer: 5, distractors: [9, 7, 3]", []),
        ("question: How many?, answer: 5, distractors: [9, 3, 7]", ["Q113 ["]),
        ("question: Which?, answer: Lima, distractors: [a 9, b 3, c 7]", []),
        ("question: Who is now king?, answer: Charles", ["Q205 Who is now king?"]),
        ("question: What is now known as Sri Lanka?, answer: Ceylon", []),
        ("question: Who founded USA Today?, answer: Al Neuharth", []),
        ("question: 'Today it rains. Where?', answer: Lima", ["Q205 'Today it rains. Where?'"]),
        ("question: When did these start?, answer: In 1500", ["Q206 When did these start?"]),
        ("question: What does the article say?, answer: Rain", ["Q206 What does the article say?"]),
        ("question: What is said in the article?, answer: Rain", ["Q206 What is said in the article?"]),
        ("question: Which article of the law forbids it?, answer: Article 1", []),
        ("question: What did the author of Emma write first?, answer: Love and Freindship", []),
        ("question: Which explorer said he had seen it?, answer: Cook", []),
        # the same flaws in other words
        ("question: Which is it?, answer: Lima, distractors: [Cusco, All of them]", ["Q101 All of them"]),
        ("question: Which is it?, answer: Lima, distractors: [Cusco, Ica, All three]", ["Q101 All three"]),
        ("question: How many of the ships sank?, answer: All of them, distractors: [Half of them, None of them]", []),
        ("question: Which is it?, answer: Lima, distractors: [Cusco, Not one of them.]", ["Q102 Not one of them."]),
        ("question: Which is it?, answer: Lima, distractors: [Cusco, None of the listed towns]", ["Q102 None of the listed towns"]),
        ("question: What share was lost?, answer: A half, distractors: [A third, None of it]", []),
        ("question: Which group gives to all?, answer: O, distractors: [A and B, AB]", []),
        ("question: Which of these isn't a town?, answer: Peru, distractors: [Lima, Ica]", ["Q107 Which of these isn't a town?"]),
        (
            "question: 'All of these are towns, except which?', answer: Peru, distractors: [Lima, Ica]",
            ["Q107 'All of these are towns, except which?'"],
        ),
        ("question: Who said that he couldn't read?, answer: John, distractors: [Lear, Cole]", []),
        ("question: What is so?, answer: It rains, distractors: [Everyone sleeps, Nobody sings]", ["Q108 Everyone sleeps"]),
        ("question: How often?, answer: Twice a week, distractors: [Every day, Every two weeks]", []),
        ("question: Which film?, answer: Emma, distractors: [All About Eve, Nothing Sacred]", []),
        ("question: How many?, answer: Over 40, distractors: [Fewer than 10, Fewer than 20]", ["Q110 Fewer than 20"]),
        ("question: How many?, answer: Over 40, distractors: [Fewer than 20, Between 20 and 40]", []),
        ("question: How many?, answer: 10–20, distractors: [20–30, 30–40]", []),
        ("question: Which gate?, answer: '7', distractors: [North, South]", []),
        ("question: How many?, answer: '7', distractors: [North, South]", ["Q114 North"]),
        ("question: 'It took an ___.', answer: hour, distractors: [day, age]", ["Q112 day"]),
        ("question: Which two towns?, answer: Ica and Lima, distractors: [Puno and Cusco, Tacna]", ["Q112 Tacna"]),
        ("question: Which two towns?, answer: Ica and Lima, distractors: [Puno and Cusco, 'Tacna, Ica']", []),
        ("question: When?, answer: 4 July 1776, distractors: [3 May 1801, 5 June 1799, 9 May 1800]", ["Q113 ["]),
        ("question: When?, answer: 4 July 1776, distractors: [5 June 1799, 3 May 1801, 4 May 1801]", []),
        ("question: When?, answer: May, distractors: [2 June, '7']", []),
        ("question: Can it?, answer: 'No, it cannot', distractors: ['Yes, it can']", ["Q116 'No, it cannot'"]),
        ("question: Is that so?, answer: Correct, distractors: [Incorrect]", ["Q116 Correct"]),
        ("question: Is it so?, answer: 'No, because it is cold', distractors: ['Yes, because it is hot']", []),
        ("question: Who has won most so far?, answer: Ana", ["Q205 Who has won most so far?"]),
        ("question: Who came so far north?, answer: Ana", []),
        ("question: Who is the current mayor of Ica?, answer: Ana", ["Q205 Who is the current mayor of Ica?"]),
        ("question: In what is electric current measured?, answer: Amperes", []),
        ("question: Why was it closed in 1945?, answer: It rained", ["Q206 Why was it closed in 1945?"]),
        ("question: Why was it forbidden to sing?, answer: It woke the king", []),
        ("question: Where was it first shown that light bends?, answer: On an island", []),
        ("question: How long did it take to build?, answer: A year", []),
        ("question: What is the author's view?, answer: That it rains", ["Q206 What is the author's view?"]),
        ("question: What was the author's name who wrote Emma?, answer: Jane Austen", []),
    ],
)
def test_rules_on_options_and_stems(question: str, expected: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, f"  - {{id: q, {question}}}\n") == expected


@pytest.mark.parametrize(
    ("key", "quote", "said"),
    [
        ("Jeff Sessions", "Sessions told them so", True),
        ("Jeff Sessions", "the minister told them so", False),
        ("12", "a jury of twelve", True),
        ("42", "forty-two men", True),
        ("12", "a jury", False),
        ("July 1903", "in July 1903", True),
        ("July 1903", "on Monday", True),
        ("31 March 1889", "the spring of 1889", False),
        ("UN", "the United Nations", True),
        ("Münster", "in Munster", True),
        ("Freedom of worship", "they could pray as they liked", True),
        ("3,000", "3000 beds", True),
        ("Wisconsin", "Ron Johnson (R-Wis.) kept asking", True),
        ("New York", "Chuck Schumer (D-N.Y.) said", True),
        ("Vermont", "Mr. Sanders said", False),
        ("October 2015", "In October she proposed it", True),
        ("October 2015", "In May she proposed it", False),
        ("October 2015", "In October 2014 she proposed it", False),
    ],
)
def test_a_key_says_no_number_and_no_name_that_its_evidence_does_not(key: str, quote: str, said: bool, tmp_path: Path) -> None:
    question = f'  - {{id: q, question: a, answer: "{key}", evidence: {{source: wire, quote: "{quote}"}}}}\n'
    assert found(tmp_path, question) == ([] if said else [f"Q203 {key!r}".replace("'", '"')])


@pytest.mark.parametrize(
    ("quote", "supports"),
    [
        ("they flew over Peru and Chile", True),
        ("Chile, Peru and Cuba won", True),
        ("Peru beat Chile", False),
        ("Peru, not Chile, won", False),
        ("Peru rather than Chile and Cuba", False),
        ("Peru won when all the others had gone home and Chile lost", False),
        ("Peruvians and Chileans", False),
    ],
)
def test_evidence_that_names_a_distractor_in_one_breath_with_the_key_is_told(quote: str, supports: bool, tmp_path: Path) -> None:
    question = f'  - {{id: q, question: a, answer: Peru, distractors: [Chile], evidence: {{source: wire, quote: "{quote}"}}}}\n'
    codes = [one.split()[0] for one in found(tmp_path, question)]
    assert ("Q204" in codes) == supports


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred() -> None:
    assert lix("One two three four five six seven eight nine elephants. And one sentence more, of ten words or about that.") == 10 + 10
    assert lix("Too short.") == 0


# The deck as a whole


def test_true_by_turns_is_told_and_by_chance_is_not(tmp_path: Path) -> None:
    def statements(answers: str) -> str:
        return (
            "".join(f"  - {{id: q{at}, statement: City {at} is old., answer: {a == 't'}}}\n" for at, a in enumerate(answers))
            .replace("True", "true")
            .replace("False", "false")
        )

    assert found(tmp_path, statements("tf" * 8)) == ["Q106 questions"]
    assert found(tmp_path, statements("ttfftftttfftffft")) == []
    assert found(tmp_path, statements("t" * 4)) == []


def test_the_middle_of_the_numbers_is_not_always_right(tmp_path: Path) -> None:
    def numbers(places: str) -> str:
        rows = {"m": "[10, 20, 40]", "l": "[35, 40, 50]", "g": "[5, 10, 20]"}
        return "".join(
            f"  - {{id: q{at}, question: How many{at}?, answer: 30, distractors: {rows[place]}}}\n" for at, place in enumerate(places)
        )

    assert found(tmp_path, numbers("m" * 12)) == ["Q106 questions"]
    assert found(tmp_path, numbers("mlgmmlgmmlgm")) == []


def test_names_that_happen_to_be_long_are_no_pattern(tmp_path: Path) -> None:
    rows = "".join(
        f"  - {{id: q{at}, question: Who won {at}?, answer: Anna Maria Lang, distractors: [Al Bo, Cy Du]}}\n" for at in range(12)
    )
    assert [one for one in found(tmp_path, rows) if one.startswith("Q105")] == []


TWO_SIDES = """\
  - {{id: q, question: Who flew a plane at Kitty Hawk in 1903?, answer: Orville Wright, evidence: {{source: wire, quote: {one}}}}}
  - {{id: r, question: When did Orville Wright fly a plane at Kitty Hawk?, answer: In 1903, evidence: {{source: wire, quote: {other}}}}}
"""


def test_one_question_answers_another_unless_both_ask_of_one_span(tmp_path: Path) -> None:
    said = "Orville Wright flew in 1903"
    asked = Choice(("Q119",))
    assert found(tmp_path, TWO_SIDES.format(one=said, other=said), asked=asked) != []
    assert found(tmp_path, TWO_SIDES.format(one=f"{said}, start: 10", other=f"{said}, start: 90"), asked=asked) != []
    assert found(tmp_path, TWO_SIDES.format(one=f"{said}, start: 10", other=f"{said}, start: 10"), asked=asked) == []


def test_a_gap_and_where_a_question_comes_from_answer_nothing(tmp_path: Path) -> None:
    asked = Choice(("Q119",))
    row = "  - {id: q, question: Who threw the reporter out of the hall in May?, answer: Jorge Ramos}\n"
    assert (
        found(tmp_path, row + "  - {id: r, cloze: 'In May the reporter was thrown out of the hall by {{Jorge Ramos}}.'}\n", asked=asked)
        == []
    )
    two = "  - {id: r, cloze: 'In {{May}} the reporter was thrown out of the hall by {{Jorge Ramos}}.'}\n"
    assert found(tmp_path, row + two, asked=asked) == ["Q119 Who threw the reporter out of the hall in May?"]
    told = "as told in “The great storm of the north coast” (May 2016)"
    one = f"  - {{id: q, question: 'Who sang, {told}?', answer: Ana Lopez}}\n"
    other = f"  - {{id: r, question: 'What did Ana Lopez eat, {told}?', answer: Figs}}\n"
    assert found(tmp_path, one + other, asked=asked) == []


def test_questions_that_differ_in_a_number_are_two(tmp_path: Path) -> None:
    row = "  - {id: q%s, question: Who won the cup of %s in Paris?, answer: France}\n"
    rows = row % (1, 1998) + row % (2, 2018)
    assert found(tmp_path, rows) == []


# The articles at hand

TEXT = "The mayor said: “We will never sell the bridge.” It was built in 1901, “[o]n the very last day” of June.\n"


def sourced(quote: str, start: int | str, *, stem: str = "When was the bridge built?", digest: str = "") -> str:
    digest = digest or hashlib.sha256(TEXT.encode()).hexdigest()
    return (
        f"id: d\ntitle: D\nsources:\n  - id: wire\n    sha256: {digest}\nquestions:\n  - id: q\n    question: '{stem}'\n"
        f"    answer: '1901'\n    evidence: {{source: wire, quote: {quote}, start: {start}}}\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (sourced("built in 1901", TEXT.index("built in 1901")), []),
        (sourced("built in 1901", 3), ["Q201 built in 1901"]),
        (sourced("built about 1901", 3), ["Q201 built about 1901"]),
        (sourced("in 1901", TEXT.index("in 1901"), stem="When was what “we will … sell” built?"), []),
        (
            sourced("in 1901", TEXT.index("in 1901"), stem="When was built what “we will never buy or sell”?"),
            ["Q202 'When was built what “we will never buy or sell”?'"],
        ),
        (sourced("in 1901", TEXT.index("in 1901"), stem="When was built what “[they] will never sell”?"), []),
        (sourced("in 1901", TEXT.index("in 1901"), stem="What was built “On the very last day”?"), []),
        (sourced("in 1901", TEXT.index("in 1901"), stem="What was built “[o]n the very last day”?"), []),
        (sourced("in 1901", 3, digest="ab" * 32), ["Q210 " + "ab" * 32]),
    ],
)
def test_articles_at_hand_are_held_against_the_deck(text: str, expected: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, text, head="", articles=Articles({"wire": TEXT})) == expected
    assert found(tmp_path, text, head="") == []
    assert found(tmp_path, text, head="", articles=Articles({"other": "Nothing."})) == []


def test_an_article_is_known_by_its_hash_whatever_its_file_is_called(tmp_path: Path) -> None:
    assert found(tmp_path, sourced("near 1901", 3), head="", articles=Articles({"renamed": TEXT})) == ["Q201 near 1901"]


# What is looked for

FLAWED = "  - {id: q, question: Where do llamas often not live now?, answer: Lima, distractors: [Cusco, All of these]}\n"


def test_codes_are_chosen_by_their_beginnings_and_default_means_those_on(tmp_path: Path) -> None:
    def codes(*select: str, ignore: tuple[str, ...] = (), head: str = HEAD) -> list[str]:
        return [one.split()[0] for one in found(tmp_path, FLAWED, head=head, asked=Choice(select, ignore) if select or ignore else None)]

    assert codes() == ["Q101"]
    assert codes("Q109") == ["Q109"]
    assert codes("default", "Q109") == ["Q109", "Q101"]
    assert codes("Q") == ["Q109", "Q101"]
    assert codes("D") == []
    assert codes("Q", ignore=("Q10",)) == []
    ours = HEAD.replace("questions:", "lint: {select: [default, q109], ignore: [Q101]}\nquestions:")
    assert codes(head=ours) == ["Q109"]
    assert codes("Q101", head=ours) == []


def test_a_deck_cannot_turn_off_what_keeps_it_from_being_studied(tmp_path: Path) -> None:
    head = HEAD.replace("questions:", "lint: {select: [Q], ignore: [D]}\nquestions:")
    assert found(tmp_path, "  - {id: q, question: a}\n", head=head) == ["D301 {"]


@pytest.mark.parametrize(("name", "known"), [("Q1", True), ("q104", True), ("default", True), ("Q999", False), ("", False), ("E1", False)])
def test_a_code_is_a_code_or_the_beginning_of_one(name: str, known: bool) -> None:
    assert is_unknown(name) != known


# What is wrong, and what to do


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("it is wrong. Mend it.", ("it is wrong", "Mend it.")),
        ("nested deep; a deck needs five. Is a bracket doubled?", ("nested deep; a deck needs five", "Is a bracket doubled?")),
        ("unknown key 'a. B': did you mean `b`?", ("unknown key 'a. B': did you mean `b`?", "")),
        ("the text 'it\\'s. So' is empty. Write it. Or not.", ("the text 'it\\'s. So' is empty", "Write it. Or not.")),
        ("a file's name and a deck's. Change one.", ("a file's name and a deck's", "Change one.")),
        ("`a. B` is no key. Remove it.", ("`a. B` is no key", "Remove it.")),
        ("", ("", "")),
    ],
)
def test_a_message_is_parted_where_its_remedy_begins(message: str, parts: tuple[str, str]) -> None:
    assert parted(message) == parts


# Comments that ignore


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ("  - id: q\n    question: Who is now king?  # quizzer: ignore Q205 -- a riddle\n    answer: Ed\n", []),
        (
            "  - id: q\n    # quizzer: ignore Q205 -- a riddle\n    # it is an old one\n\n    question: Who is now king?\n    answer: Ed\n",
            [],
        ),
        ("  - id: q  # quizzer: ignore q205, Q207\n    question: Is Edward king today?\n    answer: Edward\n", []),
        ("  # quizzer: ignore Q205\n  - id: q\n    question: Who is now king?\n    answer: Ed\n", []),
        ("  - {id: q, question: Who is now king?, answer: Ed} # quizzer: ignore Q205\n", []),
        ("  - id: q\n    question: Who is now king?\n    answer: Ed  # quizzer: ignore Q205\n", ["Q205 Who is now king?", "D012 Q205"]),
        ("  - id: q\n    question: Who is king?  # quizzer: ignore Q205\n    answer: Ed\n", ["D012 Q205"]),
        ("  - id: q\n    question: Who is king?  # quizzer: ignore Q999\n    answer: Ed\n", ["D012 Q999"]),
        ("  - id: q\n    question: Who is king?  # quizzer: ignore\n    answer: Ed\n", ["D012 #"]),
        ("  - id: q\n    question: Who is king?  # quizzer: ignore D301\n", ["D301 i", "D012 D301"]),
        (
            "  - id: q\n    question: 'Who is now king? # quizzer: ignore Q205'\n    answer: Ed\n",
            ["Q205 'Who is now king? # quizzer: ignore Q205'"],
        ),
        ("  - id: q\n    question: |\n      Who is now king?\n      # quizzer: ignore Q205\n    answer: Ed\n", ["Q205 |"]),
        ("  - id: q\n    question: |  # quizzer: ignore Q205\n      Who is now king?\n    answer: Ed\n", []),
        ("  - id: q\n    question: &a  # quizzer: ignore Q205\n      Who is now king?\n    answer: Ed\n", []),
        ("  - id: q\n    question: >-  # quizzer: ignore Q205\n      Who is now\n      king?\n    answer: Ed\n", []),
        ("  - id: q  # quizzer: ignore Q109\n    question: Who is king?\n    answer: Ed\n", []),  # it was not looked for
    ],
)
def test_a_comment_ignores_on_its_line_above_it_or_for_a_whole_question(questions: str, expected: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, questions) == expected
    assert found(tmp_path, questions.replace("\n", "\r\n"), head=HEAD.replace("\n", "\r\n")) == expected


@settings(max_examples=32, deadline=None)
@given(before=st.integers(0, 3), flawed=st.integers(0, 7))
def test_a_comment_on_one_question_ignores_nothing_in_the_others(
    tmp_path_factory: pytest.TempPathFactory, before: int, flawed: int
) -> None:
    rows = []
    for number in range(3):
        stem = "Who is now king?" if flawed >> number & 1 else "Who is king?"
        rows.append(f"  - id: q{number}\n    question: {stem} {number}\n    answer: Ed{number}\n")
    if before < 3:
        rows[before] = "  # quizzer: ignore Q205\n" + rows[before]
    lines = [one.split()[0] for one in found(tmp_path_factory.mktemp("deck"), "".join(rows))]
    ignored = before < 3 and bool(flawed >> before & 1)
    assert lines.count("Q205") == flawed.bit_count() - ignored
    assert lines.count("D012") == (before < 3 and not ignored)
