"""Questions moved within a deck's text, to the letter: each with its comments, and nothing else touched.

What stands right above a question goes with it, and so does what follows it further to the right than its dash. Other comments are
headings and stay where they are: with a blank line below, or, where questions stand close together, with one above.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from quizzer.core.kinds import Deck
from quizzer.deckfile.spans import Spot, dash_of, spots

_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_IGNORE = re.compile(r"[ \t]*#[ \t]*quizzer:", re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|\n|\r|\Z)")


def in_order(text: str, before: Deck, after: Deck, *, lifted: Collection[str] = ()) -> tuple[str, Deck]:
    """Return ``text``, which says ``before``, with the questions that both decks have in the order of ``after``; and what it says then.

    ``lifted``: the ids of those that were moved, where that is known; of two that changed places, it tells which stays below its heading.
    """
    wanted = {question.id: at for at, question in enumerate(after.questions)}
    places = [at for at, question in enumerate(before.questions) if question.id in wanted]
    ranks = [wanted[before.questions[at].id] for at in places]
    if ranks == sorted(ranks):
        return text, before
    resting = [at for at, place in enumerate(places) if before.questions[place].id not in lifted]
    if [ranks[at] for at in resting] == sorted(ranks[at] for at in resting):
        staying = {places[at] for at in _with_more(resting, ranks)}
    else:
        staying = {places[at] for at in _longest_rising(ranks)}
    moving = [at for at in places if at not in staying]
    order = [at for at in range(len(before.questions)) if at not in moving]
    for at in sorted(moving, key=lambda at: wanted[before.questions[at].id]):
        rank = wanted[before.questions[at].id]
        lower = [place for place, one in enumerate(order) if wanted.get(before.questions[one].id, rank) < rank]
        order.insert(lower[-1] + 1 if lower else 0, at)
    pair = spots(text).pair("questions")
    if pair is None or pair[1].kind != "items" or len(pair[1].children) != len(order):
        return text, before
    return _moved(text, *pair, order, set(moving)), msgspec.structs.replace(before, questions=tuple(before.questions[at] for at in order))


def ignores_above(text: str, items: Spot, at: int) -> list[tuple[int, int]]:
    """Return the comments above an item that ignore what is found in it, nearest first: from the line end before each to its own."""
    found: list[tuple[int, int]] = []
    line, floor = _line_start(text, dash_of(text, items, at)), items.children[at - 1].end if at else 0
    while line:
        end = line - 2 if text[max(0, line - 2) : line] == "\r\n" else line - 1
        line = _line_start(text, end)
        if line < floor:  # of the item before, and maybe no comment
            break
        if _IGNORE.match(text, line) and line:
            found.append((line - 2 if text[max(0, line - 2) : line] == "\r\n" else line - 1, end))
        elif text[line:end].strip() and not _COMMENT.match(text, line):
            break
    return found


def _moved(text: str, key: Spot, spot: Spot, order: Sequence[int], moving: set[int]) -> str:
    """Return the text with the items of a list in another order: those ``moving`` taken out, and put in behind their new forerunners."""
    blocks = [(one.start, one.end) for one in spot.children] if spot.flow else _blocks(text, key, spot)
    gaps = ["", *(text[one[1] : other[0]] for one, other in pairwise(blocks)), text[blocks[-1][1] :]]  # before each; behind the last
    between = ", " if spot.flow else _between(text, gaps[1:-1])
    lead = text[: blocks[0][0]]
    for at in sorted(moving):
        following = next(one for one in range(at + 1, len(gaps)) if one not in moving or one == len(blocks))
        if any(one not in moving for one in range(at)):
            gaps[following] = _joined(gaps[at], gaps[following], last=following == len(blocks))
        else:  # what is above the first stays there
            lead += _heading(gaps[at]) + _heading(gaps[following])
            gaps[following] = ""
        gaps[at] = between
    pieces = [lead]
    for number, at in enumerate(order):
        pieces += [(gaps[at] or between) if number else "", text[slice(*blocks[at])]]
    return "".join([*pieces, gaps[-1]])


def _heading(gap: str) -> str:
    return _LINE_END.sub("", gap, count=1) if "#" in gap else ""


def _joined(before: str, behind: str, *, last: bool) -> str:
    """Return what stands where a question was taken out between two gaps; no heading is lost."""
    if "#" not in before:
        return behind if last or "#" in behind else before
    if "#" not in behind and not last:
        return before
    return before.rstrip() + behind


def _blocks(text: str, key: Spot, spot: Spot) -> list[tuple[int, int]]:
    """Return where the items of a list below its key begin and end: whole lines, without the last line end."""
    found: list[tuple[int, int]] = []
    behind = _next(text, _line_end(text, key.end))
    apart = _is_blank([text[one.end : other.start] for one, other in pairwise(spot.children)])
    for one in spot.children:
        start, column = _dash(text, behind, one)
        end = _line_end(text, one.end)
        while (more := _COMMENT.match(text, _next(text, end))) and _indent(more[0]) > column and more.start() > end:
            end = _line_end(text, more.start())
        own = begin = _line_start(text, start)
        while begin > behind and _COMMENT.fullmatch(text, above := _line_start(text, begin - 1), begin):
            begin = above
            if _IGNORE.match(text, begin):
                own = begin
        if apart or (found and begin == behind):
            own = begin
        found.append((own, end))
        behind = _next(text, end)
    return found


def _is_blank(gaps: Sequence[str]) -> bool:
    """Whether most of what stands between questions holds a blank line; then a comment right above a question is no heading."""
    return sum(_BLANK.search(gap) is not None for gap in gaps) * 2 > len(gaps)


def _dash(text: str, behind: int, one: Spot) -> tuple[int, int]:
    """Return where the dash of an item stands, and its column."""
    for found in re.finditer(r"^[ \t]*(-)(?=\s)", text[behind : one.start + 1].replace("\r", "\n"), re.MULTILINE):
        at = behind + found.start(1)
        return at, at - _line_start(text, at)
    return one.start, one.start - _line_start(text, one.start)


def _between(text: str, gaps: Sequence[str]) -> str:
    """Return what stands between two questions: a line end, with a blank line where most have one."""
    found = _LINE_END.search(text)
    return (found[0] if found else "\n") * (2 if _is_blank(gaps) else 1)


def _line_start(text: str, at: int) -> int:
    if text[max(0, at - 1) : at + 1] == "\r\n":
        at -= 1
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _next(text: str, at: int) -> int:
    found = _LINE_END.match(text, at)
    return found.end() if found else at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _with_more(resting: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """Return the places of a rising run, with those that fit in between."""
    run = list(resting)
    for at in range(len(ranks)):
        if at not in run and all((one < at) == (ranks[one] < ranks[at]) for one in run):
            insort(run, at)
    return run


def _longest_rising(ranks: Sequence[int]) -> list[int]:
    """Return the places of a longest rising run among ``ranks``, which differ."""
    ends: list[int] = []  # the least rank that a run of each length ends with
    holders: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [rank]
        holders[length : length + 1] = [at]
    run = []
    at = holders[-1]
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
