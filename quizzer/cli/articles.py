"""Articles on the command line: files, folders of them and standard input, and how long one waits for them."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.news import Article, Unread

Command = TypeVar("Command", bound=Callable[..., object])
STDIN = "standard input"


def article_options(command: Command) -> Command:
    """Add what every command that reads articles takes: the articles, what is known of them, and who does the work."""
    for option in reversed(
        (
            click.argument("article", nargs=-1, type=click.Path(path_type=Path, allow_dash=True)),
            click.option("--publisher", default="", metavar="NAME", help="Who published the articles; wins over what they say."),
            click.option("--date", default="", metavar="DATE", help="When they were published: YYYY-MM-DD, YYYY-MM or YYYY."),
            click.option("--url", default="", metavar="URL", help="Where the article can be read."),
            click.option("--model", default="", metavar="NAME", help="Any installed English spaCy pipeline."),
            click.option("--jobs", default=1, show_default=True, metavar="N", help="Processes to work in; 0 for one a core."),
            click.option("--dask", default="", metavar="ADDRESS", help="Let the Dask cluster of this scheduler do the work."),
        )
    ):
        command = option(command)
    return command


def gather(paths: Sequence[Path], *, title: str = "", publisher: str = "", date: str = "", url: str = "") -> list[Article | Unread]:
    """Return the articles that ``paths`` name, each once: files still to be read, those in folders, and standard input (-).

    An article is called by its file's name, or where two have the same by their path. ``title`` and ``url`` are of the article
    only where there is one; the rest holds for all.

    Raises:
        ArticleError: a folder cannot be listed or holds no article; standard input holds none.
        UsageError: nothing is named, and standard input is a terminal.
    """
    from quizzer import news

    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("Name an article: a file or a folder of them, or - for standard input.")
        paths = (Path("-"),)
    files: dict[Path, None] = {}  # in order, each once
    for path in paths:
        files.update(dict.fromkeys(news.find_articles(path) if path.is_dir() else [path]))
    names = Counter(path.name for path in files)
    single = len(files) == 1
    if url and not single:
        raise click.BadParameter("is the address of one article, and there are several.", param_hint="--url")
    given = {"title": title if single else "", "publisher": publisher, "date": date, "url": url}
    return [
        _standard_input(**given) if str(path) == "-"
        else news.Unread(path=str(path), name=_readable(path.name if names[path.name] == 1 else str(path)), **given)
        for path in files
    ]  # fmt: skip


def _readable(name: str) -> str:
    """Return the name of a file as text that can be written; not every name is."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _standard_input(**given: str) -> Article:
    from quizzer import news

    if sys.stdin is None:
        raise QuizzerError("standard input is closed. Name an article file.")
    return news.read_bytes(sys.stdin.buffer.read(), name=STDIN, **given)


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None] | None]:
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
