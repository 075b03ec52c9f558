"""What a sitting says, in the widgets' own values."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quizzer.core.kinds import Cloze, List, Match, Order, Plain, Statement
from quizzer.tui.widgets.passages import Passage
from quizzer.tui.widgets.proposal_card import Card
from quizzer.tui.widgets.proposal_header import Progress

if TYPE_CHECKING:
    from quizzer.authoring import Account, Entry, Sifting
    from quizzer.core.model import Evidence, Source

_SOFT = re.compile(r"[ \t]*(?<![\r\n])(?:\r\n|[\r\n])(?![\r\n])[ \t]*")  # a line end inside a paragraph, as articles saved as text have
STALE_NOTE = "This is no longer in the article. The question stays in the deck unless you drop it."


def card_of(entry: "Entry", *, doubts: Sequence[tuple[str, str]], alike: Sequence[tuple[str, str]], into: str) -> Card:
    """Return the card of a question; ``alike`` is what is near to it, ``into`` the stem it was merged into."""
    question, proposal = entry.question, entry.proposal
    keys: Sequence[str] = ()
    wrong: Sequence[str] = ()
    labelled: list[tuple[str, str]] = []
    stem = question.text
    match question:
        case Plain():
            keys, wrong = (question.answer,), question.distractors
            labelled += [("also right", "; ".join(question.accept))]
        case Cloze():
            keys = tuple(" | ".join(gap) for gap in question.gaps)
        case Statement():
            keys = ("True" if question.answer else "False",)
        case Order():
            keys = question.order
        case Match():
            keys, wrong = tuple(f"{left} – {right}" for left, right in question.match), question.distractors
        case List():
            keys = question.answers
    labelled += [("explanation", question.explanation), ("as of", question.as_of), ("tags", ", ".join(question.tags))]
    note = f"into “{into}”" if into else "edited" if entry.edited else ""
    return Card(
        stem=stem,
        keys=keys,
        wrong=wrong,
        labelled=[(label, text) for label, text in labelled if text],
        sort=entry.sort if proposal else "stale: its evidence is gone",
        sure=proposal.confidence if proposal else None,
        standing=entry.standing.value,
        note=note,
        doubts=doubts,
        alike=alike,
        why=why_of(entry),
        ordered=isinstance(question, Order),
    )


def why_of(entry: "Entry") -> list[str]:
    """Return how a question came about, a line each."""
    proposal = entry.proposal
    if proposal is None:
        return ["It was made from an earlier state of the article, or by hand."]
    lines = list(proposal.why)
    lines += [f"resolved from: “{' '.join(one.quote.split())}”" for one in proposal.resolved]
    articles = len({one.source for one in entry.question.evidence})
    if articles > 1:
        lines.append(f"found in {articles} articles, and merged")
    return lines


def passages_of(entry: "Entry", sources: "Mapping[str, Source]") -> list[Passage]:
    """Return the passages of a question: each once, its evidence marked, and what names were resolved from marked quietly."""
    gone = STALE_NOTE if entry.proposal is None else ""
    resolved = list(entry.proposal.resolved) if entry.proposal else []
    places = {(one.source, one.start) for one in resolved}
    quiet = [one for one in entry.question.evidence[1:] if (one.source, one.start) in places]  # not what is asked, but who is meant
    resolved = [one for one in resolved if (one.source, one.start) not in {(other.source, other.start) for other in quiet}]
    shown: list[Passage] = []
    spans: dict[tuple[str, int | None, str], list[Evidence]] = {}
    for one in entry.question.evidence:
        spans.setdefault((one.source, one.passage_start, one.passage), []).append(one)
    for (source, _, text), evidence in spans.items():
        inside = [one for one in resolved if one.source == source and evidence[0].passage and _within(one, evidence[0])]
        resolved = [one for one in resolved if one not in inside]
        marks = [(*mark, one not in quiet) for one in evidence if (mark := one.mark) is not None]
        marks += [(*span, False) for one in inside if (span := _within(one, evidence[0])) is not None]
        if text and marks:
            shown.append(_passage(text, marks, sources.get(source), gone))
        else:
            shown += [_passage(one.quote, [(0, len(one.quote), one not in quiet)], sources.get(source), gone) for one in evidence]
    for one in resolved:
        mark = one.mark
        text, marks = (one.passage, [(*mark, False)]) if mark else (one.quote, [(0, len(one.quote), False)])
        shown.append(_passage(text, marks, sources.get(one.source), "resolved from"))
    return shown


def _within(one: "Evidence", around: "Evidence") -> tuple[int, int] | None:
    """Return where a span lies in the passage of another; None when it does not."""
    if one.start is None or around.passage_start is None:
        return None
    start = one.start - around.passage_start
    return (start, start + len(one.quote)) if start >= 0 and around.passage.startswith(one.quote, start) else None


def _passage(text: str, marks: Sequence[tuple[int, int, bool]], source: "Source | None", note: str) -> Passage:
    named = [part for part in (source.publisher, f"“{source.title}”" if source.title else "", source.date) if part] if source else []
    if source and not (source.publisher or source.title):
        named.insert(0, source.id)
    shown, places = _unwrapped(text, _apart(marks))
    return Passage(shown, places, " · ".join(named), source.url if source else "", note, warns=note == STALE_NOTE)


def _unwrapped(text: str, marks: Sequence[tuple[int, int, bool]]) -> tuple[str, list[tuple[int, int, bool]]]:
    """Return the text with its paragraphs on one line each, and the marks where they are then."""
    shown, at = "", 0
    places: list[tuple[int, int, bool]] = []
    for start, end, is_strong in marks:
        shown += _SOFT.sub(" ", text[at:start])
        begin = len(shown)
        shown += _SOFT.sub(" ", text[start:end])
        places.append((begin, len(shown), is_strong))
        at = end
    return shown + _SOFT.sub(" ", text[at:]), places


def _apart(marks: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Return the marks in their order, those that overlap cut; a strong one wins over a quiet one."""
    strong = sorted((start, end) for start, end, is_strong in marks if is_strong)
    found: list[tuple[int, int, bool]] = []
    for start, end in strong:
        start = max(start, found[-1][1]) if found else start
        if start < end:
            found.append((start, end, True))
    for start, end, is_strong in sorted(marks):
        if not is_strong and all(end <= begin or finish <= start for begin, finish, _ in found):
            found.append((start, end, False))
    return sorted(found)


