"""Wrong options of the same sort and shape as the key: from the deck first, then near values or a short list; never padding.

Guarantees: distinct from the key, from each other and from every accepted wording, by the grader's own judgement; never what
the stem already names; never the answer to the same question elsewhere in the deck.
"""

import datetime as dt
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from quizzer.core.grading import grade
from quizzer.core.model import Answer, AnswerType, Part, Verdict
from quizzer.news.beside import PRESS
from quizzer.news.census import surnames
from quizzer.news.entities import Entities, canonical
from quizzer.news.facts import Fact, Frame, Happening, Holding, Saying, Sort
from quizzer.news.families import institutions_like, landmarks_like, of_one_family
from quizzer.news.near_values import near_amounts, near_dates, spread
from quizzer.news.nouns import noun_for
from quizzer.news.people import Person
from quizzer.news.stock import is_city, places_like, posts_like
from quizzer.news.words import COUNTRIES, OFFICES, ORGANISATION_WORDS, ROLE_NOUNS, STATES, word_set

ENOUGH = 3
AMOUNTS = 7  # dates or amounts out of which three are taken
PUBLIC = word_set(
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king queen prince pope "
    "chairman chairwoman speaker ambassador justice candidate nominee general"
)  # offices whose holders are known to many
FAMOUS = 10  # times the deck names somebody from which on all know who it is
_PAPERS = ("newspaper", "magazine", "network", "news organisation")
_STREET = re.compile(r"\b(?:St|Ave|Blvd|Rd)\.?$")
_LAW = word_set("attorney counsel prosecutor judge justice lawyer general")
NAMED = (AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE)
_COUNTED = (AnswerType.DATE, AnswerType.NUMBER, AnswerType.MONEY, AnswerType.DURATION)
_FIRMS = ("company", "bank", "airline", "fund")
_LOOSE = re.compile(r"\b(?:more than|at least|over|less than|nearly|many|some|several|most)\b")
_ONE = ("united states", "u.s.", "us", "america"), ("united kingdom", "u.k.", "uk", "britain", "great britain", "england")
OFTEN = 3  # mentions that make a name sure which no census knows


def distractors(
    fact: Fact, stem: str, *, facts: Sequence[Fact], entities: Entities, latest: dt.date | None, dice: random.Random
) -> tuple[str, ...]:
    """Return up to three wrong options, dates and amounts in order; ``latest`` is the day after which no date may lie."""
    kind = fact.answer.type
    if kind is AnswerType.PERSON:
        offered: Iterable[str] = _people(fact, stem, facts, entities, dice)
    elif kind is AnswerType.DATE:
        offered = near_dates(fact.answer, [other.answer for other in facts if other.answer.type is kind], latest=latest, dice=dice)
    elif kind in _COUNTED:
        offered = near_amounts(fact.answer, dice)
    elif kind is AnswerType.PLACE:
        offered = _places(fact, facts, entities, dice)
    elif kind is AnswerType.ORGANISATION:
        offered = _organisations(fact, stem, facts, entities, dice)
    elif fact.sort is Sort.ROLE or (isinstance(fact.frame, Saying) and fact.frame.by == "position"):
        offered = _roles(fact, facts, dice)
    elif fact.sort is Sort.TERM:
        offered = _terms(fact, facts, dice)
    else:
        offered = ()
    rivals = [other.answer for other in facts if other is not fact and _rival(fact, other)]
    right = [fact.answer, *rivals]
    taken = {_plain(text) for answer in right for text in (answer.text, *answer.accept)}
    words = f" {_plain(stem)} "
    told = _told_of_it(fact, facts)
    chosen: list[str] = []
    said = [Answer((Part(answer.text, tuple(answer.accept), kind),)) for answer in right]
    for text in offered:
        plain = _plain(text)
        if not plain or plain in taken or f" {plain} " in words or f" {plain} " in told:
            continue
        if any(grade(text, one).verdict is Verdict.RIGHT for one in said):
            continue
        if kind is AnswerType.ORGANISATION and any(f" {plain} " in f" {other} " or f" {other} " in f" {plain} " for other in taken):
            continue  # the same one, less fully named
        taken.add(plain)
        said.append(Answer((Part(text, (), kind),)))
        chosen.append(text)
        if len(chosen) == (AMOUNTS if kind in _COUNTED else ENOUGH):
            break
    if len(chosen) == 1 and fact.sort is Sort.ROLE and kind is AnswerType.TEXT:
        return ()  # one post alone would only tell which it is not
    return spread(fact.answer.text, chosen, ENOUGH, dice=dice) if kind in _COUNTED else tuple(chosen)


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


