"""Sentences with a gap: what the article says in words that stand alone, where no question with a wh-word fits.

The gap is a whole constituent that the rest of the sentence determines: an amount, a date, somebody or something named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.document import Block
from quizzer.news.entities import clean_name
from quizzer.news.facts import Fact, Gapped, Refusal, Scene, Sort, person_value
from quizzer.news.people import is_modifier
from quizzer.news.phrases import Phrase
from quizzer.news.quotes import Form
from quizzer.news.retelling import Retold, Teller
from quizzer.news.values import DATE, Value, day_of, plain, read_number
from quizzer.news.words import COURTESY, NUMBERS, SAY, SCALES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

FEWEST, MOST = 8, 28  # words of a sentence, its gap counted as one
MANY = 2  # gaps of one sentence
LEAST = 10  # how much the words around a gap must tell
_GAP = "\x00"
_SCALE = "|".join(SCALES)
_MONEY = re.compile(rf"(?:US)?[$£€]\s?\d[\d,]*(?:\.\d+)?(?: ?(?:{_SCALE}|bn|m)\b)?", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:today|yesterday|tomorrow|tonight|now|ago|recently|so far|{'|'.join(WEEKDAYS)}|(?:this|last|next|past) (?:\w+ )?"
    r"(?:week|month|year|day|spring|summer|fall|winter|night|weekend))s?\b",
    re.IGNORECASE,
)
_WEAK = word_set("seem appear hope want feel think believe like love look remain continue try prefer wonder doubt fear worry matter")
_CONTEST = word_set("win receive get poll lead trail finish beat defeat pitch score lose draw take")
_KNOWN = word_set(
    "FBI CIA NSA IRS NATO EU UN GOP NRA NASA DNC RNC ACLU US UK USA NBA NFL MLB FIFA BBC CNN NBC ABC CBS AIDS HIV IMF OPEC TV DNA"
)
_GENERIC = word_set("U.S. US America Washington")
_LEVEL = word_set("nsubj nsubjpass dobj pobj poss attr agent conj")  # places in a sentence that its verb rules
_NOT_NUMBERED = word_set("PRODUCT EVENT FAC LAW WORK_OF_ART PERSON DATE TIME")


class Gap(msgspec.Struct, frozen=True):
    """A constituent that may be left out: its tokens, what fills it, how much it is worth asking for (0 to 1).

    ``needs`` is how many named things, dates and amounts the rest must hold, so that one answer only is right.
    """

    tokens: tuple[int, ...]
    value: Value
    worth: float
    needs: int = 2


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield a gapped sentence for every sentence of an article that can stand alone."""
    document = scene.document
    teller = Teller(scene.phrases)
    by_block: dict[Block, list[Clause]] = defaultdict(list)
    for clause in scene.clauses:
        by_block[clause.block].append(clause)
    for block in document.blocks:
        for sentence in block.sentences:
            where = block.span(sentence.start_char, len(sentence.text.rstrip()) + sentence.start_char)
            found: list[tuple[float, Gap, Gapped]] = []
            why = "no plain statement"
            within = [clause for clause in by_block[block] if sentence.start <= clause.verb.i < sentence.end]
            for told in teller.retellings(block, sentence, within):
                if isinstance(told, str):
                    why = told
                    continue
                for one in _asked(scene, told):
                    if isinstance(one, str):
                        why = one
                    else:
                        found.append(one)
            if not found:
                yield Refusal(reason=f"{Sort.CLOZE}: {why}", span=where)
            taken: set[str] = set()
            for _, gap, frame in sorted(found, key=lambda one: -one[0]):
                if gap.value.same not in taken and len(taken) < MANY:
                    taken.add(gap.value.same)
                    key = "|".join((Sort.CLOZE, gap.value.same, *sorted(frame.terms)))
                    yield Fact(sort=Sort.CLOZE, key=key, answer=gap.value, frame=frame, evidence=(where,), confidence=0.9)