def progress_of(sifting: "Sifting", ids: Sequence[str], at: str, *, only: str) -> Progress:
    """Return how far the author is, and where among ``ids``."""
    counts = sifting.counts
    place = ids.index(at) + 1 if at in ids else 0
    return Progress(place, len(ids), counts.total, counts.kept, counts.dropped, counts.merged, only)


def summary_of(account: "Account") -> str:
    """Say what accepting would write."""
    name = account.path.name
    lines = [
        f"Write {_counted(account.new, 'question')} to {name}?" if account.made else f"Add {_counted(account.new, 'question')} to {name}?"
    ]
    told = [
        f"{account.dropped} dropped" if account.dropped else "",
        f"{account.merged} merged into others" if account.merged else "",
        f"evidence moves in {_counted(account.moved, 'question')}" if account.moved else "",
        f"{_counted(account.removed, 'stale question')} removed" if account.removed else "",
        f"{_counted(len(account.stale), 'stale question')} kept" if account.stale else "",
    ]
    if any(told):
        said = ", ".join(filter(None, told))
        lines.append(f"{said[0].upper()}{said[1:]}.")
    if account.open:
        lines.append(f"{account.open} not decided: left out now, and proposed again when you generate again.")
    if account.dropped or account.merged or account.removed:
        lines.append("What you dropped will not be proposed again.")
    return "\n\n".join(lines)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
