"""How many questions articles give, and how good they are: ``python tests/benchmarks/bench_yield.py ARTICLE or FOLDER...``.

Makes one deck of each article and prints its questions per 1,000 words by sort. With ``--sheet FILE`` it also writes a sheet to judge
by: ``--questions`` of them drawn under ``--seed`` from ``--articles`` drawn at random, in an order that tells nothing, without
their confidence: FILE (JSON lines) and FILE.txt to read. Fill in the four columns of FILE with true or false:

    right   the key is right, and the passage says so
    alone   the question can be understood without its article
    single  no other answer is right, and no wrong option is
    worth   somebody who read the article should know it

``--score FILE...`` sums filled sheets to the four shares; what is not filled in is counted apart.
"""

import argparse
import json
import random
import sys
import textwrap
from collections import Counter
from pathlib import Path

from bench_generate import read_all

from quizzer.core.kinds import Cloze, Order, Plain, Question
from quizzer.news import generate

POINTS = {"right": 95, "alone": 95, "single": 98, "worth": 80}  # the bars, in percent


def row(article: str, question: Question, dice: random.Random) -> dict[str, object]:
    """Return what a judge sees of a question."""
    key = options = ""
    if isinstance(question, Plain):
        shown = [question.answer, *question.distractors]
        dice.shuffle(shown)
        key, options = " / ".join((question.answer, *question.accept)), " | ".join(shown)
    elif isinstance(question, Order):
        key = " < ".join(question.order)
    evidence = [{"quote": one.quote, "passage": one.passage} for one in question.evidence]
    stem = question.cloze if isinstance(question, Cloze) else question.text
    return {
        "article": article, "id": question.id, "question": stem, "key": key, "options": options, "evidence": evidence,
        **dict.fromkeys(POINTS), "note": "",
    }  # fmt: skip


def write_sheet(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), "utf-8")
    lines: list[str] = []
    for number, one in enumerate(rows, 1):
        lines += [f"{number}. [{one['article']}] {one['question']}", f"   key: {one['key']}", f"   options: {one['options']}"]
        for piece in one["evidence"]:  # type: ignore[attr-defined]
            marked = " ".join(piece["passage"].replace(piece["quote"], f"«{piece['quote']}»", 1).split())
            lines.append(textwrap.fill(marked, 130, initial_indent="   | ", subsequent_indent="   | "))
        lines.append("")
    path.with_name(path.name + ".txt").write_text("\n".join(lines), "utf-8")
    print(f"wrote {path} and {path.name}.txt: {len(rows)} questions to judge")


def score(paths: list[Path]) -> int:
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    for point, bar in POINTS.items():
        told = [one[point] for one in rows if one[point] is not None]
        share = f"{100 * sum(told) / len(told):5.1f} %" if told else "    -  "
        print(f"{point:8}{share} of {len(told)} (bar {bar} %)" + (f"; {len(rows) - len(told)} not judged" if len(told) < len(rows) else ""))
        for one in rows:
            if one[point] is False:
                print(f"         {one['id']}: {one['note'] or one['question']}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="+", type=Path, metavar="ARTICLE")
    parser.add_argument("--score", action="store_true", help="the paths are filled sheets")
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.score:
        return score(given.path)
    articles = read_all(given.path)
    dice = random.Random(given.seed)
    if given.sheet and len(articles) > given.articles:
        articles = sorted(dice.sample(articles, given.articles), key=lambda article: article.name)
    sorts: Counter[str] = Counter()
    sheet: list[dict[str, object]] = []
    without = 0
    for article in articles:
        made = generate([article], deck_id="bench", explain=False)
        sorts.update(proposal.sort for proposal in made.proposals)
        sheet += [row(article.name, question, dice) for question in made.deck.questions]
        without += not made.deck.questions
    words = sum(len(article.text.split()) for article in articles)
    total = sorts.total()
    yielded = f"{total} questions: {1000 * total / words:.2f} per 1,000 words"
    print(f"{len(articles)} articles ({without} without a question), {words:,} words, {yielded}")
    for sort, count in sorts.most_common():
        print(f"  {sort:14}{count:5}  {1000 * count / words:6.2f} per 1,000 words  {100 * count / total:5.1f} %")
    if given.sheet:
        write_sheet(given.sheet, dice.sample(sheet, min(given.questions, len(sheet))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
