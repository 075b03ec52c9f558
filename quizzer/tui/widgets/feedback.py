"""What is shown after an answer: verdict, key, what was typed, evidence, explanation."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.style import Style

from quizzer.core.model import Evidence, Source, Verdict
from quizzer.tui.messages import LinkRequested
from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.text import Piece, hang, literal, one_line

_VERDICTS = {Verdict.RIGHT: ("✓", "Right"), Verdict.NEAR: ("≈", "Near"), Verdict.WRONG: ("✗", "Wrong")}
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
    as_of: str = ""
    show_key: bool = True  # on a line of its own; False where the options above show it already
    say_key: bool = False  # beside the verdict


class Feedback(Lines):
    """An ``Outcome`` to be read; the evidence can be folded away."""

    DEFAULT_CSS = """
    Feedback { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._outcome: Outcome | None = None
        self._evidence_open = True

    @property
    def text(self) -> str:
        """What can be read here, without its colours."""
        return "\n".join(line.plain for line in self.lay_out(self.content_size.width or 80))

    def show(self, outcome: Outcome, *, evidence_open: bool) -> None:
        """Show ``outcome``."""
        self._outcome, self._evidence_open = outcome, evidence_open
        self.relay()

    def open_evidence(self, evidence_open: bool) -> None:
        """Open or fold away the evidence."""
        self._evidence_open = evidence_open
        self.relay()

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        if self._outcome is None:
            return []
        out = self._outcome
        blocks = [self._answer(out, width), *self._passages(out, width)]
        if out.explanation:
            blocks.append(hang(Content(""), _plain(out.explanation), width=width))
        if out.as_of:
            blocks.append([Content.styled(f"As of {one_line(out.as_of)}", "$quiet")])
        lines: list[Content] = []
        for block in filter(None, blocks):
            lines += [*([Content("")] if lines else []), *block]
        return lines

    def _answer(self, out: Outcome, width: int) -> list[Content]:
        lines: list[Content] = []
        if out.verdict is not None:
            mark, word = _VERDICTS[out.verdict]
            note: Piece = (f"  {one_line(out.note)}", "$quiet") if out.note else ""
            said: Piece = Content.assemble(("  The answer is ", "$quiet"), (one_line(out.key), "bold")) if out.say_key else ""
            verdict = Content.assemble((f"{mark} {word}", f"bold $verdict-{out.verdict.value}"), note, said)
            lines += hang(Content(""), verdict, width=width)
        if out.response and (out.diff or out.show_key):
            typed = _diff(out.diff) if any(op != "=" for op, _ in out.diff) else _plain(out.response)
            lines += hang(_label("You"), typed, width=width)
        if out.show_key:
            lines += hang(_label("Answer"), _plain(out.key).stylize("bold $verdict-right"), width=width)
        if out.matched and out.show_key and one_line(out.matched) != one_line(out.key) and any(op != "=" for op, _ in out.diff):
            lines += hang(_label("read as"), _plain(out.matched).stylize("$quiet"), width=width)
        return lines

    def _passages(self, out: Outcome, width: int) -> list[list[Content]]:
        if not out.evidence:
            return []
        if not self._evidence_open:
            count = len(out.evidence)
            return [[Content.styled(f"▸ {count} {'passage' if count == 1 else 'passages'} of evidence", "$quiet")]]
        bar = Content.styled("▎ ", "$accent")
        blocks = []
        for evidence, source in out.evidence:
            mark = evidence.mark
            if mark is None:
                passage = Content.assemble("“", (literal(evidence.quote), _MARK), "”")
            else:
                text, (start, end) = evidence.passage, mark
                passage = Content.assemble(literal(text[:start]), (literal(text[start:end]), _MARK), literal(text[end:]))
            lines = hang(bar, passage, width=width, rest=bar)
            if source is not None:
                lines += hang(bar, _source(source), width=width, rest=bar)
            blocks.append(lines)
        return blocks

    def on_click(self, event: events.Click) -> None:
        """Ask for the address under the mouse."""
        url = event.style.meta.get("url")
        if url:
            self.post_message(LinkRequested(url))


_MARK = "bold underline $mark-text on $mark"


def _plain(text: str) -> Content:
    return Content(literal(text), strip_control_codes=False)


def _label(word: str) -> Content:
    return Content.styled(word.ljust(_LEAD), "$quiet")


def _diff(diff: Sequence[tuple[str, str]]) -> Content:
    styles = {"=": "", "-": "strike $verdict-wrong", "+": "underline $verdict-right"}
    return Content.assemble(*((literal(text), styles[op]) for op, text in diff))


def _source(source: Source) -> Content:
    named = [one_line(part) for part in (source.publisher, f"“{source.title}”" if source.title else "", source.date) if part]
    parts: list[Piece] = [(" · ".join(named) or one_line(source.id), "$quiet")]
    if source.url.startswith(("https://", "http://")):
        url = one_line(source.url)
        parts += [("\n" + url, Style(underline=True, link=url) + Style.from_meta({"url": url}))]
    return Content.assemble(*parts)
