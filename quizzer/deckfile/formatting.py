"""``fmt``: a deck's file in the one layout, ids written; the same deck, and every comment where it belongs.

What comes out is read again before anybody sees it: it must be the same deck, hold the same comments, and what its author has
``quizzer check`` ignore must be ignored as before. Where a deck cannot be laid out so, its keys stay in their order; where that
does not help either, the file is left as it is.
"""

import re
from collections import Counter
from pathlib import Path

import msgspec

from quizzer.core.errors import DeckError
from quizzer.deckfile import canon, files, ignoring, layout
from quizzer.deckfile.annotated import annotated, comments
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.codes import CODES
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.editing import with_ids
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.nodes import paused_gc
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.reading import ELSEWHERE, parse, problems_of, read, sound

_LINE_END = re.compile(r"\r\n|\n|\r")
_ROUNDS = 4
_NO_IDS = "D208"
_EVERY = Choice(select=tuple({code[0] for code in CODES}))
_PLACE = re.compile(r"\b\d+:\d+\b")
_IGNORES = re.compile(r"#[ \t]*quizzer:[ \t]*ignore\b", re.IGNORECASE)


class Formatted(msgspec.Struct, frozen=True, kw_only=True):
    """A deck's file laid out, not written yet: its text ``before`` and ``after``, and the ids that were written into it."""

    path: Path
    before: str
    after: str
    ids: tuple[str, ...]
    only_ids: bool  # nothing but ids changes
    data: bytes  # the file as it was read
    result: bytes  # and as it would be

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.after

    def write(self) -> None:
        """Write the file where anything changed; raises DeckError where another program changed it meanwhile, or it cannot be written."""
        if self.changed:
            files.put(self.path, self.result, instead_of=self.data)


def fmt(path: Path, *, write: bool = True) -> Formatted:
    """See ``quizzer.deckfile.fmt``."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        sound(read(path))  # says why not
        raise
    made = laid_out(data, path)
    if write:
        made.write()
    return made


def laid_out(data: bytes, path: Path, *, deck_id: bool = True) -> Formatted:
    """See ``quizzer.deckfile.laid_out``."""
    file = files.text_in(data, path)
    draft = parse(file, path, judge=False)  # what it means may be wrong, as long as it can be read
    sound(draft)
    with paused_gc():
        after, ids = _settled(draft, deck_id=deck_id)
    only_ids = bool(ids) and with_ids(draft)[0] == after
    return Formatted(path=path, before=file.text, after=after, ids=tuple(ids), only_ids=only_ids, data=data, result=file.encode(after))


def kept_in_layout(text: str, file: DeckText, path: Path) -> str:
    """Return ``text``, made from ``file``, laid out where that was; else as it is."""
    try:
        after = laid_out(file.encode(text), path).after
        was_laid_out = after == text or not laid_out(file.encode(file.text), path).changed
    except DeckError:  # what cannot be laid out was not, or need not be
        return text
    return after if was_laid_out else text


def _settled(draft: Draft, *, deck_id: bool) -> tuple[str, list[str]]:
    """Return the deck in its layout, and the ids written, in the order of the file.

    Where keys had to stay in their order, what was done may have made it possible to sort them: then that is done too.
    """
    after, ids, sorted_too = _safest(draft, deck_id=deck_id)
    for _ in range(_ROUNDS):
        if sorted_too:
            break
        again = parse(DeckText(after), draft.path, judge=False)
        before, (after, _, sorted_too) = after, _safest(again, deck_id=deck_id)
        if before == after:
            break
    return after, ids


def _safest(draft: Draft, *, deck_id: bool) -> tuple[str, list[str], bool]:
    """Return the deck laid out once, the ids written, and whether keys were sorted; with its keys as they stand where they must."""
    assert draft.file is not None
    text = draft.file.text
    wrong = ""
    for sort in (True, False):
        root = annotated(text)
        had = comments(root)
        ids = canon.Canon(draft, root, sort=sort).apply(deck_id=deck_id)
        after = layout.written(root)
        ending = _LINE_END.search(text)
        if ending and ending[0] == "\r\n":
            after = after.replace("\n", "\r\n")
        if after == text:
            return after, ids, sort
        reason = _harm(draft, after, had, deck_id=deck_id)
        if not reason:
            return after, ids, sort
        wrong = wrong or reason
    raise DeckError(f"{draft.path}: {wrong} It is left as it is.")


def _harm(draft: Draft, after: str, had: list[str], *, deck_id: bool) -> str:
    """Return in a sentence what would be lost if the draft's file held ``after``; empty when nothing would."""
    again = parse(DeckText(after), draft.path, judge=False)
    errors = [problem for problem in again.log.problems() if problem.severity == "error"]
    named = all(item.named for item in again.items) and (again.named or not deck_id)
    if errors or again.deck != draft.deck or not named:
        return f"{_first_change(draft, again)} cannot be laid out without changing what it says. Write it in a simpler way."
    lost = Counter(had) - Counter(comments(annotated(after))) if had else None
    if lost:
        return f"the comment {quoted(next(iter(lost)))} would be lost in the layout. Put it on a line of its own."
    if draft.file is not None and _IGNORES.search(draft.file.text):
        changed = _told(draft.file, draft.path) ^ _told(DeckText(after), draft.path)
        if changed:
            code = min(changed, key=lambda one: (one[0] == ignoring.CODE, one))[0]
            return f"`# quizzer: ignore` would hold for something else in the layout, as {code} shows. Put it above the question."
    return ""


def _told(file: DeckText, path: Path) -> set[tuple[str, str, int]]:
    """Return what ``check`` says of a deck, by default and where every code is asked for, whatever line it stands in; and what its
    author has ignored of what is not looked for here. That ids are not written, ignored or not, aside."""
    found: Counter[tuple[str, str]] = Counter()
    for asked in (None, _EVERY):
        draft = parse(file, path)
        for problem in problems_of(draft, asked=asked):
            if not (problem.code == _NO_IDS or (problem.code == ignoring.CODE and _NO_IDS in problem.message)):
                found[problem.code, f"{asked} {_PLACE.sub('', problem.message)}"] += 1
    found.update((code, " ".join(where)) for code, where in ignoring.covered(parse(file, path, judge=False), ELSEWHERE))
    return {(code, message, number) for (code, message), number in found.items()}


def _first_change(draft: Draft, again: Draft) -> str:
    read = {item.question.id: item.question for item in again.items}
    for item in draft.items:
        if read.get(item.question.id) != item.question:
            return f"the question {quoted(item.question.id)} at {draft.log.place(item.node)}"
    return "the deck"
