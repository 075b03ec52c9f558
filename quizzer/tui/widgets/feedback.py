"""What is shown after an answer: verdict, key, what was typed, evidence, explanation."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from quizzer.core.model import Evidence, Source, Verdict
from quizzer.tui.widgets.markdown import markdown_lines
from quizzer.tui.widgets.text import Piece, hang, literal, one_line

_VERDICTS = {Verdict.RIGHT: ("✓", "Right"), Verdict.NEAR: ("≈", "Near"), Verdict.WRONG: ("✗", "Wrong")}
_MOST_MEMBERS = 40  # lines for things that were to be named, and those that were
_LEAD = 9  # cells before the text of a labelled line


class Outcome(NamedTuple):
    """What came of an answer. ``diff`` is the response against the key, as (op, text) with op "=", "-" or "+"."""

    key: str
    verdict: Verdict | None = None
    response: str = ""
    matched: str = ""
    note: str = ""
    diff: Sequence[tuple[str, str]] = ()
    evidence: Sequence[tuple[Evidence, Source | None]] = ()
    explanation: str = ""
    markdown: bool = False  # how the explanation is written
    as_of: str = ""
    members: Sequence[tuple[str, str, Verdict]] = ()  # of several things: the key, how it was given, and how that was graded
    show_key: bool = True  # on a line of its own; False where the options above show it already
    say_key: bool = False  # beside the verdict
    warning: str = ""  # before the evidence


def feedback_lines(out: Outcome, width: int, *, evidence_open: bool, dark: bool = True) -> list[Content]:
    """Return ``out`` as lines of at most ``width`` cells, the verdict first; the evidence can be folded away. ``dark`` is the ground."""
    warning = hang(Content(""), Content.styled(literal(out.warning), "$warning"), width=width) if out.warning else []
    blocks = [_answer(out, width), warning, *_passages(out, width, evidence_open=evidence_open)]
    if out.explanation and out.markdown:
        blocks.append(markdown_lines(out.explanation, width, dark=dark))
    elif out.explanation:
        blocks.append(hang(Content(""), _plain(out.explanation), width=width))
    if out.as_of:
        blocks.append([Content.styled(f"As of {one_line(out.as_of)}", "$quiet")])
    lines: list[Content] = []
    for block in filter(None, blocks):
        lines += [*([Content("")] if lines else []), *block]
    return lines


def _answer(out: Outcome, width: int) -> list[Content]:
    lines: list[Content] = []
    if out.verdict is not None:
        mark, word = _VERDICTS[out.verdict]
        note: Piece = (f"  {one_line(out.note)}", "$quiet") if out.note else ""
        said: Piece = Content.assemble(("  The answer is ", "$quiet"), (one_line(out.key), "bold")) if out.say_key else ""
        verdict = Content.assemble((f"{mark} {word}", f"bold $verdict-{out.verdict.value}"), note, said)
        lines += hang(Content(""), verdict, width=width)
    if out.members:
        return [*lines, *([Content("")] if lines else []), *_members(out, width)]
    slips = any(op != "=" for op, _ in out.diff)
    if out.response and (out.diff or out.show_key):
        typed = _diff(out.diff, {"=": "", "-": "strike $verdict-wrong"}) if slips else _plain(out.response)
        lines += hang(_label("You"), typed, width=width)
    if out.show_key:
        is_key = slips and one_line(out.matched) == one_line(out.key)
        key = _diff(out.diff, {"=": "", "+": "underline"}) if is_key else _plain(out.key)
        lines += hang(_label("Answer"), key.stylize("bold $verdict-right"), width=width)
        if out.matched and slips and not is_key:
            lines += hang(_label("read as"), _diff(out.diff, {"=": "", "+": "underline"}).stylize("$quiet"), width=width)
    return lines


def _members(out: Outcome, width: int) -> list[Content]:
    """Return a line for each thing that was to be named, then for each that was named besides."""
    lines: list[Content] = []
    for key, given, verdict in out.members[:_MOST_MEMBERS]:
        mark = _VERDICTS[verdict][0] if given else "–"
        style = f"$verdict-{verdict.value}"
        same = " ".join(given.split()).casefold() == one_line(key).casefold()
        note = "not one of them" if not key else "missing" if not given else "" if same else f"you: {one_line(given)}"
        told = Content.assemble((one_line(key or given), f"{'' if not key else 'bold '}{style}"), (f"  {note}" if note else "", "$quiet"))
        lines += hang(Content.styled(f"  {mark} ", f"bold {style}"), told, width=width)
    return lines


def _passages(out: Outcome, width: int, *, evidence_open: bool) -> list[list[Content]]:
    if not out.evidence:
        return []
    if not evidence_open:
        count = len(out.evidence)
        return [[Content.styled(f"▸ {count} {'passage' if count == 1 else 'passages'} of evidence", "$quiet")]]
    bar = Content.styled("▎ ", "$accent")
    blocks = []
    for evidence, source in out.evidence:
        mark = evidence.mark
        if mark is None:
            opening, closing = ("", "") if evidence.quote[:1] in _QUOTES else ("“", "”")
            passage = Content.assemble(opening, (literal(evidence.quote), _MARK), closing)
        else:
            text, (start, end) = evidence.passage, mark
            passage = Content.assemble(literal(text[:start]), (literal(text[start:end]), _MARK), literal(text[end:]))
        lines = hang(bar, passage, width=width, rest=bar)
        if source is not None:
            lines += hang(bar, _source(source), width=width, rest=bar)
        blocks.append(lines)
    return blocks


_QUOTES = tuple("\"“”„«‘'")
_MARK = "bold underline $mark-text on $mark"


def _plain(text: str) -> Content:
    return Content(literal(text), strip_control_codes=False)


def _label(word: str) -> Content:
    return Content.styled(word.ljust(_LEAD), "$quiet")


def _diff(diff: Sequence[tuple[str, str]], styles: Mapping[str, str]) -> Content:
    """One side of the difference: what was typed ("=" and "-") or what it was held against ("=" and "+")."""
    return Content.assemble(*((literal(text), styles[op]) for op, text in diff if op in styles))


def _source(source: Source) -> Content:
    named = [one_line(part) for part in (source.publisher, f"“{source.title}”" if source.title else "", source.date) if part]
    parts: list[Piece] = [(" · ".join(named) or one_line(source.id), "$quiet")]
    if source.url.startswith(("https://", "http://")):
        url = one_line(source.url)
        parts += [("\n" + url, Style(underline=True, link=url) + Style.from_meta({"url": url}))]
    return Content.assemble(*parts)
