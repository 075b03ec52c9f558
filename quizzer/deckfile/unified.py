"""What changed from one text to another, as a unified diff that git applies and people read."""

import difflib
import re
from collections.abc import Sequence

AROUND = 3  # lines shown around what changed


def unified(before: str, after: str, name: str) -> str:
    """Return the difference as a unified diff of the file ``name``; "" where there is none. Line ends are those of the texts.

    ``difflib.unified_diff`` tells lines that are frequent in a file (``type: date``) as changed where they stand next to a change.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    same = _common(old, new)
    tail = _common(old[same:][::-1], new[same:][::-1])
    lead, end = max(0, same - AROUND), max(0, tail - AROUND)
    one, other = old[lead : len(old) - end], new[lead : len(new) - end]
    shown = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    for group in difflib.SequenceMatcher(None, one, other, autojunk=False).get_grouped_opcodes(AROUND):
        shown.append(f"@@ -{_range(lead, group[0][1], group[-1][2])} +{_range(lead, group[0][3], group[-1][4])} @@\n")
        for what, a, b, c, d in group:
            if what == "equal":
                shown += [_line(" ", line) for line in one[a:b]]
                continue
            shown += [_line("-", line) for line in one[a:b]]
            shown += [_line("+", line) for line in other[c:d]]
    return "".join(shown)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _range(lead: int, start: int, end: int) -> str:
    count = end - start
    return f"{lead + start + (1 if count else 0)}" + ("" if count == 1 else f",{count}")


def _line(sign: str, line: str) -> str:
    return sign + (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
