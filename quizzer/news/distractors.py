"""Wrong options of the same sort and shape as the key: from the deck first, then near values or a short list; never padding.

Guarantees: distinct from the key, from each other and from every accepted wording, by the grader's own judgement; never what
the stem already names; never the answer to the same question elsewhere in the deck.
"""

import calendar
import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator, Sequence

from quizzer.core.grading import grade
from quizzer.core.model import Answer, AnswerType, Part, Verdict
from quizzer.news.entities import Entities, canonical
from quizzer.news.facts import Fact, Frame, Happening, Holding, Saying, Sort
from quizzer.news.people import Person
from quizzer.news.stock import is_city, places_like, posts_like
from quizzer.news.values import Value
from quizzer.news.words import COUNTRIES, DURATION_NOUNS, NUMBERS, ORGANISATION_WORDS, ROLE_NOUNS, STATES, word_set

ENOUGH = 3
_LAW = word_set("attorney counsel prosecutor judge justice lawyer general")
_OVERGROWN = re.compile(r"\b(?:\d{4,}|\d,\d{3})(?:\.\d+)? (?:thousand|million|billion)\b")  # nobody writes "1,760 million"


def distractors(
    fact: Fact, stem: str, *, facts: Sequence[Fact], entities: Entities, latest: dt.date | None, dice: random.Random
) -> tuple[str, ...]:
    """Return up to three wrong options; ``latest`` is the day after which no date may lie."""
    kind = fact.answer.type
    if kind is AnswerType.PERSON:
        offered: Iterable[str] = _people(fact, facts, entities, dice)
    elif kind is AnswerType.DATE:
        offered = _dates(fact, facts, latest, dice)
    elif kind in (AnswerType.NUMBER, AnswerType.MONEY, AnswerType.DURATION):
        offered = _amounts(fact.answer, dice)
    elif kind is AnswerType.PLACE:
        offered = _places(fact, facts, entities, dice)
    elif kind is AnswerType.ORGANISATION:
        offered = _organisations(fact, entities, dice)
    elif fact.sort is Sort.ROLE or (isinstance(fact.frame, Saying) and fact.frame.by == "position"):
        offered = _roles(fact, facts, dice)
    else:
        offered = ()
    taken = {_plain(text) for text in (fact.answer.text, *fact.answer.accept)}
    rivals = [other.answer for other in facts if other is not fact and _rival(fact, other)]
    taken |= {_plain(text) for rival in rivals for text in (rival.text, *rival.accept)}
    words = f" {_plain(stem)} "
    chosen: list[str] = []
    said = [Answer((Part(fact.answer.text, tuple(fact.answer.accept), kind),))]
    for text in offered:
        plain = _plain(text)
        if not plain or plain in taken or f" {plain} " in words:
            continue
        if any(grade(text, one).verdict is Verdict.RIGHT for one in said):
            continue
        taken.add(plain)
        said.append(Answer((Part(text, (), kind),)))
        chosen.append(text)
        if len(chosen) == ENOUGH:
            break
    return tuple(chosen)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w.%$£€]+", " ", text.lower().removeprefix("the ")).split())


def _rival(fact: Fact, other: Fact) -> bool:
    """Whether another fact's answer might also answer this question."""
    if fact.sort != other.sort or fact.answer.type != other.answer.type:
        return False
    if isinstance(fact.frame, Frame) and isinstance(other.frame, Frame):
        return fact.frame.gap == other.frame.gap and len(fact.frame.terms & other.frame.terms) >= 0.5 * min(
            len(fact.frame.terms), len(other.frame.terms)
        )
    if isinstance(fact.frame, Happening) and isinstance(other.frame, Happening):
        return bool(fact.frame.terms & other.frame.terms)
    if isinstance(fact.frame, Holding) and isinstance(other.frame, Holding):
        return fact.frame.person == other.frame.person
    return False


