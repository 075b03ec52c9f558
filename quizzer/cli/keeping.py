"""The commands of those who want to keep what they learnt: backup, restore, merge, data."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli.given import Given
from quizzer.cli.printing import count, print_json, print_table
from quizzer.core.errors import QuizzerError


def back_up_if_due(given: Given) -> None:
    """Make a backup if one is due; raises QuizzerError when it cannot be made."""
    from quizzer.settings import now
    from quizzer.store import backup

    backup.back_up_if_due(given.workspace().progress, now=now())


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write, in place of one among the backups."
)
@click.option("--list", "listed", is_flag=True, help="List the backups instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (with --list).")
@click.pass_obj
def backup(given: Given, output: Path | None, listed: bool, as_json: bool) -> None:
    """Make a backup of progress.db now, whoever uses it meanwhile; it is read again and found whole before this ends."""
    from quizzer.settings import now
    from quizzer.store import backup as backups

    path = given.workspace().progress
    if listed:
        found = backups.listing(path)
        if as_json:
            print_json(found)
        elif found:
            rows = [[one.name, _age((now() - one.at).total_seconds()), _size(one.bytes), _reviews(one.reviews)] for one in found]
            print_table(["backup", "age", "size", "reviews"], rows)
        else:
            click.echo("there is no backup yet", err=True)
        return
    if output is not None and output.resolve() == path.resolve():
        raise QuizzerError(f"{output}: is progress.db itself. Name another file.")
    made = backups.back_up_now(path, now=now(), to=output)
    click.echo(f"{made}: {count(backups.reviews_in(made) or 0, 'review')}")


@click.command()
@click.argument("backup", default="latest")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(given: Given, backup: str, yes: bool) -> None:
    """Put BACKUP back: a name that `quizzer backup --list` shows, a file, or latest.

    What is there now is kept as a backup itself.
    """
    from quizzer.store import restoring

    path = given.workspace().progress
    copy = restoring.chosen(path, backup)
    change = restoring.difference(path, copy)
    lost = "what the present file holds, which is too damaged to be read" if change.lost is None else count(change.lost, "review")
    gained = count(change.gained, "review")
    click.echo(f"{copy}: {count(change.reviews, 'review')}. Lost by putting it back: {lost}; gained: {gained}.", err=True)
    if not yes:
        click.confirm("Put it back?", abort=True, err=True)
    kept = restoring.restore(path, copy)
    click.echo(f"{path}: put back from {copy}" + (f"; what was there is in {kept}" if kept else ""))


@click.command()
@click.argument("other", type=click.Path(path_type=Path))
@click.pass_obj
def merge(given: Given, other: Path) -> None:
    """Bring the answers of OTHER, another machine's progress.db, into this one.

    Nothing is lost and nothing is counted twice, in whatever order and however often files are merged. OTHER is only read: merge there
    too, and both are alike.
    """
    from quizzer.study import keeping

    path = given.workspace().progress
    done = keeping.merge(path, other, merger=given.merger())
    if not done.entries and not done.learners:
        click.echo(f"{path}: has all of {other} already")
    else:
        brought = f"{count(done.reviews, 'review')} and {count(done.entries - done.reviews, 'other act')} of {count(done.cards, 'card')}"
        click.echo(f"{path}: {brought} merged" + (f"; new here: {', '.join(done.learners)}" if done.learners else ""))
    if done.backup:
        click.echo(f"backup: {done.backup}")
    if done.ahead:
        click.echo(f"{other} lacks {done.ahead} {'entry' if done.ahead == 1 else 'entries'} of this one: merge the other way too, there")


@click.group()
def data() -> None:
    """Hand out or erase all of one learner's data."""


@data.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), help="The file to write; without it, standard output.")
@click.option("--learner", metavar="NAME", help="Whose data (default: yours).")
@click.pass_obj
def export_data(given: Given, output: Path | None, learner: str | None) -> None:
    """Write all there is of one learner as one JSON file."""
    from quizzer.settings import now
    from quizzer.store import copying
    from quizzer.study import keeping

    name = learner or given.settings().learner
    lines = keeping.exported(given.workspace().progress, name, now=now())
    if output is None or str(output) == "-":
        for line in lines:
            click.echo(line, nl=False)
        return
    with copying.finished(output) as unfinished, unfinished.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    click.echo(f"wrote {output}", err=True)


@data.command("erase")
@click.option("--learner", metavar="NAME", required=True, help="Whose data.")
@click.option("--yes", is_flag=True, help="Do not ask for the name to be typed.")
@click.pass_obj
def erase_data(given: Given, learner: str, yes: bool) -> None:
    """Erase a learner for good, from progress.db and from its backups. This cannot be undone."""
    from quizzer.store import erasing

    path = given.workspace().progress
    found = erasing.traces(path, learner)
    answers = f"{count(found.reviews, 'review')} of {count(found.cards, 'card')}"
    click.echo(f"{path}: {answers} by {learner!r} will be erased for good.", err=True)
    if found.rewritten:
        click.echo(f"{count(len(found.rewritten), 'backup')} will be written anew without them.", err=True)
    if found.removed:
        click.echo(f"{count(len(found.removed), 'backup')} with nobody else's answers, or unreadable, will be removed.", err=True)
    click.echo("Copies you made elsewhere are yours to remove.", err=True)
    if not yes and click.prompt("Type the learner's name to go on", err=True, default="", show_default=False) != learner:
        raise QuizzerError("that is not the name. Nothing was erased.")
    erasing.erase(path, learner)
    click.echo(f"{path}: {learner!r} is erased")


def _age(seconds: float) -> str:
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(int(seconds // size), name)
    return "now"


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, number // 1_000)} kB"


def _reviews(number: int | None) -> str:
    return "damaged" if number is None else str(number)
