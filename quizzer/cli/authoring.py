"""The commands of those who make decks: generate, schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli import proposals
from quizzer.cli.articles import article_options, gather, progress_bar
from quizzer.cli.given import Given
from quizzer.cli.printing import count
from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.news import Generated

UNREAD = 5  # articles left out that are told one by one


@click.command()
@article_options
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), help="The deck file to write; - for standard output.")
@click.option("--title", default="", help="The deck's title, and of a single article its own (default: made from the articles).")
@click.option("--no-passages", is_flag=True, help="Keep only the short spans: for decks meant for sharing.")
@click.option("--seed", default=0, show_default=True, help="The same seed and articles give the same deck.")
@click.option("--explain", is_flag=True, help="Print everything that was made, merged and refused, and why.")
@click.option("--force", is_flag=True, help="Write over an existing deck file instead of bringing it up to date.")
@click.option("--yes", is_flag=True, help="Write all questions without asking, also on a terminal.")
@click.option("--review", is_flag=True, help="With a deck alone: open the proposals that wait for it. With articles: let them wait.")
@click.pass_obj
def generate(
    given: Given,
    article: tuple[Path, ...],
    output: Path | None,
    title: str,
    publisher: str,
    date: str,
    url: str,
    model: str,
    jobs: int,
    dask: str,
    no_passages: bool,
    seed: int,
    explain: bool,
    force: bool,
    yes: bool,
    review: bool,
) -> None:
    """Make one deck of questions from news articles: files, folders of them, or - for standard input.

    The deck goes to --output (or to standard output), a short account of it to standard error. On a terminal each question is
    shown beside its passage first, to be kept, dropped or edited. A deck file that is there is brought up to date.
    """
    if review and yes:
        raise click.UsageError("--review asks about every question, and --yes about none. Give one of them.")
    if review and output is None and len(article) == 1 and article[0].suffix in (".yaml", ".yml"):
        proposals.reopen(given, article[0])
        return
    from quizzer import deckfile, news
    from quizzer.core.kinds import slug

    to_file = output is not None and str(output) != "-"
    if review and not to_file:
        raise click.UsageError("--review needs a deck to write to. Name it with --output, as in -o decks/mine.yaml.")
    if to_file and output is not None:
        _refuse_output(output, force=force)
        if not (yes or review or proposals.on_terminal()):
            proposals.refuse_waiting(output)
    articles = gather(article, title=title, publisher=publisher, date=date, url=url)
    with progress_bar() as tell:
        made = news.generate(
            articles,
            deck_id=slug(output.stem, words=99) if to_file and output is not None else "",
            title=title,
            model=model,
            passages=not no_passages,
            seed=seed,
            jobs=jobs,
            dask=dask,
            explain=explain,
            progress=tell,
        )
    _print_account(made, explain=explain)
    if to_file and output is not None:
        proposals.settle(given, output, made, yes=yes, review=review, force=force, passages=not no_passages, title=title)
    elif made.deck.questions:
        click.echo(deckfile.dumps(made.deck), nl=False)
    else:
        raise QuizzerError("no question could be made from this; no deck was written. --explain shows what was refused, and why.")


def _refuse_output(output: Path, *, force: bool) -> None:
    """What would fail after a minute's work is refused before it."""
    if output.suffix not in (".yaml", ".yml"):
        raise QuizzerError(f"{output}: a deck is a .yaml file. Name it {output.with_suffix('.yaml').name!r}.")
    if output.exists() and not force:
        from quizzer import deckfile

        deckfile.load(output)  # what is brought up to date must be sound
    if output.exists() and not output.stat().st_mode & 0o222:
        raise QuizzerError(f"{output}: is read-only. Change its permissions, or name another file.")
    if not output.parent.is_dir():
        raise QuizzerError(f"{output}: there is no folder {str(output.parent)!r}. Make it, or name another file.")
    if not os.access(output.parent, os.W_OK):
        raise QuizzerError(f"{output}: the folder {str(output.parent)!r} cannot be written to. Name another file.")


def _print_account(made: Generated, *, explain: bool) -> None:
    from collections import Counter

    for note in made.notes:
        if explain and note.action != "unread":
            where = f"{note.article}:{note.start}: " if note.article and note.start >= 0 else f"{note.article}: " if note.article else ""
            click.echo(f"{where}{note.action}: {note.reason}" + (f": {note.text!r}" if note.text else ""), err=True)
    sorts = Counter(tag for question in made.deck.questions for tag in question.tags[:1])
    made_of = ", ".join(f"{tag} {count}" for tag, count in sorts.most_common())
    click.echo(count(len(made.deck.questions), "question") + (f" ({made_of})" if made_of else ""), err=True)
    for action in ("merged", "refused", "skipped"):
        reasons = Counter({reason: number for (kind, reason), number in made.counts.items() if kind == action}).most_common()
        if reasons:
            shown = "; ".join(f"{reason} {number}" for reason, number in reasons[:4])
            more = f"; and {len(reasons) - 4} more reasons" if len(reasons) > 4 else ""
            click.echo(f"{action} {sum(number for _, number in reasons)}: {shown}{more}", err=True)
    unread = [note.reason for note in made.notes if note.action == "unread"]
    shown_unread = unread if explain else unread[:UNREAD]
    for reason in shown_unread:
        click.echo(f"left out: {reason}", err=True)
    if len(unread) > len(shown_unread):
        click.echo(f"left out {len(unread) - len(shown_unread)} more articles", err=True)
    if not explain and any(action in ("refused", "merged", "unread") for action, _ in made.counts):
        click.echo("--explain shows each with its place", err=True)


@click.command()
@click.argument("folder", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it to this file, without the words of any decks.")
def schema(folder: tuple[Path, ...], output: Path | None) -> None:
    """Print the JSON Schema of a deck file, for editors.

    With FOLDERs of decks, write it beside them as .deck.schema.json, to which their first lines refer; there it offers the tags and
    sources that they use.
    """
    from quizzer import deckfile
    from quizzer.deckfile import beside
    from quizzer.deckfile.files import replace

    if folder and output is not None:
        raise click.UsageError("FOLDER and --output are two places. Give one of them.")
    for place in folder:
        for one in dict.fromkeys(path.parent for path in deckfile.find(place)) or [place]:
            changed = deckfile.refresh_schema(one)
            click.echo(f"{one / beside.NAME}: {'written' if changed else 'up to date'}", err=True)
    if folder:
        return
    text = beside.text()
    if output is None:
        click.echo(text, nl=False)
        return
    replace(output, text.encode())
