"""One thing to be named, judged by its sort."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quizzer.core.grading import (
    amounts,
    clock,
    dates,
    hedging,
    likeness,
    names,
    places,
    quantities,
    ranges,
    reasons,
    transliteration,
    wording,
)
from quizzer.core.grading.folding import tokens, unwrapped
from quizzer.core.grading.known import KnownAnswers
from quizzer.core.grading.wording import RANK, RIGHT, WRONG, Finding
from quizzer.core.model import AnswerType, Part, Verdict

NOBODY = KnownAnswers(())
MOST_OFFERED = 12  # answers offered in one response that are looked at
A_LIST = Finding(Verdict.WRONG, "several answers, not one")
A_CHOICE = Finding(Verdict.WRONG, "one answer, not a choice")
EITHER = Finding(Verdict.NEAR, "one answer, not a choice")  # Paris/Lyon: what a slash means is not certain
DENIED = frozenset({"the opposite", "a “not” too many or too few", "another rank or office"})
_SORTS_OF_NAMES = frozenset({AnswerType.PERSON, AnswerType.PLACE, AnswerType.ORGANISATION, AnswerType.TEXT})
_TIME_FIRST = re.compile(r"(?:at )?(.+?)[\s,]+on (.+)", re.IGNORECASE)
_TIMED = re.compile(r"(.+?)[\s,]+at (.+)", re.IGNORECASE)
_CLOCKED = re.compile(r"(\d{1,3}):([0-5]\d)")
_WORD_OR = re.compile(r"\bor\b", re.IGNORECASE)
_OR = re.compile(r"[,;\n|/]|\bor\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[,;\n|/]|\s(?:or|and|and/or)\s)\s*(?:(?:or|and)\s)?", re.IGNORECASE)


class Judgement(NamedTuple):
    """A finding, and the wording it is about."""

    finding: Finding
    matched: str


def judge(response: str, part: Part, known: KnownAnswers, *, others: Sequence[str] = ()) -> Judgement:
    """Return the best of what ``response`` is worth as each wording of ``part``; wrong where it says one of ``others``."""
    if len(response) < 1000:
        response = unwrapped(response)
    best = named(response, part, known)
    if best.finding.verdict is Verdict.WRONG and hedging.gives_up(response):
        return Judgement(Finding(Verdict.WRONG, "no answer given"), part.key)
    bare = hedging.bare(response, part.key)
    if best.finding.verdict is not Verdict.RIGHT and bare != response:
        again = judge(bare, part, known, others=others)
        if RANK[again.finding.verdict] > RANK[best.finding.verdict]:
            best = again
    if best.finding.verdict is not Verdict.RIGHT and len(bare) < 1000 and (choice := _choice(bare, part, known, others)):
        best = Judgement(choice, best.matched)
    elif others and best.finding.verdict is Verdict.RIGHT and _names_another(bare, best.matched, others):
        best = Judgement(A_LIST, best.matched)
    elif any(_says(response, other, part, known, exact=best.finding == RIGHT) for other in others):
        best = Judgement(Finding(Verdict.WRONG, "another of the answers to choose from"), part.key)
    return best._replace(finding=reasons.with_reason(best.finding, response, best.matched, part))


def named(response: str, part: Part, known: KnownAnswers, *, others: Sequence[str] = ()) -> Judgement:
    """Return the best of what ``response``, a piece of a list, is worth as each wording of ``part``; hedges and reasons aside."""
    for text in (part.key, *part.accept):
        if wording.same(response, text):
            return Judgement(RIGHT, text)
    best = _best(response, part, known)
    exact = best.finding == RIGHT
    if best.finding.verdict is not Verdict.WRONG and any(_says(response, other, part, known, exact=exact) for other in others):
        return Judgement(WRONG, part.key)
    return best


def _says(response: str, other: str, part: Part, known: KnownAnswers, *, exact: bool = False) -> bool:
    """Whether ``response`` says ``other``, which is no wording of ``part``, with nothing to be forgiven; ``exact``: in its words."""
    if any(wording.same(one, text) for one in (response, other) for text in (part.key, *part.accept)):
        return False
    return wording.same(response, other) or (not exact and _held_against(response, other, part, known) == RIGHT)


def _names_another(response: str, matched: str, others: Sequence[str]) -> bool:
    """Whether a piece of a response that is right says one of ``others``, which is no piece of the answer."""
    if len(response) > 1000 or wording.same(response, matched):
        return False
    pieces = [piece for piece in _LISTED.split(response) if piece.strip()][:MOST_OFFERED]
    own = [matched, *_LISTED.split(matched)]
    return len(pieces) > 1 and any(
        wording.same(piece, other) and not any(wording.same(piece, one) for one in own) for piece in pieces for other in others
    )


def _choice(response: str, part: Part, known: KnownAnswers, others: Sequence[str]) -> Finding | None:
    """Return what a response that names the answer among others is worth: it is wrong, but near where only a slash stands between two."""
    words = tokens(response)
    beside = sum(wording.find(tokens(other), words) is not None for other in others)
    if beside and (beside > 1 or len(others) == 1) and wording.find(tokens(part.key), words) is not None:  # with nothing between them
        return A_LIST
    offered = [piece for piece in _LISTED.split(response.strip()) if piece.strip()][:MOST_OFFERED]
    alternatives = wording.alternatives(response)[:MOST_OFFERED]
    if len(offered) < 2 and len(alternatives) < 2:
        return None
    found = [_best(one, part, known).finding for one in {*alternatives, *offered} - {response}]
    if not any(one.verdict is Verdict.RIGHT for one in found):
        return None
    wrong = [piece for piece in offered if known.is_another(piece, part) or any(_says(piece, other, part, known) for other in others)]
    wrong_alternatives = (
        sum(_best(one, part, known).finding.verdict is Verdict.WRONG for one in alternatives) if len(alternatives) > 1 else 0
    )
    if max(len(wrong), wrong_alternatives) > 1 or (wrong and len(wrong) == len(others)):
        return A_LIST
    if wrong:
        return A_CHOICE if _OR.search(response) else A_LIST
    if wrong_alternatives:
        return A_CHOICE if _WORD_OR.search(response) else EITHER
    if len(alternatives) > 1 and all(_best(one, part, known).finding.verdict is Verdict.RIGHT for one in alternatives):
        return RIGHT
    return A_LIST if len(offered) > 3 and part.type in _SORTS_OF_NAMES and "," not in part.key else None


def _best(response: str, part: Part, known: KnownAnswers) -> Judgement:
    best = Judgement(WRONG, part.key)
    another = known.is_another(response, part)
    for text in (part.key, *part.accept):
        finding = RIGHT if wording.same(response, text) else _in_any_alphabet(response, text, part, known)
        if another and finding.guessed:
            finding = Finding(Verdict.WRONG, "another answer of this deck")
        if RANK[finding.verdict] > RANK[best.finding.verdict] or (
            finding.note and not best.finding.note and finding.verdict is best.finding.verdict is Verdict.WRONG
        ):
            best = Judgement(finding, text)
    return best


def _in_any_alphabet(response: str, text: str, part: Part, known: KnownAnswers) -> Finding:
    found = _held_against(response, text, part, known)
    if found.verdict is Verdict.RIGHT or part.type not in _SORTS_OF_NAMES or not transliteration.differ(response, text):
        return found
    alike = transliteration.alike(places.current_name(response), text)
    if alike is Verdict.WRONG:
        spelt = [transliteration.sounds(one) for one in (response, text)]
        again = _held_against(spelt[0], spelt[1], part, known) if all(spelt) else WRONG
        return again._replace(note=again.note or transliteration.NOTE, guessed=True) if again.verdict is not Verdict.WRONG else found
    return Finding(alike, transliteration.NOTE if alike is Verdict.RIGHT else transliteration.VOWELS, guessed=True)


def _held_against(response: str, text: str, part: Part, known: KnownAnswers) -> Finding:
    def taken(word: str) -> bool:
        return known.is_another(word, part)

    found = _by_sort(response, text, part, known, taken)
    return RIGHT if found.note == amounts.COMMA_OR_POINT and known.points_group else found


def _same_amount(response: str, text: str) -> bool:
    """Whether two texts of one word or two are the same amount of the same unit: 20p and 20 pence."""
    if max(len(response), len(text)) > 30 or text != text.lower():
        return False
    typed, key = quantities.quantity(response), quantities.quantity(text)
    if typed is None or key is None or typed.nouns or key.nouns or not any(reading.unit for reading in key.readings):
        return False
    return amounts.compare(typed, key) == RIGHT


def _by_sort(response: str, text: str, part: Part, known: KnownAnswers, taken: wording.Taken) -> Finding:
    match part.type:
        case AnswerType.DURATION:
            return _duration(response, text, taken)
        case AnswerType.NUMBER | AnswerType.MONEY:
            return _quantity(response, text, taken)
        case AnswerType.PERCENTAGE:
            return _percentage(response, text, taken)
        case AnswerType.DATE:
            return _date(response, text, known, taken)
        case AnswerType.RANGE:
            return _range(response, text, taken)
        case AnswerType.PERSON:
            return _person(response, text, part, known)
        case AnswerType.ORGANISATION:
            return places.compare_organisation(response, text, taken=taken)
        case AnswerType.TEXT if found := clock.compare(response, text):
            return found
        case AnswerType.PLACE | AnswerType.TEXT:
            return _name_or_text(response, text, part, known, taken)


def _name_or_text(response: str, text: str, part: Part, known: KnownAnswers, taken: wording.Taken) -> Finding:
    found = places.compare_place(response, text, taken=taken, sort=part.type)
    if found.verdict is Verdict.RIGHT or found.note in DENIED or len(response) > likeness.LONGEST:
        return found
    if listed := likeness.as_list(response, text, taken=taken):
        found = wording.better(found, listed)
    if part.type is not AnswerType.TEXT or found.verdict is Verdict.RIGHT:
        return found
    if (sort := likeness.sort_of(text)) is not AnswerType.TEXT:
        again = _held_against(response, text, Part(text, (), sort), known)
        return again if RANK[again.verdict] >= RANK[found.verdict] and (again.note or again.verdict is not Verdict.WRONG) else found
    if _same_amount(response, text):
        return RIGHT._replace(guessed=True)
    if likeness.may_be_person(text) and likeness.same_name(response, text):
        again = names.compare(response, text, rivals=known.namesakes, taken=lambda word: known.is_surname(word) or taken(word))
        if again.verdict is Verdict.RIGHT and names.lacks_given(response, text):
            again = wording.PART  # of a person it would do; but this may be Virginia, for West Virginia
        found = wording.better(found, again._replace(guessed=True))
    return found


def _quantity(response: str, text: str, taken: wording.Taken) -> Finding:
    key, typed = quantities.quantity(text), quantities.quantity(response)
    if key is None:
        return wording.compare(response, text, taken=taken)
    found = amounts.compare(typed, key) if typed else wording.WRONG
    if found.verdict is Verdict.WRONG and (mended := quantities.quantity(quantities.mended(response))) and mended != typed:
        again = amounts.compare(mended, key)
        if again.verdict is Verdict.RIGHT:
            return Finding(Verdict.RIGHT, "typo", guessed=True)
    if typed is None and ranges.span(response):
        return Finding(Verdict.WRONG, "a range, not one number")
    if typed and found.verdict is Verdict.WRONG and (note := amounts.misplaced(response, key)):
        return Finding(Verdict.WRONG, note)
    return found if typed else wording.compare(response, text, taken=taken)


def _duration(response: str, text: str, taken: wording.Taken) -> Finding:
    found = _quantity(response, text, taken)
    if found.verdict is not Verdict.RIGHT and (clocked := _CLOCKED.fullmatch(response.strip())):  # 2:30 for 2 hours 30 minutes
        for large, small in (("hours", "minutes"), ("minutes", "seconds")):
            if _quantity(f"{clocked[1]} {large} {clocked[2]} {small}", text, taken).verdict is Verdict.RIGHT:
                return RIGHT
    return found


def _percentage(response: str, text: str, taken: wording.Taken) -> Finding:
    key = quantities.quantity(text)
    if key is None or any(reading.unit for reading in key.readings) or key.part:
        return _quantity(response, text, taken)
    found = _quantity(response, text, taken)  # the key leaves the sign out, so may the learner
    if found.verdict is Verdict.RIGHT or quantities.quantity(response) is None:
        return found
    return _quantity(response, f"{text} %", taken)


def _date(response: str, text: str, known: KnownAnswers, taken: wording.Taken) -> Finding:
    key, typed = dates.dates(text, order=known.order), dates.dates(response, order=known.order, short=True)
    if key and not typed and ranges.span(response):
        return Finding(Verdict.WRONG, "a range, not a date")
    if not key and (time := clock.compare(response, text)):
        return time
    if key and not typed and (timed := _TIME_FIRST.fullmatch(response[:100])) and clock.time_of_day(timed[1]):
        found = _date(timed[2], text, known, taken)
        return Finding(Verdict.RIGHT, dates.MORE_EXACT) if found == RIGHT else found
    if key and not typed and (timed := _TIMED.fullmatch(response[:100])) and clock.time_of_day(timed[2]):
        found = _date(timed[1], text, known, taken)
        return Finding(Verdict.RIGHT, dates.MORE_EXACT) if found == RIGHT else found
    if not key or not typed:
        return wording.compare(response, text, taken=taken)
    found = dates.compare(typed, key[0])
    if found.note == dates.DAY_OR_MONTH and any(known.has_date(date) for date in typed if date.fields != key[0].fields):
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
