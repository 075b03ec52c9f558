"""``quizzer fit`` and ``quizzer simulate``: the scheduler fitted to the learner, and the workload to come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from quizzer.cli.asking import Share, Whole
from quizzer.cli.given import Given, deck_ids, opened_shelf
from quizzer.cli.printing import count, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzer.core.simulation import DayLoad, Workload
    from quizzer.study.coming import Coming
    from quizzer.study.fitting import FitReport

WEEK = 7
WIDEST_BAR = 50  # columns


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be, and change nothing.")
@click.option("--forget", is_flag=True, help="Go back to FSRS's own weights.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def fit(given: Given, dry_run: bool, forget: bool, as_json: bool) -> None:
    """Fit the scheduler to your own reviews, and use that where it foretells them better.

    Your newest reviews are kept back, then foretold by the weights in use and by weights fitted to the others: the better ones are used.
    """
    if forget and (dry_run or as_json):
        raise click.UsageError("--forget goes with no other option.")
    none_yet = not given.workspace().progress.exists()  # nothing to fit to, and none is to be made for that
    if forget:
        with opened_shelf(given, readonly=none_yet) as shelf:
            forgotten = shelf.forget_fit()
        click.echo("FSRS's own weights are in use" + (" again; no due day moved" if forgotten else " already: nothing was changed"))
        return
    with opened_shelf(given, readonly=dry_run or none_yet) as shelf:
        report = shelf.fit(dry_run=dry_run)
    if as_json:
        print_json(report)
    else:
        _print_fit(report, given.settings().tzinfo())


def _print_fit(report: FitReport, zone: dt.tzinfo) -> None:
    from quizzer.core.fitting import FEWEST, FEWEST_HELD_OUT, Decision

    found = report.fit
    if found.first and found.last and found.right is not None:
        since, until = (at.astimezone(zone).date() for at in (found.first, found.last))
        click.echo(
            f"{count(found.reviews, 'review')} of {count(found.cards, 'card')}, each a day or more after the one before, {since} to {until}"
        )
        click.echo(f"right {_percent(found.right)} of the time, wanted {_percent(report.wanted)}")
    if found.decision is Decision.TOO_FEW:
        click.echo(
            f"not fitted: a fit needs {FEWEST} reviews that came a day or more after the one before; there are {found.reviews}. "
            "Nothing was changed."
        )
        return
    if found.decision is Decision.TOO_SOON and report.fitted_at:
        click.echo(
            f"not fitted: a fair test needs {FEWEST_HELD_OUT} reviews that the weights in use have not seen, and since "
            f"{report.fitted_at.astimezone(zone).date()}, when they were fitted, there are {found.unseen}. Nothing was changed."
        )
        return
    in_use = "in use" + ("" if report.fitted_at else " (FSRS's own)")
    click.echo(f"\nthe newest {found.held_out}, kept back as a test: right {_percent(found.held_out_right)} of the time")
    print_table(
        ["weights", "foretold right", "log-loss (lower is better)"],
        [
            [in_use, _percent(found.foretold_before), f"{found.loss_before:.4f}"],
            ["fitted to the others", _percent(found.foretold_after), f"{found.loss_after:.4f}"],
        ],
    )
    click.echo()
    if found.decision is Decision.NO_BETTER:
        click.echo("not taken: the weights in use foretell your reviews no worse. Nothing was changed.")
        return
    if report.written:
        click.echo("taken: fitted weights foretell your reviews better, and are in use from now on. No due day moved.")
    else:
        click.echo("would be taken: fitted weights foretell your reviews better. Nothing was changed.")
    click.echo(
        f"next intervals, of {count(report.sooner + report.later + report.same, 'card')} in review: "
        f"{report.sooner} shorter, {report.later} longer, {report.same} the same"
    )


@click.command()
@click.option("--retention", type=Share(0.7, 0.99), metavar="R", help="Also with this retention, 0.70 to 0.99, for every deck.")
@click.option("--days", type=Whole(1, 730), default=90, show_default=True, help="How far to look ahead.")
@click.option("--deck", multiple=True, metavar="DECK", help="Only this deck (its id, or its file). Several times if need be.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def simulate(given: Given, retention: float | None, days: int, deck: tuple[str, ...], as_json: bool) -> None:
    """Print the workload to come: reviews, new cards and minutes a day, by week; and the score to expect at a test.

    Played through on the rules that sessions go by, for a learner who answers as you did so far and studies every day.
    """
    with opened_shelf(given, readonly=True) as shelf:
        coming = shelf.coming(*deck_ids(given, deck), days=days, retention=retention)
    if as_json:
        print_json(coming, days=("day", "test", "beyond"))
    else:
        _print_coming(coming)


def _print_coming(coming: Coming) -> None:
    plays = [("as set" if coming.asked is None else f"at {_percent(coming.asked)}", coming.now)]
    if coming.other is not None:
        plays.append((f"at {_percent(coming.retention)}", coming.other))
    first = dt.date.fromordinal(coming.day)
    days = len(coming.now.days)
    click.echo(
        f"{count(days, 'day')} from {first}: {count(len(coming.decks), 'deck')}, {count(coming.cards, 'card')}, {coming.fresh} not met yet"
    )
    weeks = [[_week(load.days, start) for start in range(0, days, WEEK)] for _, load in plays]
    names = [str(first + dt.timedelta(days=start)) for start in range(0, days, WEEK)]
    header = ["a day, week from"]
    for name, _ in plays:
        header += [f"reviews {name}", "new", "minutes"]
    click.echo()
    print_table(
        header,
        [[name, *(f"{figure:.1f}" for week in row for figure in week)] for name, row in zip(names, zip(*weeks, strict=True), strict=True)],
    )
    click.echo("\nreviews and new cards a day")
    most = max((week[0] + week[1] for row in weeks for week in row), default=0.0)
    for name, row in zip(names, zip(*weeks, strict=True), strict=True):
        for mark, label, (reviews, new, _) in zip("█▒", (name, ""), row, strict=False):
            bar = mark * round((reviews + new) / most * WIDEST_BAR) if most else ""
            click.echo(f"{label:10}  {bar} {reviews + new:.0f}")
    click.echo()
    for mark, (name, load) in zip("█▒", plays, strict=False):
        click.echo(f"{mark} {name}: {_in_all(load)}")
    _print_tests(coming, plays)


def _print_tests(coming: Coming, plays: Sequence[tuple[str, Workload]]) -> None:
    for number, test in enumerate(coming.now.tests):
        scores = [f"{_percent(load.tests[number].expected)} {name}" for name, load in plays]
        met = "every card" if test.met == test.cards else f"{test.met} of {count(test.cards, 'card')}"
        click.echo(f"{test.deck}: test on {_told(test.test)}, {met} met by then, expected {' and '.join(scores)}")
    for deck, day in coming.beyond.items():
        click.echo(f"{deck}: test on {_told(day)}, after these days. Look further with --days.")


def _told(day: int) -> str:
    date = dt.date.fromordinal(day)
    return f"{date.day} {date:%B %Y}"


def _in_all(load: Workload) -> str:
    reviews, hours = sum(day.reviews for day in load.days), sum(day.seconds for day in load.days) / 3600
    return f"{count(reviews, 'review')}, {hours:.1f} hours; of {count(load.met, 'card')} met by then, {load.recalled:.0f} recalled"


def _week(days: Sequence[DayLoad], start: int) -> tuple[float, float, float]:
    week = days[start : start + WEEK]
    return (
        sum(day.reviews for day in week) / len(week),
        sum(day.new for day in week) / len(week),
        sum(day.seconds for day in week) / len(week) / 60,
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
