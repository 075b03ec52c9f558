"""What in a quotation points outside it is found; what has its meaning inside is left alone."""

import pytest

from quizzer.news.article import Article
from quizzer.news.document import parse
from quizzer.news.language import load
from quizzer.news.pointing import pointing


def found(words: str) -> str:
    (document,) = parse([Article(name="a.txt", text=f"The earthquake\n\n“{words},” Dennis Sullivan said.\n")], load())
    block = document.blocks[-1]
    quote = block.quotes[0]
    tokens = [token for token in block.doc if quote.inner_start <= token.idx < quote.inner_end]
    return pointing(block, tokens, words)


@pytest.mark.parametrize(
    "words",
    [
        "The engineers of San Francisco support this merger",
        "We will solve those problems of water before the summer",
        "The Navy has never seen waves like these in the Golden Gate",
        "The brave firemen of Oakland saved the company",
        "San Francisco burned because they had no water",
        "The mood among the firemen here is grim",
        "The mains broke in Market Street, either because the ground moved",
        "The Army of the Presidio not only saved the Mint",
        "The mayor believes that San Francisco must rise, and it helps him, that",
    ],
)
def test_what_only_the_words_around_explain_is_found(words: str) -> None:
    assert found(words)


@pytest.mark.parametrize(
    "words",
    [
        "Americans of this nation have never seen a fire like the one in Chicago",
        "When the Navy speaks of San Francisco, that is praise of the Presidio",
        "The firemen of Oakland came over the bay because they had seen the smoke",
        "It is hard to believe that San Francisco will ever burn again",
        "The bankers who fled to Oakland trusted those who stayed in San Francisco",
        "Either the Navy brings water to San Francisco or the Army brings dynamite",
        "The company of Amadeo Giannini lent money on the wharf",
        "No mayor of San Francisco has told what they will do about the mains",
        "The burnt ledger of the Crocker Bank is Exhibit A",
    ],
)
def test_what_the_words_explain_themselves_is_left_alone(words: str) -> None:
    assert found(words) == ""
