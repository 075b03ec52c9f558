"""``# quizzer: ignore CODE[, CODE] -- reason``: what a deck's author has looked at and wants to keep.

A comment holds for its own line; alone on its line, for the next one that is no comment. On or above the line where a question
begins, it holds for the whole question. Comments are told from text that looks like one by the parser.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

import msgspec

from quizzer.deckfile.codes import CODES
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.nodes import Items, Node, Table, Text
from quizzer.deckfile.problems import Lines, Problem, quoted

CODE = "D012"
CANNOT = "keeps the deck from being studied"
_COMMENT = re.compile(
    r"#[ \t]*quizzer:[ \t]*ignore\b[ \t:]*(?P<codes>[^\r\n]*?)(?P<reason>[ \t]+--[^\r\n]*)?(?=[ \t]*(?:[\r\n]|\Z))", re.IGNORECASE
)
_HEAD = re.compile(
    r"(?:[&!]\S*\s+|#[^\r\n]*[\r\n]+\s*)*(?:[|>][^\r\n]*)?"
)  # of a text: anchor, tag and block sign, and comments behind them
_CODE = re.compile(r"[^\s,]+")
OF_IMAGES = ("D502", "D503", "D504")


class _Ignore(msgspec.Struct):
    code: str
    start: int  # of the code, in the text
    first: int  # line
    last: int
    used: bool = False


def without_ignored(draft: Draft, problems: list[Problem], *, judged: set[str] | None = None) -> list[Problem]:
    """Return the problems that no comment ignores, and those with the comments themselves, in the order of the file.

    ``judged``: the codes that were looked for, where not all were; a comment for another is no problem.
    """
    if draft.file is None or "quizzer:" not in draft.file.text.lower():
        return problems
    ignores = _ignores(draft, draft.file.text)
    if not ignores:
        return problems
    over: defaultdict[tuple[str, int], list[_Ignore]] = defaultdict(list)
    for ignore in ignores:
        for line in range(ignore.first, ignore.last + 1):
            over[ignore.code, line].append(ignore)
    left = []
    for problem in problems:
        covering = over.get((problem.code, problem.line), ()) if can_be_ignored(problem.code) else ()
        for ignore in covering:
            ignore.used = True
        if not covering:
            left.append(problem)
    lines = Lines(draft.file.text)
    for ignore in ignores:
        if not ignore.used and (judged is None or ignore.code in judged or ignore.code not in CODES):
            line, column = lines.at(ignore.start)
            left.append(_idle(ignore, str(draft.path), line, column))
    return sorted(left)


def ignores_of(draft: Draft) -> list[tuple[str, int, int]]:
    """Return what the draft's comments ignore that can be: each code, and the first and last line that it holds for."""
    if draft.file is None or "quizzer:" not in draft.file.text.lower():
        return []
    found = [(one.code, one.first, one.last) for one in _ignores(draft, draft.file.text)]
    return [(code, first, last) for code, first, last in found if code in CODES and can_be_ignored(code)]


def covered(draft: Draft, codes: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what each comment for one of ``codes`` holds for: keys and items of questions, as paths; ids, which may be new, aside."""
    ignores = [one for one in ignores_of(draft) if one[0] in codes]
    if not ignores or draft.file is None:
        return []
    lines = Lines(draft.file.text)
    places = [(lines.at(start)[0], path) for number, item in enumerate(draft.items) for start, path in _paths(item.node, f"{number}")]
    return [(code, tuple(sorted({path for line, path in places if first <= line <= last}))) for code, first, last in ignores]


def _paths(node: Node, path: str) -> Iterator[tuple[int, str]]:
    """Yield where each key and each item below a node begins, and the way to it; the first of a list may stand without one."""
    if isinstance(node, Table):
        for key, value in node.pairs:
            name = f"{path}.{key.value if isinstance(key, Text) else ''}"
            if not name.endswith(".id"):
                yield key.start, name
                yield from _paths(value, name)
    elif isinstance(node, Items):
        for number, one in enumerate(node.nodes):
            name = f"{path}.{number}" if number else path
            yield one.start, name
            yield from _paths(one, name)


def can_be_ignored(code: str) -> bool:
    """Whether a deck with this problem can be studied, so that it may be ignored."""
    return CODES[code].severity == "warning" or code.startswith("Q") or code in OF_IMAGES


def _idle(ignore: _Ignore, path: str, line: int, column: int) -> Problem:
    if not ignore.code:
        message = "this comment names no code. Write which to ignore: `# quizzer: ignore Q104 -- why`."
    elif ignore.code not in CODES:
        message = f"there is no code {quoted(ignore.code)} to ignore. Mend it, or remove it."
    elif not can_be_ignored(ignore.code):
        message = f"{ignore.code} {CANNOT}, so it cannot be ignored. Mend what is wrong."
    else:
        message = f"there is no {ignore.code} here to ignore. Remove it."
    return Problem(
        path=path, line=line, column=column, code=CODE, message=message, severity=CODES[CODE].severity, width=max(1, len(ignore.code))
    )


def _ignores(draft: Draft, text: str) -> list[_Ignore]:
    comments = list(_COMMENT.finditer(text))
    texts = _texts(text) if comments else []
    lines = Lines(text)
    ends = _ends(draft, lines) if comments else {}
    found = []
    for comment in comments:
        if _inside(comment.start(), texts) or (comment.start() and text[comment.start() - 1] not in " \t\r\n\ufeff"):
            continue
        line, column = lines.at(comment.start())
        first = line
        if not text[comment.start() - column + 1 : comment.start()].strip():  # alone: for what follows
            first = _next_line(text, comment.end(), line, lines)
        last = ends.get(first, first)
        names = list(_CODE.finditer(text, comment.start("codes"), comment.end("codes")))
        found += [_Ignore(name[0].upper(), name.start(), min(line, first), last) for name in names] or [
            _Ignore("", comment.start(), first, last)
        ]
    return found


def _next_line(text: str, at: int, line: int, lines: Lines) -> int:
    """Return the first line behind ``at`` that is neither blank nor a comment."""
    code = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*").match(text, at)
    return lines.at(code.end())[0] if code and code.end() < len(text) else line


def _ends(draft: Draft, lines: Lines) -> dict[int, int]:
    """Return the last line of each question by its first; of several on one line, of the last."""
    assert draft.file is not None
    starts = [lines.at(item.node.start)[0] for item in draft.items]
    last = lines.at(len(draft.file.text))[0]
    ends = [max(begin, following - 1) for begin, following in pairwise([*starts, last + 1])]
    return dict(zip(starts, ends, strict=True))


def _texts(text: str) -> list[tuple[int, int]]:
    """Return where the scalars that may hold a # begin and end, in order."""
    from quizzer.deckfile.spans import Spot, spots

    found: list[tuple[int, int]] = []
    waiting: list[Spot] = [spots(text)]
    while waiting:
        spot = waiting.pop()
        if spot.kind == "text":
            head = _HEAD.match(text, spot.start, spot.end)
            found.append((head.end() if head else spot.start, spot.end))
        waiting += spot.children
    return sorted(found)


def _inside(at: int, texts: list[tuple[int, int]]) -> bool:
    number = bisect_right(texts, (at, 1 << 60)) - 1
    return number >= 0 and texts[number][0] <= at < texts[number][1]
