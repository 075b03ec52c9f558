"""The command that puts decks on paper: print."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli.exchanging import deck_file
from quizzer.cli.given import Given
from quizzer.cli.printing import count
from quizzer.core.errors import QuizzerError


@click.command("print")
@click.argument("deck", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file: .html, or .pdf (with the extra print).")
@click.option(
    "--form", type=click.Choice(["sheet", "key", "cards"]), default="sheet", help="A sheet and its key (default), the key alone, or cards."
)
@click.option("--questions", type=click.IntRange(min=1), metavar="N", help="As many questions at the most, drawn by the seed.")
@click.option("--tag", multiple=True, metavar="TAG", help="Questions with this tag, or one of these.")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Questions with this id, or one of these.")
@click.option("--mode", type=click.Choice(["choose", "type"]), help="Options to tick, or lines to write on (default: as the deck says).")
@click.option("--versions", type=click.IntRange(1, 26), default=1, metavar="N", help="Versions A, B, C… of a sheet, each with its key.")
@click.option("--seed", metavar="TEXT", help="Shuffles questions and options, always alike for the same text.")
@click.option("--no-key", is_flag=True, help="The sheet without its key.")
@click.option("--no-points", is_flag=True, help="No points beside the questions.")
@click.option("--title", default="", help="What stands at the top (default: the deck's title).")
@click.option("--instructions", metavar="TEXT", help="What stands below it (default: in the deck's language).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", help="The size of the paper (default: a4).")
@click.option("--size", type=click.IntRange(7, 24), default=11, metavar="POINTS", help="The size of a sheet's text (default: 11).")
@click.option("--double-sided", is_flag=True, help="Cards with the answer on their back, instead of beside a fold.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def print_(
    given: Given,
    deck: tuple[Path, ...],
    output: Path,
    form: str,
    questions: int | None,
    tag: tuple[str, ...],
    ids: tuple[str, ...],
    mode: str | None,
    versions: int,
    seed: str | None,
    no_key: bool,
    no_points: bool,
    title: str,
    instructions: str | None,
    paper: str,
    size: int,
    double_sided: bool,
    force: bool,
) -> None:
    """Print DECKs (their files or ids): a quiz sheet and its key, or cards to cut and fold, as HTML or PDF."""
    from quizzer import deckfile
    from quizzer import paper as printing
    from quizzer.core.model import Mode
    from quizzer.deckfile.files import replace

    ending = output.suffix.lower()
    if ending not in (".html", ".htm", ".pdf"):
        raise QuizzerError(f"{output}: decks are printed as .html or .pdf. Name the file so.")
    if double_sided and form != "cards":
        raise QuizzerError("--double-sided is of cards. Add --form cards, or leave it out.")
    if versions > 1 and form == "cards":
        raise QuizzerError("--versions are of sheets. Leave it out to print cards.")
    if no_key and form != "sheet":
        raise QuizzerError(f"--no-key is of sheets. Leave it out to print {'the key' if form == 'key' else 'cards'}.")
    if output.exists() and not force:
        raise QuizzerError(f"{output}: is there already. Write over it with --force, or name another file.")
    wishes = printing.Wishes(
        form=printing.Form(form),
        title=title,
        instructions=instructions,
        questions=questions,
        tags=tag,
        ids=ids,
        mode=Mode(mode) if mode else None,
        seed=seed,
        versions=versions,
        points=not no_points,
        key=not no_key,
        paper=printing.Paper(paper),
        size=size,
        double_sided=double_sided,
    )
    paths = {path.resolve(): path for path in (deck_file(given, name) for name in deck)}
    decks = [(deckfile.load(path), deckfile.image_folder(path)) for path in paths.values()]
    _refuse_same_ids([(one.id, path) for (one, _), path in zip(decks, paths.values(), strict=True)])
    made = (printing.print_pdf if ending == ".pdf" else printing.print_html)(decks, wishes)
    replace(output, made.data)
    for line in made.told:
        click.echo(f"quizzer: {line}", err=True)
    click.echo(f"wrote {output}: {count(made.questions, 'question')}", err=True)


def _refuse_same_ids(named: list[tuple[str, Path]]) -> None:
    """Raise QuizzerError where two of the decks have one id: which of them a question is of could not be told."""
    seen: dict[str, Path] = {}
    for name, path in named:
        if name in seen:
            raise QuizzerError(f"{path}: has the id {name!r}, which {seen[name]} has too. Print one of them, or change the id.")
        seen[name] = path
