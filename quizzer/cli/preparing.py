"""The command of those who study for a day: test."""

from __future__ import annotations

from datetime import date

import click

from quizzer.cli.asking import Day
from quizzer.cli.given import Given, deck_ids, opened_shelf
from quizzer.cli.printing import print_json
from quizzer.core.errors import QuizzerError


@click.command("test")
@click.argument("deck", required=False)
@click.option("--on", "on", metavar="DATE", type=Day(), help="The day of the test, such as 2027-03-12.")
@click.option("--off", is_flag=True, help="There is no test any more.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def test_date(given: Given, deck: str | None, on: date | None, off: bool, as_json: bool) -> None:
    """Study DECK for a test: say on which day it is, or print what it asks of today.

    Until then its new cards are planned so that all are met some days before, and every card is seen again shortly before.
    """
    from quizzer import settings

    if on and off:
        raise click.UsageError("--on sets a day, --off takes it away: give one of them.")
    if (on or off) and deck is None:
        raise click.UsageError("say which deck the test is on.")
    name = deck_ids(given, [deck])[0] if deck else None
    with opened_shelf(given, readonly=True) as shelf:
        known = shelf.due().decks
        if name is not None and name not in [row.id for row in known]:
            raise QuizzerError(f"there is no deck {name!r} in this workspace. `quizzer due` lists them.")
        if on and on <= (today := shelf.study_day()):
            raise QuizzerError(f"--on: {on:%Y-%m-%d} is not after today, {today:%Y-%m-%d}. Nothing was changed.")
    if on or off:
        settings.change(settings.config_path(), "test_date", f"{on:%Y-%m-%d}" if on else None, deck=name)
    with opened_shelf(given, readonly=True) as shelf:
        tests = [test for test in shelf.tests() if name in (None, test.deck)]
    if as_json:
        print_json(tests, days=("test",))
        return
    for test in tests:
        click.echo(f"{test.deck}: {test.told}")
    if not tests:
        click.echo(f"{name}: no test is to come" if name else "no test is to come", err=True)
