"""Constituents of a sentence that may be left out: amounts, dates, people, institutions, places, titles.

Whole, gradable, and what the sentence is about: no member of a list, nobody's affiliation, no end of a range.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.census import surnames
from quizzer.news.document import Block
from quizzer.news.entities import clean_name
from quizzer.news.facts import Scene, person_value
from quizzer.news.families import institutions_like
from quizzer.news.people import Mention, is_modifier
from quizzer.news.retelling import Retold
from quizzer.news.values import DATE, Value, day_of, plain, read_number
from quizzer.news.words import NUMBERS, SAY, SCALES, word_set, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREMODS = ("compound", "amod", "nmod", "appos")
COMMON = 8  # mentions from which on somebody is the first to come to mind
FEW = 10  # a number spelled out below it
OFTEN = 3  # mentions that make one word a name
_SCALE = "|".join(SCALES)
_MONEY = re.compile(rf"(?:US)?[$£€]\s?\d(?:[\d,]*\d)?(?:\.\d+)?(?: ?(?:{_SCALE}|bn|m)\b)?", re.IGNORECASE)
_NOT_NUMBERED = word_set("PRODUCT EVENT FAC LAW WORK_OF_ART PERSON DATE TIME")
GENERIC = frozenset(words(
    "U.S.,US,USA,United States,America,Wall Street,PAC,GOP,Washington,Republican Party,Democratic Party,Congress,Senate,White House,House",
    by=",",
))  # fmt: skip # guessed without the story
_RUN = word_set("election campaign bid")  # with its year it tells whose it was
_GIVEN = word_set("president nominee opponent husband wife")  # there is one only
_SCENE = word_set(
    "rally event stop lodge tour stage hall appearance fundraiser gathering conference speech meeting headquarters auditorium"
)
_VOTING = SAY | word_set("blame think believe want support favor back approve disapprove oppose prefer choose trust view see feel call")
_GETTING = word_set("have get pull win receive poll take earn draw score")
_LASTING = ("years", "days", "weeks", "months", "decades")
_APART = word_set("old ago later before after earlier since apart from of ahead and or away")
_MEASURED = word_set("block mile foot inch yard minute hour kid child son daughter sibling")  # seldom what matters
_STREET = re.compile(r"\b(?:St|Ave|Street|Avenue|Road|Rd|Blvd|Boulevard)\b")
_LIVED = word_set("live bear raise reside vacation")
_SETTLED = word_set("bear die kill shoot bury raise settle crash land found hold host open meet sign arrest")  # what happens at a place


class Gap(msgspec.Struct, frozen=True):
    """A constituent that may be left out: its tokens, what fills it, how much it is worth asking for (0 to 1).

    ``needs`` is how many named things, dates and amounts the rest must hold, so that one answer only is right; ``telling``
    says that the statement turns on it: who does it, by whom or to whom it is done, what somebody called it.
    """

    tokens: tuple[int, ...]
    value: Value
    worth: float
    needs: int = 2
    telling: bool = False


def find_gaps(scene: Scene, told: Retold) -> Iterator[Gap]:
    """Yield what may be left out of a told sentence."""
    block = told.block
    tokens = [token for token in told.tokens if token.i not in block.quoted and token.i not in told.instead]
    inside = {token.i for token in tokens}
    yield from amounts(block, tokens, late_from=told.verb.i)
    yield from dates(block, tokens)
    yield from _people(scene, told, tokens)
    yield from _named(scene, told, inside)


def amounts(block: Block, tokens: "list[Token]", *, late_from: int) -> Iterator[Gap]:
    """Yield the amounts of money, the percentages and the numbers of things; behind ``late_from`` they are worth a little more."""
    inside = {token.i for token in tokens}
    text = block.text
    done: set[int] = set()
    for token in tokens:
        if token.i in done:
            continue
        late = 0.05 * (token.i > late_from)
        if token.text in ("$", "£", "€", "US$") and (match := _MONEY.match(text, token.idx)):
            held = _held(block, match.start(), match.end())
            number = read_number(re.sub(r"^US", "", match[0]))
            if number is not None and held <= inside and text[max(match.start() - 1, 0)] not in "-–" and not _ranged(block, held):
                done |= held
                yield Gap(tuple(sorted(held)), _number(match[0], AnswerType.MONEY, number, match[0].lstrip("US")[0]), 0.9 + late)
            continue
        if not token.like_num or token.i < tokens[0].i:
            continue
        run = [token]
        while run[-1].i + 1 in inside and (following := block.doc[run[-1].i + 1]).lower_ in SCALES | NUMBERS:
            run.append(following)
        after = block.doc[run[-1].i + 1] if run[-1].i + 1 < len(block.doc) else None
        done |= {part.i for part in run}
        shown = "".join(part.text_with_ws for part in run).strip()
        number = read_number(shown)
        if number is None or after is None or token.lower_ in SCALES or _ranged(block, {part.i for part in run}):
            continue
        if after.text == "%" or after.lower_ == "percent":
            if _share_of_nothing(after):
                continue
            held = {part.i for part in run} | {after.i}
            if held <= inside:
                shown = text[run[0].idx : after.idx + len(after.text)]
                value = _number(shown, AnswerType.NUMBER, number, "percent")
                forms = (f"{plain(number)}%", f"{plain(number)} percent", plain(number))
                yield Gap(tuple(sorted(held)), msgspec.structs.replace(value, accept=tuple(f for f in forms if f != shown)), 0.9 + late)
            continue
        noun = run[-1].head
        if run[-1].dep_ == "nummod" and noun.i > token.i and noun.i in inside and token.ent_type_ not in _NOT_NUMBERED and number > 2:
            if after.text == "-" or noun.tag_ != "NNS" or 1500 < number < 2100:
                continue
            if token.i > 1 and block.doc[token.i - 1].lower_ == "of" and block.doc[token.i - 2].pos_ == "PROPN":
                continue  # "the Group of 8 nations"
            if noun.lower_ in _LASTING:
                if not _lasted(noun):
                    continue
                yield Gap(tuple(part.i for part in run), _number(shown, AnswerType.NUMBER, number, noun.lemma_.lower()), 0.65 + late, 3)
                continue
            if noun.lemma_.lower() in _MEASURED or (noun.dep_ == "npadvmod" and noun.head.pos_ == "ADV"):
                continue
            few = token.text.isalpha() and number < FEW  # "three crises": of little weight, unless much is told beside
            yield Gap(
                tuple(part.i for part in run),
                _number(shown, AnswerType.NUMBER, number, noun.lemma_.lower()),
                0.6 if few else 0.85 + late,
                3 if few else 2,
            )


def _share_of_nothing(percent: "Token") -> bool:
    """Whether a sentence does not tell of what a share is one: "had 5 percent", "39 percent blame"."""
    if any(child.dep_ == "prep" and child.lower_ in ("of", "in") for child in percent.children):
        return False
    return (percent.dep_ == "nsubj" and percent.head.lemma_.lower() in _VOTING) or (
        percent.dep_ == "dobj" and percent.head.lemma_.lower() in _GETTING
    )


def _lasted(unit: "Token") -> bool:
    """Whether years or days tell how long something was: "for 30 years", not "30 years old" or "30 years later"."""
    after = unit.doc[unit.i + 1] if unit.i + 1 < len(unit.doc) else None
    if after is not None and (after.lower_ in _APART or after.text in ("-", "'", "’")):
        return False
    return unit.dep_ == "dobj" or (unit.dep_ == "pobj" and unit.head.lower_ in ("for", "after", "over", "to"))


def _held(block: Block, start: int, end: int) -> set[int]:
    return {token.i for token in block.between(start, end)}


def _ranged(block: Block, held: set[int]) -> bool:
    """Whether an amount is one end of a range: "between 5 and 10", "three or four", "20-30"."""
    doc, first, last = block.doc, min(held), max(held)
    before = doc[first - 1].lower_ if first else ""
    if before in ("between", "or", "to", "and", "-", "–", "from", "/") and first > 1 and (before == "between" or doc[first - 2].like_num):
        return True
    after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    return after in ("or", "to", "–", "and") and last + 2 < len(doc) and (doc[last + 2].like_num or doc[last + 2].text in "$£€")


def _number(shown: str, kind: AnswerType, number: float, unit: str) -> Value:
    accept = (plain(number),) if kind is AnswerType.NUMBER and plain(number) != shown else ()
    return Value(text=shown, type=kind, same=f"{number:g} {unit}", accept=accept, low=number, high=number, unit=unit)


def dates(block: Block, tokens: "list[Token]") -> Iterator[Gap]:
    """Yield the one date of a sentence."""
    inside = {token.i for token in tokens}
    if not tokens:
        return
    start, end = tokens[0].idx, max(token.idx + len(token.text) for token in tokens)
    found = [(match, day) for match in DATE.finditer(block.text, start, end) if (day := day_of(match))]
    if len(found) != 1:
        return
    match, day = found[0]
    held = _held(block, match.start(), match.end())
    if held and held <= inside and min(held) and block.doc[min(held) - 1].lower_ in ("in", "on", "since", "until", "by", "of"):
        yield Gap(tuple(sorted(held)), day.value(), 0.8)


def _people(scene: Scene, told: Retold, tokens: "list[Token]") -> Iterator[Gap]:
    seen: set[int] = set()
    for token in tokens:
        mention = scene.phrases.person_at(told.block, token.i)
        if mention is None or mention.first in seen:
            continue
        seen.add(mention.first)
        head = told.block.doc[mention.last]
        if not mention.person.full or not mention.person.sure or is_modifier(head):
            continue
        lead = _leader(head)
        if lead is None:
            continue
        value = person_value(scene, mention.person.key)
        if value is None or _affiliated(head):
            continue
        subject = lead.i == told.subject.i
        central = mention.person.mentions >= OFTEN  # who is named in passing is not what an article is about
        agent = lead.head.dep_ == "agent"
        done_to = lead.dep_ == "dobj" and lead.head.i == told.verb.i
        held = tuple(range(mention.first, mention.last + 1))
        if subject and told.verb.lemma_.lower() in SAY:
            yield Gap(held, value, 0.5, 4, telling=central)  # asked elsewhere where the claim is plain
        elif subject and told.as_of:
            if _is_alone(told, mention, head):
                yield Gap(held, value, 0.6, 5, telling=central)
        elif subject or agent or done_to:
            yield Gap(held, value, 0.7, 3, telling=central)
        elif lead.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "poss", "dative") and not _given_away(mention, lead):
            if lead.dep_ == "pobj" and lead.head.lower_ == "for" and lead.head.head.i == told.subject.i:
                continue  # "a spokesman for Smith"
            # who is spoken of all the time is guessed, and what holds for a while tells little of whom it concerns
            common = mention.person.mentions >= COMMON or bool(told.as_of)
            yield Gap(held, value, 0.55, 3 + common + (lead.dep_ == "poss"))


def _is_alone(told: Retold, mention: "Mention", head: "Token") -> bool:
    """Whether what holds of somebody for a while holds of no one else: no share in a poll, no sum, no office, nobody beside."""
    if any(token.text in "$£€%" or token.lower_ == "percent" for token in told.tokens) or _given_away(mention, head):
        return False
    return head.dep_ != "conj" and not any(child.dep_ == "conj" for child in head.children)


def _given_away(mention: "Mention", lead: "Token") -> bool:
    """Whether an office before a name, or the year of what is somebody's, tells who it is: "Gov. Smith's bid", "Smith's 2008 bid"."""
    office = [token for token in lead.doc[lead.left_edge.i : mention.first] if token.dep_ in _PREMODS]
    if any(token.ent_type_ == "GPE" or token.lower_ in _GIVEN for token in office):
        return True
    owned = lead.head
    return lead.dep_ == "poss" and owned.lemma_.lower() in _RUN and any(re.fullmatch(r"(?:1[5-9]|20)\d\d", c.text) for c in owned.subtree)