def _asked(scene: Scene, told: Retold) -> Iterator[tuple[float, Gap, Gapped] | str]:
    """Yield what a sentence can be asked for: how much it is worth, the gap, the sentence around it; or why not."""
    gaps = list(_gaps(scene, told))
    for gap in gaps:
        frame = _around(scene, told, gap)
        yield frame if isinstance(frame, str) else (gap.worth - 0.02 * told.shortened + frame.weight / 200, gap, frame)
    if not gaps:
        yield "nothing in it can be asked for"


def _around(scene: Scene, told: Retold, gap: Gap) -> Gapped | str:
    """Return the sentence around a gap, or why it cannot stand."""
    first, *others = gap.tokens
    at = next(place for place, token in enumerate(told.tokens) if token.i == first)
    courtesy = {told.tokens[at - 1].i} if at and told.tokens[at - 1].lower_.rstrip(".") in COURTESY else set[int]()
    tokens = [token for token in told.tokens if token.i not in {*others, *courtesy}]
    names, dates_and_terms = _anchors(scene, told, gap)
    if not names or names + dates_and_terms < gap.needs:
        return f"only {names + dates_and_terms} named things, dates or amounts tell what it is about"
    if dates_and_terms < 2 and (why := _undated(told, gap)):
        return why
    words = scene.phrases.phrase(told.block, tokens, instead={**told.instead, first: _GAP})
    if words.trouble or words.possessive:
        return words.trouble or f"“{words.possessive}” points elsewhere"
    text = _closed(told.lead + words.text, [person.name for person in scene.entities.people.all if person.key in words.names])
    before, mark, after = text.partition(_GAP)
    if not mark:
        return "its gap was lost"
    return _flaw(told, gap, words, before, after) or Gapped(
        before=before, after=after, weight=words.weight, terms=words.terms, names=words.names, sources=(*told.sources, *words.sources)
    )


def _anchors(scene: Scene, told: Retold, gap: Gap) -> tuple[int, int]:
    """Return how many named things, and how many dates (two each), amounts and terms stand around a gap; no source counts."""
    block = told.block
    names: set[str] = set()
    others: set[str] = set()
    source = {part.i for token in told.tokens if token.lower_ == "according" for part in token.subtree}
    for token in told.tokens:
        if token.i in source or token.i in gap.tokens:
            continue
        mention = scene.phrases.person_at(block, token.i)
        if mention is not None:
            names.add(mention.person.key)
        elif token.i in told.instead and token.tag_ == "PRP" and token.i not in block.quoted and told.instead[token.i] != token.text:
            names.add(told.instead[token.i])
        elif re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text):
            others |= {token.text, f"{token.text} dated"}
        elif token.pos_ == "NUM" and token.text[:1].isdigit():
            others.add(token.text)
        elif token.pos_ == "PROPN" and token.text[:1].isupper() and not _goes_on(token):
            names.add(token.lower_)
    first, last = block.doc[told.tokens[0].i].idx, told.tokens[-1].idx
    others |= {str(quote.start) for quote in block.quotes if quote.form is not Form.FULL and first <= quote.start < last}
    return len(names), len(others) + 2 * told.dated


def _undated(told: Retold, gap: Gap) -> str:
    """Return why a statement needs the date it lacks, or an empty string."""
    if told.verb.lemma_.lower() in _CONTEST and gap.value.type is AnswerType.NUMBER:
        return "a contest without its date"
    if any(re.fullmatch(r"\d+-\d+", token.text) for token in told.tokens):
        return "a score without its date"
    return ""


def _goes_on(token: "Token") -> bool:
    """Whether a proper noun is part of the name before it."""
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.pos_ in ("PROPN", "ADP") and before.ent_type_ == token.ent_type_ != "" and token.ent_iob_ == "I"


