"""One question changed in its deck's file, and put back: its text before and after, to the letter, and every other byte as it was."""

from pathlib import Path

import msgspec

from quizzer.core.errors import DeckError, StaleError
from quizzer.core.kinds import Question
from quizzer.deckfile import editing, files
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.reading import parse, problems_of, read, sound
from quizzer.deckfile.revising import planned
from quizzer.deckfile.spans import Spot, spots


class Mending(msgspec.Struct, frozen=True, kw_only=True):
    """A change to a question, not made yet: how it stands in the file ``before``, and how it will ``after``.

    ``new`` are the codes and messages that ``check`` would have to add.
    """

    path: Path
    before: str
    after: str
    data: bytes  # the file as it was read
    result: bytes  # and as it will be
    new: tuple[str, ...] = ()

    def refuse(self) -> None:
        """Raise DeckError where it is known already that the file cannot be written."""
        files.refuse_to_write(self.path)

    def write(self) -> None:
        """Make the change; raises DeckError where the file was changed meanwhile or cannot be written, and then nothing was."""
        files.put(self.path, self.result, instead_of=self.data)


def mending(path: Path, question: Question) -> Mending:
    """See ``quizzer.deckfile.mending``."""
    found = _mending(path, question)
    if found is None:  # ids had to be written elsewhere as well
        editing.write_ids(path)
        found = _mending(path, question)
    if found is None:
        raise DeckError(f"{path}: the question {question.id!r} cannot be changed by itself as it is written. Change it there by hand.")
    return found


def exchange(path: Path, question: str, before: str, after: str) -> Mending:
    """See ``quizzer.deckfile.exchange``."""
    data, file, draft = _read(path)
    sound(draft)
    span = _span(draft, file.text, question)
    if span is None or file.text[span[0] : span[1]] != before:
        raise StaleError(f"{path}: the question {question!r} was changed since. Nothing was taken back; change it there by hand.")
    edited = file.text[: span[0]] + after + file.text[span[1] :]
    sound(parse(DeckText(edited), path))
    return Mending(path=path, before=before, after=after, data=data, result=file.encode(edited))


def text_of(path: Path, question: str) -> str | None:
    """See ``quizzer.deckfile.text_of``."""
    draft = read(path)
    if draft.file is None or draft.deck is None:
        return None
    span = _span(draft, draft.file.text, question)
    return draft.file.text[span[0] : span[1]] if span else None


def texts_of(path: Path) -> dict[str, str]:
    """See ``quizzer.deckfile.texts_of``."""
    draft = read(path)
    if draft.file is None or draft.deck is None:
        return {}
    text = draft.file.text
    there = {spot.start: spot for spot in _children(spots(text).pair("questions"))}
    return {item.question.id: text[slice(*_reach(there[item.node.start], text))] for item in draft.items if item.node.start in there}


def _mending(path: Path, question: Question) -> Mending | None:
    """Return the change, None where it would reach beyond the question."""
    _, _, draft = _read(path)
    deck = sound(draft)
    if not any(one.id == question.id for one in deck.questions):
        raise DeckError(f"{path}: there is no question {question.id!r} any more. Nothing was written.")
    new = msgspec.structs.replace(deck, questions=tuple(question if one.id == question.id else one for one in deck.questions))
    data, file, edited = planned(path, new)
    after = parse(DeckText(edited), path)
    was, now = _span(draft, file.text, question.id), _span(after, edited, question.id)
    if was is None or now is None or file.text[: was[0]] != edited[: now[0]] or file.text[was[1] :] != edited[now[1] :]:
        return None
    known = {(problem.code, problem.message) for problem in problems_of(draft)}
    told = [f"{problem.code} {problem.message}" for problem in problems_of(after) if (problem.code, problem.message) not in known]
    return Mending(
        path=path,
        before=file.text[was[0] : was[1]],
        after=edited[now[0] : now[1]],
        data=data,
        result=file.encode(edited),
        new=tuple(told),
    )


def _read(path: Path) -> tuple[bytes, DeckText, Draft]:
    data, file = files.taken(path)
    return data, file, parse(file, path)


def _span(draft: Draft, text: str, question: str) -> tuple[int, int] | None:
    """Return where the question stands in the text: from its first key on, with the comment behind its last value."""
    item = next((item for item in draft.items if item.question.id == question), None)
    questions = spots(text).pair("questions")
    spot = next((spot for spot in _children(questions) if item and spot.start == item.node.start), None)
    return _reach(spot, text) if spot else None


def _reach(spot: Spot, text: str) -> tuple[int, int]:
    """Return from where to where a question stands."""
    ends = [text.find(end, spot.end) for end in ("\n", "\r")]
    line_end = min((end for end in ends if end >= 0), default=len(text))
    behind = text[spot.end : line_end]
    return spot.start, line_end if not spot.flow and behind.lstrip().startswith("#") else spot.end


def _children(pair: tuple[Spot, Spot] | None) -> list[Spot]:
    return pair[1].children if pair else []
