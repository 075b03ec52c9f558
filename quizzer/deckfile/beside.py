"""The schema beside the decks of a folder: ``.deck.schema.json``, which their first lines refer editors to.

It works without a network, and it offers the tags and sources that the decks of the folder use. It is made from the program and the
decks, so that it may be made again at any time, and a merge of two of them need not be thought about.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import files
from quizzer.deckfile.jsonschema import Words, schema
from quizzer.deckfile.reading import read

NAME = ".deck.schema.json"


@lru_cache(maxsize=8)
def text(words: Words = Words()) -> str:  # noqa: B008  # frozen
    """Return the schema as it is kept beside decks."""
    return msgspec.json.format(msgspec.json.encode(schema(words)), indent=2).decode() + "\n"


def words_of(folder: Path) -> Words:
    """Return the words that the deck files in ``folder`` use (those below it have a schema of their own); what is broken is left out.

    Raises:
        DeckError: the folder cannot be read.
    """
    drafts = (read(path) for path in files.listed(folder))
    return words_in(draft.deck for draft in drafts if draft.deck is not None)


def words_in(decks: Iterable[Deck]) -> Words:
    """Return the words that these decks use, sorted."""
    tags: set[str] = set()
    sources: set[str] = set()
    for deck in decks:
        sources.update(source.id for source in deck.sources)
        tags.update(tag for question in deck.questions for tag in question.tags)
    return Words(tuple(sorted(tags)), tuple(sorted(sources)))


def refresh(folder: Path) -> bool:
    """Write the schema beside the decks in ``folder``, with their words; say whether it is another one than before.

    Raises:
        DeckError: the folder cannot be read, or the file not written.
    """
    return _write(folder / NAME, words_of(folder))


def renew(paths: Iterable[Path]) -> None:
    """Bring the schemas up to date that lie beside these deck files; where there is none, none is made.

    What cannot be read or written is passed over: the decks are what counts.
    """
    for folder in dict.fromkeys(path.parent for path in paths):
        if (folder / NAME).is_file():
            with suppress(DeckError):
                refresh(folder)


def keep(path: Path, deck: Deck, *, make: bool) -> None:
    """See to it that the schema beside the deck file at ``path`` is this program's, and knows the words of ``deck``.

    The other decks are not read for it: words that the schema has stay in it. What cannot be written does not matter, the deck can.

    Args:
        path: The deck file.
        deck: What it holds.
        make: Whether a schema that is not there is made.
    """
    beside = path.parent / NAME
    if not (make or beside.is_file()):
        return
    known, new = _known(beside), words_in([deck])
    words = Words(tuple(sorted({*known.tags, *new.tags})), tuple(sorted({*known.sources, *new.sources})))
    with suppress(DeckError):  # a folder that others own: the schema is a help, and no part of the deck
        _write(beside, words)


class _Enumeration(msgspec.Struct, frozen=True):
    enum: tuple[str, ...] = ()


class _Branches(msgspec.Struct, frozen=True):
    anyOf: tuple[_Enumeration, ...] = ()


class _Item(msgspec.Struct, frozen=True, rename={"rest": "else"}):
    rest: _Branches = _Branches()


class _Definitions(msgspec.Struct, frozen=True):
    Tag: _Item = _Item()
    SourceId: _Enumeration = _Enumeration()


class _Schema(msgspec.Struct, frozen=True):
    definitions: _Definitions = _Definitions()


def _known(path: Path) -> Words:
    """Return the words in the schema at ``path``; none where it is missing, or in the middle of a merge."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_Schema).definitions
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Words()
    return Words(tuple(word for one in found.Tag.rest.anyOf for word in one.enum), found.SourceId.enum)


def _write(path: Path, words: Words) -> bool:
    data = text(words).encode()
    if path.is_file() and _is(path, data):
        return False
    files.replace(path, data)
    return True


def _is(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
