"""The command line: parse, one call, print, exit code.

Exit codes: 0 done; 1 something is wrong with what was given (one line on standard error says what, or ``check`` found errors);
2 the command line itself is wrong; 130 interrupted. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

from quizzer import __version__
from quizzer.cli.given import Given
from quizzer.core.errors import QuizzerError

COMMANDS = {  # where each is, in the order in which one meets them
    "study": "learning.study",
    "due": "learning.due",
    "stats": "learning.stats",
    "search": "searching.search",
    "test": "preparing.test_date",
    "suspended": "learning.suspended",
    "flagged": "learning.flagged",
    "leeches": "learning.leeches",
    "fit": "fitting.fit",
    "simulate": "fitting.simulate",
    "new": "starting.new",
    "generate": "authoring.generate",
    "edit": "editing.edit",
    "import": "exchanging.import_",
    "export": "exchanging.export",
    "print": "paper.print_",
    "facts": "looking.facts",
    "grade": "grading.grade",
    "check": "checking.check",
    "fmt": "formatting.fmt",
    "deck": "regrouping.deck",
    "git-merge": "gitmerging.git_merge",
    "schema": "authoring.schema",
    "doctor": "learning.doctor",
    "backup": "keeping.backup",
    "restore": "keeping.restore",
    "merge": "keeping.merge",
    "follow": "following.follow",
    "data": "keeping.data",
    "undo": "hindsight.undo",
    "redo": "hindsight.redo",
    "settings": "setting.settings_command",
}
_SHOWN = 200  # letters of a name; more than that is seldom meant
MANY = 100_000  # new objects before the cycle collector looks for garbage: ours holds few cycles, and starting makes objects only


class _Late(MutableMapping[str, click.Command]):
    """Commands by their names, each imported when it is asked for: one command's start does not wait for all the others."""

    def __init__(self) -> None:
        self._places: dict[str, str | click.Command] = dict(COMMANDS)

    def __getitem__(self, name: str) -> click.Command:
        place = self._places[name]
        if isinstance(place, str):
            module, _, attribute = place.partition(".")
            place = self._places[name] = getattr(import_module(f"quizzer.cli.{module}"), attribute)
        return place

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._places[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Commands(click.Group):
    """The commands, in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in their order."""
        return list(self.commands)


@click.group(
    cls=Commands,
    commands=_Late(),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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
        from quizzer.cli.learning import open_app

        open_app(ctx.obj)


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(MANY)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter must not stop the program
    try:
        _run()
    finally:
        gc.freeze()  # nothing is left to be collected: the system takes all of it back at once


def _run() -> None:
    try:
        code = cli.main(prog_name="quizzer", standalone_mode=False)  # what a command exits with comes back as a number
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
        else:
            from quizzer.cli.asking import wrong_use

            click.echo(wrong_use(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except QuizzerError as error:
        click.echo(f"quizzer: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nquizzer: interrupted.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        _silence_output()
        sys.exit(141)
    except OSError as error:
        if line := cannot_be_looked_at(error):
            click.echo(line, err=True)
            sys.exit(1)
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        _silence_output()
        click.echo(f"quizzer: standard output cannot be written ({error.strerror}).", err=True)
        sys.exit(1)


def cannot_be_looked_at(error: OSError) -> str:
    """Return what is said where a file or folder that was named cannot even be looked for; "" where it is something else."""
    remedy = {errno.ENAMETOOLONG: "Choose a shorter one.", errno.EACCES: "Change the permissions of its folder, or choose another."}
    if error.filename is None or error.errno not in remedy:
        return ""
    name = os.fsdecode(error.filename)
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    return f"quizzer: {shown}: cannot be looked for ({error.strerror}). {remedy[error.errno]}"


def _silence_output() -> None:
    """Keep Python's own flush at exit from failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
