"""The commands of those who study: study, due, stats, suspended, doctor."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from quizzer.cli import keeping
from quizzer.cli.asking import Whole
from quizzer.cli.given import Given, deck_ids, opened_shelf
from quizzer.cli.printing import count, percent, print_broken, print_json, print_table, tell_of_moves
from quizzer.core.errors import QuizzerError
from quizzer.core.model import IMAGE_FILES, Images, Mode

if TYPE_CHECKING:
    from quizzer.plain import Talk
    from quizzer.study import DeckTest


def open_app(
    given: Given,
    *,
    decks: Sequence[str] = (),
    everything: bool = False,
    mode: Mode | None = None,
    ahead: int = 0,
    cram: bool = False,
    plain: bool | None = None,
) -> None:
    """Open the app, on the decks named or on its home screen; or its plain form, where that is asked for or nothing else can be shown.

    Raises:
        QuizzerError: the app is wanted, and there is no terminal.
    """
    given_settings = given.settings()
    given.workspace()  # what is wrong with it is said before the screen is taken
    aloud = given_settings.app.screen_reader
    back_up = partial(keeping.back_up_if_due, given)
    if plain if plain is not None else aloud or given_settings.app.plain or _is_dumb_terminal():
        from quizzer import plain as lines
        from quizzer.settings import now

        talk = _standard_streams()
        code = lines.run(
            given.shelf,
            talk,
            clock=now,
            decks=decks,
            everything=everything,
            mode=mode,
            ahead=ahead,
            cram=cram,
            aloud=aloud,
            back_up=back_up,
        )
        if code:
            raise click.exceptions.Exit(code)
        return
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):  # Textual draws on the last
        if stream is None or not stream.isatty():
            raise QuizzerError(
                f"the app needs a terminal, and standard {name} is not one. `quizzer study --plain` asks line by line without; "
                "`quizzer due` and `quizzer stats` print."
            )
    from quizzer import settings

    given_settings = given.settings()
    folder = given.workspace().decks  # what is wrong with it is said before the screen is taken
    wish = given_settings.app.images
    from quizzer import tui

    def remember(theme: str) -> None:
        settings.change(settings.config_path(), "theme", theme)

    code = tui.run(
        given.shelf,
        decks=decks,
        everything=everything,
        mode=mode,
        ahead=ahead,
        cram=cram,
        theme=given_settings.theme,
        keys=given_settings.keys,
        remember_theme=remember,
        back_up=back_up,
        images=wish if wish is Images.TEXT or _holds_images(folder) else None,
    )
    if code:
        raise click.exceptions.Exit(code)


def _is_dumb_terminal() -> bool:
    """Return whether somebody sits at a terminal that cannot show the app; say so to them."""
    terminal = os.environ.get("TERM", "")
    at_one = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    if not at_one or terminal not in ("", "dumb") or sys.platform == "win32":
        return False
    click.echo(f"This terminal (TERM={terminal}) cannot show the app: it asks line by line instead, as --plain does.", err=True)
    return True


def _standard_streams() -> Talk:
    from quizzer.plain import Talk, line_comes

    if sys.stdin is None or sys.stdout is None:
        raise QuizzerError("there is no standard input or output to ask on. Run it in a terminal or a pipe.")
    width = (lambda: shutil.get_terminal_size().columns) if sys.stdout.isatty() else None
    return Talk(sys.stdin.buffer, sys.stdout, alive=sys.stdin.isatty(), encoding=sys.stdin.encoding, awaits=line_comes, width=width)


def _holds_images(folder: Path) -> bool:
    """Say whether there are images among the decks, by their names: only then the terminal is asked whether it can show any."""
    return any(name.lower().endswith(IMAGE_FILES) for _, _, names in os.walk(folder) for name in names)


@click.command()
@click.argument("deck", nargs=-1)
@click.option(
    "--mode", type=click.Choice([mode.value for mode in Mode if mode not in (Mode.ORDER, Mode.MATCH)]), help="Ask every card this way."
)
@click.option("--ahead", type=Whole(0, 3650), default=0, metavar="DAYS", help="Ask reviews due in so many days from now too.")
@click.option("--cram", is_flag=True, help="Ask any cards at random and write nothing: the schedule stays as it is.")
@click.option("--plain/--no-plain", default=None, help="Ask line by line, on standard input and output (default: as app.plain says).")
@click.pass_obj
def study(given: Given, deck: tuple[str, ...], mode: str | None, ahead: int, cram: bool, plain: bool | None) -> None:
    """Study DECK (its id, or its file) at once; several decks, or none for all of them."""
    ids = deck_ids(given, deck)
    if ahead and cram:
        raise click.UsageError("--ahead reviews cards early, --cram leaves the schedule alone: give one of them.")
    open_app(given, decks=ids, everything=not ids, mode=Mode(mode) if mode else None, ahead=ahead, cram=cram, plain=plain)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def due(given: Given, as_json: bool) -> None:
    """Print what waits in each deck, today and in the days to come."""
    with opened_shelf(given, readonly=True) as shelf:
        rows = shelf.due()
        tell_of_moves(shelf)
    if as_json:
        print_json(rows, days=("test",))
        return
    print_table(
        ["deck", "new", "learning", "due", "tomorrow", "next 7 days"],
        [[row.id, row.new, row.learning, row.due, row.tomorrow, row.next_7_days] for row in rows.decks],
    )
    _print_tests(rows.tests)
    print_broken(rows.broken)


def _print_tests(tests: Sequence[DeckTest]) -> None:
    for test in tests:
        click.echo(f"{test.deck}: {test.told}")


@click.command()
@click.argument("deck", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def stats(given: Given, deck: tuple[str, ...], as_json: bool) -> None:
    """Print what was learnt: cards, retention, forecast, streak."""
    wanted = set(deck_ids(given, deck))
    with opened_shelf(given, readonly=True) as shelf:
        figures = shelf.stats()
        tell_of_moves(shelf)
    if unknown := wanted - {row.id for row in figures.decks}:
        raise QuizzerError(f"there is no deck {sorted(unknown)[0]!r} in this workspace. `quizzer due` lists them.")
    rows = [row for row in figures.decks if not wanted or row.id in wanted]
    if as_json:
        print_json(msgspec.structs.replace(figures, decks=rows), days=("test",))
        return
    counts = ("total", "new", "learning", "young", "mature", "suspended", "due", "next_7_days", "next_30_days")
    shown = rows if len(rows) == 1 else [*rows, *([] if wanted else [figures.overall])]
    print_table(
        ["deck", "cards", "new", "learning", "young", "mature", "suspended", "due", "due in\n7 days", "due in\n30 days"],
        [[row.id or "all decks", *(getattr(row, name) for name in counts)] for row in shown],
        fit=True,
    )
    click.echo()
    print_table(
        ["deck", "reviews\ntoday", "reviews\n30 days", "reviews\never", "minutes\never"]
        + [f"retention\n{when}" for when in ("7 days", "30 days", "ever")]
        + ["recall\nnow"],
        [
            [row.id or "all decks", row.reviews_today, row.reviews_30_days, row.reviews, round(row.seconds / 60)]
            + [percent(share) for share in (row.retention_7_days, row.retention_30_days, row.retention, row.recall)]
            for row in shown
        ],
        fit=True,
    )
    click.echo(f"\nstreak: {count(figures.streak, 'day')}, longest {count(figures.longest_streak, 'day')}")
    if marked := [row for row in figures.leeches if not wanted or row.deck in wanted]:
        click.echo(f"forgotten again and again: {count(len(marked), 'card')}; `quizzer leeches` lists them")
    _print_tests([test for test in figures.tests if not wanted or test.deck in wanted])
    print_broken(figures.broken)


@click.command()
@click.option(
    "--restore", multiple=True, metavar="CARD", help="Ask this card again when it is due; all: every one. Several times if need be."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def suspended(given: Given, restore: tuple[str, ...], as_json: bool) -> None:
    """Print the suspended cards, or bring them back."""
    with opened_shelf(given, readonly=not restore) as shelf:
        rows = shelf.suspended()
        if restore:
            wanted = [row.card for row in rows] if "all" in restore else list(dict.fromkeys(restore))
            shelf.unsuspend(*wanted)
            click.echo(f"{count(len(wanted), 'card')} brought back", err=True)
            rows = shelf.suspended()
    if as_json:
        print_json(rows)
    elif rows:
        print_table(["card", "question"], [[row.card, _shortened(row.stem)] for row in rows], numbers=False)
    elif not restore:
        click.echo("no card is suspended", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def flagged(given: Given, as_json: bool) -> None:
    """Print the cards you flagged."""
    with opened_shelf(given, readonly=True) as shelf:
        rows = shelf.flagged()
    if as_json:
        print_json(rows)
    elif rows:
        print_table(["card", "question"], [[row.card, _shortened(row.stem)] for row in rows], numbers=False)
    else:
        click.echo("no card is flagged", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def leeches(given: Given, as_json: bool) -> None:
    """Print the cards that are forgotten again and again: their questions want rewriting."""
    with opened_shelf(given, readonly=True) as shelf:
        rows = shelf.leeches()
    if as_json:
        print_json(rows)
    elif rows:
        table = [[row.card, row.lapses, "suspended" if row.suspended else "", _shortened(row.stem)] for row in rows]
        print_table(["card", "forgotten", "", "question"], table, numbers=False)
        click.echo("reword or split them in their decks: a changed key asks whether to keep the progress", err=True)
    else:
        click.echo("no card is forgotten again and again", err=True)


def _shortened(text: str, *, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


@click.command()
@click.option("--fix", is_flag=True, help="Rebuild what is wrong from the log, after a backup.")
@click.pass_obj
def doctor(given: Given, fix: bool) -> None:
    """Check progress.db: is the file whole, and does replaying the log give what is stored?

    Exit code 1 when something is wrong (with --fix: still wrong).
    """
    from quizzer.study.doctor import doctor as examine

    path = given.workspace().progress
    if not path.exists():
        click.echo(f"{path}: not there yet; it is made with the first answer")
        return
    report = examine(path, fix=fix)
    for problem in report.problems:
        click.echo(f"{report.path}: {problem}")
    if report.backup:
        click.echo(f"backup: {report.backup}")
    seen = ", ".join(count(number, what) for number, what in ((report.learners, "learner"), (report.cards, "card")))
    state = "no problems" if not report.problems else "mended" if report.healthy else count(len(report.problems), "problem")
    click.echo(f"{report.path}: {seen}, {count(report.entries, 'log row')}: {state}")
    if not report.healthy:
        raise click.exceptions.Exit(1)
