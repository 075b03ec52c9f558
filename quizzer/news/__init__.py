"""Articles to questions. The only spaCy.

read → Article → nlp → Doc → every extractor yields Facts → resolved and merged → worded → distractors → ranked → Deck.
Knows no deck files and no learners. An extractor that is unsure yields nothing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quizzer.core.kinds import Deck


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as read: ``text`` is untouched, and every offset anywhere points into it."""

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the account: ``action`` is "made", "merged", "refused" or "skipped"; ``reason`` says why in words."""

    action: str
    reason: str
    article: str = ""
    start: int = -1
    text: str = ""


class Generated(msgspec.Struct, frozen=True, kw_only=True):
    """A deck and the account of how it came about."""

    deck: Deck
    notes: tuple[Note, ...]


def read(path: Path) -> Article:
    """Read a text or HTML file; raises ArticleError (empty, binary, not English, missing…)."""
    raise NotImplementedError


def generate(
    articles: Sequence[Article],
    *,
    deck_id: str,
    title: str = "",
    model: str = "",
    passages: bool = True,
    seed: int = 0,
    progress: Callable[[float, str], None] | None = None,
) -> Generated:
    """Return one deck of all the articles; deterministic under ``seed``; ``progress`` is told (share done, what is being done)."""
    raise NotImplementedError
