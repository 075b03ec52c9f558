"""Quotations are found whatever marks they stand in, and told apart by what they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.news.prose import Paragraph, paragraphs
from quizzer.news.quotes import Form, Quote, find_quotes

STYLES = [
    ('"', '"'), ("“", "”"), ("''", "''"), ("”", "“"), ("``", "''"), ("”", "”"), ("“", "“"), ("«", "»"), ("»", "«"), ("„", "“"), ("`", "'"),
]  # fmt: skip
WORDS = st.sampled_from(
    ["the", "bridge", "won't", "open", "today", "1906", "miners'", "boats,", "(the", "mayor's)", "rock-hard", "6,000", "o'clock", "U.S."]
)
SPEECH = st.lists(WORDS, min_size=5, max_size=14).map(lambda words: f"We {' '.join(words).rstrip(',')} here")


def quotes_of(text: str) -> list[tuple[str, Form]]:
    found = paragraphs(text)
    return [
        (paragraph.text[quote.inner_start : quote.inner_end], quote.form)
        for paragraph, quotes in zip(found, find_quotes(found), strict=True)
        for quote in quotes
    ]


def in_one(text: str) -> list[Quote]:
    return find_quotes([Paragraph(text, tuple(range(len(text) + 1)))])[0]


@given(st.sampled_from(STYLES), st.lists(SPEECH, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_sentences_put_in_any_marks_are_found_again(style: tuple[str, str], sentences: list[str]) -> None:
    opening, closing = style
    text = " ".join(f"The mayor's men didn't wait. {opening}{sentence},{closing} she said on the 8th." for sentence in sentences)
    assert [text[quote.inner_start : quote.inner_end] for quote in in_one(text)] == [f"{sentence}," for sentence in sentences]


@given(st.text(alphabet="ab A.,!?'\"“”„«»‘’`()[]—- \n5", max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_quotations_overlap_or_leave_it(text: str) -> None:
    end = 0
    for quote in in_one(text):
        assert end <= quote.start < quote.inner_start < quote.inner_end <= quote.end <= len(text)
        end = quote.end


@given(st.lists(SPEECH, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_straight_and_curly_marks_read_alike(sentences: list[str]) -> None:
    curly = " ".join(f"He waited. “{sentence},” she said." for sentence in sentences)
    straight = curly.replace("“", '"').replace("”", '"')
    assert in_one(curly) == in_one(straight)


@given(st.lists(SPEECH, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_line_ends_change_no_quotation(sentences: list[str]) -> None:
    text = "\n\n".join(f"“{sentence},” she said of the men at the bridge." for sentence in sentences)
    assert quotes_of(text) == quotes_of(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(("opening", "closing"), STYLES)
def test_every_pair_of_marks_holds_a_quotation(opening: str, closing: str) -> None:
    text = f"She looked up. {opening}The bridge is open to all of you today,{closing} the mayor said."
    assert quotes_of(text) == [("The bridge is open to all of you today,", Form.FULL)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("He called it a “dark chapter in the long history of the town” on the radio.", Form.PARTIAL),
        ("They began the so-called “zero waste” policy in the spring of that year.", Form.TERM),
        ("She wrote the book “The Long Way Home” in the spring of that year.", Form.TITLE),
        ("He spoke of his book “Bread and Water: How the Old Town of Boston Lived Through the Great Storm.”", Form.TITLE),
        ("“The bridge is open to all of you,” he said.", Form.FULL),
        ("“Yes, we will,” he said.", Form.FULL),
    ],
)
def test_a_quotation_is_told_apart_from_terms_and_titles(text: str, form: Form) -> None:
    assert [found for _, found in quotes_of(text)] == [form]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "“The bridge is open to all of you, he said.\n\n“And so is the tower,” he added.\n"
    found = paragraphs(text)
    first, second = find_quotes(found)
    assert first[0].continued
    assert first[0].sure
    assert second[0].resumed


def test_a_quotation_that_is_never_closed_is_not_trusted() -> None:
    found = paragraphs("He said “the bridge is open to all.\n\nThe tower is not open.\n")
    assert [quote.sure for quotes in find_quotes(found) for quote in quotes] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "“We call it “the old bridge” in our town, and we love it,” she said.",
        '"We call it "the old bridge" in our town, and we love it," she said.',
        "«We call it «the old bridge» in our town, and we love it,» she said.",
    ],
)
def test_a_quotation_inside_another_belongs_to_the_outer_one(text: str) -> None:
    assert [text[quote.start : quote.end] for quote in in_one(text)] == [text[: text.index(" she said")]]


def test_of_two_openings_and_one_closing_neither_is_trusted_whole() -> None:
    text = "“The bridge is open, she said. “The tower is not,” she added."
    assert [quote.sure for quote in in_one(text)] == [False, True]


def test_quotations_side_by_side_are_not_nested() -> None:
    text = 'He said "the bridge is open to all" and "the tower is not open yet" in May.'
    assert len(in_one(text)) == 2


def test_inches_open_nothing() -> None:
    assert quotes_of('The plank was 6" wide and the other was 8" wide.') == []


def test_apostrophes_open_nothing() -> None:
    assert quotes_of("The miners' wives didn't wait for '06 or the company's men, and rock 'n' roll was far off.") == []


def test_single_marks_inside_stay_inside() -> None:
    assert quotes_of("He wrote: \"We are in 'crisis mode' and nobody comes to help us.\"") == [
        ("We are in 'crisis mode' and nobody comes to help us.", Form.FULL)
    ]


TRANSCRIPT = ["GLENN: We are ready to fly home today.", "CARPENTER: Godspeed to you.", "GLENN: The view is great.", "MR. HALL: Go."]


def test_a_transcript_holds_quotations_without_marks() -> None:
    assert [quote for quote, _ in quotes_of("\n\n".join(TRANSCRIPT))] == [line.split(": ")[1] for line in TRANSCRIPT]


@pytest.mark.parametrize("lines", [TRANSCRIPT[:2], ["NOTE: The bridge is open today."] * 4])
def test_a_few_labels_or_one_again_and_again_make_no_transcript(lines: list[str]) -> None:
    assert quotes_of("\n\n".join(lines)) == []
