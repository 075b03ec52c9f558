"""What is written for text2qti is what text2qti itself understands."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from text2qti.config import Config
from text2qti.quiz import Question as Theirs
from text2qti.quiz import Quiz

from quizzer import deckfile
from quizzer.core.kinds import Cloze, Deck, List, Plain, Question, Statement
from quizzer.core.model import Markup
from quizzer.formats import read, write

from ..deckfile.test_round_trip import decks
from .test_peers import decks_of_marks

ROOT = Path(__file__).parent.parent.parent


def quiz(text: str) -> list[Theirs]:
    config = Config()
    config["pandoc_mathml"] = False
    return [one for one in Quiz(text, config=config).questions_and_delims if isinstance(one, Theirs)]


def shown(xml: str) -> str:
    """What a reader sees of their HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", html.unescape(xml).replace("&lt;", "‹"))).replace("‹", "<").split())


def straight(text: str) -> str:
    """The text without the typography that they make of it."""
    for made, typed in {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "--", "—": "---", "«": "<<", "»": ">>"}.items():
        text = text.replace(made, typed)
    return text


def agree(deck: Deck) -> None:
    text = write(deck, "text2qti").data.decode()
    ours = read(text.encode(), form="text2qti")[1].deck.questions
    theirs = quiz(text) if ours else []  # it takes no file without a question
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        right = [choice.choice_raw for choice in other.choices if choice.correct]
        match one:
            case Statement():
                assert other.type == "true_false_question"
                assert right == [str(one.answer)]
            case List():
                assert other.type == "multiple_answers_question"
                assert len(right) == len(one.answers)
            case Plain(distractors=()):
                assert other.type == "short_answer_question"
                assert right == [one.answer, *one.accept]
            case Plain():
                assert other.type == "multiple_choice_question"
                assert (len(right), len(other.choices)) == (1, 1 + len(one.distractors))
        if deck.markup is Markup.PLAIN:
            assert straight(shown(other.question_html_xml)) == straight(" ".join(one.text.split()))


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "tests/data/kinds").glob("*.yaml"), *(ROOT / "decks").glob("*.yaml")]), ids=lambda path: path.stem
)
def test_it_reads_our_decks(path: Path) -> None:
    agree(deckfile.load(path))


pieces = st.sampled_from(
    [
        "Lima",
        "2*3*4",
        "a_b_c",
        "____",
        "[x](y)",
        "`code`",
        "$5 and $6",
        "1. one",
        "- two",
        "# three",
        "\\",
        "x > y",
        "*",
        "**bold**",
        "é",
        "Q: A:",
        "(a)",
        "!",
    ]
)
texts = st.lists(pieces, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.lists(
        st.tuples(texts, st.lists(texts, min_size=1, max_size=4, unique_by=lambda text: "".join(text.split()).casefold())),
        min_size=1,
        max_size=3,
    )
)
def test_marks_of_markdown_are_shown_as_they_are(data: list[tuple[str, list[str]]]) -> None:
    questions = tuple(
        Plain(id=f"q{at}", question=stem, answer=options[0], distractors=tuple(options[1:])) for at, (stem, options) in enumerate(data)
    )
    agree(Deck(id="d", title="T", questions=questions))


@pytest.mark.parametrize(
    "questions",
    [
        (Cloze(id="a", cloze="{{Lima}}"), Cloze(id="b", cloze="{{Cusco}}")),
        (Plain(id="a", question="It is “big”…", answer="x"), Plain(id="b", question='It is "big"...', answer="x")),
        (Plain(id="a", question="Who?", answer="Ann", accept=("Anna", "Anna", "An\nna", "An na")),),
        (Plain(id="a", question="So?", answer="so…", distractors=("so...", "no")),),
        (List(id="a", question="Which?", answers=("a – b", "a -- b")),),
        (Plain(id="a", question="![x], !![y], ![[z](w) and `#![v]`", answer="x", explanation="![z]"),),
        (
            Plain(id="a", question="\x03", answer="x"),
            Plain(id="c", question="c", answer="x", explanation="\x03"),
            Cloze(id="e", cloze="c {{\x1b}}"),
            Plain(id="b", question="a\x02\x07b", answer="\x03", distractors=("c",)),
        ),
        (Plain(id="a", question="one\n===\n\n    four\n\ttab\n=\n---", answer="x"),),
        (
            Plain(id="a", question="x\n:", answer="1"),
            Plain(id="b", question="x :", answer="1"),
            Plain(id="c", question="y\n: z", answer="1"),
        ),
    ],
    ids=["gaps", "stems", "accepted", "choices", "listed", "pictures", "controls", "lines", "colons"],
)
@pytest.mark.parametrize("markup", Markup)
def test_nothing_of_a_deck_keeps_it_from_reading_all(questions: tuple[Question, ...], markup: Markup) -> None:
    after = Plain(id="z", question="Last?", answer="last")
    deck = Deck(id="d", title="\x03", description="\x1b", markup=markup, questions=(*questions, after))
    agree(deck)
    written = write(deck, "text2qti")
    assert written.carried[-1] == after
    assert len([one for one in written.carried if one]) == len(quiz(written.data.decode()))


def test_a_gap_in_markdown_is_a_line_to_write_on() -> None:
    deck = Deck(id="d", title="T", markup=Markup.MARKDOWN, questions=(Cloze(id="a", cloze="{{Lima}}\n\n{{Peru}} is *big*"),))
    (question,) = quiz(write(deck, "text2qti").data.decode())
    assert shown(question.question_html_xml) == "________ is big" or shown(question.question_html_xml) == "____ ____ is big"
    assert "<hr" not in question.question_html_xml


PICTURE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]+\)")  # a file that it looks for


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks_of_marks())
def test_it_reads_any_deck_of_marks(deck: Deck) -> None:
    assume(deck.markup is Markup.PLAIN or not PICTURE.search(repr(deck)))
    agree(deck)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("some", [decks(), decks_of_marks()], ids=["decks", "marks"])
def test_it_reads_any_deck_many_times(some: st.SearchStrategy[Deck]) -> None:
    @settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])
    @given(deck=some)
    def they_agree(deck: Deck) -> None:
        assume(deck.markup is Markup.PLAIN or not PICTURE.search(repr(deck)))
        agree(deck)

    they_agree()


@pytest.mark.parametrize(
    ("title", "description"), [("\x11", "a"), ("t", "\x11"), (" \x11 ", " \x11\n\x12"), ("t", "a\n\x11\nb"), ("a\x11 b", "\x11\na")]
)
def test_a_deck_told_in_signs_that_a_quiz_cannot_hold_is_written_without_them(title: str, description: str) -> None:
    deck = Deck(id="d", title=title, description=description, questions=(Plain(id="q", question="a", answer="b"),))
    written = write(deck, "text2qti")
    assert len(quiz(written.data.decode())) == len(read(written.data, form="text2qti")[1].deck.questions) == 1
    lost = {name for name, text in (("title", title), ("description", description)) if not text.isprintable()}
    assert {loss.field for loss in written.losses} == lost
