"""The commands that take back what was done last, and do it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quizzer.cli.given import Given, opened_shelf
from quizzer.cli.printing import print_json, print_table
from quizzer.core.errors import StaleError, StaleMergeError

if TYPE_CHECKING:
    from quizzer.study import Shelf
    from quizzer.study.deeds import Done

_SHOWN = 20  # acts of the list; all of them in JSON

_pass_over = click.option("--pass-over", is_flag=True, help="Leave be what cannot be any more, and go on with what came before it.")


@click.command()
@click.option("--list", "listed", is_flag=True, help="Only list the last acts: when, what, on which card.")
@_pass_over
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def undo(given: Given, listed: bool, pass_over: bool, as_json: bool) -> None:
    """Take back what you did last: an answer, a card set aside, an edit of a deck, a merge."""
    with opened_shelf(given, readonly=listed) as shelf:
        if not listed:
            done = _turned(shelf, back=True, pass_over=pass_over)
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


def _turned(shelf: Shelf, *, back: bool, pass_over: bool) -> Done:
    """Return what was taken back (or done again). What cannot be any more is passed over only where that is wished: it is told first.

    Raises:
        QuizzerError: it cannot be, or there is nothing; nothing was written.
    """
    while True:
        try:
            return shelf.undo() if back else shelf.redo()
        except (StaleError, StaleMergeError) as error:
            if not pass_over:
                rest = next((row for row in shelf.done() if row.taken_back is not back), None)
                word = "undo" if back else "redo"
                more = f" `quizzer {word} --pass-over` leaves that be, and goes on with: {rest.told}" if rest else ""
                raise type(error)(f"{error}{more}") from None
            click.echo(f"quizzer: passed over: {error}", err=True)


@click.command()
@_pass_over
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def redo(given: Given, pass_over: bool, as_json: bool) -> None:
    """Do again what was taken back last."""
    with opened_shelf(given) as shelf:
        done = _turned(shelf, back=False, pass_over=pass_over)
    if as_json:
        print_json(done)
    else:
        click.echo(f"done again: {done.told}")
