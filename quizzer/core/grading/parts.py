"""Several things to be named: which of them a response names, and in what order."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizzer.core.grading import hedging, wording
from quizzer.core.grading.folding import tokens
from quizzer.core.grading.judging import named
from quizzer.core.grading.known import KnownAnswers
from quizzer.core.grading.wording import RANK, Finding
from quizzer.core.model import Answer, Part, Verdict

MOST_PIECES = 40

_BREAK = re.compile(
    r"\s*(?:\r?\n|;|,|、|،|→|⇒|->|=>|•|\s/\s|\s[&+]\s|\s\|\s|(?<!\w)(?:and|und|et)(?!\w))\s*(?:(?:and|then)\s(?=\s*\S))?|(?<=\S)\s+then\s+(?=\S)",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s+|[-*•]\s+)", re.MULTILINE)


_ENUMERATED = re.compile(r"\s*\(?1[.)]\s")
_NUMBERS = re.compile(r"[\s,;]+\(?\d{1,2}[.)]\s+")


class _Claim(NamedTuple):
    """That the text from ``start`` to ``end`` (counted in pieces) names part number ``part``."""

    exact: bool
    rank: int
    start: int
    end: int
    part: int
    finding: Finding


class Members(NamedTuple):
    """What a response names of several things.

    ``named`` holds, in the order of the text, the number of the part, how it was written, and how it was graded (right or near);
    ``missing`` the numbers of the parts not named; ``extra`` what is none of them. A part named twice counts once.
    """

    named: tuple[tuple[int, str, Finding], ...]
    missing: tuple[int, ...]
    extra: tuple[str, ...]


def grade_parts(response: str, answer: Answer, known: KnownAnswers, *, others: Sequence[str] = ()) -> Finding:
    """Return what ``response`` is worth as all parts of ``answer`` together; ``others`` are wrong answers to the question."""
    return _verdict(members_named(response, answer, known, others=others), answer)


def members_named(response: str, answer: Answer, known: KnownAnswers, *, others: Sequence[str] = ()) -> Members:
    """Return which parts of ``answer`` the response names, which it misses, and what else it says."""
    if set(wording.forms(response)) & set(wording.forms(answer.key)):
        return Members(tuple((number, part.key, wording.RIGHT) for number, part in enumerate(answer.parts)), (), ())
    text = hedging.bare(response[: 100 * MOST_PIECES])
    if _ENUMERATED.match(text):
        text = _NUMBERS.sub("; ", text)
    text = _ENUMERATION.sub("", text)
    breaks = list(_BREAK.finditer(text))
    if not breaks and len(answer.parts) > 1:
        breaks = list(re.finditer(r"\s+", text.strip()))
        text = text.strip()
    pieces = _pieces(text, breaks)
    claims = _claims(text, pieces[:MOST_PIECES], answer.parts, known, others)
    if len(claims) < len(answer.parts) and len(text.split()) <= MOST_PIECES:  # Guatemala Honduras & El Salvador
        finer = _pieces(text, [*_between_words(text, breaks)])
        again = _claims(text, finer[:MOST_PIECES], answer.parts, known, others) if len(finer) > len(pieces) else []
        if len(again) > len(claims) and all(claim.exact for claim in again):
            pieces, claims = finer, again
    found = {claim.part for claim in claims}
    used = {at for claim in claims for at in range(claim.start, claim.end)}
    extra = [text[start:end] for at, (start, end) in enumerate(pieces) if at not in used and _says_something(text[start:end])]
    extra = (
        [one for one in extra if not any(named(one, answer.parts[part], known).finding.verdict is Verdict.RIGHT for part in found)]
        if len(extra) <= MOST_PIECES
        else extra
    )
    claimed = tuple((claim.part, _words(text[pieces[claim.start][0] : pieces[claim.end - 1][1]]), claim.finding) for claim in claims)
    missing = tuple(number for number in range(len(answer.parts)) if number not in found)
    return Members(claimed, missing, tuple(map(_words, extra)))


def _between_words(text: str, breaks: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the breaks of ``text`` and the spaces between the words that none of them takes in."""
    taken = [found.span() for found in breaks]
    spaces = [found for found in re.finditer(r"\s+", text) if not any(start < found.end() and found.start() < end for start, end in taken)]
    yield from sorted((*breaks, *spaces), key=lambda found: found.start())


