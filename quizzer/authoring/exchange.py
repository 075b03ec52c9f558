"""Decks that come from other programs and go to them: read, checked, brought into a deck file; written, with what got lost told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizzer import deckfile, formats
from quizzer.authoring.bringing import bring
from quizzer.authoring.soundness import mend, unsound
from quizzer.core.errors import DeckError, FormatError
from quizzer.core.kinds import Deck, Question, slug
from quizzer.core.model import Markup
from quizzer.deckfile.naming import deck_id, is_id, question_ids
from quizzer.formats import Format, Options, Read, Written

_DEFAULT = Options()
SHOWN = 60  # characters of a stem that are shown


class Told(msgspec.Struct, frozen=True):
    """Something told of a file that was imported: its place, what is wrong, whether a question was left out for it."""

    file: str
    line: int
    message: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Given(msgspec.Struct, frozen=True):
    """A file to be imported: what it is called, and its bytes."""

    name: str
    data: bytes


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What importing did, or would do: ``made``: the deck file was not there before. ``told`` is in the order of the files."""

    path: Path
    made: bool
    new: int
    changed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def skipped(self) -> int:
        """How many questions were left out."""
        return sum(one.skipped for one in self.told)

    def __str__(self) -> str:
        parts = [f"{self.new} {'question' if self.new == 1 else 'questions'}"] if self.made else [f"{self.new} new"]
        parts += [] if self.made else [f"{len(self.changed)} changed"]
        parts += [f"{self.skipped} left out"] if self.skipped else []
        return ", ".join(parts)


def take(
    files: Sequence[Given],
    path: Path | None,
    *,
    folder: Path,
    form: str = "",
    title: str = "",
    options: Options = _DEFAULT,
    write: bool = True,
) -> Imported:
    """Bring ``files`` into one deck file, which is made, or brought up to date where it is there.

    Args:
        files: In the order in which a deck is to have them.
        path: The deck file; None: in ``folder``, called after the first file, or the id that stands in it.
        folder: Where decks are.
        form: The form of the files; empty: told by their endings and their text.
        title: The title of a deck that is made; empty: as the file says, or its name.
        options: How to read what a form leaves open.
        write: False only tells what would be done.

    Raises:
        FormatError: a file is no text, its form cannot be told, or nothing could be read; then nothing was written.
        DeckError: the deck file cannot be read or written, or another deck has the id; then nothing was written.
    """
    told: list[Told] = []
    read = [(given.name, *_read(given, form, options, told)) for given in files]
    decks = [found.deck for _, _, found in read]
    if not any(deck.questions for deck in decks):
        raise FormatError(_nothing(files, told, "read"))
    stated = next((deck.id for deck in decks if is_id(deck.id)), "")
    path = path or folder / f"{stated or slug(Path(files[0].name).stem, words=12)}.yaml"
    made = not path.exists()
    if made:
        named = title or next((deck.title for deck in decks if deck.title.strip()), "") or _spoken(files[0].name)
        deck = before = Deck(id=stated or deck_id(path.stem), title=named, **_manner(decks))
        _refuse_same_id(deck.id, path, folder)
    else:
        before = deckfile.load(path)
        deck = msgspec.structs.replace(before, title=title or before.title)
    old = deck
    absent = {question.id for question in old.questions}
    for name, its_form, found in read:
        if found.deck.questions:
            deck, gone = _brought(deck, its_form, found, name, told)
            absent &= gone
    if not deck.questions:
        raise FormatError(_nothing(files, told, "taken"))
    if write and made:
        if path.parent == folder:
            folder.mkdir(exist_ok=True)
        deckfile.save(deck, path)
    elif write and deck != before:
        deckfile.revise(path, deck)
    changed = [one.id for one, other in zip(deck.questions, old.questions, strict=False) if one != other]
    return Imported(
        path=path,
        made=made,
        new=len(deck.questions) - len(old.questions),
        changed=tuple(changed),
        absent=tuple(question.id for question in old.questions if question.id in absent),
        told=tuple(sorted(told, key=lambda one: ([given.name for given in files].index(one.file), one.line))),
    )


def give(deck: Deck, form: str) -> Written:
    """Return ``deck`` in the form named, and what of it got lost.

    Raises:
        FormatError: not one of its questions can be carried.
    """
    written = formats.write(deck, form)
    if not any(written.carried):
        raise FormatError(f"{deck.id}: {formats.FORMATS[form].title} can carry none of its questions. Nothing was written.")
    return written


