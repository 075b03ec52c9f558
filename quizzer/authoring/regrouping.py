"""Questions moved from deck to deck, decks split, put together and renamed: in their files, with their comments.

Every question is written where it goes before it is taken from where it was: whenever this is killed, none is lost, and doing it once
more ends it. Knows no learners: whose progress follows a question is told by what is returned, and by ids that decks had ``formerly``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from quizzer import deckfile
from quizzer.authoring.unsaved import held
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Question
from quizzer.core.model import Source

_replace = msgspec.structs.replace


class Regrouped(msgspec.Struct, frozen=True, kw_only=True):
    """What was done: which card is which by now, and what is to be told of it, a line each."""

    cards: Mapping[str, str]
    told: tuple[str, ...] = ()


def move(source: Path, target: Path, ids: Sequence[str]) -> Regrouped:
    """Move the questions of ``ids`` from one deck to the end of another; what is there already, equal, is only taken away.

    Raises:
        DeckError: one of the decks is not sound or has no such question, nothing would be left, or a file cannot be written.
    """
    if _same(source, target):
        raise DeckError(f"{target}: is the deck they are in. Name another.")
    into = deckfile.load(target)
    deck, texts = deckfile.taken_apart(source)
    _refuse_unlike(deck, source, into, target)
    chosen = _chosen(deck, ids, source)
    return _moved(source, deck, texts, chosen, target, into)


def split(source: Path, new: Path, ids: Sequence[str], *, tags: Sequence[str] = (), title: str = "") -> Regrouped:
    """Move the questions of ``ids``, and those of ``tags``, into a new deck file, whose id is its name; errors are as of ``move``.

    The new deck has of the old one all but its questions; what it was split from it tells in ``formerly``.
    """
    deck, texts = deckfile.taken_apart(source)
    chosen = _chosen(deck, ids, source, tags=tags)
    into = _replace(deck, id=_id_of(new), title=title or _titled(new), questions=(), sources=(), formerly=(), declined=(), description="")
    if new.exists():  # killed half-way, or another deck
        there = deckfile.load(new)
        if not all(question in there.questions for question in chosen) or len(there.questions) != len(chosen):
            raise DeckError(f"{new}: is there already. Name a file that is not, or move questions into it with `quizzer deck move`.")
        into = there
    return _moved(source, deck, texts, chosen, new, into)


def merge(paths: Sequence[Path], output: Path, *, title: str = "") -> Regrouped:
    """Put decks together into ``output``, which is the first of them or a new file whose name is the deck's id; the others are removed.

    The first one's keys stay. Of equal questions of one id one stays; others of a taken id get a new one.

    Raises:
        DeckError: a deck is not sound or unlike the first, ``output`` is another deck, or a file cannot be written; or one that is to be
            removed is open in the editor.
    """
    first, *others = paths
    if len({path.resolve() for path in paths}) < max(2, len(paths)):
        raise DeckError("two different decks or more are wanted.")
    if (done := _ended(paths, output)) is not None:
        return done
    deck, _ = deckfile.taken_apart(first)
    begun = output.exists() and not any(_same(output, path) for path in paths)
    if begun and _id_of(output) != deckfile.load(output).id:
        raise DeckError(f"{output}: is there already. Name a file that is not.")
    is_first = _same(output, first)
    into = deck if is_first else _replace(deck, id=_id_of(output), formerly=_joined(deck.formerly, (deck.id,)))
    into = _replace(into, title=title or into.title)
    cards = {} if is_first else _renamed_cards(deck.questions, deck.id, into.id, {})
    told: list[str] = []
    texts: dict[str, str] = {}
    for path in others:
        other, written = deckfile.taken_apart(path, whole=True)
        _refuse_unlike(other, path, into, first)
        _refuse_images(other.questions, path, output)
        into, added = _joined_decks(into, other, other.questions)
        told += added.told
        cards |= added.cards
        into = _replace(
            into,
            formerly=tuple(name for name in _joined(into.formerly, (other.id, *other.formerly)) if name != into.id),
            declined=_joined(into.declined, other.declined),
        )
        texts |= _texts(written, other.id, into.id, added.cards)
    _refuse_images(deck.questions, first, output)
    if begun and deckfile.load(output) != into:
        raise DeckError(f"{output}: is there already. Name a file that is not.")
    with held(path for path in paths if not _same(path, output)):
        deckfile.rearrange(output, into, texts, base=first)
        _remove(paths, output)
    return Regrouped(cards=cards, told=tuple(told))


def _ended(paths: Sequence[Path], output: Path) -> Regrouped | None:
    """Remove what is left where a merge was killed while it removed files; return what was done, None where it was not so."""
    if not output.exists() or all(path.exists() for path in paths):
        return None
    made = deckfile.load(output)
    cards: dict[str, str] = {}
    for path in paths:
        if path.exists() and not _same(path, output):
            deck = deckfile.load(path)
            joined, done = _joined_decks(made, deck, deck.questions)
            if deck.id not in made.formerly or joined != made:
                return None
            cards |= done.cards
        elif not path.exists() and _id_of(path) not in made.formerly:
            return None
    _remove(paths, output)
    return Regrouped(cards=cards)


def _remove(paths: Sequence[Path], output: Path) -> None:
    for path in paths:
        if not _same(path, output):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise DeckError(f"{path}: is in {output} now, but cannot be removed ({error.strerror}). Remove it by hand.") from None


def rename(path: Path, new: str, *, keep_file: bool = False) -> tuple[Regrouped, Path]:
    """Give the deck another id, and its file the name of that where it had that of the old; return what was done, and the file.

    Raises:
        DeckError: the deck is not sound, a file of that name is there, or it cannot be written, or is open in the editor.
    """
    deck, _ = deckfile.taken_apart(path)
    if not deckfile.is_id(new):
        raise DeckError(f"{new!r} cannot be an id. Use the letters a to z, digits, hyphen, dot and underscore.")
    named_after = path.stem == deck.id or (deck.id == new and path.stem in deck.formerly)  # or killed half-way
    to = path.with_name(f"{new}{path.suffix}") if named_after and not keep_file else path
    if to != path and to.exists() and not _is_one_in_other_letters(path, to):
        raise DeckError(f"{to}: is there already. Choose another id, or keep the file's name with --keep-file.")
    formerly = tuple(name for name in _joined(deck.formerly, (deck.id,)) if name != new)
    with held([path] if to != path else []):
        deckfile.rearrange(path, _replace(deck, id=new, formerly=formerly), {})
        if to != path:
            try:
                path.rename(to)
            except OSError as error:
                told = f"{path}: is called {new!r} now, but the file cannot be renamed ({error.strerror}). Do it by hand."
                raise DeckError(told) from None
    return Regrouped(cards=_renamed_cards(deck.questions, deck.id, new, {})), to


def _moved(source: Path, deck: Deck, texts: Mapping[str, str], chosen: Sequence[Question], target: Path, into: Deck) -> Regrouped:
    names = {question.id for question in chosen}
    left = tuple(question for question in deck.questions if question.id not in names)
    if not left:
        raise DeckError(f"{source}: no question would be left in it. Rename it, or put the two together with `quizzer deck merge`.")
    _refuse_images(chosen, source, target)
    is_new = not target.exists()
    joined, done = _joined_decks(into, deck, chosen)
    clashes = any(one.partition("/")[2] != two.partition("/")[2] for one, two in done.cards.items())
    if is_new or clashes:
        joined = _replace(joined, formerly=_joined(joined.formerly, (deck.id,)))
    deckfile.rearrange(target, joined, _texts(texts, deck.id, into.id, done.cards))
    deckfile.rearrange(source, _replace(deck, questions=left), {})
    return done


def _joined_decks(into: Deck, other: Deck, questions: Sequence[Question]) -> tuple[Deck, Regrouped]:
    """Return the deck with questions of another at its end, and the sources of their evidence."""
    told: list[str] = []
    known = {question.id: question for question in into.questions}
    sources = {source.id: source for source in into.sources}
    theirs = {source.id: source for source in other.sources}
    renamed: dict[str, str] = {}
    called: dict[str, str] = {}
    added: list[Question] = []
    for name in dict.fromkeys(span.source for question in questions for span in question.evidence):
        called[name] = _source_in(theirs[name], sources)
        sources.setdefault(called[name], _replace(theirs[name], id=called[name]))
    for question in questions:
        evidence = tuple(_replace(span, source=called[span.source]) for span in question.evidence)
        question = _replace(question, evidence=evidence)
        if known.get(question.id) == question:
            continue
        there = next(
            (one.id for one in into.questions if _is_renamed(one.id, question.id) and _replace(one, id=question.id) == question), ""
        )
        if question.id in known and there:  # killed half-way, this was done
            renamed[question.id] = there
            continue
        if question.id in known:
            renamed[question.id] = _free(question.id, {*known, *(one.id for one in questions)})
            told.append(
                f"the id {question.id!r} is taken in {into.id!r}: the question from {other.id!r} is {renamed[question.id]!r} there."
            )
            question = _replace(question, id=renamed[question.id])
        known[question.id] = question
        added.append(question)
    told += [f"the source {old!r} is another one in {into.id!r}: it is {new!r} there." for old, new in called.items() if old != new]
    deck = _replace(into, questions=(*into.questions, *added), sources=tuple(sources.values()))
    return deck, Regrouped(cards=_renamed_cards(questions, other.id, into.id, renamed), told=tuple(told))


def _source_in(source: Source, known: Mapping[str, Source]) -> str:
    """Return the id that a source has, or is to have, among those known."""
    same = next((name for name, other in known.items() if _replace(source, id=name) == other), None)
    if same is not None:
        return same
    return source.id if source.id not in known else _free(source.id, set(known))


def _texts(texts: Mapping[str, str], deck: str, into: str, cards: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the questions that moved, by the ids they have now."""
    found = {}
    for card, new in cards.items():
        old, name = (one.partition("/")[2].partition("#")[0] for one in (card, new))
        if card.startswith(f"{deck}/") and new.startswith(f"{into}/") and old in texts:
            found[name] = deckfile.renamed(texts[old], old, name) if old != name else texts[old]
    return found


