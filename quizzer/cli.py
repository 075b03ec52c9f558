"""The command line: parse, one call, print, exit code.

Exit codes: 0 done; 1 something is wrong with what was given (one line on standard error says what, or ``check`` found errors);
2 the command line itself is wrong; 130 interrupted. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from quizzer import __version__
from quizzer.core.errors import DeckError, QuizzerError
from quizzer.core.model import Mode

if TYPE_CHECKING:
    from quizzer.news import Article, Generated
    from quizzer.settings import Settings, Workspace
    from quizzer.study import BrokenDeck, Shelf


class Given(msgspec.Struct):
    """What stands before the command: which workspace, which learner. Read when a command asks for it."""

    workspace_named: str | None
    learner_named: str | None

    def workspace(self) -> Workspace:
        """Return the workspace; raises SettingsError."""
        from quizzer import settings

        return settings.workspace(self.workspace_named)

    def settings(self) -> Settings:
        """Return the settings, the learner named on the command line among them; raises SettingsError."""
        from quizzer import settings

        found = settings.load(settings.config_path())
        return msgspec.structs.replace(found, learner=self.learner_named) if self.learner_named else found

    def shelf(self, *, readonly: bool = False) -> Shelf:
        """Open the learner's shelf; whoever asks closes it."""
        import secrets

        from quizzer.settings import now
        from quizzer.study import Shelf

        place, settings = self.workspace(), self.settings()
        return Shelf(
            decks=place.decks,
            progress=place.progress,
            learner=settings.learner,
            settings=settings,
            clock=now,
            dice=secrets.randbits,
            readonly=readonly,
        )


class Commands(click.Group):
    """The commands, in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names as they were added."""
        return list(self.commands)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--workspace", metavar="DIR", help="Folder with decks/ and progress.db (default: here, or your data folder).")
@click.option("--learner", metavar="NAME", help="Whose progress this is; several learners share one file.")
@click.version_option(__version__, prog_name="quizzer")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, learner: str | None) -> None:
    """Articles in, memory out.

    Without a command, quizzer opens the app on the workspace's decks.
    """
    if learner is not None and not learner.strip():
        raise click.BadParameter("a learner needs a name.", param_hint="--learner")
    ctx.obj = Given(workspace, learner.strip() if learner else None)
    if ctx.invoked_subcommand is None:
        _open_app(ctx.obj)


def _open_app(given: Given, *, decks: Sequence[str] = (), everything: bool = False, mode: Mode | None = None) -> None:
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):  # Textual draws on the last
        if stream is None or not stream.isatty():
            raise QuizzerError(
                f"the app needs a terminal, and standard {name} is not one. `quizzer due` and `quizzer stats` print without."
            )
    from quizzer import settings

    given_settings = given.settings()
    given.workspace()  # what is wrong with it is said before the screen is taken
    from quizzer import tui

    def remember(theme: str) -> None:
        settings.change(settings.config_path(), "theme", theme)

    code = tui.run(
        given.shelf,
        decks=decks,
        everything=everything,
        mode=mode,
        theme=given_settings.theme,
        keys=given_settings.keys,
        remember_theme=remember,
    )
    if code:
        raise click.exceptions.Exit(code)


# Study


@cli.command()
@click.argument("deck", nargs=-1)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode if mode is not Mode.ORDER]), help="Ask every card this way.")
@click.pass_obj
def study(given: Given, deck: tuple[str, ...], mode: str | None) -> None:
    """Study DECK (its id, or its file) at once; several decks, or none for all of them."""
    ids = [_deck_id(name) for name in deck]
    _open_app(given, decks=ids, everything=not ids, mode=Mode(mode) if mode else None)


