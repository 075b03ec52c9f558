"""A deck begun: what its author says of it, where it goes, and that nothing stands in its way."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from quizzer import deckfile
from quizzer.core.errors import DeckError, QuizzerError
from quizzer.core.grading.transliteration import in_latin
from quizzer.core.kinds import Deck, Plain, Question, slug
from quizzer.core.model import Source
from quizzer.deckfile import files, naming, samples, starting
from quizzer.deckfile.lint import LANGUAGE

KINDS = tuple(samples.SAMPLES)  # what a deck may begin with a sample of


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a deck before it is written."""

    title: str
    language: str = "en"
    description: str = ""
    sources: tuple[Source, ...] = ()
    question: str = ""  # the first
    answer: str = ""
    kinds: tuple[str, ...] = ()  # of which samples follow it


def file_for(title: str, decks: Path) -> Path:
    """Return the file in the folder ``decks`` that a deck of this title gets, unless its author names another."""
    return decks / f"{slug(in_latin(title), words=8)}.yaml"


def title_for(path: Path) -> str:
    """Return the title that a deck gets whose file alone is named: ``after-the-vote.yaml`` holds "After the vote"."""
    words = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    return words[:1].upper() + words[1:]


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the terminal speaks, as a BCP 47 tag: ``de_AT.UTF-8`` is de-AT; en where it does not say."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    tag = named.partition(".")[0].partition("@")[0].replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", tag) else "en"


def source_of(*, publisher: str = "", title: str = "", date: str = "", url: str = "") -> Source:
    """Return the source of an article that is no file here; its id is a slug of what is known."""
    words = " ".join(filter(None, (publisher, title))) or re.sub(r"^\w+://(www\.)?", "", url) or date
    return Source(id=slug(words, words=8), publisher=publisher, title=title, date=date, url=url)


def refuse_place(path: Path, decks: Path) -> None:
    """Raise QuizzerError where no new deck can go to ``path``.

    A file is there; the name is no deck's; or another deck has the id that it would get, beside it or in the folder ``decks``.
    """
    if path.suffix.lower() not in files.SUFFIXES:
        raise QuizzerError(f"{path}: a deck is a .yaml file. Name it {path.with_suffix('.yaml').name!r}.")
    if path.exists() or path.is_symlink():
        raise DeckError(f"{path}: is there already. Name another file; an old one is never written over.")
    name = naming.deck_id(path.stem)
    others = {*(deckfile.find(decks) if decks.is_dir() else []), *(files.listed(path.parent) if path.parent.is_dir() else [])}
    for other in sorted(others):
        try:
            taken = deckfile.load(other).id == name
        except DeckError:  # what cannot be read shares its progress with nobody
            continue
        if taken:
            raise DeckError(f"{path}: {other} has the id {name!r} already, and the two would share their progress. Name another file.")


def wrong_with(beginning: Beginning) -> list[str]:
    """Return what keeps a deck from being begun so, before one looks where it is to go."""
    wrong = []
    if not beginning.title.strip():
        wrong.append("a deck needs a title: what learners see.")
    if not LANGUAGE.fullmatch(beginning.language):
        wrong.append(f"{beginning.language!r} is not a language tag (BCP 47). Write one like en, en-GB or zh-Hant.")
    if bool(beginning.question.strip()) != bool(beginning.answer.strip()):
        wrong.append("a first question and its answer go together. Give both, or neither.")
    return wrong


def start(beginning: Beginning, path: Path, *, decks: Path) -> Deck:
    """Write the new deck, and return it as it reads.

    Args:
        beginning: What it is to hold; without a first question or samples, one to be written over.
        path: Its file; the folder ``decks`` itself is made where it is missing.
        decks: The folder in which no other deck may have its id.

    Raises:
        QuizzerError: as of ``refuse_place`` and ``wrong_with``; the file cannot be written.
    """
    for wrong in wrong_with(beginning):
        raise QuizzerError(wrong)
    refuse_place(path, decks)
    first: tuple[Question, ...] = ()
    if beginning.question.strip():
        first = (Plain(question=beginning.question.strip(), answer=beginning.answer.strip()),)
    source = beginning.sources[0].id if beginning.sources else ""
    sources = beginning.sources
    if "evidence" in beginning.kinds and not sources:
        sources = (samples.SOURCE,)
    deck = Deck(
        id="",
        title=" ".join(beginning.title.split()),
        language=beginning.language,
        description=beginning.description.strip(),
        sources=_apart(sources),
        questions=(*first, *starting.samples(beginning.kinds, source=source)),
    )
    if path.parent == decks:
        decks.mkdir(parents=True, exist_ok=True)
    deckfile.start(deck, path)
    return deckfile.load(path)


def _apart(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources, each of an id of its own."""
    found: dict[str, Source] = {}
    for source in sources:
        name, number = source.id, 2
        while name in found:
            name, number = f"{source.id}-{number}", number + 1
        found[name] = msgspec.structs.replace(source, id=name)
    return tuple(found.values())
