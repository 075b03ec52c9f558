"""The command line: parse, one call, print, exit code.

Exit codes: 0 done; 1 something is wrong with what was given (one line on standard error says what, or ``check`` found errors);
2 the command line itself is wrong; 130 interrupted. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import errno
import os
import sys

import click

from quizzer import __version__
from quizzer.cli import (
    authoring,
    checking,
    editing,
    exchanging,
    fitting,
    following,
    formatting,
    gitmerging,
    grading,
    hindsight,
    keeping,
    learning,
    looking,
    paper,
    preparing,
    regrouping,
    searching,
    starting,
)
from quizzer.cli.given import Given
from quizzer.cli.printing import print_json, print_table
from quizzer.core.errors import QuizzerError


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
        learning.open_app(ctx.obj)


@click.command("settings", context_settings={"ignore_unknown_options": True})  # so that -1 is a value
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
            print_json({row[0]: row[1] for row in rows})
        else:
            print_table(["setting", "value", ""], [[row[0], row[1], "" if row[2] else "set"] for row in rows])
            click.echo(f"from {path}" if path.exists() else f"{path} is not there yet: these are the defaults", err=True)
        return
    changed = settings.change(path, name, None if unset else value, deck=deck)
    full = f"decks.{deck}.{name.removeprefix('study.')}" if deck else name
    shown = next((row[1] for row in settings.listing(changed) if row[0] == full), "the default")
    click.echo(f"{full}: {shown or 'the default'} (in {path})", err=True)


for _command in (
    learning.study,
    learning.due,
    learning.stats,
    searching.search,
    preparing.test_date,
    learning.suspended,
    learning.flagged,
    learning.leeches,
    fitting.fit,
    fitting.simulate,
    starting.new,
    authoring.generate,
    editing.edit,
    exchanging.import_,
    exchanging.export,
    paper.print_,
    looking.facts,
    grading.grade,
    checking.check,
    formatting.fmt,
    regrouping.deck,
    gitmerging.git_merge,
    authoring.schema,
    learning.doctor,
    keeping.backup,
    keeping.restore,
    keeping.merge,
    following.follow,
    keeping.data,
    hindsight.undo,
    hindsight.redo,
    settings_command,
):
    cli.add_command(_command)


_SHOWN = 200  # letters of a name; more than that is seldom meant


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
