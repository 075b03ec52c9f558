"""``quizzer search``: cards found by their words, and how they stand."""

from __future__ import annotations

from datetime import date

import click
import msgspec

from quizzer.cli.given import Given, opened_shelf
from quizzer.cli.printing import print_broken, print_json, print_table


@click.command(context_settings={"ignore_unknown_options": True})  # so that -1 is a word
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, metavar="N", help="Print so many cards at the most (50).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def search(given: Given, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find cards by the words of their question, answer, explanation, tags and deck's title.

    The last word may be the beginning of one. "Words in quotes" stand together; deck:ID, tag:TAG and
    is:due|new|learning|suspended|flagged|leech|buried narrow it down.
    """
    from quizzer.study.searching import STATES, misread

    with opened_shelf(given, readonly=True) as shelf:
        catalogue = shelf.catalogue()
        found, broken = catalogue.search(" ".join(words), limit=limit), catalogue.broken
    for name in misread(" ".join(words)):
        click.echo(f"quizzer: is:{name} is no filter, and was looked for as a word. There are is:{', is:'.join(STATES)}.", err=True)
    if as_json:
        print_json([{**msgspec.structs.asdict(row), "due_day": _day(row.due_day) or None} for row in found])
    elif found:
        rows = [[row.deck, row.question, row.state, _day(row.due_day), _shortened(row.stem)] for row in found]
        print_table(["deck", "question", "state", "due", "stem"], rows, numbers=False)
    else:
        click.echo("no card is found", err=True)
    print_broken(broken)


def _day(day: int | None) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _shortened(text: str, *, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
