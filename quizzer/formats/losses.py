"""What a form does not carry, found by reading what was written: nothing is lost without being told.

Blanks and line ends at the two ends of a text are not counted.
"""

from collections.abc import Callable
from typing import Any, get_args

import msgspec

from quizzer.core.errors import FormatError
from quizzer.core.kinds import Cloze, Deck, Plain, Question
from quizzer.core.model import Evidence, Source
from quizzer.formats.decoding import decoded, with_newlines
from quizzer.formats.values import Loss, Options, Read, Reader, Renderer, Written

_BEFORE = Plain(id="zzmarker", question="zzmarker one", answer="zzmarker two")
_BEHIND = Plain(id="zzmarker-2", question="zzmarker three", answer="zzmarker four")


def verified(deck: Deck, *, title: str, render: Renderer, read: Reader, mark: bytes = b"", returns: bool = False) -> Written:
    """Return ``deck`` as ``render`` writes it, with what ``read`` does not find again in it.

    A question that comes back as none, or as several, or takes its neighbours with it, is left out and told. ``returns``: the form
    can hold a carriage return inside a text.
    """

    def encoded(questions: tuple[Question, ...]) -> tuple[bytes, Read]:
        data = mark + render(msgspec.structs.replace(clean, questions=questions)).encode()
        try:
            return data, read(decoded(data)[0], Options())
        except FormatError:  # so little was written that nothing could be told from it
            return data, Read(deck=Deck(id="", title="", questions=()))

    clean = cleaned(deck, returns=returns)
    kept = [_has_its_gaps(question, was) for question, was in zip(clean.questions, deck.questions, strict=True)]
    data, back = encoded(tuple(question for question, stays in zip(clean.questions, kept, strict=True) if stays))
    if len(back.deck.questions) != sum(kept) or back.problems:
        for at, question in enumerate(clean.questions):
            if not kept[at]:
                continue
            alone = encoded((_BEFORE, question, _BEHIND))[1]
            found = alone.deck.questions
            kept[at] = len(found) == 3 and not alone.problems and _asks(found[0], _BEFORE) and _asks(found[2], _BEHIND)
        data, back = encoded(tuple(question for question, stays in zip(clean.questions, kept, strict=True) if stays))
        if len(back.deck.questions) != sum(kept) or back.problems:
            raise AssertionError(f"{title}: not written, for it would not read back: {back.problems[:1]}")
    found_again = iter(back.deck.questions)
    carried = tuple(next(found_again) if stays else None for stays in kept)
    losses = [*_of_deck(deck, back.deck, title)]
    for before, after in zip(deck.questions, carried, strict=True):
        losses += _of_question(before, after, title, named=any(question.id for question in back.deck.questions))
    return Written(data=data, losses=tuple(losses), carried=carried, sources=back.deck.sources)


