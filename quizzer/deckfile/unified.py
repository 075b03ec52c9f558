"""What changed from one text to another, as a unified diff that git applies and people read."""

import difflib
import re
from collections.abc import Sequence
from typing import Literal

AROUND = 3  # lines shown around what changed


def unified(before: str, after: str, old_name: str, new_name: str) -> str:
    """Return the difference as a unified diff, which is headed by the names; "" where there is none. Line ends are those of the texts.

    ``difflib.unified_diff`` tells lines that are frequent in a file (``type: date``) as changed where they stand next to a change.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    shown = [f"--- {old_name}\n", f"+++ {new_name}\n"]
    for group in _Core(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        shown.append(f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@\n")
        for what, a, b, c, d in group:
            if what == "equal":
                shown += [_line(" ", line) for line in old[a:b]]
                continue
            shown += [_line("-", line) for line in old[a:b]]
            shown += [_line("+", line) for line in new[c:d]]
    return "".join(shown)


class _Core(difflib.SequenceMatcher[str]):
    """Compares what lies between the beginning and the end that both have: quickly where little was changed."""

    def __init__(self, isjunk: None, a: list[str], b: list[str], autojunk: bool = False) -> None:
        self._lead = _common(a, b)
        self._tail = _common(a[self._lead :][::-1], b[self._lead :][::-1])
        self._ends = len(a), len(b)
        super().__init__(isjunk, a[self._lead : len(a) - self._tail], b[self._lead : len(b) - self._tail], autojunk)

    def get_opcodes(self) -> list[tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]]:
        by, tail, (first, second) = self._lead, self._tail, self._ends
        inner = [(what, a + by, b + by, c + by, d + by) for what, a, b, c, d in super().get_opcodes()]
        return [("equal", 0, by, 0, by), *inner, ("equal", first - tail, first, second - tail, second)]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _range(start: int, end: int) -> str:
    count = end - start
    return f"{start + (1 if count else 0)}" + ("" if count == 1 else f",{count}")


def _line(sign: str, line: str) -> str:
    return sign + (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
