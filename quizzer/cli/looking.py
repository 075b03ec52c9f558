"""``quizzer facts``: what was found in articles, for programs as JSON lines, for people with the words marked."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from quizzer.cli.articles import article_options, gather, progress_bar

if TYPE_CHECKING:
    from quizzer.news import Leaf, Told

_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for the marks while lines are broken
WIDEST = 100  # columns


@click.command()
@article_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--quotations", is_flag=True, help="Only the quotations, with who said each.")
def facts(
    article: tuple[Path, ...], publisher: str, date: str, url: str, model: str, jobs: int, dask: str, as_json: bool, quotations: bool
) -> None:
    """Print every fact found in articles, in the order of their text: files, folders of them, or - for standard input.

    Offsets count characters of the article as read; the evidence of a fact is exactly what stands there.
    """
    from quizzer import news

    articles = gather(article, publisher=publisher, date=date, url=url)
    with nullcontext(None) if sys.stdout.isatty() else progress_bar() as tell:
        for leaf in news.facts(articles, model=model, jobs=jobs, dask=dask, progress=tell, only_quotations=quotations):
            if isinstance(leaf, news.Failed):
                click.echo(f"quizzer: {leaf.reason}", err=True)
            elif as_json:
                for told in leaf.told:
                    click.echo(msgspec.json.encode(told).decode())
            else:
                _print(leaf)


def _print(leaf: Leaf) -> None:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    colour = sys.stdout.isatty()
    name = _clean(leaf.article.name) + (f": {_clean(leaf.article.title)}" if leaf.article.title else "")
    click.echo(click.style(name, bold=True) if colour else name)
    if not leaf.told:
        click.echo("\nno facts found")
    for told, (start, end) in zip(leaf.told, leaf.passages, strict=True):
        answer = f"{told.kind} · {_clean(told.answer) or '–'} · {told.confidence:.2f} · at {told.evidence_start}"
        click.echo("\n" + (click.style(answer, bold=True) if colour else answer))
        for line in _lines(leaf, told, start, end, width):
            click.echo(line)
        sources = "; ".join(f"“{text}”" for text in dict.fromkeys(_clean(place.text) for place in told.resolved_from))
        if sources:
            click.echo(textwrap.fill(f"from {sources}", width, initial_indent="  ", subsequent_indent="  "))
    click.echo()


def _lines(leaf: Leaf, told: Told, start: int, end: int, width: int) -> list[str]:
    """Return the passage with the evidence marked: in colour on a terminal, between guillemets elsewhere."""
    text = leaf.article.text
    start, end = min(start, told.evidence_start), max(end, told.evidence_end)
    before, after = text[start : told.evidence_start], text[told.evidence_end : end]
    marked = f"{_clean(before, edges=True)}{_OPEN}{_clean(told.evidence)}{_CLOSE}{_clean(after, edges=True)}".strip()
    lines = textwrap.wrap(marked, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    if not sys.stdout.isatty():
        return [line.replace(_OPEN, "«").replace(_CLOSE, "»") for line in lines]
    shown: list[str] = []
    inside = False
    for line in lines:
        pieces: list[str] = []
        for piece in line.replace(_OPEN, f"\0{_OPEN}").replace(_CLOSE, f"\0{_CLOSE}").split("\0"):
            inside = (inside or piece.startswith(_OPEN)) and not piece.startswith(_CLOSE)
            bare = piece.lstrip(_OPEN + _CLOSE)
            pieces.append(click.style(bare, fg="yellow", bold=True) if inside and bare.strip() else bare)
        shown.append("".join(pieces))
    return shown


def _clean(text: str, *, edges: bool = False) -> str:
    """Return text in one line, without what a terminal would obey; with ``edges`` a blank at either end stays one."""
    plain = "".join(" " if unicodedata.category(char) in ("Cc", "Co", "Cs") else char for char in text)
    joined = " ".join(plain.split())
    if not edges or not joined:
        return joined or (" " if edges and text else "")
    return (" " if plain[0].isspace() else "") + joined + (" " if plain[-1].isspace() else "")