def _leader(head: "Token") -> "Token | None":
    """Return the first of two joined by "and", a name that is joined to none itself, None in a longer list."""
    first = head.head if head.dep_ == "conj" else head
    others = [child for child in first.children if child.dep_ == "conj"]
    if first.dep_ == "conj" or len(others) > 1 or any(child.dep_ == "conj" for other in others for child in other.children):
        return None
    return None if any(child.dep_ == "cc" and child.lower_ != "and" for child in first.children) else first


def _affiliated(head: "Token") -> bool:
    """Whether somebody is only named as a source: "according to Smith"."""
    return any(one.lower_ == "according" for one in head.ancestors)


def _ruled(head: "Token", verb: "Token") -> bool:
    """Whether a name is what a statement is about: no aside, no member of a list, nobody's affiliation."""
    token = head
    if any(one.lower_ == "according" for one in head.ancestors):
        return False
    for _ in range(4):
        if token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.children):
            return False
        if token.dep_ in ("pobj", "poss", "compound", "nmod"):
            token = token.head.head if token.dep_ == "pobj" and token.head.dep_ in ("prep", "agent") else token.head
            if token.i == verb.i or token.pos_ in ("VERB", "AUX"):
                return True
            if token.tag_ in ("NNP", "NNPS") and token.ent_type_ == "PERSON":
                return False
            continue
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in SAY:
            return False  # who said it is asked elsewhere
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "dative", "oprd")
    return False


