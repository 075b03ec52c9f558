"""One thing to be named, judged by its sort."""

from typing import NamedTuple

from quizzer.core.grading import dates, names, places, quantities, ranges, wording
from quizzer.core.grading.known import KnownAnswers
from quizzer.core.grading.wording import RANK, RIGHT, WRONG, Finding
from quizzer.core.model import AnswerType, Part, Verdict

NOBODY = KnownAnswers(())


class Judgement(NamedTuple):
    """A finding, and the wording it is about."""

    finding: Finding
    matched: str


def judge(response: str, part: Part, known: KnownAnswers) -> Judgement:
    """Return the best of what ``response`` is worth as each wording of ``part``."""
    wordings = (part.key, *part.accept)
    for text in wordings:
        if wording.same(response, text):
            return Judgement(RIGHT, text)
    best = _best(response, part, known)
    if best.finding.verdict is not Verdict.RIGHT and len(response) < 1000:
        offered = wording.alternatives(response)
        if len(offered) > 1 and any(_best(one, part, known).finding.verdict is Verdict.RIGHT for one in offered[:8]):
            return Judgement(Finding(Verdict.NEAR, "one answer, not a choice"), best.matched)
    return best


def _best(response: str, part: Part, known: KnownAnswers) -> Judgement:
    best = Judgement(WRONG, part.key)
    another = known.is_another(response, part)
    for text in (part.key, *part.accept):
        finding = RIGHT if wording.same(response, text) else _held_against(response, text, part, known)
        if another and finding.guessed:
            finding = Finding(Verdict.WRONG, "another answer of this deck")
        if RANK[finding.verdict] > RANK[best.finding.verdict] or (
            finding.note and not best.finding.note and finding.verdict is best.finding.verdict is Verdict.WRONG
        ):
            best = Judgement(finding, text)
    return best


def _held_against(response: str, text: str, part: Part, known: KnownAnswers) -> Finding:
    def taken(word: str) -> bool:
        return known.is_another(word, part)

    match part.type:
        case AnswerType.NUMBER | AnswerType.MONEY | AnswerType.DURATION:
            return _quantity(response, text, taken)
        case AnswerType.DATE:
            return _date(response, text, known, taken)
        case AnswerType.RANGE:
            return _range(response, text, taken)
        case AnswerType.PERSON:
            return _person(response, text, part, known)
        case AnswerType.ORGANISATION:
            return places.compare_organisation(response, text, taken=taken)
        case AnswerType.PLACE | AnswerType.TEXT:
            return places.compare_place(response, text, taken=taken, sort=part.type)


def _quantity(response: str, text: str, taken: wording.Taken) -> Finding:
    key, typed = quantities.quantity(text), quantities.quantity(response)
    if key is None:
        return wording.compare(response, text, taken=taken)
    found = quantities.compare(typed, key) if typed else wording.WRONG
    if found.verdict is Verdict.WRONG and (mended := quantities.quantity(quantities.mended(response))) and mended != typed:
        again = quantities.compare(mended, key)
        if again.verdict is Verdict.RIGHT:
            return Finding(Verdict.RIGHT, "typo", guessed=True)
    if typed is None and ranges.span(response):
        return Finding(Verdict.WRONG, "a range")
    if typed and found.verdict is Verdict.WRONG and (note := quantities.misplaced(response, key)):
        return Finding(Verdict.WRONG, note)
    return found if typed else wording.compare(response, text, taken=taken)


def _date(response: str, text: str, known: KnownAnswers, taken: wording.Taken) -> Finding:
    key, typed = dates.dates(text), dates.dates(response)
    if key and not typed and ranges.span(response):
        return Finding(Verdict.WRONG, "a range")
    if not key or not typed:
        return wording.compare(response, text, taken=taken)
    found = dates.compare(typed, key[0])
    if found.note == "day or month first?" and any(known.has_date(date) for date in typed if date.fields != key[0].fields):
        return Finding(Verdict.NEAR, found.note)
    return found


def _range(response: str, text: str, taken: wording.Taken) -> Finding:
    key = ranges.span(text)
    if key is None:
        return wording.compare(response, text, taken=taken)
    typed = ranges.span(response)
    return ranges.compare(typed, key) if typed else ranges.one_end(response, key)


def _person(response: str, text: str, part: Part, known: KnownAnswers) -> Finding:
    def taken(word: str) -> bool:
        return known.is_surname(word) or known.is_another(word, part)

    found = names.compare(response, text, rivals=known.namesakes, taken=taken)
    if found.verdict is Verdict.WRONG and not found.note and len(text.split()) > 4:
        return wording.compare(response, text, taken=taken)
    if found.verdict is Verdict.RIGHT and not known.may_be_named(response, part, names.names(text)):
        return Finding(Verdict.NEAR, f"which {' '.join(response.split())}?")
    return found
