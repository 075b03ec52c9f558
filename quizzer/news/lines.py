"""A paragraph as lines of words in which every quotation is one piece: how the words around quotations read.

The parser stumbles over quotations; here a sentence goes on through them: “…,” she said, “…” is one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.quotes import Quote
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE = SAY | word_set(
    "think ask demand fume shout cry laugh yell scream whisper mutter murmur interject retort scoff sneer snap text protest plead "
    "intone opine insist echo elaborate inquire allege affirm reason theorize stress volunteer interrupt rejoin return gush "
    "remember reflect quip crow thunder marvel blog concur agree swear vow implore exhort react sigh smile joke tease proclaim "
    "express pray hope fume rail rant bemoan remind"
) - word_set("show find put cite estimate charge order")  # beside a quotation these say it
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
STOPS = (".", "!", "?", "…", "...", "....")
_TAIL = 9  # pieces within which "Smith said." follows a quotation that ended with a stop of its own


@dataclass(frozen=True)
class Line:
    """A sentence of a paragraph with each quotation as one piece."""

    pieces: "tuple[Token | Quote, ...]"

    @property
    def bare(self) -> bool:
        """Whether there is nothing in the line but quotations and marks."""
        return all(isinstance(piece, Quote) or piece.is_punct for piece in self.pieces)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations of the line, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Quote))

    @property
    def words(self) -> "tuple[Token, ...]":
        """The words and marks of the line outside its quotations."""
        return tuple(piece for piece in self.pieces if not isinstance(piece, Quote))


def lines(block: Block) -> list[Line]:
    """Return the sentences of a paragraph, its quotations taken for one piece each."""
    pieces = _pieces(block)
    found: list[Line] = []
    start = 0
    for index in range(len(pieces)):
        if _ends(block, pieces, index):
            found.append(Line(tuple(pieces[start : index + 1])))
            start = index + 1
    return found


def _pieces(block: Block) -> "list[Token | Quote]":
    pieces: list[Token | Quote] = []
    quotes = block.quotes
    at = 0
    for token in block.tokens:
        if token.is_space:
            continue
        while at < len(quotes) and quotes[at].end <= token.idx:
            at += 1
        if at < len(quotes) and quotes[at].start <= token.idx:
            if not (pieces and pieces[-1] is quotes[at]):
                pieces.append(quotes[at])
        else:
            pieces.append(token)
    return pieces


def _ends(block: Block, pieces: "list[Token | Quote]", index: int) -> bool:
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following is None:
        return True
    if not isinstance(piece, Quote):
        return piece.text in STOPS and (isinstance(following, Quote) or not following.text[:1].islower())
    stop = block.text[piece.inner_start : piece.inner_end].rstrip(" '’‘)")[-1:]
    if stop not in (".", "!", "?", "…"):
        return False
    if isinstance(following, Quote):
        return True
    if following.text[:1].islower() or following.is_punct:
        return False
    return not _has_tail(pieces[index + 1 : index + 1 + _TAIL], strict=stop in ".…")


def _has_tail(pieces: "Sequence[Token | Quote]", *, strict: bool) -> bool:
    """Whether "Smith said" follows, though the quotation before it ended with a stop; ``strict``: and no more."""
    said = -1
    for index, piece in enumerate(pieces):
        if isinstance(piece, Quote):
            return said > 0 and not strict
        if said < 0 and piece.lemma_ in BESIDE and piece.tag_ in FINITE:
            said = index
            if index and not strict and index <= 4 and (index + 1 == len(pieces) or not _states(pieces[index + 1])):
                return True
        if piece.text in STOPS:
            return said > 0 and index - said <= 3
    return False


def _states(piece: "Token | Quote") -> bool:
    """Whether what follows a verb of saying is a statement of its own: "he said the …", "he said that …"."""
    return not isinstance(piece, Quote) and (
        piece.pos_ in ("DET", "NOUN", "PROPN", "PRON", "VERB", "AUX", "SCONJ", "ADJ", "NUM") and piece.lower_ != "as"
    )