def _terms(fact: Fact, facts: Sequence[Fact], dice: random.Random) -> list[str]:
    """Return what other things of the deck are called, as long and as capital as the key."""
    key = fact.answer.text
    others = sorted({other.answer.text for other in facts if other.sort is Sort.TERM and other is not fact})
    others = [text for text in others if text[:1].isupper() == key[:1].isupper() and abs(len(text.split()) - len(key.split())) <= 1]
    dice.shuffle(others)
    return others


def _told_of_it(fact: Fact, facts: Sequence[Fact]) -> str:
    """Return what the other facts of the same event, or of the same sentence, name: it may be right here too."""
    if isinstance(fact.frame, Saying) or fact.answer.type not in NAMED:
        return " "
    found = []
    for other in facts:
        if other is fact or isinstance(other.frame, Holding) != isinstance(fact.frame, Holding):
            continue
        own: frozenset[str] = getattr(fact.frame, "terms", frozenset())
        terms: frozenset[str] = getattr(other.frame, "terms", frozenset())
        alike = len(own & terms) >= 0.6 * min(len(own), len(terms)) if own and terms else False
        one, two = fact.evidence[0], other.evidence[0]
        beside = one.article == two.article and one.start < two.end and two.start < one.end and not isinstance(fact.frame, Holding)
        linked = fact.answer.type is AnswerType.ORGANISATION and _names_it(fact.answer.text, other)  # an owner and what it owns
        if alike or beside or linked:
            found.append(" ".join((other.answer.text, *_words_of(other.frame))))
    return f" {_plain(' / '.join(found))} "


def _names_it(name: str, other: Fact) -> bool:
    bare = name.removeprefix("the ")
    return any(bare in words for words in _words_of(other.frame)) or bare in other.answer.text


def _words_of(frame: msgspec.Struct) -> Iterator[str]:
    for name in ("subject", "rest", "before", "after", "event", "person", "claimed_by"):
        words = getattr(frame, name, "")
        yield from words if isinstance(words, tuple) else (words,)


def _people(fact: Fact, stem: str, facts: Sequence[Fact], entities: Entities, dice: random.Random) -> Iterator[str]:
    """Yield people of the key's walk of life and standing first; no journalist where the key is none, nobody of the other gender where
    the stem tells it, and nobody who shares a name with the key or with another option.
    """
    people = entities.people
    key = people.find(fact.answer.entity)
    bare = re.sub(r"“[^”]*”", "", stem)
    in_stem = frozenset[str]() if isinstance(fact.frame, Saying) else getattr(fact.frame, "names", frozenset())
    said = frozenset(_plain(fact.frame.words).split()) if isinstance(fact.frame, Saying) else frozenset[str]()
    own = set(key.name.lower().split()) if key else set(fact.answer.text.lower().split())
    held = _offices_held(facts, entities)
    mine = held.get(fact.answer.entity, frozenset())
    public = bool(mine & PUBLIC) or bool(key and people.weight(key.key) >= FAMOUS)
    others = [
        person for person in people.all
        if person.sure and person.full == (key.full if key else True) and person.key != fact.answer.entity and person.key not in in_stem
        and not own & set(person.name.lower().split()) and not {person.name.split()[0].lower(), person.surname.lower()} & said
        and person.surname.lower() not in ROLE_NOUNS | ORGANISATION_WORDS
        and (person.surname.lower() in surnames() or person.mentions >= OFTEN)
        and ("reporter" in mine or "reporter" not in held.get(person.key, ()))
    ]  # fmt: skip
    gender = (key.gender if key else "") or _told_gender(bare)
    dice.shuffle(others)
    known = {other.answer.entity for other in facts}

    def is_public(person: Person) -> bool:
        return bool(held.get(person.key, frozenset()) & PUBLIC) or people.weight(person.key) >= FAMOUS

    def nearness(person: Person) -> tuple[bool, bool, bool]:
        differs = bool(gender and person.gender and gender != person.gender)
        return differs, is_public(person) != public, person.key not in known

    others.sort(key=nearness)
    if gender and (_told_gender(bare) or re.search(r"\b(?:husband|wife|mother|father)\b", bare)):
        others = [person for person in others if person.gender == gender]
    if isinstance(fact.frame, Holding) and not public:
        others = [person for person in others if not is_public(person)]  # no senator is taken for the head of an institute
    if isinstance(fact.frame, Holding) and public:
        others = [person for person in others if is_public(person)]  # nor a passer-by for a president
    if len(others) == 1 and is_public(others[0]) != public:
        return  # one alone, and of another kind: it would only tell the answer
    names: set[str] = set()
    for person in others:
        parts = set(person.name.lower().split())
        if not parts & names:
            names |= parts
            yield person.name


