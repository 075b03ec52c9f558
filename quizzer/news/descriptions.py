"""What an article calls a thing where it describes it in full: "the “zero waste” policy" for "the policy".

Never guesses: where an article describes two things by one noun, there is no fuller description.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.document import Block, Document
from quizzer.news.nouns import noun_for
from quizzer.news.parsed import is_content, is_relative, is_strong, lemma_of, one_term, owned, so_called, strength, subtree, tidy
from quizzer.news.people import Mention, Person
from quizzer.news.values import DATE, Span
from quizzer.news.words import COURTESY, EVENT_NOUNS, FIELDS, PUBLIC, ROLE_NOUNS, word_set, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_OF_MANY = word_set("province country city town village island territory region state company firm club bank newspaper leader official")
_MANY_HOLD = word_set(
    "justice senator representative congressman congresswoman lawmaker candidate nominee spokesman spokeswoman reporter journalist "
    "lawyer activist professor actor actress singer author governor mayor"
)
_ONE_HOLDER = word_set("president governor mayor pope king queen chancellor prince princess sheriff judge premier")
_BODIES = {
    "company": word_set("company airline bank newspaper magazine"), "firm": word_set("company bank"), "bank": word_set("bank company"),
    "network": frozenset(("news organisation",)), "agency": word_set("agency department"), "newspaper": word_set("newspaper"),
    "university": word_set("university"), "court": word_set("court"), "union": word_set("union"), "magazine": word_set("magazine"),
    "airline": word_set("airline company"), "school": word_set("school university college"), "museum": word_set("museum"),
}  # fmt: skip
# What was there when something was said, though words may hang on it: "reminded the audience of X".
_PRESENT_HERE = word_set("audience crowd panel gathering room hall stage reporter viewer listener host moderator speaker occasion event")
_HALF = word_set("pac committee department board commission agency center bureau council company corporation party")
_ANY = word_set("a an another any each every")
_RANKS = word_set("deputy assistant acting vice associate")
# What an article tells of one of, mostly; "the merger" is then that merger.
_ONCE = word_set(
    "report merger bill deal lawsuit ruling tax agreement treaty province memo letter poll survey shooting attack massacre referendum "
    "convention debate documentary novel film settlement verdict crash"
)
# What has its meaning with the word before it: "behind the scenes", "from the outset", "go to the polls", "shot in the head".
_PHRASES = frozenset(
    words(
        "behind scenes,from outset,at outset,to polls,at polls,in head,worth risk,in face,on ballot,on trail,in spotlight,on air,"
        "to streets,in streets,at helm,to table,on table,off table,on verge,on brink,on rise,in wake,under radar,in lead,on defensive,"
        "on offensive,in process,in dark,in news,over phone,on phone,by phone,led charge,lead charge,leading charge",
        by=",",
    )
)
_MUCH_MORE = 4  # times as often the president must be named as another one who is titled so
NEAR = 2  # paragraphs within which "the attorneys" are the attorneys named before


_DECADE = re.compile(r"[12]\d\d0s")


class Description(msgspec.Struct, frozen=True):
    """A fuller description: its words, the tokens it stands for, the people in it, where it stands."""

    text: str
    replaced: frozenset[int]
    people: frozenset[str]
    source: Span
    weight: int = 0
    terms: frozenset[str] = frozenset()


class Descriptions:
    """The full descriptions of one article, by their noun."""

    def __init__(self, document: Document, mentions: Mapping[Block, Mapping[int, Mention]]) -> None:
        self._mentions = mentions
        self._specific: dict[str, dict[frozenset[str], list[tuple[Block, list[Token]]]]] = defaultdict(dict)
        self._points: dict[str, list[tuple[Block, list[Token]]]] = defaultdict(list)  # "points prepared for X", by the noun's lemma
        for block in document.blocks:
            for token in block.tokens:
                if token.pos_ in ("NOUN", "PROPN") and token.tag_ in ("NN", "NNS") and token.i not in block.quoted:
                    core = self._core(block, token)
                    tail = participial(token) if core else []
                    if tail and self._is_specific(block, tail):
                        own = [part for part in core if part.i <= token.i and part.pos_ != "NUM"]
                        self._points[token.lemma_.lower()].append((block, [*own, *tail]))
                    if core and self._is_specific(block, core):
                        terms = frozenset(lemma_of(part) for part in core if is_content(part))
                        self._specific[token.text.lower()].setdefault(terms, []).append((block, core))

        self._named = frozenset(  # "committee" of "National Committee"
            token.lower_ for block in document.blocks for token in block.tokens if token.pos_ == "PROPN" and token.text[:1].isupper()
        )
        self._several = frozenset(
            token.lower_ if token.tag_ == "NN" else token.lemma_.lower()
            for block in document.blocks
            for token in block.tokens
            if token.pos_ == "NOUN"
            and token.lemma_.lower() in _ONCE
            and token.i not in block.quoted
            and (
                token.tag_ == "NNS"
                or any(child.lower_ in ("another", "any", "each", "every", "other", "new", "second") for child in token.children)
                or (any(child.lower_ in ("a", "an") for child in token.children) and not self._core_of(block, token))
            )
        )
        self._holders: dict[str, dict[str, tuple[Person, Span]]] = defaultdict(dict)  # who is titled so, by the title
        for block in document.blocks:
            for index, mention in mentions[block].items():
                title = block.doc[index - 1].lower_.rstrip(".") if index and index == mention.first else ""
                vice = index > 1 and block.doc[index - 2].lower_ in ("vice", "former", "then", "-", "ex")
                if title in _ONE_HOLDER and not vice:
                    where = block.span_of(block.doc[index - 1 : mention.last + 1])
                    self._holders[title].setdefault(mention.person.key, (mention.person, where))

    def _core_of(self, block: Block, noun: "Token") -> bool:
        """Whether a noun is described where it stands."""
        return any(noun in core for found in self._specific.get(noun.lower_, {}).values() for place, core in found if place is block)

    def holder(self, noun: "Token") -> tuple[str, str, Span] | None:
        """Return key, name and place of the one person of the article whose title "the president" repeats, or None."""
        det = [child for child in noun.children if child.i < noun.i]
        bare = len(det) == 1 and det[0].lower_ == "the" and det[0].i == noun.i - 1
        tail = any(child.dep_ in ("prep", "appos", "relcl", "acl", "conj", "compound") for child in noun.children)
        found = self._holders.get(noun.lower_, {})
        if not bare or tail or not found or noun.tag_ not in ("NN", "NNP") or noun.dep_ in ("compound", "nmod"):
            return None
        first, *others = sorted(found.values(), key=lambda held: -held[0].mentions)
        if any(first[0].mentions < _MUCH_MORE * other.mentions for other, _ in others):
            return None  # "President Reagan" may be named in passing
        return first[0].key, first[0].name, first[1]

    def _body(self, block: Block, noun: "Token") -> tuple[str, Span] | None:
        """Return the one organisation named just before "the network", "the company", in its sentence or the one before."""
        if noun.lower_ not in _BODIES or noun.i < 2 or noun.doc[noun.i - 1].lower_ != "the":
            return None
        start = noun.sent.start
        before = noun.doc[start - 1].sent.start if start else start
        for first in (start, before):
            found = {
                ent.text.removeprefix("the "): ent for ent in noun.doc.ents
                if first <= ent.start and ent.end < noun.i and ent.label_ in ("ORG", "GPE", "PERSON", "PRODUCT", "NORP", "FAC")
                and (ent.label_ == "ORG" or ent.label_ == "PRODUCT") and not any(i in block.quoted for i in range(ent.start, ent.end))
            }  # fmt: skip
            kinds = {name: noun_for(name) for name in found}
            if any(kind in _BODIES[noun.lower_] for kind in kinds.values()) or len(found) > 1:
                found = {name: ent for name, ent in found.items() if not kinds[name] or kinds[name] in _BODIES[noun.lower_]}
            if len(found) > 1:
                return None
            for name, ent in found.items():
                kind = noun_for(name)
                person = self._mentions[block].get(ent.start) is not None
                if person or (kind and kind not in _BODIES[noun.lower_]) or not name[:1].isupper() or "'" in name or "’" in name:
                    return None
                definite = ent.text.startswith("the ") or noun.doc[ent.start - 1].lower_ == "the"
                return f"the {name}" if definite else name, block.span_of(ent)
        return None

    def _people(self, block: Block, core: "list[Token]") -> frozenset[str]:
        return frozenset(mention.person.key for token in core if (mention := self._mentions[block].get(token.i)) is not None)

    def described(self, block: Block, noun: "Token") -> Description | None:
        """Return the one full description the article gives of what ``noun`` names, or None when there is none or several."""
        own = next((core for place, core in self._points.get(noun.lemma_.lower(), ()) if place is block and noun in core), None)
        if own is not None and (text := self._plain(block, own, longest=15)) and not any(is_relative(token) for token in own):
            weight = sum(strength(block, token) for token in own if is_content(token))
            terms = frozenset(lemma_of(token) for token in own if is_content(token))
            text = f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
            return Description(text, frozenset(), frozenset(), block.span_of(own), weight, terms)
        if any(child.lower_ in _ANY for child in noun.children):
            return None  # "a report", which is a new one
        fits = {terms: places for terms, places in self._specific.get(noun.text.lower(), {}).items() if "page" not in terms}
        longest = max(fits, key=len, default=frozenset[str]())
        if not fits or any(not terms <= longest for terms in fits):
            return None
        found, core = fits[longest][-1]
        text = self._plain(found, core)
        if not text or len(longest) < 3:
            return None
        text = text if text.lower().startswith(("the ", "a ", "an ")) or owned(text, noun.text) else f"the {text}"
        weight = sum(strength(found, token) for token in core if is_content(token))
        return Description(text, frozenset(), self._people(found, core), found.span_of(core), weight, longest)

    def _core(self, block: Block, noun: "Token") -> "list[Token]":
        core = [noun]
        for child in noun.children:
            if (child.i < noun.i and child.dep_ in ("compound", "nmod", "nummod", "poss", "punct") and not child.is_space) or (
                child.i < noun.i and child.dep_ == "amod" and (child.text[:1].isupper() or self._in_term(block, child))
            ):
                core.extend(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in ("in", "of", "by", "at") and child.i > noun.i:
                words = subtree(block, child)
                if any(token.pos_ == "PROPN" for token in words) and len(words) <= 12:
                    core.extend(words)
        tokens = sorted(set(core), key=lambda token: token.i)
        if any(token.tag_ in ("PRP", "PRP$", "WP", "WDT", "WRB") or is_relative(token) for token in tokens):
            return []
        doc = block.doc
        return [token for token in tokens if not (token.lower_ in ("so", "called", "-") and so_called(doc, token.i))]

    def _in_term(self, block: Block, token: "Token") -> bool:
        quote = block.quote_at(token.idx)
        return quote is not None and quote.form == "term"

    def _is_specific(self, block: Block, core: "list[Token]") -> bool:
        return any(is_strong(block, token) and not DATE.fullmatch(token.text) for token in core)

    def fuller(self, block: Block, det: "Token", inside: set[int]) -> Description | None:
        """Return the one full description in the article of a noun that "the" (or, of two words, "a") leaves bare."""
        noun = det.head
        premods = [child for child in noun.children if child.i < noun.i and child.dep_ in ("compound", "nmod", "amod")]
        owner = any(child.dep_ == "case" for child in noun.children) or noun.dep_ == "poss"
        if owner and (premods or not self.holder(noun)):
            return None
        if noun.tag_ not in ("NN", "NNS") or not is_bare(block, noun) or any(child.dep_ == "amod" for child in premods):
            return None
        if det.lower_ != "the" and (not premods or noun.lemma_.lower() not in EVENT_NOUNS):
            return None  # "a carbon price" is any
        if not premods and (held := self.holder(noun)):
            return Description(held[1], frozenset({det.i, noun.i}), frozenset({held[0]}), held[2], 6, frozenset({noun.lower_}))
        if not premods and (body := self._body(block, noun)):
            return Description(body[0], frozenset({det.i, noun.i}), frozenset(), body[1], 3, frozenset({body[0].lower()}))
        wanted = {lemma_of(part) for part in [noun, *premods]}
        fits = {terms: found for terms, found in self._specific.get(noun.text.lower(), {}).items() if wanted <= terms}
        fits = {terms: found for terms, found in fits.items() if "vice" in wanted or "vice" not in terms}
        if not fits:
            return self._made_of(block, det, {part.lower_ for part in premods} | {lemma_of(noun)}, inside)
        if len(wanted) == 1:
            if noun.lower_ in _HALF and noun.lower_ in self._named:
                return None  # "the committee" may be the National Committee
            # One word may mean another one of its kind: it must be a quoted term, or have been described shortly before.
            # "The 93-page report" tells nothing but its length.
            fits = {terms: found for terms, found in fits.items() if "page" not in terms} or fits
            near = {terms: [place for place in found if self._close(block, det, *place)] for terms, found in fits.items()}
            near = {terms: found for terms, found in near.items() if found}
            if not near and not self._only(block, noun, fits):
                return None
            fits = near or fits
        longest = max(fits, key=len)
        if any(not terms <= longest for terms in fits) and not one_term(fits.keys(), wanted):
            return None
        chosen = longest if all(terms <= longest for terms in fits) else min(fits, key=lambda terms: (len(terms), sorted(terms)))
        found_block, core = fits[chosen][-1]
        if found_block is block and any(token.i == noun.i for token in core):
            return None
        text = self._plain(found_block, core)
        if not text or (noun.lower_ in _MANY_HOLD and not self._people(found_block, core)):
            return None
        replaced = set(range(det.i, noun.i + 1))
        article = "" if noun.tag_ == "NNS" or text.lower().startswith(("the ", "a ", "an ")) or owned(text, noun.text) else "the "
        return self._made(found_block, article + text, replaced & inside | {det.i}, core)

    def _only(self, block: Block, noun: "Token", fits: Mapping[frozenset[str], "list[tuple[Block, list[Token]]]"]) -> bool:
        """Whether an article speaks of one thing of that noun only, and has described it before."""
        if noun.lower_ not in _ONCE or noun.lower_ in self._several:
            return False
        places = [place for found in fits.values() for place in found]
        longest = max(fits, key=len)
        before = all(place.index < block.index or (place is block and core[-1].i < noun.i) for place, core in places[:1])
        return before and len(longest) > 2 and all(terms <= longest for terms in fits)

    def _made_of(self, block: Block, det: "Token", wanted: set[str], inside: set[int]) -> Description | None:
        """Return "the draft points prepared for X" for "the draft points", when just before one only is described so."""
        noun = det.head
        found = [
            (place, core) for place, core in self._points.get(noun.lemma_.lower(), ())
            if wanted <= {word for part in core for word in (lemma_of(part), part.lower_)} and place is block and core[-1].i < det.i
        ]  # fmt: skip
        if len(wanted) < 2 or len(found) != 1:
            return None
        place, core = found[0]
        text = self._plain(place, core, longest=15)
        head = next(part for part in core if part.lemma_.lower() == noun.lemma_.lower())
        text = re.sub(rf"\b{re.escape(head.text)}\b", noun.text, text, count=1)
        if not text or any(token.tag_ in ("PRP", "PRP$") or is_relative(token) for token in core):
            return None
        return self._made(place, f"the {text}", set(range(det.i, noun.i + 1)) & inside | {det.i}, core)

    def _made(self, place: Block, text: str, replaced: set[int], core: "list[Token]") -> Description:
        weight = sum(3 if part.pos_ == "PROPN" or part.like_num else 1 for part in core)
        terms = frozenset(lemma_of(part) for part in core if is_content(part))
        return Description(text, frozenset(replaced), self._people(place, core), place.span_of(core), weight, terms)

    def _close(self, block: Block, det: "Token", found_block: Block, core: "list[Token]") -> bool:
        if any(self._in_term(found_block, token) for token in core):
            new = any(child.lower_ in _ANY for token in core for child in token.children) and any(token.dep_ == "prep" for token in core)
            later = found_block.index > block.index or (found_block is block and core[-1].i > det.i)
            return not (new and later)  # "a “supermax” prison in Colorado", told of later, is another one
        before = found_block.index < block.index or core[-1].i < det.i
        return before and block.index - found_block.index <= NEAR

    def _plain(self, block: Block, core: "list[Token]", *, longest: int = 12) -> str:
        pieces = []
        done: set[int] = set()
        for position, token in enumerate(core):
            gap = position + 1 < len(core) and core[position + 1].i != token.i + 1
            mention = self._mentions[block].get(token.i)
            if token.i in done or (token.lower_.rstrip(".") in COURTESY and self._mentions[block].get(token.i + 1)):
                continue
            if mention:
                done.update(range(mention.first, mention.last + 1))
                pieces.append(mention.person.name + (" " if block.doc[mention.last].whitespace_ else ""))
                continue
            pieces.append(token.text + (" " if token.whitespace_ or gap else ""))
        text = tidy("".join(pieces))
        return "" if len(text.split()) > longest else text


def is_garden(noun: "Token") -> bool:
    """Whether a noun is described by a participle that the parser took for the sentence's verb."""
    return bool(participial(noun))