def _closed(text: str, names: list[str]) -> str:
    """Return a sentence with its capital, its full stop, one sort of quotation marks, each full name once."""
    text = re.sub(r"''(.+?)''|\"(.+?)\"", lambda match: f"“{match[1] or match[2]}”", text)
    text = re.sub(rf"({_GAP}|\w) (['’](?:s|d|ll|re|ve|m)\b|n['’]t\b|”|-\w)", r"\1\2", text)
    text = re.sub(r"([$£€“(]) ", r"\1", text).strip(" .,;:")
    text = re.sub(r"[.,]”$", "”", re.sub(r",”,", ",”", text))
    for name in names:
        text = re.sub(rf"({re.escape(name)})(?=[A-Za-z])", r"\1 ", text)  # a comma behind it was left out
        head, found, rest = text.partition(name)
        text = head + found + rest.replace(name, name.split()[-1])
    return f"{text[:1].upper()}{text[1:]}."


def _flaw(told: Retold, gap: Gap, words: Phrase, before: str, after: str) -> str:
    text = f"{before}gap{after}"
    count = len(text.split())
    if not FEWEST <= count <= MOST:
        return f"the sentence has {count} words"
    if re.search(r"[?!;:\[\]()*_…|{}]|\.\.\.|--|[—―]| [–-] ", text) or text.count("“") != text.count("”") or '"' in text:
        return "its marks part it"
    if not re.match(r"[A-Z“]", text if before else gap.value.text):
        return "it opens with a figure"
    rest = f" {re.sub(r'[^a-z0-9]+', ' ', f'{before} {after}'.lower())} "
    for wording in (gap.value.text, *gap.value.accept):
        hint = re.sub(r"[^a-z0-9]+", " ", wording.lower()).strip()
        if hint and f" {hint} " in rest:
            return "the answer stands in the sentence"
    if gap.value.type in (AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE):
        parts = [part for part in re.findall(r"[a-z0-9]+", gap.value.text.lower()) if len(part) > 3]
        if any(f" {part} " in rest for part in parts):
            return "a part of the answer stands in the sentence"
    if found := _RELATIVE.search(before + after):
        return f"“{found[0]}” stands in the sentence"
    if found := re.search(r"\b(?:all|both|these|those) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", before + after):
        return f"“{found[0]}” were told before"
    if any(short not in _KNOWN for short in re.findall(r"\b[Tt]he ([A-Z]{2,5})\b(?! [A-Z])", before + after)):
        return "letters that only the article explains"
    if re.search(r"[“”\"]|''", gap.value.text):
        return "a gap across quotation marks"
    months = re.findall(r"[A-Z][a-z]+ (?:1[5-9]|20)\d\d", before + after)
    if len(months) != len(set(months)):
        return "it gives one time twice"
    if told.verb.lemma_.lower() in _WEAK:
        return f"“{told.verb.text}” is no deed"
    if words.weight < LEAST:
        return "it tells too little to stand alone"
    return ""


def _gaps(scene: Scene, told: Retold) -> Iterator[Gap]:
    block = told.block
    tokens = [token for token in told.tokens if token.i not in block.quoted and token.i not in told.instead]
    inside = {token.i for token in tokens}
    yield from _amounts(block, told, tokens)
    yield from _dates(block, tokens)
    yield from _people(scene, told, tokens)
    yield from _named(scene, told, inside)
    yield from _titles(block, told)