def _read(given: Given, name: str, options: Options, told: list[Told]) -> tuple[Format, Read]:
    if Path(given.name).suffix.lower() in (".yaml", ".yml"):
        raise FormatError(f"{given.name}: this is a deck already. Put it into decks/, or check it with `quizzer check`.")
    try:
        form, found = formats.read(given.data, ending=Path(given.name).suffix, form=name, options=options)
    except FormatError as error:
        raise FormatError(f"{given.name}:{error}") from None
    told += [Told(given.name, one.line, one.message, one.skipped) for one in found.problems]
    names: set[str] = set()
    questions = []
    for question, line in zip(found.deck.questions, found.lines, strict=True):
        if question.id and (question.id in names or not is_id(question.id)):
            what = "stands here twice" if question.id in names else "is none that decks take"
            message = f"the id {question.id!r} {what}: the question got one from its words. Change it, or leave it out."
            told.append(Told(given.name, line, message, skipped=False))
            question = msgspec.structs.replace(question, id="")
        names.add(question.id)
        questions.append(question)
    return form, msgspec.structs.replace(found, deck=msgspec.structs.replace(found.deck, questions=tuple(questions)))


def _brought(deck: Deck, form: Format, found: Read, name: str, told: list[Told]) -> tuple[Deck, set[str]]:
    """Return the deck with what was read, as far as it can be studied, and the ids of its questions that the file does not have."""
    own = form.write(deck) if deck.questions else None
    brought = bring(deck, own.carried if own else (), found.deck, sources=own.sources if own else ())
    if deck.questions and found.deck.id not in ("", deck.id):
        message = f"this is of the deck {found.deck.id!r}, and was brought into {deck.id!r}. If that is wrong, take another file with -o."
        told.append(Told(name, 1, message, skipped=False))

    def tell(at: int, message: str, *, skipped: bool = False) -> None:
        told.append(Told(name, found.lines[at], message, skipped))

    made: list[Question | None] = list(brought.deck.questions)
    for place, why in unsound(brought.deck, brought.origins):
        question = brought.deck.questions[place]
        mended = mend(brought.deck, question)
        if mended:
            made[place] = mended.question
            tell(brought.origins[place], f"{mended.dropped} left out of {_words(question)}: {why}")
        else:
            made[place] = deck.questions[place] if place < len(deck.questions) else None
            tell(brought.origins[place], f"{_words(question)} left out, for it could not be studied: {why}", skipped=True)
    for at in brought.doubled:
        tell(at, f"{_words(found.deck.questions[at])} is there already, and was taken once.")
    for at, twin in brought.kept:
        tell(at, f"the answer of {twin!r} was changed, which is of another kind in the deck: kept as it is there. Change it by hand.")
    if deck.questions and found.deck.markup is Markup.MARKDOWN and deck.markup is Markup.PLAIN:
        told.append(
            Told(name, 1, "has marks of Markdown, which this deck shows as they are. With `markup: markdown` it obeys them.", False)
        )
    return _named(brought.deck, [one for one in made if one is not None]), set(brought.absent)


def _named(deck: Deck, questions: Sequence[Question]) -> Deck:
    """Return the deck with these questions, those without an id called after their words as deck files call them."""
    missing = [question.text for question in questions if not question.id]
    names = question_ids(missing, taken=[question.id for question in questions if question.id])
    named = tuple(question if question.id else msgspec.structs.replace(question, id=next(names)) for question in questions)
    return msgspec.structs.replace(deck, questions=named)


def _words(question: Question) -> str:
    flat = " ".join(question.text.split())
    return repr(flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…")


def _nothing(files: Sequence[Given], told: Sequence[Told], what: str) -> str:
    first = next((f" First: {one}" for one in told if one.skipped), " It may be in another form: name it with --format.")
    return f"{', '.join(given.name for given in files)}: no question could be {what}, so nothing was written.{first}"


def _manner(decks: Sequence[Deck]) -> dict[str, Any]:
    """Return what a new deck has of the files' own: of the first that says it."""
    markup = Markup.MARKDOWN if any(deck.markup is Markup.MARKDOWN for deck in decks) else Markup.PLAIN
    description = next((deck.description for deck in decks if deck.description), "")
    return {"description": description, "language": decks[0].language, "markup": markup}


def _spoken(name: str) -> str:
    """Return a title made of a file's name."""
    words = Path(name).stem.replace("_", " ").replace("-", " ").split()
    return " ".join(words)[:1].upper() + " ".join(words)[1:] or "Deck"


def _refuse_same_id(name: str, path: Path, folder: Path) -> None:
    """Raise DeckError when another deck of the folder has the id."""
    for other in deckfile.find(folder) if folder.is_dir() else ():
        try:
            taken = deckfile.load(other).id == name
        except DeckError:  # what cannot be read has no say
            continue
        if taken and other.resolve() != path.resolve():
            raise DeckError(f"{path}: {other} has the id {name!r} already. Bring it up to date with -o {other}, or name another file.")
