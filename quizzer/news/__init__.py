"""Articles to questions. The only spaCy.

read → Article → nlp → Doc → every extractor yields Facts → resolved and merged → worded → distractors → ranked → Deck.
Knows no deck files and no learners. An extractor that is unsure yields nothing.
"""

from collections.abc import Callable, Sequence

from quizzer.news.article import Article, find_articles, read, read_bytes, read_text
from quizzer.news.pipeline import Generated, Note
from quizzer.news.pipeline import generate as _generate


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
    """Return one deck of all the articles; deterministic under ``seed``.

    Args:
        articles: At least one; no two of one name.
        deck_id: The deck's id.
        title: What learners see; left out, the title of the one article; of several, words of the deck's id.
        model: An installed English spaCy pipeline; left out, the one that ``quizzer[news]`` installs.
        passages: Whether evidence carries the paragraph around its span; False for decks made to be shared.
        seed: Chooses among equally good distractors.
        progress: Is told (share done 0 to 1, what is being done).

    Raises:
        ArticleError: no article, two of one name, or spaCy or its model is missing.
    """
    return _generate(articles, deck_id=deck_id, title=title, model=model, passages=passages, seed=seed, progress=progress)


__all__ = ["Article", "Generated", "Note", "find_articles", "generate", "read", "read_bytes", "read_text"]