def participial(noun: "Token") -> "list[Token]":
    """Return "prepared for X" behind a noun, even where the parser took it for the sentence's verb."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if after is None or after.tag_ != "VBN":
        return []
    if after.dep_ == "acl":
        return [token for token in after.subtree if token.i >= after.i]
    finite = next((child for child in after.children if child.tag_ in ("VBD", "VBZ") and child.dep_ in ("advcl", "ccomp", "conj")), None)
    if after != noun.head or finite is None or any(child.dep_ in ("aux", "auxpass") for child in after.children):
        return []
    return list(noun.doc[after.i : finite.left_edge.i])


def is_bare(block: Block, noun: "Token") -> bool:
    """Whether "the noun" leans on what was said before."""
    if noun.lower_ in ("republican", "democrat", "lawmaker", "native") and not any(child.dep_ == "prep" for child in noun.children):
        return True  # "the Kentucky Republican"
    before = noun.doc[noun.i - 2].lower_ if noun.i > 1 and noun.doc[noun.i - 1].lower_ == "the" else ""
    if f"{before} {noun.lower_}" in _PHRASES or _DECADE.fullmatch(noun.text):
        return False
    if noun.lower_ in ROLE_NOUNS and noun.tag_ == "NN":
        own = list(noun.subtree)
        named = any(token.pos_ == "PROPN" for token in own) or any(child.dep_ in ("prep", "relcl", "acl") for child in noun.children)
        if not named and not {token.lower_ for token in own} & _RANKS:
            return True  # "the fund manager", who may have been named before
    strong = any(is_strong(block, token) for child in noun.children if child.i < noun.i for token in child.subtree)
    if noun.lemma_.lower() in _PRESENT_HERE and not strong:
        return True
    if noun.lower_ in PUBLIC and not any(child.dep_ in ("amod", "compound") for child in noun.children):
        return False
    if noun.tag_ == "NNP" and noun.lower_ in _HALF and not any(child.dep_ in ("compound", "amod", "prep") for child in noun.children):
        return True  # "the PAC"
    if noun.tag_ in ("NNP", "NNPS") and noun.text[:1].isupper() and noun.ent_type_ != "NORP":
        return False
    told = [child for child in noun.children if child.dep_ in ("amod", "compound", "nmod", "prep", "acl", "relcl", "poss", "nummod")]
    if noun.lower_ in _ONE_OF_MANY and len(told) == 1 and told[0].ent_type_ == "NORP":
        return True  # "the Canadian province"
    if noun.lower_ in _MANY_HOLD and not any(child.dep_ in ("prep", "acl", "relcl", "appos", "poss") for child in noun.children):
        return True  # "the Supreme Court justice"
    subtree = list(noun.subtree)
    if any(is_strong(block, token) for token in subtree if token.i != noun.i or token.tag_.startswith("NNP")):
        return False
    described = [child for child in noun.children if child.i < noun.i and child.dep_ in ("compound", "amod", "nmod")]
    if described and noun.lemma_.lower() in FIELDS:
        return False  # "the mortgage crisis"
    if sum(len([part for part in child.subtree if part.dep_ in ("compound", "amod", "nmod")]) for child in described) >= 2 and any(
        child.dep_ == "compound" or noun.lower_ in ROLE_NOUNS for child in described
    ):
        return False  # "the family separation lawsuit"
    if len(described) > 1 and any(child.dep_ == "compound" for child in described):
        return False
    # "the separation of families" carries its own description; what is inside is judged by itself.
    return not any(
        (child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "on", "to")) or child.dep_ in ("acl", "relcl")
        for child in noun.children
    )