def _named(scene: Scene, told: Retold, inside: set[int]) -> Iterator[Gap]:
    block = told.block
    for ent in block.doc.ents:
        held = [token for token in ent if token.lower_ not in ("the", "'s", "’s", "a", "an") and not token.is_space]
        if not held or not {token.i for token in held} <= inside:
            continue
        name = clean_name(ent.text)
        named = scene.entities.find(name)
        if "".join(token.text_with_ws for token in held).strip() != name or is_modifier(held[-1]) or re.search(r"\d", name):
            continue
        if any(scene.phrases.person_at(block, token.i) or block.quote_at(token.idx) for token in held):
            continue
        if held[0].i and block.doc[held[0].i - 1].pos_ == "PROPN" and block.doc[held[0].i - 1].head in held:
            continue  # the rest of a name
        indexes = tuple(token.i for token in held)
        if not _ruled(held[-1], told.verb) or name in GENERIC or _STREET.search(name) or _in_front_of(held[-1]):
            continue
        after = block.doc[held[-1].i + 1] if held[-1].i + 1 < len(block.doc) else None
        if after is not None and after.pos_ == "PROPN" and after.ent_iob_ != "B" and ent.label_ == "GPE":
            continue  # "Wisconsin Gov. Smith"
        if ent.label_ == "ORG" and named and named.kind == "organisation" and (len(held) > 1 or named.acronym or _often(scene, name)):
            accept = tuple(dict.fromkeys(form for form in (named.acronym, name) if form and form != named.name))
            yield Gap(indexes, Value(text=named.name, type=AnswerType.ORGANISATION, same=named.key, accept=accept, entity=named.key), 0.75)
        elif ent.label_ == "GPE" and named and named.kind == "place" and (lead := _leader(held[-1])) and lead.dep_ in ("pobj", "dobj"):
            if _scenery(lead):
                continue
            settled = lead.dep_ == "pobj" and lead.head.head.lemma_ in _SETTLED
            place = Value(text=name, type=AnswerType.PLACE, same=name.lower(), entity=named.key)
            sure = settled or (told.has_date and lead.head.head.pos_ == "VERB")
            yield Gap(indexes, place, 0.55, 3) if sure else Gap(indexes, place, 0.45, 4)
        elif ent.label_ in ("FAC", "LOC") and len(held) > 1 and not _scenery(held[-1]):
            yield Gap(indexes, Value(text=name, type=AnswerType.PLACE, same=name.lower()), 0.55, 3)
        elif ent.label_ in ("LAW", "WORK_OF_ART", "EVENT") and len(held) > 1:
            yield Gap(indexes, Value(text=name, type=AnswerType.TEXT, same=name.lower()), 0.8)


def _in_front_of(place: "Token") -> bool:
    return place.dep_ == "pobj" and place.head.lower_ == "of" and place.head.head.lower_ in ("front", "outside", "top")


def _scenery(place: "Token") -> bool:
    """Whether a place is only where somebody spoke, met or lived, or an example: "at a rally in Derry", "states like Ohio"."""
    if place.dep_ != "pobj":
        return False
    if place.head.lower_ in ("like", "outside", "near", "unlike"):
        return True
    above = place.head.head
    return above.lemma_.lower() in (_SCENE | _LIVED | SAY)


def _often(scene: Scene, name: str) -> bool:
    """Whether an article names something of one word so often that it is sure to be an institution: "Nabisco", not "Smith"."""
    if not name[1:].islower() or scene.document.article.text.count(name) < OFTEN or scene.entities.people.is_surname(name):
        return False
    return name.lower() not in surnames() or bool(institutions_like(name))