def _told_gender(stem: str) -> str:
    """Return the gender that the pronouns of a question tell, "f" or "m", where they tell one."""
    words = set(re.findall(r"[a-z]+", stem.lower()))
    female, male = bool(words & {"she", "her", "hers", "herself"}), bool(words & {"he", "his", "himself"})
    return "" if female == male else "f" if female else "m"


def _offices_held(facts: Sequence[Fact], entities: Entities) -> dict[str, frozenset[str]]:
    """Return the offices of people by their keys: their titles, and the words of the posts that facts give them."""
    held: dict[str, set[str]] = defaultdict(set)
    for person in entities.people.all:
        held[person.key] |= entities.people.offices(person.key)
    for other in facts:
        if not isinstance(other.frame, Holding):
            continue
        words = set(re.findall(r"[a-z]+", f"{other.frame.role} {other.answer.text}".lower()))
        held[other.frame.person] |= words & (PUBLIC | PRESS)
        held[other.frame.person] |= {"candidate"} if other.frame.gap in ("state", "party") else set()
        held[other.frame.person] |= {"reporter"} if words & PRESS or other.frame.noun in _PAPERS else set()
    return {key: frozenset(offices) for key, offices in held.items()}


def _places(fact: Fact, facts: Sequence[Fact], entities: Entities, dice: random.Random) -> Iterator[str]:
    text = fact.answer.text
    if noun_for(text) == "country":
        yield from _countries(text, entities, dice)
        return
    stock = places_like(text) or landmarks_like(text)
    dice.shuffle(stock)
    if text in STATES or landmarks_like(text):
        near = [named.name for named in entities.of_kind("place") if named.name in stock]
        dice.shuffle(near)
        yield from near
        yield from stock
        return
    told = {other.answer.text for other in facts if other.answer.type is AnswerType.PLACE}
    shaped = sorted(name for name in told if ("," in name) == ("," in text))
    dice.shuffle(shaped)
    yield from (name for name in shaped if noun_for(name) not in ("state", "country") and fact.answer.same not in name.lower())
    if "," not in text and not any(state in text for state in STATES):
        bare = [
            named.name for named in entities.of_kind("place")
            if named.settled and (is_city(named.name) or not is_city(text)) and not entities.people.is_surname(named.name)
            and noun_for(named.name) == "" and "." not in named.name
            and abs(len(named.name.split()) - len(text.split())) <= 1 and len(named.name) > 3
            and not re.search(r"states|america|district|^[A-Z]+$|an$|-", named.name.lower())
        ]  # fmt: skip
        dice.shuffle(bare)
        yield from bare
    # A place the articles name may be where it happened too, in other words.
    told = {part.lower() for named in entities.of_kind("place") for part in (named.name, named.name.split(",")[0])}
    yield from (name for name in stock if name.lower() not in told and name.split(",")[0].lower() not in told)


def _countries(text: str, entities: Entities, dice: random.Random) -> Iterator[str]:
    plain = text.removeprefix("the ").lower()
    own = next((names for names in _ONE if plain in names), (plain,))
    near = [named.name for named in entities.of_kind("place") if noun_for(named.name) == "country" and len(named.name) > 3]
    near = [name for name in near if name.lower() not in own and "." not in name]
    stock = [name for name in COUNTRIES if name.lower() not in own]
    dice.shuffle(near)
    dice.shuffle(stock)
    yield from near
    yield from stock


