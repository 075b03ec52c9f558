"""How much making questions adds to spaCy's own time: ``python tests/benchmarks/bench_generate.py [ARTICLE or FOLDER...]``.

Without an argument the articles of the tests are used. Prints seconds of ``nlp.pipe`` alone over the paragraphs of each article,
of a deck made from each article, and their ratio; the goal is at most 1.3. Both are timed after a warm-up, in turns, best of
three. ``--profile`` prints where the time of the decks goes.
"""

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from quizzer.core.errors import ArticleError
from quizzer.news import Article, find_articles, generate, read
from quizzer.news.language import DEFAULT_MODEL, load
from quizzer.news.prose import paragraphs

OWN = Path(__file__).parent.parent / "data" / "articles"


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def read_all(paths: list[Path]) -> list[Article]:
    articles: list[Article] = []
    for path in [file for place in paths for file in (find_articles(place) if place.is_dir() else [place])]:
        try:
            articles.append(read(path))
        except ArticleError as error:
            print(error)
    return articles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", nargs="*", type=Path, default=[OWN])
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    articles = read_all(given.article or [OWN])
    if not articles:
        print("Name at least one article.")
        return 2
    load()
    nlp = spacy.load(DEFAULT_MODEL)  # as it comes
    texts = [[paragraph.text for paragraph in paragraphs(article.text)] for article in articles]

    def parse() -> None:
        for one in texts:
            list(nlp.pipe(one, batch_size=32))

    def make() -> int:
        return sum(len(generate([article], deck_id="bench", explain=False).deck.questions) for article in articles)

    questions = make()
    if given.profile:
        with cProfile.Profile() as profile:
            make()
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return 0
    parse()
    turns = [(seconds(parse), seconds(make)) for _ in range(3)]
    bare, whole = min(one for one, _ in turns), min(other for _, other in turns)
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words, {questions} questions ({1000 * questions / words:.1f} per 1,000 words)")
    print(f"nlp.pipe alone {bare:.2f} s · generate {whole:.2f} s · ratio {whole / bare:.2f} (goal 1.3)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
