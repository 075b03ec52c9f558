"""The commands that take back what was done last, and do it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from quizzer.cli.given import Given, opened_shelf
from quizzer.cli.printing import print_json, print_table
from quizzer.core.errors import StaleError, StaleMergeError

if TYPE_CHECKING:
    from quizzer.study.hindsight import Done

_SHOWN = 20  # acts of the list; all of them in JSON


@click.command()
@click.option("--list", "listed", is_flag=True, help="Only list the last acts: when, what, on which card.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def undo(given: Given, listed: bool, as_json: bool) -> None:
    """Take back what you did last: an answer, a card set aside, an edit of a deck, a merge."""
    with opened_shelf(given, readonly=listed) as shelf:
        if not listed:
            done = _turned(shelf.undo)
            if as_json:
                print_json(done)
            else:
                click.echo(f"taken back: {done.told}")
            return
        rows = shelf.done()
    if as_json:
        print_json(rows)
    elif rows:
        shown = rows[:_SHOWN]
        table = [[f"{row.when:%Y-%m-%d %H:%M}", row.what, row.on, "taken back" if row.taken_back else ""] for row in shown]
        print_table(["when", "what", "on", ""], table, numbers=False)
        if len(rows) > len(shown):
            click.echo(f"and {len(rows) - len(shown)} more; --json prints all", err=True)
    else:
        click.echo("there is nothing to take back", err=True)


def _turned(turn: Callable[[], Done]) -> Done:
    """Return what was taken back (or done again); what cannot be any more is told, and passed over, as on the home screen."""
    while True:
        try:
            return turn()
        except (StaleError, StaleMergeError) as error:
            click.echo(f"quizzer: passed over: {error}", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def redo(given: Given, as_json: bool) -> None:
    """Do again what was taken back last."""
    with opened_shelf(given) as shelf:
        done = _turned(shelf.redo)
    if as_json:
        print_json(done)
    else:
        click.echo(f"done again: {done.told}")
