"""Sentences with a gap: what the article says in words that stand alone, where no question with a wh-word fits."""

from collections.abc import Iterator

from quizzer.news.facts import Fact, Refusal, Scene


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield a gapped sentence for every sentence of an article that can stand alone."""
    yield from ()
