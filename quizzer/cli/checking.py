"""``quizzer check``: the linter of decks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from quizzer.cli.given import Given
from quizzer.cli.printing import count, shortest
from quizzer.cli.reports import OUTPUTS, print_problems

if TYPE_CHECKING:
    from quizzer.deckfile import Problem
    from quizzer.deckfile.choice import Choice
    from quizzer.deckfile.truth import Articles

LONGEST_LINE = 320  # characters of an example; only what unfolds without end is longer, and its beginning says it all
SUFFIXES = (".yaml", ".yml", ".png", ".jpg", ".jpeg", ".gif", ".webp")  # what a check looks at


class Wish(msgspec.Struct, frozen=True):
    """What is to be done with which files."""

    paths: tuple[Path, ...]
    asked: Choice | None
    sources: tuple[Path, ...]
    output: str
    fix: bool
    strict: bool


@click.command()
@click.argument("path", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output", type=click.Choice(OUTPUTS), default="text", show_default=True, help="How problems are printed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the same as --output json.")
@click.option("--select", multiple=True, metavar="CODES", help="Look for these alone: Q104,Q2 or default,Q109. Wins over the deck's.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not look for these: Q104, or Q2 for all that begin so.")
@click.option(
    "--sources",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="Look the evidence up in the articles there.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, then check.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl+C.")
@click.option("--explain", metavar="CODE", help="Print what a code means, with an example, and check nothing.")
@click.pass_obj
def check(
    given: Given,
    path: tuple[Path, ...],
    output: str,
    as_json: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    sources: tuple[Path, ...],
    fix: bool,
    strict: bool,
    watch: bool,
    explain: str | None,
) -> None:
    """Check deck files or folders of them (default: the workspace's): every problem, with its line and column.

    Exit code 1 when there is an error; warnings alone are 0, unless --strict is given.
    """
    if explain is not None:
        _explain(explain.strip())
        return
    if as_json and output not in ("text", "json"):
        raise click.UsageError(f"--json and --output {output} are two outputs. Give one of them.")
    paths = path or (shortest(given.workspace().decks),)
    wish = Wish(paths, _asked(select, ignore), sources, "json" if as_json else output, fix, strict)
    if watch:
        _watch(wish)
    elif _wrong(wish):
        raise click.exceptions.Exit(1)


def _explain(name: str) -> None:
    from quizzer import deckfile

    code = deckfile.CODES.get(name.upper())
    if code is None:
        from difflib import get_close_matches

        near = get_close_matches(name.upper(), deckfile.CODES, n=1, cutoff=0.7)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise click.BadParameter(f"there is no code {name!r}.{guess} README lists them.", param_hint="--explain")
    off = ", off unless asked for" if not code.on else ""
    click.echo(f"{name.upper()} ({code.severity}{off}): {code.title}\n\n{code.prose}")
    if code.example:
        lines = [line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…" for line in code.example.rstrip().split("\n")]
        click.echo("\n".join(["\nFor example:\n", *lines]))


def _asked(select: Sequence[str], ignore: Sequence[str]) -> Choice | None:
    """Return what the command line asks for, or None; raises BadParameter for what is no code."""
    from quizzer.deckfile import choice

    names = {}
    for option, values in (("--select", select), ("--ignore", ignore)):
        names[option] = [name for value in values for name in value.split(",")]
        for name in names[option]:
            if choice.is_unknown(name) or (option == "--ignore" and choice.written(name) == choice.DEFAULT):
                wanted = "Write one (Q104), or the beginning of some (Q1); --explain tells what a code means."
                raise click.BadParameter(f"there is no code {name!r}. {wanted}", param_hint=option)
    if not (select or ignore):
        return None
    return choice.Choice(choice.codes(names["--select"]), choice.codes(names["--ignore"]))


def _wrong(wish: Wish) -> bool:
    """Check, print, and return whether the exit code is to say that something is wrong."""
    from quizzer import deckfile

    if wish.fix:
        _mend(wish)
    problems, files = deckfile.check_all(list(wish.paths), asked=wish.asked, articles=_articles(wish.sources))
    print_problems(problems, wish.output)
    errors = sum(problem.severity == "error" for problem in problems)
    if wish.output == "text":
        counts = [count(errors, "error"), count(len(problems) - errors, "warning")] if problems else ["no problems"]
        click.echo(f"{count(files, 'deck')}: {', '.join(counts)}{_hint(problems, wish)}", err=True)
    return bool(errors or (wish.strict and problems))


def _hint(problems: Sequence[Problem], wish: Wish) -> str:
    """Say how many of the problems need no hand; in a file with errors that do, nothing is mended."""
    from quizzer.deckfile.codes import FIXABLE

    fixable = [problem for problem in problems if problem.code in FIXABLE]
    if not fixable:
        return ""
    from quizzer.deckfile.fixing import keeps_from_mending

    blocked = {problem.path for problem in problems if keeps_from_mending(problem)}
    if wish.fix and any(problem.path in blocked for problem in fixable):
        return "; --fix waits for the errors that it cannot mend"
    mended = sum(problem.path not in blocked for problem in fixable)
    return f"; --fix mends up to {mended}" if mended and not wish.fix else ""


def _mend(wish: Wish) -> None:
    from quizzer import deckfile
    from quizzer.core.errors import DeckError

    for place in wish.paths:
        for file in deckfile.find(place) if place.is_dir() else [place]:
            try:
                fixed = deckfile.fix(file, asked=wish.asked)
            except DeckError as error:  # the other decks need not wait for this one
                click.echo(f"quizzer: {error}", err=True)
                continue
            if fixed:
                codes = ", ".join(sorted({problem.code for problem in fixed}))
                click.echo(f"{file}: {count(len(fixed), 'problem')} mended ({codes})", err=True)


def _articles(folders: Sequence[Path]) -> Articles | None:
    """Return the articles in the folders; those that cannot be read are told, on standard error, and left out."""
    if not folders:
        return None
    from quizzer import news
    from quizzer.core.errors import ArticleError
    from quizzer.deckfile.truth import Articles

    texts: dict[str, str] = {}
    for folder in folders:
        for file in news.find_articles(folder) if folder.is_dir() else [folder]:
            try:
                article = news.read(file)
            except ArticleError as error:
                click.echo(f"quizzer: {error}", err=True)
                continue
            texts[file.stem] = article.text
            texts.setdefault(article.source().id, article.text)
    return Articles(texts)


def _watch(wish: Wish) -> None:
    from quizzer.cli.watching import changes
    from quizzer.core.errors import QuizzerError

    waiting = changes([*wish.paths, *wish.sources], SUFFIXES)
    while True:
        try:
            if sys.stdout.isatty():
                click.clear()
            click.echo("checking", err=True)  # editors that read along tell by it that what they know is old
            _wrong(wish)
        except QuizzerError as error:  # a folder that is gone for a moment
            click.echo(f"quizzer: {error}", err=True)
        sys.stdout.flush()
        click.echo("waiting for changes; Ctrl+C ends it", err=True)
        if next(waiting, ...) is ...:
            return