def _words(text: str) -> str:
    return " ".join(text.split())


def _pieces(text: str, breaks: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    edges = [0, *(edge for found in breaks for edge in found.span()), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


def _says_something(text: str) -> bool:
    return any(word not in ("the", "a", "an", "etc", "also", "or") for word in tokens(text))


def _claims(
    text: str, pieces: Sequence[tuple[int, int]], parts: Sequence[Part], known: KnownAnswers, others: Sequence[str]
) -> list[_Claim]:
    """Return the best claims that take no piece and no part twice, in the order of the text."""
    longest = max(
        (len(list(_BREAK.finditer(word))) or len(word.split()) - 1 for part in parts for word in (part.key, *part.accept)), default=0
    )
    breaks = [max((len(_BREAK.findall(word)) for word in (part.key, *part.accept)), default=0) for part in parts]
    claims = []
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + 2 + longest, len(pieces) + 1)):
            piece = text[pieces[start][0] : pieces[end - 1][1]]
            broken = len(_BREAK.findall(piece)) if end > start + 1 else 0
            for number, part in enumerate(parts):
                if broken > breaks[number]:  # "Holand, France" is two things, though Holland might be followed by where it is
                    continue
                exact = any(wording.same(piece, word) for word in (part.key, *part.accept))
                finding = wording.RIGHT if exact else named(piece, part, known, others=others).finding
                if finding.verdict is not Verdict.WRONG and (exact or end == start + 1 or finding.verdict is Verdict.RIGHT):
                    claims.append(_Claim(exact, RANK[finding.verdict], start, end, number, finding))
    claims.sort(key=lambda claim: (-claim.exact, -claim.rank, claim.start - claim.end, claim.start, claim.part))
    chosen: list[_Claim] = []
    for claim in claims:
        if all(claim.part != other.part and (claim.end <= other.start or claim.start >= other.end) for other in chosen):
            chosen.append(claim)
    return sorted(chosen, key=lambda claim: claim.start)


def _verdict(found: Members, answer: Answer) -> Finding:
    if not found.named:
        return Finding(Verdict.WRONG, "none of them")
    order, extra = [number for number, _, _ in found.named], found.extra
    if len(extra) > 1 and len(extra) >= min(len(order) + 1, len(answer.parts)):
        return Finding(
            Verdict.WRONG, f"more wrong ones than right: {_told(extra)}" if len(extra) > len(order) else f"too many: {_told(extra)}"
        )
    missing = [_words(answer.parts[one].key) for one in found.missing]
    if answer.ordered and order != sorted(order):
        swaps = [at for at in range(len(order) - 1) if order[at] > order[at + 1]]
        mended = list(order)
        mended[swaps[0]], mended[swaps[0] + 1] = mended[swaps[0] + 1], mended[swaps[0]]
        if not missing and not extra and mended == sorted(order):
            return Finding(Verdict.NEAR, "two are swapped")
        return Finding(Verdict.WRONG, "in another order")
    if missing:
        return Finding(
            Verdict.NEAR,
            f"{len(order)} of {len(answer.parts)}: missing {_told(missing, len(missing))}" + (f"; wrong: {_told(extra)}" if extra else ""),
        )
    if extra:
        return Finding(Verdict.NEAR, f"too many: {_told(extra)}")
    findings = sorted((finding for _, _, finding in found.named), key=lambda one: RANK[one.verdict])
    notes = [finding.note for finding in findings if finding.note]
    near = any(finding.verdict is not Verdict.RIGHT for finding in findings) or notes.count("typo") > 1
    note = notes[0] if notes else ""
    return Finding(Verdict.NEAR, note or "one is not quite the same") if near else Finding(Verdict.RIGHT, note)


def _told(texts: Sequence[str], most: int = 3) -> str:
    return ", ".join(" ".join(one.split()) for one in texts[:most])
