"""What says a quotation when it is no person by name: an organisation, a document, an official known by position only."""

import re
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.descriptions import is_garden
from quizzer.news.document import Block
from quizzer.news.entities import canonical
from quizzer.news.facts import Scene
from quizzer.news.values import Span, Value
from quizzer.news.words import DOCUMENTS, OFFICES, ROLE_NOUNS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_POSITION = word_set("candidate nominee leader lawmaker coach head senator representative congressman congresswoman analyst")
_OFFICIALS = OFFICES | ROLE_NOUNS | word_set("official prosecutor inspector general source person man woman voter student resident")
LONGEST = 16  # words of a description


def described(scene: Scene, block: Block, noun: "Token") -> tuple[str, str]:
    """Return what ``noun`` is ("organisation", "document", "position" or "") and the words the article calls it by."""
    tokens = [token for token in scene.phrases.subtree(block, noun) if token.i not in block.quoted]
    text = " ".join("".join(token.text_with_ws for token in tokens).split())
    lower = noun.lemma_.lower()
    if scene.phrases.organisation(block, tokens) or noun.ent_type_ in ("ORG", "GPE", "NORP"):
        return "organisation", text
    if lower in DOCUMENTS:
        return "document", text
    if lower in _OFFICIALS and noun.tag_ in ("NN", "NNS", "NNP"):
        return "position", text
    return "", text


def as_answer(scene: Scene, block: Block, noun: "Token") -> tuple[str, Value, tuple[Span, ...]] | None:
    """Return what ``noun`` is, its name or description as an answer that stands alone, and where that was taken from.

    None where it is not plain: an organisation of one word, a document described in two ways, a position that several hold.
    """
    tokens = scene.phrases.subtree(block, noun)
    if (name := scene.phrases.organisation(block, tokens)) and noun.tag_ != "NNPS":
        return _organisation(scene, name, tokens)
    lower = noun.lower_
    if not (noun.tag_ == "NN" or (noun.tag_ == "NNP" and noun.text.islower())) or (tokens[0].lower_ != "the" and lower not in DOCUMENTS):
        return None
    return _document(scene, block, noun, tokens) if lower in DOCUMENTS else _position(scene, block, noun, tokens)


def _organisation(scene: Scene, name: str, tokens: "list[Token]") -> tuple[str, Value, tuple[Span, ...]] | None:
    named = scene.entities.find(name)
    short = named.acronym if named else ""
    if len(name.split()) < 2 and not short:
        return None
    shown = f"the {name}" if tokens[0].lower_ == "the" else name
    accept = (short,) if short else ()
    key = canonical(name)
    return "organisation", Value(text=shown, type=AnswerType.ORGANISATION, same=key, accept=accept, entity=key), ()


def _document(scene: Scene, block: Block, noun: "Token", tokens: "list[Token]") -> tuple[str, Value, tuple[Span, ...]] | None:
    phrase = scene.phrases.phrase(block, tokens)
    if phrase.trouble or phrase.possessive or phrase.weight < 4 or is_garden(noun):
        found = scene.phrases.described(block, noun)
        if found is None:
            return None
        phrase = found
    if phrase.possessive or phrase.weight < 4 or len(phrase.text.split()) > LONGEST:
        return None
    return "document", Value(text=phrase.text, type=AnswerType.TEXT, same=phrase.text.lower()), phrase.sources


def _position(scene: Scene, block: Block, noun: "Token", tokens: "list[Token]") -> tuple[str, Value, tuple[Span, ...]] | None:
    phrase = scene.phrases.phrase(block, tokens)
    lower = noun.lower_
    before = tuple(child.lower_ for child in noun.children if child.dep_ in ("compound", "amod"))
    if (
        lower not in (OFFICES | {"general", "prosecutor"}) - _NO_POSITION
        or "former" in before
        or not before
        or phrase.possessive
        or phrase.names
    ):
        return None
    others = {
        tuple(child.lower_ for child in token.children if child.dep_ in ("compound", "amod")) for other in scene.document.blocks
        for token in other.tokens if token.lower_ == lower and token.i not in other.quoted
    }  # fmt: skip
    text = " ".join(token.text for token in tokens[1:]) if phrase.trouble else re.sub(r"^the ", "", phrase.text)
    others = {form for form in others if lower != "general" or form[-1:] == before[-1:]}  # the attorney general is another office
    if any(form and form != before for form in others) or re.search(r"\d|[,;:\"“]", text) or not 2 <= len(text.split()) <= 6:
        return None
    return "position", Value(text=text, type=AnswerType.TEXT, same=text.lower()), phrase.sources
