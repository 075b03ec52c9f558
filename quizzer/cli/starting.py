"""``quizzer new``: a deck begun, asked for on a terminal or told by options."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from quizzer.cli.given import Given
from quizzer.cli.printing import shortest
from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.authoring.starting import Beginning
    from quizzer.core.model import Source

Value = TypeVar("Value")
KINDS = ("plain", "choice", "cloze", "true/false", "order", "match", "list", "evidence")  # a test holds it to the samples there are
_DECK = (".yaml", ".yml")


class Told(msgspec.Struct, frozen=True):
    """What is known of where an article came from."""

    publisher: str
    headline: str
    date: str
    url: str


@click.command("new")
@click.argument("title", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The deck file (default: named by the title, in decks/).")
@click.option("--language", metavar="TAG", help="The deck's language: en, en-GB, de (default: your terminal's).")
@click.option("--description", default="", metavar="TEXT", help="What the deck is about.")
@click.option("--question", default="", metavar="TEXT", help="The first question.")
@click.option("--answer", default="", metavar="TEXT", help="The answer to the first question.")
@click.option(
    "--kind", multiple=True, type=click.Choice(KINDS), help="Begin with a sample of this kind, to write over; may be given again."
)
@click.option(
    "--article", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="List this article as a source; may be given again."
)
@click.option("--publisher", default="", metavar="NAME", help="Who published the article; wins over what it says.")
@click.option("--headline", default="", metavar="TEXT", help="The article's title.")
@click.option("--date", default="", metavar="DATE", help="When it was published: YYYY-MM-DD, YYYY-MM or YYYY.")
@click.option("--url", default="", metavar="URL", help="Where it can be read.")
@click.option("--yes", is_flag=True, help="Ask nothing, and open no editor.")
@click.pass_obj
def new(
    given: Given,
    title: str | None,
    output: Path | None,
    language: str | None,
    description: str,
    question: str,
    answer: str,
    kind: tuple[str, ...],
    article: tuple[Path, ...],
    publisher: str,
    headline: str,
    date: str,
    url: str,
    yes: bool,
) -> None:
    """Start a deck called TITLE: a file with a first question, and one of every other kind as comments to take up.

    Without a TITLE, on a terminal, you are asked for it, and for a little more. TITLE may be the name of a .yaml file too. A file
    that is there is never written over.
    """
    from quizzer.authoring import starting

    decks = given.workspace().decks
    if title is not None and output is None and title.endswith(_DECK):
        output, title = Path(title), None
    if output is not None and title is None:
        title = starting.title_for(output)
    told = Told(publisher, headline, date, url)
    beginning = starting.Beginning(
        title=title or "",
        language=language or starting.language_of(os.environ),
        description=description,
        question=question,
        answer=answer,
        kinds=kind,
    )
    asking = not yes and _at_a_keyboard()
    if title is None:
        if not asking:
            raise click.UsageError('Name the deck, as in: quizzer new "After the vote".')
        beginning, output, article = _ask(beginning, decks, article=article, told=told, language=language)
    path = output or starting.file_for(beginning.title, decks)
    starting.refuse_place(path, decks)  # before an article is read for it
    beginning = msgspec.structs.replace(beginning, sources=_sources(article, told))
    starting.start(beginning, path, decks=decks)
    path = shortest(path)
    click.echo(f"wrote {path}", err=True)
    if not (asking and open_editor(given, path)):
        shown = f'"{path}"' if " " in str(path) else path
        click.echo(
            f"next: write your questions there, in your editor or with `quizzer edit {shown}`; `quizzer check` finds mistakes", err=True
        )


def open_editor(given: Given, path: Path) -> bool:
    """Open the editor on the deck, and return once it is left; False where none can be opened."""
    from quizzer.cli import editing, proposals

    if not proposals.on_terminal():
        return False
    editing.open_editor(given, path)
    return True


def _at_a_keyboard() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _sources(articles: Sequence[Path], told: Told) -> tuple[Source, ...]:
    """Return what the deck's sources are: the articles, or the one that is told of."""
    from quizzer.authoring import starting

    if not articles:
        return (
            (starting.source_of(publisher=told.publisher, title=told.headline, date=told.date, url=told.url),) if told != _NOTHING else ()
        )
    if len(articles) > 1 and (told.url or told.headline):
        option = "--url" if told.url else "--headline"
        raise click.BadParameter("is of one article, and there are several.", param_hint=option)
    return tuple(_article(path, told) for path in articles)


_NOTHING = Told("", "", "", "")


def _article(path: Path, told: Told) -> Source:
    from quizzer import news

    return news.read(path, title=told.headline, publisher=told.publisher, date=told.date, url=told.url).source()


def _ask(
    beginning: Beginning, decks: Path, *, article: tuple[Path, ...], told: Told, language: str | None
) -> tuple[Beginning, Path, tuple[Path, ...]]:
    """Ask for what is not given; what cannot be is said, and asked for again. Nothing is written meanwhile."""
    from quizzer.authoring import starting

    click.echo("A new deck. Enter takes what stands in brackets, Ctrl+C leaves.", err=True)
    title = _until("Title", _filled)

    def place(text: str) -> Path:
        path = Path(text).expanduser()
        path = path if path.suffix in _DECK else path.with_name(path.name + ".yaml")
        starting.refuse_place(path, decks)
        return path

    path = _until("File", place, default=str(shortest(starting.file_for(title, decks))))
    if language is None:
        language = _until("Language", _language, default=beginning.language)
    if not article and told == _NOTHING:
        article = _until("Article to write about, a file (Enter: none)", _articles, default="")
    question, answer = beginning.question, beginning.answer
    if not question and not beginning.kinds:
        question = _until("First question (Enter: later)", str.strip, default="")
    if question and not answer:
        answer = _until("Its answer", _filled)
    return msgspec.structs.replace(beginning, title=title, language=language, question=question, answer=answer), path, article


def _until(prompt: str, read: Callable[[str], Value], *, default: str | None = None) -> Value:
    """Ask until ``read`` takes what is answered."""
    while True:
        text: str = click.prompt(prompt, default=default, show_default=bool(default), err=True)
        try:
            return read(text)
        except QuizzerError as error:
            click.echo(f"  {error}", err=True)


def _filled(text: str) -> str:
    if not text.strip():
        raise QuizzerError("nothing is written. Write it; Ctrl+C leaves.")
    return text.strip()


def _language(text: str) -> str:
    from quizzer.authoring import starting

    for wrong in starting.wrong_with(starting.Beginning(title="any", language=text.strip())):
        raise QuizzerError(wrong)
    return text.strip()


def _articles(text: str) -> tuple[Path, ...]:
    if not text.strip():
        return ()
    path = Path(text.strip()).expanduser()
    _article(path, _NOTHING)  # says why it cannot be read
    return (path,)
