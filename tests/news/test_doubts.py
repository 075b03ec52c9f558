"""What is not taken at its word: what a correction takes back, what is garbled, letters, posts, digests' headlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.news.article import Article
from quizzer.news.document import parse
from quizzer.news.doubts import corrects, doubts
from quizzer.news.language import load
from quizzer.news.prose import paragraphs

STORY = "Amelia Earhart first crossed the Atlantic as a passenger in 1929, in a plane called Friendship."
FOOT = "An article on Monday about Amelia Earhart misstated the year she first crossed the Atlantic. It was 1928, not 1929."


def kept(text: str) -> list[str]:
    """Return the sentences facts may be taken from."""
    (document,) = parse([Article(name="a.txt", text=text)], load())
    return [sentence.text for block in document.blocks for sentence in block.sentences]


def test_what_a_correction_takes_back_is_not_taken_and_the_rest_is() -> None:
    other = "Amelia Earhart crossed the Atlantic alone in 1932."
    assert kept(f"The pilot\n\n{STORY} {other}\n\nShe grew up in Kansas.\n\n{FOOT}\n") == [other, "She grew up in Kansas."]


@pytest.mark.parametrize(
    "text",
    [
        FOOT,
        "An earlier version of this article misidentified the river. It is the Ohio.",
        "Because of an editing error, an article on Sunday about the dam gave an incorrect height.",
    ],
)
def test_a_correction_is_told_by_its_form(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "The senator said the article was wrong about him, and that he had never misstated his age.",
        "A report on the police said that officers incorrectly filled in forms for years.",
    ],
)
def test_a_story_of_errors_is_no_correction(text: str) -> None:
    assert not corrects(text)
    assert not doubts([text]).why("Ann Lee opened a bridge in 1931.")


@pytest.mark.parametrize(
    "flaw",
    ["Lindberghin landed in Paris.", "Lindbergh25 landed in Paris.", "The caf\N{LATIN CAPITAL LETTER A WITH TILDE}\xa9 opened in Paris."],
)
def test_a_garbled_sentence_is_not_taken(flaw: str) -> None:
    against = doubts(["Lindbergh flew. Lindbergh landed. Lindbergh slept. Lindbergh left.", flaw])
    assert against.why(flaw) == "garbled"
    assert not against.why("Charles Lindbergh landed at Le Bourget on May 21, 1927.")


@given(st.text())
def test_an_article_without_correction_or_flaw_doubts_no_plain_sentence(text: str) -> None:
    plain = "the river froze in the winter and the boats stayed in the harbor until spring"
    assert doubts([text, plain]).why(plain) == ""


def test_readers_letters_are_left_out_to_the_end() -> None:
    text = "Readers weigh the dam.\n\nLETTERS.\n\nThe dam is a folly. It cost 4 million dollars.\n\nAnn Lee.\n\nOmaha, Neb.\n"
    assert {one.skip for one in paragraphs(text) if "folly" in one.text} == {"letters"}


def test_a_story_of_a_letter_is_kept() -> None:
    text = "A letter\n\nThe mayor read two letters to the editor of the paper aloud in 1931.\n\nShe laughed.\n"
    assert [one.text for one in paragraphs(text) if not one.skip and not one.heading][1] == "She laughed."


def test_what_stands_above_an_account_is_a_post() -> None:
    found = paragraphs("The vote\n\nWe asked our followers about the dam.\n\nThe dam won easily.\n\n@annlee1931.\n\nThe vote was in May.\n")
    assert [one.text for one in found if one.skip == "a post or its frame"] == ["The dam won easily."]


def test_a_digests_headline_and_byline_are_parted_from_its_text() -> None:
    text = 'Arts today.\n\n—"Museum to open uptown," by Times\' Ann Lee: The museum opens its new house in May.\n\nIt is free.\n'
    found = paragraphs(text)
    assert [one.text for one in found if one.skip == "a byline"] == ['—"Museum to open uptown," by Times\' Ann Lee:']
    assert "The museum opens its new house in May." in [one.text for one in found if not one.skip]


def test_a_list_of_headlines_is_left_out_and_a_list_of_names_is_not() -> None:
    headlines = "Here’s What We Know So Far About The Dam — Three Important Things To Know About The Missing Boat"
    names = "The guests were George Norris, Robert Wagner, Hattie Caraway, Hugo Black, Huey Long and Alben Barkley."
    found = paragraphs(f"The dam\n\nIt was opened in 1936 by the president.\n\n{headlines}.\n\n{names}\n\nIt held.\n")
    assert [one.text for one in found if one.skip == "headlines"] == [f"{headlines}."]
