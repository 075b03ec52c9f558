"""Articles to questions. The only spaCy.

read → Article → nlp → Doc → every extractor yields Facts → resolved and merged → worded → ranked → distractors → Deck.
Knows no deck files and no learners. An extractor that is unsure yields nothing.
"""

from collections.abc import Callable, Iterator, Sequence

from quizzer.news.archive import Failed, Unread
from quizzer.news.article import Article, find_articles, read, read_bytes, read_text
from quizzer.news.listing import Leaf, Place, Quoted, Told
from quizzer.news.listing import facts as _facts
from quizzer.news.pipeline import Generated, Note
from quizzer.news.pipeline import generate as _generate


def generate(
    articles: Sequence[Article | Unread],
    *,
    deck_id: str = "",
    title: str = "",
    model: str = "",
    passages: bool = True,
    seed: int = 0,
    jobs: int = 1,
    dask: str = "",
    explain: bool = True,
    progress: Callable[[float, str], None] | None = None,
) -> Generated:
    """Return one deck of all the articles; deterministic under ``seed``, whatever ``jobs`` and ``dask``.

    Args:
        articles: At least one; no two of one name. One that is ``Unread`` is read by whoever searches it; if that fails it is
            noted as "unread" and the others go on.
        deck_id: The deck's id; left out, made from the title.
        title: What learners see; left out, the title of the one article; of several, words of the deck's id.
        model: An installed English spaCy pipeline; left out, the one that ``quizzer[news]`` installs.
        passages: Whether evidence carries the paragraph around its span; False for decks made to be shared.
        seed: Chooses among equally good distractors.
        jobs: Processes to work in; 0 for one a core. With more than one the caller must be importable (``if __name__ ==
            "__main__"`` in a script).
        dask: The address of a Dask scheduler that does the work instead; its workers need quizzer[news] too.
        explain: Whether ``notes`` tell everything refused and skipped; else ``counts`` alone does.
        progress: Is told (share done 0 to 1, what is being done).

    Raises:
        ArticleError: no article, two of one name, none that can be read; spaCy, its model, the cluster or a worker is missing.
    """
    return _generate(
        articles,
        deck_id=deck_id,
        title=title,
        model=model,
        passages=passages,
        seed=seed,
        jobs=jobs,
        dask=dask,
        explain=explain,
        progress=progress,
    )


def facts(
    articles: Sequence[Article | Unread],
    *,
    model: str = "",
    jobs: int = 1,
    dask: str = "",
    progress: Callable[[float, str], None] | None = None,
    only_quotations: bool = False,
) -> Iterator[Leaf | Failed]:
    """Yield what each article tells, in their order, as soon as it is known; at the end those that could not be read.

    The names of all the articles are known to each, as in a deck made of them all. With ``only_quotations``
    the other facts are left out. The other arguments are those of ``generate``.

    Raises:
        ArticleError: no article, two of one name, none that can be read; spaCy, its model, the cluster or a worker is missing.
    """
    return _facts(articles, model=model, jobs=jobs, dask=dask, progress=progress, only_quotations=only_quotations)


__all__ = [
    "Article", "Failed", "Generated", "Leaf", "Note", "Place", "Quoted", "Told", "Unread",
    "facts", "find_articles", "generate", "read", "read_bytes", "read_text",
]  # fmt: skip