def _organisations(fact: Fact, stem: str, facts: Sequence[Fact], entities: Entities, dice: random.Random) -> Iterator[str]:
    text = fact.answer.text
    noun = _noun_asked(fact, stem)
    told = {_plain(form) for named in entities.of_kind("organisation") for form in (named.name, named.acronym) if form}
    stock = institutions_like(text, noun)
    dice.shuffle(stock)
    if not isinstance(fact.frame, Holding) or fact.frame.gap != "party":
        names = [named.name for named in entities.of_kind("organisation") if _same_kind(text, named.name, noun)]
        names = [
            name for name in names if _established(name, facts) and not _STREET.search(name) and not re.search(r"['’]s |,(?! Inc)", name)
        ]
        dice.shuffle(names)
        article = "the " if text.startswith("the ") else ""
        yield from (article + name for name in names)
        stock = [one for one in stock if _plain(one) not in told]
        if not isinstance(fact.frame, Holding | Saying) and not (re.search(r"\d", stem) and not _LOOSE.search(stem)):
            return  # one who is not in the story may have done it too
    yield from stock


def _noun_asked(fact: Fact, stem: str) -> str:
    """Return what a question calls the organisation it asks for: "which newspaper"."""
    if isinstance(fact.frame, Holding) and fact.frame.noun:
        return fact.frame.noun
    found = re.search(r"\b[Ww]hich ((?:law|think|news|trade|labor) )?(\w+)", stem)
    return f"{found[1] or ''}{found[2]}" if found else ""


def _same_kind(key: str, name: str, noun: str) -> bool:
    """Whether an organisation of the articles is of the kind of the key, as far as their names tell."""
    one, two = set(canonical(key).split()), set(canonical(name).split())
    if one >= two or two >= one or name.lower().split()[-1].rstrip("s") in ROLE_NOUNS:
        return False
    mine, theirs = noun_for(key) or ("" if noun == "organisation" else noun), noun_for(name)
    if of_one_family(key, name):
        return True
    if mine or theirs:
        return mine == theirs or (mine in _FIRMS and theirs in _FIRMS)
    return noun in ("organisation", "company", "firm", "group", "bank") and abs(len(name.split()) - len(key.split())) <= 2


def _established(name: str, facts: Sequence[Fact]) -> bool:
    """Whether a name is surely an institution's: its words say so, or a fact speaks of it."""
    if noun_for(name):
        return True
    return any(
        (other.answer.type is AnswerType.ORGANISATION and name in other.answer.text) or getattr(other.frame, "subject", "").endswith(name)
        for other in facts
    )


def _both(post: str, other: str) -> bool:
    """Whether one person may well have held both: two posts of the law, or two of one state."""
    one, two = ({word.lower().rstrip("s") for word in text.split()} for text in (post, other))
    return bool((one & _LAW and two & _LAW) or any(state in post and state in other for state in STATES))


def _roles(fact: Fact, facts: Sequence[Fact], dice: random.Random) -> Iterator[str]:
    text = fact.answer.text
    own = fact.frame.person if isinstance(fact.frame, Holding) else ""
    others = [
        other.answer.text for other in facts
        if isinstance(other.frame, Holding) and other.frame.gap == "role" and other is not fact and other.frame.person != own
        and not set(other.answer.text.lower().split()) >= set(text.lower().split())
        and not set(text.lower().split()) >= set(other.answer.text.lower().split())
        and not _both(text, other.answer.text)
    ]  # fmt: skip
    others = sorted(set(others))
    dice.shuffle(others)
    stock = posts_like(text)
    dice.shuffle(stock)
    held = {_plain(other.answer.text) for other in facts if isinstance(other.frame, Holding) and other.frame.person == own}
    stock = [post for post in stock if _plain(post) not in held]
    office = {word for word in re.findall(r"[a-z]+", text.lower()) if word in OFFICES}
    alike = [post for post in others if office & set(re.findall(r"[a-z]+", post.lower()))]
    # With a family of its own at hand, a post from quite another walk of life would stand out.
    yield from alike
    yield from stock
    public = bool(set(re.findall(r"[a-z]+", text.lower())) & PUBLIC)
    yield from (
        post for post in others
        if post not in alike and abs(len(post.split()) - len(text.split())) <= 3
        and public == bool(set(re.findall(r"[a-z]+", post.lower())) & PUBLIC)
    )  # fmt: skip