def _people(fact: Fact, facts: Sequence[Fact], entities: Entities, dice: random.Random) -> Iterator[str]:
    key = next((person for person in entities.people.all if person.key == fact.answer.entity), None)
    in_stem = frozenset[str]() if isinstance(fact.frame, Saying) else getattr(fact.frame, "names", frozenset())
    said = frozenset(_plain(fact.frame.words).split()) if isinstance(fact.frame, Saying) else frozenset[str]()
    others = [
        person for person in entities.people.all
        if person.sure and person.full == (key.full if key else True) and person.key != fact.answer.entity and person.key not in in_stem
        and (key is None or person.surname != key.surname) and not {person.name.split()[0].lower(), person.surname.lower()} & said
        and person.surname.lower() not in ROLE_NOUNS | ORGANISATION_WORDS
    ]  # fmt: skip
    dice.shuffle(others)
    known = {other.answer.entity for other in facts}

    def nearness(person: Person) -> tuple[bool, bool]:
        differs = bool(key and key.gender and person.gender and key.gender != person.gender)
        return differs, person.key not in known

    others.sort(key=nearness)
    same = [person for person in others if not nearness(person)[0]]
    yield from (person.name for person in (same if len(same) >= 2 else others))


def _dates(fact: Fact, facts: Sequence[Fact], latest: dt.date | None, dice: random.Random) -> Iterator[str]:
    value = fact.answer
    low, high = dt.date.fromordinal(int(value.low)), dt.date.fromordinal(int(value.high))
    near = [
        other.answer.text for other in facts
        if other.answer.type is AnswerType.DATE and other.answer.unit == value.unit and other.answer.same != value.same
        and abs(other.answer.low - value.low) < (3700 if value.unit == "year" else 400)
        and not (value.low <= other.answer.low <= value.high)
    ]  # fmt: skip
    near = list(dict.fromkeys(near))
    dice.shuffle(near)
    if value.unit != "day":
        yield from near[:1] if value.unit == "month" else near[:2]
    made: list[str] = []
    end = (latest or dt.date(low.year + 10, 12, 31)).toordinal()
    if value.unit == "year":
        made = [str(low.year + step) for step in (-3, -2, -1, 1, 2, 3) if dt.date(low.year + step, 1, 1).toordinal() <= end]
    elif value.unit == "month":
        for step in (-7, -5, -3, -2, -1, 1, 2, 3, 5):
            month = low.year * 12 + low.month - 1 + step
            if dt.date(month // 12, month % 12 + 1, 1).toordinal() <= end:
                made.append(f"{calendar.month_name[month % 12 + 1]} {month // 12}")
    else:
        for step in (-40, -24, -17, -11, -8, -5, 4, 6, 9, 13, 21, 33):
            day = high + dt.timedelta(days=step)
            if day.toordinal() <= end:
                made.append(f"{calendar.month_name[day.month]} {day.day}, {day.year}")
    dice.shuffle(made)
    yield from made


def _amounts(value: Value, dice: random.Random) -> Iterator[str]:
    pattern = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(NUMBERS) + r")(?:-(?:" + "|".join(NUMBERS) + r"))?\b", re.IGNORECASE)
    numbers = list(pattern.finditer(value.text))
    if not numbers:
        return
    factors = [0.4, 0.5, 0.6, 0.75, 1.3, 1.5, 1.8, 2.2, 2.7]
    if value.unit in ("percent", "%") and value.high > 0:
        factors = [factor for factor in factors if value.high * factor < 97]
    dice.shuffle(factors)
    for factor in factors:
        text = value.text
        changed = True
        for match in reversed(numbers):
            other = _scaled(match[0], factor)
            changed = changed and other != match[0]
            text = text[: match.start()] + other + text[match.end() :]
        if changed and _agrees(text) and not _OVERGROWN.search(text):
            yield text


def _agrees(text: str) -> bool:
    """Whether number and unit agree: no "one years"."""
    return not re.search(r"\b(?:1|one|0|zero) (?:" + "|".join(f"{noun}s" for noun in DURATION_NOUNS) + r")\b", text)