def _renamed_cards(questions: Sequence[Question], old: str, new: str, renamed: Mapping[str, str]) -> dict[str, str]:
    cards: dict[str, str] = {}
    for question in questions:
        goes = _replace(question, id=renamed.get(question.id, question.id))
        cards |= {one.id: two.id for one, two in zip(question.deal(old), goes.deal(new), strict=True)}
    return cards


def _chosen(deck: Deck, ids: Sequence[str], path: Path, *, tags: Sequence[str] = ()) -> list[Question]:
    known = {question.id for question in deck.questions}
    for name in ids:
        if name not in known:
            raise DeckError(f"{path}: there is no question {name!r} in it. `quizzer search WORDS deck:{deck.id}` finds ids.")
    chosen = [question for question in deck.questions if question.id in ids or set(tags) & set(question.tags)]
    if not chosen:
        raise DeckError(f"{path}: no question of it is chosen. Name ids, or a tag that questions have.")
    return chosen


def _refuse_unlike(deck: Deck, path: Path, into: Deck, target: Path) -> None:
    for what in ("markup", "language"):
        one, two = getattr(deck, what), getattr(into, what)
        if one != two:
            raise DeckError(f"{path}: its `{what}` is {str(one)!r}, that of {target} {str(two)!r}. Make them one first.")


def _refuse_images(questions: Sequence[Question], path: Path, target: Path) -> None:
    if path.resolve().parent == target.resolve().parent:
        return
    for question in questions:
        if question.image or question.explanation_image:
            raise DeckError(f"{target}: the image of {question.id!r} is beside {path}. Choose a deck in the same folder.")


def _is_one_in_other_letters(one: Path, two: Path) -> bool:
    """Whether two names that differ in capitals alone are one file, as they are where the file system takes them for the same."""
    return one.name.casefold() == two.name.casefold() and one.samefile(two)


def _same(one: Path, two: Path) -> bool:
    return one.resolve() == two.resolve()


def _id_of(path: Path) -> str:
    return deckfile.id_for(path)


def _titled(path: Path) -> str:
    words = path.stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _joined(one: Sequence[str], two: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _is_renamed(name: str, old: str) -> bool:
    return name.startswith(f"{old}-") and name[len(old) + 1 :].isdigit()


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