def cleaned(value: Any, *, returns: bool) -> Any:
    """Return a value of the house with its texts free of what no text file holds: NUL, halves of characters, stray ``returns``."""

    def clean(text: str) -> str:
        text = text.replace("\0", "").encode("utf-8", "ignore").decode()
        return text if returns else with_newlines(text)

    return changed(value, clean)


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value of the house with each of its texts as ``change`` makes it."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(changed(one, change) for one in value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{name: changed(getattr(value, name), change) for name in value.__struct_fields__})
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: blanks at the ends of texts aside."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or one.strip() == other.strip()
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Evidence | Source) and type(one) is type(other):
        return all(same(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    return bool(one == other)


def differing(before: Question, after: Question) -> list[str]:
    """Return the keys in which two questions differ, ``id`` among them; ``kind`` alone for all that two kinds do not share."""
    if type(before) is type(after):
        return [name for name in before.__struct_fields__ if not same(getattr(before, name), getattr(after, name))]
    return ["kind", *(name for name in SHARED if not same(getattr(before, name), getattr(after, name)))]


SHARED = tuple(name for name in Plain.__struct_fields__ if all(name in kind.__struct_fields__ for kind in get_args(Question)))


def _has_its_gaps(question: Question, was: Question) -> bool:
    """Whether something is left of every wording of a cloze's gaps; of one that was nothing but NUL, nothing is."""
    if not isinstance(question, Cloze) or not isinstance(was, Cloze):
        return True
    return len(question.gaps) == len(was.gaps) and all(all(wordings) for wordings in question.gaps)


def _asks(found: Question, wanted: Plain) -> bool:
    return isinstance(found, Plain) and found.question == wanted.question and found.answer == wanted.answer


def _of_question(before: Question, after: Question | None, title: str, *, named: bool) -> list[Loss]:
    if after is None:
        return [Loss(before.id, "", f"left out: its text cannot be told from the marks of {title}")]
    found = []
    for name in differing(before, after):
        if name == "id" and not named:
            continue  # told once, of the deck
        found.append(Loss(before.id, name, _told(before, after, name)))
    return found


def _told(before: Question, after: Question, name: str) -> str:
    if name == "kind":
        return f"{before.kind} becomes {after.kind}"
    now, was = getattr(after, name), getattr(before, name)
    if not now:
        return f"{name} dropped"
    if name == "evidence":
        return "evidence in part: its source and quote stay" if _quotes(was, now) else "evidence in part"
    if isinstance(was, tuple) and isinstance(now, tuple) and len(now) < len(was):
        return f"{name} in part"
    return f"{name} altered"


def _quotes(was: tuple[Evidence, ...], now: tuple[Evidence, ...]) -> bool:
    return [one.quote.split() for one in was] == [one.quote.split() for one in now]


def _of_deck(before: Deck, after: Deck, title: str) -> list[Loss]:
    found = []
    for name in before.__struct_fields__:
        if name in ("questions", "sources"):
            continue
        was, now = getattr(before, name), getattr(after, name)
        if not same(was, now):
            default = next(field.default for field in msgspec.structs.fields(before) if field.name == name)
            found.append(Loss("", name, f"{name} {'dropped' if not now or now == default else 'altered'}"))
    if any(question.id for question in before.questions) and not any(question.id for question in after.questions):
        found.append(Loss("", "ids", "ids dropped: questions are known again by their words"))
    was_there, is_there = ({one.id: one for one in deck.sources} for deck in (before, after))
    if set(was_there) != set(is_there) or not all(same(one, is_there[name]) for name, one in was_there.items()):
        found.append(Loss("", "sources", "sources in part" if after.sources else "sources dropped"))
    return found


def account(losses: tuple[Loss, ...]) -> list[str]:
    """Return what got lost in lines: one for the deck, one for each question, and a last one that sums them up."""
    lines: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for loss in losses:
        lines.setdefault(loss.question, []).append(loss.message)
        if loss.question:
            counts[loss.message.split(":")[0]] = counts.get(loss.message.split(":")[0], 0) + 1
    shown = [f"{name or 'the deck'}: {', '.join(_joined(messages))}" for name, messages in lines.items()]
    if counts:
        total = sum(1 for name in lines if name)
        what = ", ".join(f"{message} {number}" for message, number in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
        shown.append(f"{total} {'question loses' if total == 1 else 'questions lose'} something: {what}")
    return shown


def _joined(messages: list[str]) -> list[str]:
    """Return messages with those that end alike told together: ``hints, tags dropped``."""
    dropped = [message.removesuffix(" dropped") for message in messages if message.endswith(" dropped")]
    rest = [message for message in messages if not message.endswith(" dropped")]
    return [*([f"{', '.join(dropped)} dropped"] if dropped else []), *rest]


def writer(*, title: str, render: Renderer, read: Reader, mark: bytes = b"", returns: bool = False) -> Callable[[Deck], Written]:
    """Return the ``write`` of a form."""

    def write(deck: Deck) -> Written:
        return verified(deck, title=title, render=render, read=read, mark=mark, returns=returns)

    return write