def _scaled(text: str, factor: float) -> str:
    words = {value: word for word, value in NUMBERS.items()}
    lower = text.lower()
    if lower[:1].isalpha():
        total = sum(NUMBERS[part] for part in lower.split("-"))
        scaled = max(1, round(total * factor))
        if scaled == total:
            scaled += 1 if factor > 1 else -1
        if scaled in words:
            other = words[scaled]
        elif 20 < scaled < 100:
            other = f"{words[scaled // 10 * 10]}-{words[scaled % 10]}"
        else:
            other = f"{scaled:,}"
        return other
    number = float(text.replace(",", ""))
    if "." in text:
        places = len(text.split(".")[1])
        return f"{number * factor:,.{places}f}"
    digits = text.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    step = 10 ** min(zeros, len(digits) - 1)  # as round as the key
    scaled = max(step, round(number * factor / step) * step)
    if scaled == number:
        scaled += step if factor > 1 else -step
    scaled = max(scaled, 1)
    return f"{int(scaled):,}" if "," in text or (scaled > 999 and len(digits) != 4) else str(int(scaled))


def _places(fact: Fact, facts: Sequence[Fact], entities: Entities, dice: random.Random) -> Iterator[str]:
    text = fact.answer.text
    stock = places_like(text)
    dice.shuffle(stock)
    if text in STATES or text in COUNTRIES:
        near = [named.name for named in entities.of_kind("place") if named.name in stock]
        dice.shuffle(near)
        yield from near
        yield from stock
        return
    shaped = [other.answer.text for other in facts if other.answer.type is AnswerType.PLACE and ("," in other.answer.text) == ("," in text)]
    dice.shuffle(shaped)
    yield from (name for name in shaped if name not in STATES and name not in COUNTRIES and fact.answer.same not in name.lower())
    if "," not in text and not any(state in text for state in STATES):
        bare = [
            named.name for named in entities.of_kind("place")
            if named.settled and (is_city(named.name) or not is_city(text)) and not entities.people.is_surname(named.name)
            and named.name not in STATES and named.name not in COUNTRIES and "." not in named.name
            and abs(len(named.name.split()) - len(text.split())) <= 1 and len(named.name) > 3
            and not re.search(r"states|america|district|^[A-Z]+$|an$|-", named.name.lower())
        ]  # fmt: skip
        dice.shuffle(bare)
        yield from bare
    # A place the articles name may be where it happened too, in other words.
    told = {part.lower() for named in entities.of_kind("place") for part in (named.name, named.name.split(",")[0])}
    yield from (name for name in stock if name.lower() not in told and name.split(",")[0].lower() not in told)


def _organisations(fact: Fact, entities: Entities, dice: random.Random) -> Iterator[str]:
    key = fact.answer.text.removeprefix("the ")
    article = "the " if fact.answer.text.startswith("the ") else ""
    words = set(fact.answer.same.split())

    def alike(name: str) -> bool:
        other = set(canonical(name).split())
        last = name.lower().split()[-1]
        institution = len(name.split()) > 2 or (len(name.split()) == 2 and bool(set(name.lower().split()) & ORGANISATION_WORDS))
        institution = institution and last.rstrip("s") not in ROLE_NOUNS
        return institution and abs(len(name.split()) - len(key.split())) <= 3 and not (other >= words or words >= other)

    others = [named.name for named in entities.of_kind("organisation") if alike(named.name)]
    dice.shuffle(others)
    yield from (article + name for name in others)


def _both(post: str, other: str) -> bool:
    """Whether one person may well have held both: two posts of the law, or two of one state."""
    one, two = ({word.lower().rstrip("s") for word in text.split()} for text in (post, other))
    return bool((one & _LAW and two & _LAW) or any(state in post and state in other for state in STATES))


def _roles(fact: Fact, facts: Sequence[Fact], dice: random.Random) -> Iterator[str]:
    own = fact.frame.person if isinstance(fact.frame, Holding) else ""
    others = [
        other.answer.text for other in facts
        if isinstance(other.frame, Holding) and other.frame.gap == "role" and other is not fact
        and not set(other.answer.text.lower().split()) >= set(fact.answer.text.lower().split())
        and not set(fact.answer.text.lower().split()) >= set(other.answer.text.lower().split())
    ]  # fmt: skip
    dice.shuffle(others)
    yield from (post for post in others if not _both(fact.answer.text, post))
    stock = posts_like(fact.answer.text)
    dice.shuffle(stock)
    held = {_plain(other.answer.text) for other in facts if isinstance(other.frame, Holding) and other.frame.person == own}
    yield from (post for post in stock if not any(word == _plain(post) for word in held))