def _deck_id(name: str) -> str:
    """A deck is named by its id, or by its file, which the shell completes."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        from quizzer import deckfile

        return deckfile.load(path).id
    return path.stem if path.suffix in (".yaml", ".yml") else name


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def due(given: Given, as_json: bool) -> None:
    """Print what waits in each deck, today and in the days to come."""
    with _shelf(given, readonly=True) as shelf:
        rows = shelf.due()
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ["deck", "new", "learning", "due", "tomorrow", "next 7 days"],
        [[row.id, row.new, row.learning, row.due, row.tomorrow, row.next_7_days] for row in rows.decks],
    )
    _print_broken(rows.broken)


@cli.command()
@click.argument("deck", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def stats(given: Given, deck: tuple[str, ...], as_json: bool) -> None:
    """Print what was learnt: cards, retention, forecast, streak."""
    wanted = {_deck_id(name) for name in deck}
    with _shelf(given, readonly=True) as shelf:
        figures = shelf.stats()
    if unknown := wanted - {row.id for row in figures.decks}:
        raise QuizzerError(f"there is no deck {sorted(unknown)[0]!r} in this workspace. `quizzer due` lists them.")
    if as_json:
        _print_json(figures)
        return
    rows = [row for row in figures.decks if not wanted or row.id in wanted]
    counts = ("total", "new", "learning", "young", "mature", "suspended", "due", "next_7_days", "next_30_days")
    shown = rows if len(rows) == 1 else [*rows, *([] if wanted else [figures.overall])]
    _print_table(
        ["deck", "cards", "new", "learning", "young", "mature", "suspended", "due", "7 days", "30 days"],
        [[row.id or "all decks", *(getattr(row, name) for name in counts)] for row in shown],
    )
    click.echo()
    _print_table(
        ["deck", "reviews today", "30 days", "ever", "minutes", "retention 7 days", "30 days", "ever", "recall now"],
        [
            [row.id or "all decks", row.reviews_today, row.reviews_30_days, row.reviews, round(row.seconds / 60)]
            + [_percent(share) for share in (row.retention_7_days, row.retention_30_days, row.retention, row.recall)]
            for row in shown
        ],
    )
    click.echo(f"\nstreak: {_count(figures.streak, 'day')}, longest {_count(figures.longest_streak, 'day')}")
    _print_broken(figures.broken)


@cli.command()
@click.option(
    "--restore", multiple=True, metavar="CARD", help="Ask this card again when it is due; all: every one. Several times if need be."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def suspended(given: Given, restore: tuple[str, ...], as_json: bool) -> None:
    """Print the suspended cards, or bring them back."""
    with _shelf(given, readonly=not restore) as shelf:
        rows = shelf.suspended()
        if restore:
            wanted = [row.card for row in rows] if "all" in restore else list(dict.fromkeys(restore))
            shelf.unsuspend(*wanted)
            click.echo(f"{_count(len(wanted), 'card')} brought back", err=True)
            rows = shelf.suspended()
    if as_json:
        _print_json(rows)
    elif rows:
        _print_table(["card", "question"], [[row.card, _shortened(row.stem)] for row in rows], numbers=False)
    elif not restore:
        click.echo("no card is suspended", err=True)


def _shortened(text: str, *, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


# Decks


@cli.command()
@click.argument("article", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), help="The deck file to write; - for standard output.")
@click.option("--title", default="", help="The deck's title (default: made from the articles).")
@click.option("--model", default="", metavar="NAME", help="Any installed English spaCy pipeline.")
@click.option("--no-passages", is_flag=True, help="Keep only the short spans: for decks meant for sharing.")
@click.option("--seed", default=0, show_default=True, help="The same seed and articles give the same deck.")
@click.option("--explain", is_flag=True, help="Print everything that was made, merged and refused, and why.")
@click.option("--force", is_flag=True, help="Write over an existing deck file.")
def generate(
    article: tuple[Path, ...],
    output: Path | None,
    title: str,
    model: str,
    no_passages: bool,
    seed: int,
    explain: bool,
    force: bool,
) -> None:
    """Make one deck of questions from news articles: text or HTML files, or - for standard input.

    The deck goes to --output (or to standard output), a short account of it to standard error.
    """
    from quizzer import deckfile, news
    from quizzer.core.kinds import slug

    if not article:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("Name an article: a text or HTML file, or - for standard input.")
        article = (Path("-"),)
    to_file = output is not None and str(output) != "-"
    if to_file and output is not None:
        _refuse_output(output, force=force)
    articles = [_read_stdin() if str(path) == "-" else news.read(path) for path in article]
    name = output.stem if to_file and output is not None else slug(title or articles[0].title or articles[0].name)
    with _progress_bar() as tell:
        made = news.generate(
            articles, deck_id=slug(name, words=99), title=title, model=model, passages=not no_passages, seed=seed, progress=tell
        )
    _print_account(made, explain=explain)
    if not made.deck.questions:
        raise QuizzerError("no question could be made from this; no deck was written. --explain shows what was refused, and why.")
    if to_file and output is not None:
        deckfile.save(made.deck, output)
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(deckfile.dumps(made.deck), nl=False)


def _refuse_output(output: Path, *, force: bool) -> None:
    """What would fail after a minute's work is refused before it."""
    if output.suffix not in (".yaml", ".yml"):
        raise QuizzerError(f"{output}: a deck is a .yaml file. Name it {output.with_suffix('.yaml').name!r}.")
    if output.exists() and not force:
        raise QuizzerError(f"{output}: is there already, perhaps with your edits. Name another file, or write over it with --force.")
    if not output.parent.is_dir():
        raise QuizzerError(f"{output}: there is no folder {str(output.parent)!r}. Make it, or name another file.")
    if not os.access(output.parent, os.W_OK):
        raise QuizzerError(f"{output}: the folder {str(output.parent)!r} cannot be written to. Name another file.")


