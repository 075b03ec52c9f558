"""How much making questions adds to spaCy's own time: ``python tests/benchmarks/bench_generate.py ARTICLE...``.

Prints seconds of ``nlp.pipe`` alone over the paragraphs of the articles, of a deck made from each article, and their ratio;
the goal is at most 1.3. Both are timed after a warm-up, best of three.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from quizzer.core.errors import ArticleError
from quizzer.news import Article, generate, read
from quizzer.news.language import load
from quizzer.news.prose import paragraphs


def best(run: Callable[[], object], *, times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(names: list[str]) -> int:
    articles: list[Article] = []
    for name in names:
        try:
            articles.append(read(Path(name)))
        except ArticleError as error:
            print(error)
    if not articles:
        print("Name at least one article.")
        return 2
    nlp = load()
    texts = [paragraph.text for article in articles for paragraph in paragraphs(article.text)]
    made = [generate([article], deck_id="bench") for article in articles]
    bare = best(lambda: list(nlp.pipe(texts, batch_size=32)))
    whole = best(lambda: [generate([article], deck_id="bench") for article in articles])
    words = sum(len(article.text.split()) for article in articles)
    questions = sum(len(one.deck.questions) for one in made)
    print(f"{len(articles)} articles, {words:,} words, {questions} questions ({1000 * questions / words:.1f} per 1,000 words)")
    print(f"nlp.pipe alone {bare:.2f} s · generate {whole:.2f} s · ratio {whole / bare:.2f} (goal 1.3)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
