"""The command of who knows better where a question went."""

from __future__ import annotations

import click

from quizzer.cli.given import Given, opened_shelf
from quizzer.cli.printing import count, print_broken, print_json, print_table, tell_of_moves


@click.command()
@click.argument("old", metavar="[OLD", required=False)
@click.argument("new", metavar="NEW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def follow(given: Given, old: str | None, new: str | None, as_json: bool) -> None:
    """Let question NEW have the progress of OLD, which is in no deck any more; both as DECK/QUESTION, by their ids.

    Without questions, list those with progress that are in no deck. Most find their way by themselves; these were deleted, have
    another answer, or could be more than one.
    """
    if old is not None and new is None:
        raise click.UsageError("name two questions: whose progress, and which is to have it.")
    with opened_shelf(given, readonly=old is None) as shelf:
        if old is not None and new is not None:
            moved = shelf.lead(old, new)
            click.echo(f"{new}: has the progress of {old} now, of {count(moved, 'card')}", err=True)
            return
        tell_of_moves(shelf)
        rows, broken = shelf.left(), shelf.due().broken
    if as_json:
        print_json(rows)
    elif rows:
        print_table(["question", "cards", "may be"], [[row.question, row.cards, ", ".join(row.may_be)] for row in rows])
    else:
        click.echo(f"every question with progress is in a deck{', or may be in one that cannot be read' if broken else ''}", err=True)
    print_broken(broken)
