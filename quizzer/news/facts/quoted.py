"""Quotations with a gap: an amount, a year, somebody or something named in words that one person is sure to have said.

The words between the marks are the speaker's, one by one; only what stands alone is told, and never without who said it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.attribution import Placed, read
from quizzer.news.descriptions import is_bare
from quizzer.news.document import Block
from quizzer.news.entities import clean_name
from quizzer.news.excerpts import normal, sentences
from quizzer.news.facts import Fact, Gapped, Refusal, Scene, Sort, person_value
from quizzer.news.facts.gaps import COMMON, GENERIC, Gap, amounts, dates
from quizzer.news.facts.sayings import evidence_of, unsure
from quizzer.news.occasions import month_of
from quizzer.news.people import Person, is_modifier
from quizzer.news.pointing import pointers
from quizzer.news.quotes import Form
from quizzer.news.values import Value
from quizzer.news.words import CUE_KEPT, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

FEWEST, MOST = 8, 34  # words of a sentence, its gap counted as one
TELLING = 4  # content words beside the gap that tell one quotation from another
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_EMPTY = word_set("lot people thing other way time get know think want say have be do go make good bad sure more much many see come one")
_DEICTIC = re.compile(
    rf"\b(?:today|yesterday|tomorrow|tonight|right now|ago|here|{'|'.join(WEEKDAYS)}|(?:this|last|next|past) (?:\w+ )?"
    r"(?:week|month|year|day|spring|summer|fall|winter|night|weekend|election|cycle))s?\b",
    re.IGNORECASE,
)
_SHARED = word_set(
    "country nation people president government world state states party law constitution border border economy american americans "
    "family way day time fact problem idea issue question future past right middle class street streets first only last best worst"
)  # what everybody means by "the ..."
_SOMEBODY = word_set("he she him her his hers")
_TELLING = {"write": "writing", "tweet": "tweeting"}
_PAST = {"write": "wrote", "tell": "told", "tweet": "tweeted", "say": "said"}


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield gapped sentences for the quotations of an article that one named person is sure to have said, one gap each."""
    for placed in read(scene):
        person, quote = placed.attribution.speaker, placed.quote
        if person is None or quote.form not in (Form.FULL, Form.PARTIAL) or unsure(scene, placed, person):
            continue
        for start, end, words in sentences(placed.block, quote):
            yield _gapped(scene, placed, person, (start, end, words))


def _gapped(scene: Scene, placed: Placed, person: Person, piece: tuple[int, int, str]) -> Fact | Refusal:
    block, said = placed.block, placed.attribution
    start, end, words = piece
    where = block.span(start, end)
    tokens = [token for token in block.between(start, end) if not token.is_space]
    lead = _lead(scene, placed, person)
    if why := _leans(scene, block, tokens, words, dated=lead.startswith("In ")):
        return Refusal(reason=f"{Sort.CLOZE}: of what was said, {why}", span=where)
    found = sorted(_gaps(scene, block, tokens, person), key=lambda gap: (-gap.worth, gap.tokens))
    why = "nothing can be asked for"
    for gap in found:
        frame = _around(block, tokens, gap, words, lead)
        if isinstance(frame, str):
            why = frame
            continue
        evidence = evidence_of(where, said.cue_at, said.name_at)
        return Fact(
            sort=Sort.CLOZE, key=f"{Sort.CLOZE}|{gap.value.same}|{normal(words)}", answer=gap.value, frame=frame, evidence=evidence,
            resolved_from=(said.name_at,) if said.name_at is not None else (), confidence=0.9,
        )  # fmt: skip
    return Refusal(reason=f"{Sort.CLOZE}: of what was said, {why}", span=where)


def _lead(scene: Scene, placed: Placed, person: Person) -> str:
    """Return the words before a quotation: who said it, to whom, where, in which month, as far as that is plain."""
    said, block, verb = placed.attribution, placed.cue_block or placed.block, placed.verb
    cue = said.cue if said.cue in CUE_KEPT else "say"
    past = _PAST.get(cue, f"{cue}d" if cue.endswith("e") else f"{cue}ed")
    if cue == "tell":
        past = f"told {said.to}" if said.to else "said"
    occasion = f" {said.occasion}" if said.occasion and not said.to else ""
    when = ""
    if verb is not None and not re.search(r"\b(?:1[5-9]|20)\d\d\b", occasion):
        for child in verb.children:
            moment = next((m for token in child.subtree if (m := scene.phrases.moment_at(block, token.i)) and not m.owner), None)
            if moment is not None and child.dep_ in ("npadvmod", "prep", "advmod") and moment.wording.startswith("in "):
                when = f"I{moment.wording[1:]}, "
                break
    if not when and not re.search(r"\b(?:1[5-9]|20)\d\d\b", occasion) and (month := month_of(scene, block, verb)):
        telling = f"telling {said.to}" if cue == "tell" and said.to else _TELLING.get(cue, "saying")
        return f"{person.name} was quoted in {month} as {telling}{occasion}: "
    return f"{when}{person.name} {past}{occasion}: "


