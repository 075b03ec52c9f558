"""Quotations are found whatever marks they stand in, and told apart by what they are."""

import pytest

from quizzer.news.prose import paragraphs
from quizzer.news.quotes import Form, find_quotes


def quotes_of(text: str) -> list[tuple[str, Form]]:
    found = paragraphs(text)
    return [
        (paragraph.text[quote.inner_start : quote.inner_end], quote.form)
        for paragraph, quotes in zip(found, find_quotes(found), strict=True)
        for quote in quotes
    ]


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”"), ("''", "''"), ("”", "“"), ("``", "''"), ("”", "”")])
def test_every_pair_of_marks_holds_a_quotation(opening: str, closing: str) -> None:
    text = f"She looked up. {opening}The bridge is open to all of you today,{closing} the mayor said."
    assert quotes_of(text) == [("The bridge is open to all of you today,", Form.FULL)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("He called it a “dark chapter in the long history of the town” on the radio.", Form.PARTIAL),
        ("They began the so-called “zero waste” policy in the spring of that year.", Form.TERM),
        ("She wrote the book “The Long Way Home” in the spring of that year.", Form.TITLE),
        ("“The bridge is open to all of you,” he said.", Form.FULL),
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


def test_inches_open_nothing() -> None:
    assert quotes_of('The plank was 6" wide and the other was 8" wide.') == []


def test_single_marks_inside_stay_inside() -> None:
    assert quotes_of("He wrote: \"We are in 'crisis mode' and nobody comes to help us.\"") == [
        ("We are in 'crisis mode' and nobody comes to help us.", Form.FULL)
    ]
