"""What the pipeline remembers of its attribute ruler is what the ruler says."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from quizzer.news.attributes import Remembered
from quizzer.news.language import DEFAULT_MODEL, load

ARTICLES = sorted((Path(__file__).parent.parent / "data" / "articles").glob("*.txt"))
ATTRIBUTES = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "SENT_START"]
WORDS = "there 's is are I ain't gonna gotta let's y'all nothin' the River rose that which had been Her it himself , . \n  not n't 12 can"
sentences = st.lists(st.sampled_from(WORDS.split(" ")) | st.text(max_size=6), max_size=25).map(" ".join)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL)


def told(doc: Doc) -> list[list[int]]:
    return doc.to_array(ATTRIBUTES).tolist() if len(doc) else []  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(text=sentences)
def test_any_words_get_what_the_ruler_gives_them(text: str, plain: Language) -> None:
    assert told(load()(text)) == told(plain(text))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_articles_get_what_the_ruler_gives_them(path: Path, plain: Language) -> None:
    texts = [text for text in path.read_text("utf-8").split("\n") if text]
    for one, other in zip(load().pipe(texts), plain.pipe(texts), strict=True):
        assert told(one) == told(other)


def test_a_ruler_that_looks_further_is_not_remembered(plain: Language) -> None:
    further = [{"patterns": [[{"LENGTH": 3}]], "attrs": {"POS": "NOUN"}, "index": 0}]
    with pytest.raises(ValueError, match="LENGTH"):
        Remembered(plain.get_pipe("attribute_ruler"), further, plain.vocab.strings)