def _leans(scene: Scene, block: Block, tokens: "list[Token]", words: str, *, dated: bool) -> str:
    """Return why a sentence of a quotation does not stand alone, or an empty string."""
    if not words[:1].isupper():
        return "it is no whole sentence"
    if pointers(tokens) or any(token.lower_ in _SOMEBODY and not _told(scene, block, tokens, token) for token in tokens):
        return "something in it points elsewhere"
    if re.search(r"[\[\]()*_…|{}]|\.\.|--|[—―]|https?:|\?$", words):
        return "its marks part it"
    if _DEICTIC.search(words) and not (dated and re.search(r"\btoday\b", words)):
        return "it leans on the day"
    for token in tokens:
        if token.lower_ == "the" and token.dep_ == "det" and token.head.lemma_.lower() not in _SHARED and is_bare(block, token.head):
            return f"“the {token.head.text}” was told before"
        if token.lower_ in ("such", "another", "same", "others"):
            return f"“{token.text}” points elsewhere"
    return ""


def _told(scene: Scene, block: Block, tokens: "list[Token]", pronoun: "Token") -> bool:
    """Whether somebody named before "he" or "she" in the same words may be meant."""
    gender = "f" if pronoun.lower_ in ("she", "her", "hers") else "m"
    found = (scene.phrases.person_at(block, token.i) for token in tokens if token.i < pronoun.i)
    return any(mention is not None and mention.person.gender in ("", gender) for mention in found)


def _gaps(scene: Scene, block: Block, tokens: "list[Token]", speaker: Person) -> Iterator[Gap]:
    """Yield what may be left out of somebody's words."""
    inside = {token.i for token in tokens}
    yield from amounts(block, tokens, late_from=len(block.doc))
    yield from dates(block, tokens)
    for ent in block.doc.ents:
        held = [token for token in ent if token.lower_ not in ("the", "'s", "’s", "a", "an") and not token.is_space]
        if not held or not {token.i for token in held} <= inside or is_modifier(held[-1]) or held[-1].dep_ == "conj":
            continue
        if any(child.dep_ == "conj" for child in held[-1].children):
            continue
        name, indexes = clean_name(ent.text), tuple(token.i for token in held)
        shown = "".join(token.text_with_ws for token in held).strip()
        mention = scene.phrases.person_at(block, held[-1].i)
        if mention is not None:
            value = person_value(scene, mention.person.key)
            if value is None or not mention.person.full or not mention.person.sure or mention.person == speaker:
                continue
            if mention.person.mentions >= COMMON:
                continue  # the first to come to mind
            if tuple(range(mention.first, mention.last + 1)) == indexes:
                accept = tuple(dict.fromkeys(form for form in (value.text, *value.accept) if form != shown))
                yield Gap(indexes, Value(text=shown, type=AnswerType.PERSON, same=value.same, accept=accept, entity=value.entity), 0.6)
            continue
        named = scene.entities.find(name)
        if shown != name or name in GENERIC or re.search(r"\d", name):
            continue
        if ent.label_ in ("LAW", "EVENT", "WORK_OF_ART") and len(held) > 1:
            yield Gap(indexes, Value(text=shown, type=AnswerType.TEXT, same=shown.lower()), 0.75)
        if named is None:
            continue
        if ent.label_ == "ORG" and named.kind == "organisation":
            accept = tuple(dict.fromkeys(form for form in (named.acronym, named.name) if form and form != shown))
            yield Gap(indexes, Value(text=shown, type=AnswerType.ORGANISATION, same=named.key, accept=accept, entity=named.key), 0.7)
        elif ent.label_ == "GPE" and named.kind == "place":
            yield Gap(indexes, Value(text=shown, type=AnswerType.PLACE, same=shown.lower(), entity=named.key), 0.65)


def _around(block: Block, tokens: "list[Token]", gap: Gap, words: str, lead: str) -> Gapped | str:
    """Return a quotation around its gap, or why the gap cannot be filled."""
    first, last = block.doc[gap.tokens[0]], block.doc[gap.tokens[-1]]
    shown = block.text[first.idx : last.idx + len(last.text)]
    if words.count(shown) != 1 or list(gap.tokens) != list(range(first.i, last.i + 1)):
        return "the gap is told twice"
    before, _, after = words.partition(shown)
    if not re.search(r"(?:^|[\s‘-])$", before) or not re.match(r"$|[\s.,;:!’'-]", after):
        return "its gap is part of a word"
    rest = f" {re.sub(r'[^a-z0-9]+', ' ', f'{lead}{before} {after}'.lower())} "
    for wording in (gap.value.text, *gap.value.accept):
        if f" {re.sub(r'[^a-z0-9]+', ' ', wording.lower()).strip()} " in rest:
            return "the answer stands in the sentence"
    telling = {t.lemma_.lower() for t in tokens if t.pos_ in _CONTENT and t.i not in gap.tokens} - _EMPTY
    if len(telling) < TELLING:
        return "it tells too little"
    end = "" if words.endswith(("!", "?")) else "."
    count = len(f"{lead}{before}gap{after}".split())
    if not FEWEST <= count <= MOST:
        return f"it has {count} words"
    weight = len(telling) + 2 * sum(token.pos_ == "PROPN" for token in tokens if token.i not in gap.tokens)
    terms = frozenset(telling)
    return Gapped(before=f"{lead}“{before}", after=f"{after}{end}”", weight=weight, terms=terms, said=words)
