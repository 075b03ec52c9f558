"""How well questions are ordered: ``python tests/benchmarks/bench_worth.py SHEET... --articles FOLDER [--fit]``.

SHEETs are those of ``bench_yield.py --sheet``, filled in by a judge; FOLDER holds their articles. Finds the fact of every judged
question that is still made, and prints how well ``quizzer.news.worth`` tells those that are good on all four points from the others
(AUC: the chance that a good one stands before another; 0.5 tells nothing), and what the best fifth, half, ... of them are worth.

``--fit`` fits the weights anew: prints the AUC of ten folds over articles that were never seen together, and the weights to copy.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bench_generate import read_all
from bench_yield import POINTS
from numpy.typing import NDArray

from quizzer.news.archive import survey
from quizzer.news.article import Article
from quizzer.news.crew import crew
from quizzer.news.merge import merge
from quizzer.news.wording import ask, headed
from quizzer.news.worth import BIAS, WEIGHTS, Setting, traits, worth

Numbers = NDArray[np.float64]
RIDGE = 3.0  # how strongly weights are held near 0
FOLDS = 10


def asked(article: Article) -> Iterator[tuple[str, dict[str, float], float]]:
    """Yield every question an article can be asked, under its heading and without: its words, its traits, its worth."""
    setting = Setting(article.text, article.title)
    with crew(jobs=1, dask="") as workers, survey([article], workers, model="", tell=lambda share, what: None) as archive:
        facts = [fact for found in archive.found(tell=lambda share, what: None) for fact in found.facts]
    for fact in merge(facts).facts:
        stem, _ = ask(fact)
        for text in dict.fromkeys((stem, headed(stem, fact, article.heading))) if stem else ():
            under = text != stem
            yield text, dict(traits(fact, stem, setting, headed=under)), worth(fact, stem, setting, headed=under)


def fitted(measures: Numbers, good: Numbers) -> Numbers:
    """Return the bias and the weights of a logistic model with a ridge, by Newton's method."""
    rows = np.column_stack([np.ones(len(measures)), measures])
    held = np.full(rows.shape[1], RIDGE)
    held[0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - good) + held * weights
        weights -= np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(held), slope)
    return weights


def auc(good: Numbers, told: Numbers) -> float:
    ranks = np.argsort(np.argsort(told))
    hits = int(good.sum())
    return float((ranks[good == 1].sum() - hits * (hits - 1) / 2) / max(1, hits * (len(good) - hits)))


def crossed(measures: Numbers, good: Numbers, articles: list[str]) -> Numbers:
    """Return for each question what a model says of it that was fitted without its article."""
    order = sorted(set(articles))
    folds = np.array([order.index(name) % FOLDS for name in articles])
    told = np.zeros(len(good))
    for fold in range(FOLDS):
        inside = folds == fold
        if inside.any():
            weights = fitted(measures[~inside], good[~inside])
            told[inside] = 1 / (1 + np.exp(-(weights[0] + measures[inside] @ weights[1:])))
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", nargs="+", type=Path)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    rows = [json.loads(line) for path in given.sheet for line in path.read_text("utf-8").splitlines() if line.strip()]
    judged = {(row["article"], row["question"]): row for row in rows if None not in [row[point] for point in POINTS]}
    wanted = {name for name, _ in judged}
    points, found, names, told = [], [], [], []
    for article in read_all([given.articles]):
        for stem, held, chance in asked(article) if article.name in wanted else ():
            if (row := judged.pop((article.name, stem), None)) is not None:
                points.append([bool(row[point]) for point in POINTS])
                found.append(held)
                names.append(article.name)
                told.append(chance)
    if not points:
        print("none of the judged questions is made of these articles")
        return 1
    shares = np.array(points, dtype=np.float64)
    good = shares.prod(axis=1)
    print(f"{len(good)} judged questions, {100 * good.mean():.1f} % good on all points; {len(judged)} judged ones are no longer made")
    print(f"AUC of the weights in use: {auc(good, np.array(told)):.3f}")
    order = np.argsort(-np.array(told))
    for part in (0.2, 0.5, 0.8, 1.0):
        best = order[: max(1, int(part * len(order)))]
        parts = "  ".join(f"{point} {100 * share:5.1f} %" for point, share in zip(POINTS, shares[best].mean(axis=0), strict=True))
        print(f"  best {100 * part:3.0f} %: {parts}   all four {100 * good[best].mean():5.1f} %")
    if given.fit:
        traits_of = sorted({trait for held in found for trait in held})
        measures = np.array([[held.get(trait, 0.0) for trait in traits_of] for held in found], dtype=np.float64)
        print(f"AUC of weights fitted anew, on articles left out: {auc(good, crossed(measures, good, names)):.3f}")
        bias, *weights = fitted(measures, good)
        print(f"BIAS = {bias:.2f} (now {BIAS})")
        for trait, weight in sorted(zip(traits_of, weights, strict=True), key=lambda one: -abs(one[1])):
            if abs(weight) >= 0.08:
                print(f'    "{trait}": {weight:.2f},  # now {WEIGHTS.get(trait, 0.0)}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