def _read_stdin() -> Article:
    from quizzer import news

    if sys.stdin is None:
        raise QuizzerError("standard input is closed. Name an article file.")
    return news.read_bytes(sys.stdin.buffer.read(), name="standard input")


@contextmanager
def _progress_bar() -> Iterator[Callable[[float, str], None] | None]:
    """A bar on a terminal's standard error, once the work has taken longer than a second."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    began = time.monotonic()
    with click.progressbar(length=1000, label="", file=sys.stderr, show_eta=False, item_show_func=lambda what: what) as bar:
        bar.hidden = True

        def tell(share: float, what: str) -> None:
            bar.hidden = time.monotonic() - began < 1
            bar.update(max(0, round(share * 1000) - bar.pos), what)

        yield tell


def _print_account(made: Generated, *, explain: bool) -> None:
    from collections import Counter

    if explain:
        for note in made.notes:
            where = f"{note.article}:{note.start}: " if note.article and note.start >= 0 else f"{note.article}: " if note.article else ""
            click.echo(f"{where}{note.action}: {note.reason}" + (f": {note.text!r}" if note.text else ""), err=True)
    actions = Counter(note.action for note in made.notes)
    sorts = Counter(tag for question in made.deck.questions for tag in question.tags[:1])
    made_of = ", ".join(f"{tag} {count}" for tag, count in sorts.most_common())
    click.echo(f"{len(made.deck.questions)} questions" + (f" ({made_of})" if made_of else ""), err=True)
    for action in ("merged", "refused", "skipped"):
        if actions[action]:
            reasons = Counter(note.reason for note in made.notes if note.action == action).most_common()
            shown = "; ".join(f"{reason} {count}" for reason, count in reasons[:4])
            more = f"; and {len(reasons) - 4} more reasons" if len(reasons) > 4 else ""
            click.echo(f"{action} {actions[action]}: {shown}{more}", err=True)
    if not explain and actions["refused"] + actions["merged"]:
        click.echo("--explain shows each with its place", err=True)


Paths = click.argument("path", nargs=-1, type=click.Path(path_type=Path))


def _deck_paths(given: Given, path: tuple[Path, ...]) -> list[Path]:
    return list(path) or [given.workspace().decks]


@cli.command()
@Paths
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--explain", metavar="CODE", help="Print what a code means, with an example, and check nothing.")
@click.pass_obj
def check(given: Given, path: tuple[Path, ...], as_json: bool, explain: str | None) -> None:
    """Check deck files or folders of them (default: the workspace's): every problem, with its line and column.

    Exit code 1 when there is an error; warnings alone are 0.
    """
    from quizzer import deckfile

    if explain:
        code = deckfile.CODES.get(explain.upper())
        if code is None:
            raise QuizzerError(f"there is no code {explain!r}. README lists them; they look like {next(iter(deckfile.CODES))}.")
        click.echo(f"{explain.upper()} ({code.severity}): {code.title}\n\n{code.prose}")
        if code.example:
            click.echo(f"\nFor example:\n\n{code.example.rstrip()}")
        return

    problems, files = deckfile.check_all(_deck_paths(given, path))
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        _print_json(problems)
    else:
        for problem in problems:
            click.echo(deckfile.render(problem) if sys.stdout.isatty() else str(problem))
        counts = [_count(errors, "error"), _count(len(problems) - errors, "warning")] if problems else ["no problems"]
        click.echo(f"{_count(files, 'deck')}: {', '.join(counts)}", err=True)
    if errors:
        raise click.exceptions.Exit(1)


@cli.command()
@Paths
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if an id is missing.")
@click.pass_obj
def fmt(given: Given, path: tuple[Path, ...], only_check: bool) -> None:
    """Write the missing ids into deck files, and touch nothing else in them."""
    from quizzer import deckfile

    wrong = False
    for place in _deck_paths(given, path):
        for file in deckfile.find(place) if place.is_dir() else [place]:
            try:
                ids = deckfile.fmt(file, write=not only_check)
            except DeckError as error:  # the other decks need not wait for this one
                click.echo(f"quizzer: {error}", err=True)
                wrong = True
                continue
            wrong = wrong or (only_check and bool(ids))
            if ids:
                click.echo(f"{file}: {_count(len(ids), 'id')} {'missing' if only_check else 'written'}: {', '.join(ids)}")
    if wrong:
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it to this file.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of a deck file, for editors."""
    from quizzer import deckfile

    text = msgspec.json.format(msgspec.json.encode(deckfile.schema()), indent=2).decode() + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise QuizzerError(f"{output}: cannot be written ({error.strerror}). Name another file.") from None


# Progress and settings


@cli.command()
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
    seen = ", ".join(_count(number, what) for number, what in ((report.learners, "learner"), (report.cards, "card")))
    state = "no problems" if not report.problems else "mended" if report.healthy else _count(len(report.problems), "problem")
    click.echo(f"{report.path}: {seen}, {report.entries} log rows: {state}")
    if not report.healthy:
        raise click.exceptions.Exit(1)


@cli.command("settings", context_settings={"ignore_unknown_options": True})  # so that -1 is a value
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--deck", metavar="ID", help="For this deck only.")
@click.option("--unset", is_flag=True, help="Back to the default.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def settings_command(given: Given, name: str | None, value: str | None, deck: str | None, unset: bool, as_json: bool) -> None:
    """Print the settings, or set NAME to VALUE."""
    from quizzer import settings

    path = settings.config_path()
    if name is None or (value is None and not unset):
        rows = [row for row in settings.listing(settings.load(path)) if name is None or row[0] == name]
        if not rows:
            raise QuizzerError(f"there is no setting {name!r}. `quizzer settings` lists the names.")
        if as_json:
            _print_json({row[0]: row[1] for row in rows})
        else:
            _print_table(["setting", "value", ""], [[row[0], row[1], "" if row[2] else "set"] for row in rows])
            click.echo(f"from {path}" if path.exists() else f"{path} is not there yet: these are the defaults", err=True)
        return
    changed = settings.change(path, name, None if unset else value, deck=deck)
    full = f"decks.{deck}.{name.removeprefix('study.')}" if deck else name
    shown = next((row[1] for row in settings.listing(changed) if row[0] == full), "the default")
    click.echo(f"{full}: {shown or 'the default'} (in {path})", err=True)


# Printing


@contextmanager
def _shelf(given: Given, *, readonly: bool = False) -> Iterator[Shelf]:
    shelf = given.shelf(readonly=readonly)
    try:
        yield shelf
    finally:
        shelf.close()


def _print_broken(broken: Sequence[BrokenDeck]) -> None:
    for deck in broken:
        click.echo(f"quizzer: {deck.message}", err=True)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _print_json(value: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def _print_table(header: list[str], rows: list[list[Any]], *, numbers: bool = True) -> None:
    from tabulate import tabulate

    click.echo(
        tabulate(
            rows,
            headers=header,
            tablefmt="plain",
            disable_numparse=True,
            colalign=["left"] + ["right" if numbers else "left"] * (len(header) - 1),
        )
    )


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter must not stop the program
    try:
        code = cli.main(prog_name="quizzer", standalone_mode=False)  # what a command exits with comes back as a number
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except QuizzerError as error:
        click.echo(f"quizzer: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        _silence_output()
        sys.exit(141)
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        _silence_output()
        click.echo(f"quizzer: standard output cannot be written ({error.strerror}).", err=True)
        sys.exit(1)


def _silence_output() -> None:
    """Keep Python's own flush at exit from failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
