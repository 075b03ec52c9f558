"""Deck files: YAML to Deck and back.

The only room that knows YAML. Every scalar is text; every problem is found at once, with line and column; writes are atomic
and leave an author's comments alone. Knows no learners and no SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzer.core.kinds import Deck, Question
from quizzer.deckfile.codes import CODES
from quizzer.deckfile.problems import Problem, render

if TYPE_CHECKING:
    from quizzer.deckfile.choice import Choice
    from quizzer.deckfile.formatting import Formatted
    from quizzer.deckfile.single import Mending
    from quizzer.deckfile.truth import Articles

__all__ = [
    "CODES",
    "Problem",
    "check",
    "check_all",
    "check_deck",
    "dumps",
    "exchange",
    "find",
    "fix",
    "fmt",
    "id_for",
    "ids_missing",
    "image_folder",
    "laid_out",
    "is_id",
    "lines",
    "load",
    "mending",
    "read_image",
    "refresh_schema",
    "renew_schemas",
    "rearrange",
    "renamed",
    "render",
    "revise",
    "save",
    "schema",
    "start",
    "tellers",
    "taken_apart",
    "text_of",
    "texts_of",
]

# PyYAML is imported by the functions below, not with this module: the app paints its first screen without it.


def load(path: Path) -> Deck:
    """Return the deck; questions without an id get the one that ``fmt`` would write.

    Raises:
        DeckError: with the first problem (and how many more there are).
    """
    from quizzer.deckfile import reading

    return reading.load(path)


def check(path: Path, *, asked: "Choice | None" = None, articles: "Articles | None" = None) -> list[Problem]:
    """Return all that is wrong with the file at ``path``, in order of line; empty when nothing is. Never raises for its content.

    Args:
        path: A deck file.
        asked: The codes to look for (default: what the deck selects, or those on by default).
        articles: The articles that the evidence stands in; without them it is not looked up.

    A missing or unreadable file is a problem too. Warnings are among them; errors alone keep the deck from being
    studied, and of these not those of files of images (D502 to D504).
    """
    from quizzer.deckfile import reading

    return reading.check(path, asked=asked, articles=articles)


def check_all(paths: list[Path], *, asked: "Choice | None" = None, articles: "Articles | None" = None) -> tuple[list[Problem], int]:
    """Return all problems of the files (folders: every *.yaml / *.yml below), and how many files were read.

    Two decks of one id are a problem too. ``asked`` and ``articles`` are those of ``check``.

    Raises:
        DeckError: a folder cannot be read.
    """
    from quizzer.deckfile import reading

    return reading.check_all(paths, asked=asked, articles=articles)


def fix(path: Path, *, asked: "Choice | None" = None) -> list[Problem]:
    """Mend in the file what there is one safe way to mend, atomically, touching nothing else; return the problems that are gone.

    Nothing is done to a file with errors that stay. ``asked`` is that of ``check``; what is ignored is not mended.

    Raises:
        DeckError: the file changed meanwhile, cannot be written, or is written in a way that cannot be edited safely.
    """
    from quizzer.deckfile import fixing

    return fixing.fix(path, asked=asked)


def read_image(folder: Path, file: str) -> bytes:
    """Return the bytes of the image ``file`` of a deck in ``folder``: PNG, JPEG, GIF or WebP, 10 MB at the most.

    Raises:
        ImageError: it is not there, not in the folder or below it, not an image that can be shown, or too large.
    """
    from quizzer.deckfile import images

    return images.read(folder, file)


def image_folder(path: Path) -> Path:
    """Return the folder in which the images of the deck file at ``path`` lie; a link is followed to the file itself."""
    from quizzer.deckfile import images

    return images.folder_of(path)


def check_deck(deck: Deck) -> list[Problem]:
    """Return all that would be wrong with the file that ``save`` writes of ``deck``; lines are those of that file, images left aside.

    Raises:
        DeckError: a text holds half a character (a lone surrogate).
    """
    from quizzer.deckfile import files, reading, writing

    return reading.problems_of(reading.parse(files.DeckText(writing.dumps(deck)), Path("deck.yaml")))


def save(deck: Deck, path: Path) -> None:
    """Write ``deck`` to ``path`` atomically; ``load`` gives it back equal, whatever text it holds.

    Questions without an id are given theirs. Beside it goes ``.deck.schema.json``, which the first line refers editors to; where one
    is there, it is brought up to date and learns the deck's tags and sources.

    Raises:
        DeckError: the deck breaks a rule, holds half characters (lone surrogates), or the file cannot be written.
    """
    from quizzer.deckfile import writing

    writing.save(deck, path)


def start(deck: Deck, path: Path) -> None:
    """Write a new deck file, atomically and never over another; ``load`` gives ``deck`` back.

    Questions without an id are given theirs; a deck without a question gets one to be written over. Below its questions stands one
    of every other kind, as comments to be taken up; beside it goes the schema, as ``save`` leaves it.

    Raises:
        DeckError: there is a file of this name already, the deck breaks a rule, or the file cannot be written.
    """
    from quizzer.deckfile import starting

    starting.start(deck, path)


def dumps(deck: Deck) -> str:
    """Return ``deck`` as the text that ``save`` writes.

    Raises:
        DeckError: a text holds half a character (a lone surrogate).
    """
    from quizzer.deckfile import writing

    return writing.dumps(deck)


def fmt(path: Path, *, write: bool = True) -> "Formatted":
    """Put the file into the one layout of decks, atomically, missing ids written; return what changed.

    The deck it holds and all its comments stay. What ``save`` writes is laid out so already.

    Args:
        path: A deck file.
        write: False only tells what would change.

    Raises:
        DeckError: the deck is not sound, cannot be laid out safely, or cannot be written; then the file is as it was.
    """
    from quizzer.deckfile import formatting

    return formatting.fmt(path, write=write)


def laid_out(data: bytes, path: Path, *, deck_id: bool = True) -> "Formatted":
    """Return ``data`` laid out as if it stood in the file at ``path``, which need not be there; ``deck_id``: the deck too is given an id.

    Raises:
        DeckError: as of ``fmt``.
    """
    from quizzer.deckfile import formatting

    return formatting.laid_out(data, path, deck_id=deck_id)


def revise(path: Path, deck: Deck) -> None:
    """Write the difference between the deck in the file and ``deck`` into it, atomically, touching no other byte.

    Afterwards ``load(path) == deck``. Comments, order and formatting of all that is not changed stay; comments inside what is
    removed go with it. A file that holds this deck already is not written.

    Args:
        path: A sound deck file.
        deck: What it is to hold; questions and sources are told apart by their ids. Questions without an id are given theirs.

    Raises:
        DeckError: the file or the deck is not sound, the file changed meanwhile, cannot be written, or is written in a way that
            cannot be edited safely; then nothing was written.
    """
    from quizzer.deckfile import revising

    revising.revise(path, deck)


def taken_apart(path: Path, *, whole: bool = False) -> tuple[Deck, dict[str, str]]:
    """Return the deck of the file, and its questions as they are written there, comments included, by their ids.

    With ``whole``, comments that are no question's come too, with the question they stand above. Questions that cannot be taken out of
    the text are left out. Raises DeckError where the deck is not sound.
    """
    from quizzer.deckfile import blocks

    return blocks.texts_of_file(path, whole=whole)


def rearrange(path: Path, deck: Deck, texts: Mapping[str, str], *, base: Path | None = None) -> None:
    """Write ``deck`` into the file, atomically: as ``revise`` does, with questions to the letter as ``texts`` has them, by their ids.

    Where the file is not there yet it is made: of the text of ``base`` with no more changed than need be, or as ``save`` does.

    Raises:
        DeckError: the file, or the deck, is not sound, was changed meanwhile or cannot be written; then nothing was written.
    """
    from quizzer.deckfile import rearranging

    rearranging.rearrange(path, deck, texts, base=base)


def renamed(text: str, old: str, new: str) -> str:
    """Return the text of a question, as ``texts`` gives it, with another id."""
    from quizzer.deckfile import blocks

    return blocks.renamed(text, old, new)


def id_for(path: Path) -> str:
    """Return the id of a deck that says none, told from the name of its file."""
    from quizzer.deckfile import naming

    return naming.deck_id(path.stem)


def ids_missing(path: Path) -> bool:
    """Say whether the deck of the file, or one of its questions, has no id written there; raises DeckError where it is not sound."""
    from quizzer.deckfile import editing, reading

    return bool(editing.with_ids(reading.read(path))[1])


def is_id(text: str) -> bool:
    """Say whether ``text`` may be the id of a deck or a question."""
    from quizzer.deckfile import naming

    return naming.is_id(text)


def tellers(questions: Sequence[Question]) -> list[tuple[int, int]]:
    """Return the places of questions (in English) whose key another's stem tells, and of that other: not to be on one sheet."""
    from quizzer.deckfile import telling

    return list(telling.tellers(questions, of_one_span=True))


