"""The parts that only turn one text into another."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizzer.core.kinds import Deck, Match, Order, Statement
from quizzer.core.model import Card, Confidence, Evidence, Interval, Mode, Rating, Verdict
from quizzer.plain import commands, responses
from quizzer.plain.commands import COMMANDS, SIGNS, Unknown
from quizzer.plain.commands import Order as Command
from quizzer.plain.markdown import markdown_lines
from quizzer.plain.responses import Amiss, Response, chosen, labels
from quizzer.plain.talk import rows
from quizzer.plain.telling import passage_lines, spoken
from quizzer.study import Feedback, Prompt, Shown
from quizzer.study.asking import options_of
from quizzer.study.matching import matched

words = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=12)
options = st.lists(
    st.one_of(words.filter(str.strip), st.sampled_from([*"1234abcd", "True", "False", "10"])), min_size=2, max_size=12, unique=True
)


def prompt_of(question: object, mode: Mode) -> Prompt:
    (card,) = Deck(id="d", title="D", questions=(question,)).cards()
    assert isinstance(card, Card)
    offered = options_of(card, mode, reps=0)
    return Prompt(card=card, mode=mode, options=offered, is_new=True, deck_title="D", new=1, learning=0, due=0, done=0)


# Commands


@given(st.text(max_size=30))
def test_a_line_is_a_command_only_where_it_begins_with_one_sign(line: str) -> None:
    text = line.strip()
    read = commands.read(line)
    assert isinstance(read, str) is (not text.startswith(SIGNS) or text[:1] == text[1:2])
    if text:
        assert commands.read(text[:1] + text if text.startswith(SIGNS) else text) == text  # every answer can be written


def test_commands_have_names_of_their_own_and_can_be_cut_short() -> None:
    names = [word for command in COMMANDS for word in (command.name, command.short) if word]
    assert len(set(names)) == len(names)
    for command in COMMANDS:
        for sign in SIGNS:
            assert commands.read(f" {sign}{command.name.upper()}  rest ") == Command(command.name, "rest")
    assert commands.read(":ev off") == Command("evidence", "off")
    assert isinstance(commands.read(":su"), Unknown)


# Options


@given(options)
def test_every_option_can_be_chosen_by_its_label_and_by_its_words(options: list[str]) -> None:
    shown = labels(options)
    assert len(set(shown)) == len(options)
    for index, label in enumerate(shown):
        assert chosen(options, label) == chosen(options, f"{label}.") == Response(index)
    for index, option in enumerate(options):
        if option.strip() == option and option.casefold().strip("#().:") not in shown:
            assert chosen(options, option) == Response(index)


def test_numbers_among_the_options_are_told_from_their_labels() -> None:
    assert labels(["3", "1", "7"]) == ["a", "b", "c"]
    assert chosen(["3", "1", "7"], "3") == Response(0)
    assert chosen(["3", "1", "7"], "2") == Response(1)  # none of the options reads so
    assert labels(["1", "a"]) == ["1", "2"]


def test_letters_of_case_are_told_apart_where_they_differ_in_nothing_else() -> None:
    assert [chosen(["polish", "Polish"], text) for text in ("Polish", "polish")] == [Response(1), Response(0)]
    assert isinstance(chosen(["polish", "Polish"], "POLISH"), Amiss)


def test_true_and_false_go_by_their_first_letters() -> None:
    prompt = prompt_of(Statement(id="q", statement="S.", answer=False), Mode.CHOOSE)
    assert [responses.response(prompt, line) for line in ("t", "FALSE", "2", "a")] == [Response(0), Response(1), Response(1), Response(0)]
    assert isinstance(responses.response(prompt, "maybe"), Amiss)


# Orders and pairs


def test_an_order_is_written_in_numbers_or_letters_all_of_them_once() -> None:
    prompt = prompt_of(Order(id="q", order=("x", "y", "z")), Mode.ORDER)
    for line in ("2 3 1", "231", "2,3;1", "b c a", "BCA"):
        assert responses.response(prompt, line) == Response("2 3 1")
    for line in ("1 2", "1 1 2", "1 2 4", "one two three", "²³¹", "1 2 c"):
        assert isinstance(responses.response(prompt, line), Amiss)


@given(st.text(max_size=12) | st.text(st.sampled_from("0123456789abcABCſİıK -=,"), max_size=12))
def test_pairs_are_complete_or_asked_for_again_and_grading_never_stumbles(line: str) -> None:
    prompt = prompt_of(Match(id="q", match=(("x", "1"), ("y", "2"))), Mode.MATCH)
    matched(line, prompt)
    given = responses.response(prompt, line.strip())
    if isinstance(given, Response):
        assert sorted(str(given.value)[::3]) == ["1", "2"]


# Ratings and how sure


def test_a_rating_is_a_number_a_name_or_nothing() -> None:
    assert [responses.rating(text, suggested=Rating.HARD) for text in ("", "1", "EASY", "g", "3.")] == [
        Rating.HARD,
        Rating.AGAIN,
        Rating.EASY,
        Rating.GOOD,
        Rating.GOOD,
    ]
    assert [responses.rating(text, suggested=Rating.HARD) for text in ("0", "5", "Lima", "٣")] == [None] * 4
    assert [responses.sure(text) for text in ("1", "think", "I am sure.", "")] == [*Confidence, None]


# Words for signs


def test_intervals_are_told_in_whole_words() -> None:
    granted = [Interval(0, 30), Interval(0, 600), Interval(0, 5400), Interval(1), Interval(30), Interval(45), Interval(800), Interval(9999)]
    assert [spoken(one) for one in granted] == [
        "1 minute",
        "10 minutes",
        "1.5 hours",
        "1 day",
        "30 days",
        "1.5 months",
        "2.2 years",
        "27 years",
    ]


@given(st.integers(0, 40_000), st.integers(0, 200_000))
def test_every_interval_has_its_words(days: int, seconds: int) -> None:
    assert spoken(Interval(days, seconds)).split()[1].rstrip("s") in ("minute", "hour", "day", "month", "year")


def evidence(passage: str, quote: str) -> Feedback:
    shown = Shown(evidence=Evidence(source="s", quote=quote, passage=passage), source=None)
    return Feedback(
        verdict=Verdict.RIGHT, grade=None, response=None, chosen=None, key="k", suggested=Rating.GOOD, intervals={}, evidence=(shown,)
    )


def test_a_passage_has_its_words_in_brackets_unless_it_has_brackets_of_its_own() -> None:
    assert passage_lines(evidence("It was in 1917 then.", "in 1917")) == ["Passage: It was [in 1917] then."]
    assert passage_lines(evidence("It [the port] was in 1917.", "in 1917")) == ["Passage: It [the port] was «in 1917»."]
    assert passage_lines(evidence("", "in\n1917")) == ["Passage: in 1917"]
    assert passage_lines(evidence("In [it] 1917.", "1917"), aloud=True) == ["Passage: In [it] 1917.", "Its words for the answer: 1917"]


@given(st.text(max_size=200))
def test_any_text_is_told_as_markdown_without_a_line_that_a_terminal_would_obey(text: str) -> None:
    for line in markdown_lines(text):
        assert all(char.isprintable() or ord(char) > 0x9F for char in line)


def test_an_image_without_words_says_that_it_has_none() -> None:
    assert markdown_lines("![](map.png) and ![A map of Peru](map.png)") == ["(Image, not described) and (Image: A map of Peru)"]


def test_nested_lists_keep_their_numbers() -> None:
    assert markdown_lines("3. a\n   - b\n   - c\n4. d") == ["3. a", "  - b", "  - c", "4. d"]


@given(st.text(st.sampled_from("ab -数שé"), max_size=60), st.integers(1, 30))
def test_a_terminal_gets_whole_words_in_rows_that_fit_it(line: str, width: int) -> None:
    broken = rows(line, width)
    assert " ".join(broken).split() == line.split()
    for row in broken:
        assert cell_len(row.rstrip()) <= width or " " not in row.strip()


def test_rows_keep_blanks_at_their_beginning_and_within() -> None:
    assert rows("    print(n,  m)", 80) == ["    print(n,  m)"]
    assert rows("4 Easy in 10 days.", 17) == ["4 Easy in 10", "days."]
    assert rows("Your answer: ", 12) == ["Your answer: "]