def _amounts(block: Block, told: Retold, tokens: "list[Token]") -> Iterator[Gap]:
    inside = {token.i for token in tokens}
    text = block.text
    done: set[int] = set()
    for token in tokens:
        if token.i in done:
            continue
        late = 0.05 * (token.i > told.verb.i)
        if token.text in ("$", "£", "€", "US$") and (match := _MONEY.match(text, token.idx)):
            held = _held(block, match.start(), match.end())
            number = read_number(re.sub(r"^US", "", match[0]))
            if number is not None and held <= inside and text[max(match.start() - 1, 0)] not in "-–" and not _ranged(block, held):
                done |= held
                yield Gap(tuple(sorted(held)), _number(match[0], AnswerType.MONEY, number, match[0].lstrip("US")[0]), 0.9 + late)
            continue
        if not token.like_num or token.i < told.tokens[0].i:
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
            held = {part.i for part in run} | {after.i}
            if held <= inside:
                shown = text[run[0].idx : after.idx + len(after.text)]
                value = _number(shown, AnswerType.NUMBER, number, "percent")
                forms = (f"{plain(number)}%", f"{plain(number)} percent", plain(number))
                yield Gap(tuple(sorted(held)), msgspec.structs.replace(value, accept=tuple(f for f in forms if f != shown)), 0.9 + late)
            continue
        noun = token.head
        if token.dep_ == "nummod" and noun.i > token.i and noun.i in inside and token.ent_type_ not in _NOT_NUMBERED and number > 2:
            if (
                after.text == "-"
                or noun.tag_ not in ("NNS", "NNPS")
                or noun.lower_ in ("years", "days", "weeks", "months")
                or 1500 < number < 2100
            ):
                continue
            yield Gap(tuple(part.i for part in run), _number(shown, AnswerType.NUMBER, number, noun.lemma_.lower()), 0.85 + late)


def _held(block: Block, start: int, end: int) -> set[int]:
    return {token.i for token in block.doc if start <= token.idx < end}


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


def _dates(block: Block, tokens: "list[Token]") -> Iterator[Gap]:
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
        subject = head.i == told.subject.i
        agent = head.head.dep_ == "agent"
        done_to = head.dep_ == "dobj" and head.head.i == told.verb.i
        if not (subject or agent or done_to) or any(child.dep_ == "conj" for child in head.children) or head.dep_ == "conj":
            continue
        if subject and told.verb.lemma_.lower() in SAY:
            continue  # who said it is asked elsewhere
        value = person_value(scene, mention.person.key)
        if value is not None:
            yield Gap(tuple(range(mention.first, mention.last + 1)), value, 0.7, 3)


def _ruled(head: "Token", verb: "Token") -> bool:
    """Whether a name is what a statement is about: no aside, no member of a list, nobody's affiliation."""
    token = head
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
        if any(scene.phrases.person_at(block, token.i) for token in held):
            continue
        indexes = tuple(token.i for token in held)
        if not _ruled(held[-1], told.verb):
            continue
        if ent.label_ == "ORG" and named and named.kind == "organisation" and (len(held) > 1 or named.acronym):
            accept = tuple(dict.fromkeys(form for form in (named.acronym, name) if form and form != named.name))
            yield Gap(indexes, Value(text=named.name, type=AnswerType.ORGANISATION, same=named.key, accept=accept, entity=named.key), 0.75)
        elif (
            ent.label_ == "GPE"
            and named
            and named.kind == "place"
            and held[-1].dep_ == "pobj"
            and held[-1].head.head.pos_ == "VERB"
            and name not in _GENERIC
        ):
            yield Gap(indexes, Value(text=name, type=AnswerType.PLACE, same=name.lower(), entity=named.key), 0.55, 3)
        elif ent.label_ in ("LAW", "WORK_OF_ART", "EVENT") and len(held) > 1:
            yield Gap(indexes, Value(text=name, type=AnswerType.TEXT, same=name.lower()), 0.8)


def _titles(block: Block, told: Retold) -> Iterator[Gap]:
    inside = {token.i for token in told.tokens}
    for quote in block.quotes:
        if quote.form is not Form.TITLE or not quote.sure:
            continue
        held = [token for token in block.doc if quote.inner_start <= token.idx < quote.inner_end]
        while held and held[-1].text in ",.":
            held.pop()
        if held and {token.i for token in held} <= inside and len(held) <= 6:
            text = block.text[held[0].idx : held[-1].idx + len(held[-1].text)]
            yield Gap(tuple(token.i for token in held), Value(text=text, type=AnswerType.TEXT, same=text.lower()), 0.8)
