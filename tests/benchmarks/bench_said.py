"""Who said what, against a corpus of gold speakers: ``python tests/benchmarks/bench_said.py CORPUS [--jobs N]``.

CORPUS is a folder with ``articles/*.txt`` and a ``score.py`` that scores JSON lines of ``article``, ``quote_start``,
``quote_end``, ``quote`` and ``speaker``, such as who-said. Prints its figures for ``quizzer facts --json`` over the folder (the
lines that are quotations), and beside them for textacy's direct quotations, per paragraph with the same model, its clauses
cut to the quoted segments they cover (``--snap``). textacy is installed for this only: ``pip install textacy==0.13.0``; without it
quizzer's figures are printed alone.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quizzer.news.language import load


def ours(articles: Path, jobs: int) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "quizzer", "facts", str(articles), "--json", "--jobs", str(jobs)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return [row for row in map(json.loads, done.stdout.splitlines()) if row["kind"] == "quotation"]


def textacys(articles: Path) -> list[dict[str, object]]:
    from textacy.extract import direct_quotations

    nlp = load()
    rows: list[dict[str, object]] = []
    refused = 0
    for path in sorted(articles.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        places = [match.start() for match in re.finditer(r"[^\r\n]+", text)]
        for start, doc in zip(places, nlp.pipe(re.findall(r"[^\r\n]+", text)), strict=True):
            try:
                found = list(direct_quotations(doc))
            except ValueError:  # what it says to marks that do not pair
                refused += 1
                continue
            for one in found:
                begin, end = start + one.content.start_char, start + one.content.end_char
                speaker = " ".join(token.text for token in one.speaker)
                rows.append({"article": path.name, "quote_start": begin, "quote_end": end, "quote": text[begin:end], "speaker": speaker})
    print(f"(textacy gave up on {refused} paragraphs)")
    return rows


def score(corpus: Path, rows: list[dict[str, object]], *options: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        done = subprocess.run(
            [sys.executable, str(corpus / "score.py"), str(predictions), *options], capture_output=True, text=True, encoding="utf-8"
        )
    print(done.stdout + done.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--errors", metavar="FILE", help="what costs quizzer precision or recall, with context")
    given = parser.parse_args()
    if not (given.corpus / "score.py").is_file():
        parser.error(f"{given.corpus}: there is no score.py in it.")
    began = time.perf_counter()
    rows = ours(given.corpus / "articles", given.jobs)
    print(f"== quizzer facts: {len(rows)} quotations in {time.perf_counter() - began:.1f} s\n")
    score(given.corpus, rows, *(["--errors", given.errors] if given.errors else []))
    try:
        rows = textacys(given.corpus / "articles")
    except ImportError:
        print("== textacy is not installed: pip install textacy==0.13.0")
        return 0
    print(f"== textacy: {len(rows)} quotations\n")
    score(given.corpus, rows, "--snap")
    return 0


if __name__ == "__main__":
    sys.exit(main())