def mending(path: Path, question: Question) -> "Mending":
    """Return the change that makes the question of that id in the file into ``question``; its ``write`` makes it.

    Where the file has no ids and the change needs them, they are written at once, and nothing else is.

    Raises:
        DeckError: as of ``revise``; or the file has no such question.
    """
    from quizzer.deckfile import single

    return single.mending(path, question)


def exchange(path: Path, question: str, before: str, after: str) -> "Mending":
    """Return the change that puts the text ``after`` in the place of ``before``, as which the question of that id stands in the file.

    Raises:
        DeckError: it stands there as something else, the file is not sound or would not be, or cannot be read.
    """
    from quizzer.deckfile import single

    return single.exchange(path, question, before, after)


def text_of(path: Path, question: str) -> str | None:
    """Return the question of that id as it stands in the file, to the letter; None where there is none, or nothing can be read."""
    from quizzer.deckfile import single

    return single.text_of(path, question)


def texts_of(path: Path) -> dict[str, str]:
    """Return all questions of the file as they stand in it, to the letter, by their ids; empty where nothing can be read."""
    from quizzer.deckfile import single

    return single.texts_of(path)


def lines(path: Path) -> dict[str, int]:
    """Return the line, from 1, at which each question of the file begins, by its id; empty when nothing can be read."""
    from quizzer.deckfile import problems, reading

    draft = reading.read(path)
    if draft.file is None:
        return {}
    starts = problems.Lines(draft.file.text)
    return {item.question.id: starts.at(item.node.start)[0] for item in draft.items}


def find(folder: Path) -> list[Path]:
    """Return the deck files below ``folder``, sorted; hidden files and folders are left out.

    Raises:
        DeckError: there is no such folder, or one below it cannot be read.
    """
    from quizzer.deckfile import files

    return files.find(folder)


def schema(folder: Path | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft-07) of a deck file, for editors; made from the structs.

    With a ``folder`` it offers the tags and sources that the decks there use; it accepts the same decks as without.

    Raises:
        DeckError: the folder cannot be read.
    """
    from quizzer.deckfile import beside, jsonschema

    return jsonschema.schema(beside.words_of(folder)) if folder else jsonschema.schema()


def refresh_schema(folder: Path) -> bool:
    """Write ``schema(folder)`` beside the decks in ``folder``, as ``.deck.schema.json``; say whether it is another one than before.

    Raises:
        DeckError: the folder cannot be read, or the file not written.
    """
    from quizzer.deckfile import beside

    return beside.refresh(folder)


def renew_schemas(paths: Iterable[Path]) -> None:
    """Bring the schemas beside these deck files up to date, where there is one; what cannot be written is passed over."""
    from quizzer.deckfile import beside

    beside.renew(paths)
