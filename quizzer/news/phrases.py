"""Words of an article that stand alone: full names for surnames, the full term for "the policy", nothing that points elsewhere.

``Phrases.phrase`` never guesses: what it cannot make stand alone it hands back with ``trouble``, the reason in words.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.document import Block, Document
from quizzer.news.entities import Entities, clean_name
from quizzer.news.parsed import (
    has_year,
    is_aside,
    is_content,
    is_name_run,
    is_relative,
    is_strong,
    is_thing,
    lemma_of,
    one_term,
    owned,
    so_called,
    strength,
    tidy,
)
from quizzer.news.people import Mention, Person, is_modifier
from quizzer.news.values import DATE, Span
from quizzer.news.words import EVENT_NOUNS, HEAVENLY, POINTING, PUBLIC, RELATIVE_TIME, TIME_NOUNS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_OF_MANY = word_set("province country city town village island territory region state company firm club bank newspaper leader official")
_MANY_HOLD = word_set(
    "justice senator representative congressman congresswoman lawmaker candidate nominee spokesman spokeswoman reporter journalist "
    "lawyer activist professor actor actress singer author governor mayor"
)
NEAR = 2  # paragraphs within which "the attorneys" are the attorneys named before
_COURTESY = word_set("mr mrs ms miss")
_POSSESSIVES = {"his": "his", "her": "her", "its": "its", "their": "their"}


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """Wording that stands alone, or ``trouble``: why it does not.

    ``names`` are the keys of people in it, ``terms`` its content words (lemmas), ``weight`` how much it tells (proper names,
    numbers and quoted terms count three, other content words one), ``possessive`` a pronoun ("his") that the subject must own,
    ``sources`` where a fuller description was taken from.
    """

    text: str
    trouble: str = ""
    names: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    weight: int = 0
    possessive: str = ""
    sources: tuple[Span, ...] = ()


class Phrases:
    """Makes the words of one article stand alone, with the names of the whole deck."""

    def __init__(self, document: Document, entities: Entities) -> None:
        self._entities = entities
        self._mentions = {block: entities.people.mentions(block) for block in document.blocks}
        self._specific: dict[str, dict[frozenset[str], list[tuple[Block, list[Token]]]]] = defaultdict(dict)
        self._made: dict[str, list[tuple[Block, list[Token]]]] = defaultdict(list)  # "points prepared for X", by the noun's lemma
        for block in document.blocks:
            for token in block.doc:
                if token.pos_ in ("NOUN", "PROPN") and token.tag_ in ("NN", "NNS") and token.i not in block.quoted:
                    core = self._core(block, token)
                    tail = self._participial(token) if core else []
                    if tail and self._is_specific(block, tail):
                        own = [part for part in core if part.i <= token.i and part.pos_ != "NUM"]
                        self._made[token.lemma_.lower()].append((block, [*own, *tail]))
                    if core and self._is_specific(block, core):
                        terms = frozenset(lemma_of(part) for part in core if is_content(part))
                        self._specific[token.text.lower()].setdefault(terms, []).append((block, core))

    def person_at(self, block: Block, index: int) -> Mention | None:
        """Return the person named at a token of ``block``."""
        return self._mentions[block].get(index)

    def subtree(self, block: Block, head: "Token", *, without: Iterable["Token"] = ()) -> "list[Token]":
        """Return the tokens of ``head``'s phrase that restrict it: no apposition, no aside, no leaning adverb."""
        dropped = set(without)
        kept: list[Token] = []

        def walk(token: "Token") -> None:
            kept.append(token)
            for child in token.children:
                if child in dropped or is_aside(block, child):
                    continue
                walk(child)

        walk(head)
        kept.sort(key=lambda token: token.i)
        for one, other in itertools.pairwise(kept):
            between = head.doc[one.i + 1 : other.i]
            glue = len(between) == 1 and (between[0].text == "," or (between[0].text == "-" and not one.whitespace_))
            if glue and between[0] not in dropped:
                kept.append(between[0])
        kept.sort(key=lambda token: token.i)
        while kept and kept[-1].is_punct and kept[-1].text not in "\"”''%":
            kept.pop()
        while kept and kept[0].is_punct and kept[0].text not in "\"“''$":
            kept.pop(0)
        return kept

    def phrase(self, block: Block, tokens: "Sequence[Token]", *, instead: "Mapping[int, str] | None" = None) -> Phrase:
        """Return the wording of ``tokens`` (in order, of one clause), some of them replaced by ``instead``, by token index."""
        instead = instead or {}
        sources: list[Span] = []
        pieces: list[str] = []
        names: set[str] = set()
        possessive = ""
        trouble = ""
        inside = {token.i for token in tokens}
        done: set[int] = set()
        terms: set[str] = set()
        weight = extra = 0
        for position, token in enumerate(tokens):
            if token.i in done or token.is_space:
                continue
            if token.i in instead:
                pieces.append(f"{instead[token.i]} ")
                continue
            quoted = token.i in block.quoted
            mention = None if quoted else self.person_at(block, token.i)
            space = " " if token.whitespace_ or (position + 1 < len(tokens) and tokens[position + 1].i != token.i + 1) else ""
            if mention:
                person = mention.person
                if pieces and pieces[-1].strip().lower().rstrip(".") in _COURTESY:
                    pieces.pop()
                if not person.full and person.mentions < 5:
                    trouble = trouble or f"“{person.name}” is known by surname only"
                names.add(person.key)
                extra += 3 * (person.full and mention.first == mention.last)  # "Armstrong" is asked about as Neil Armstrong
                pieces.append(person.name + (" " if block.doc[mention.last].whitespace_ else ""))
                done.update(range(token.i, mention.last + 1))
                continue
            if not quoted:
                if token.lower_ in _POSSESSIVES and token.tag_ == "PRP$":
                    if not (token.head.dep_ == "conj" and token.head.head.i in inside):
                        mixed = possessive and possessive != token.lower_
                        trouble = trouble or (f"“{token.text}” points elsewhere" if mixed else "")
                        possessive = token.lower_
                elif token.is_sent_start and token.dep_ == "poss" and token.pos_ == "NOUN":
                    trouble = trouble or f"“{token.text}” may be a name"
                elif not trouble:
                    trouble = self._trouble(block, token, inside)
                if token.lower_ in ("the", "a", "an") and token.dep_ == "det" and (fuller := self._fuller(block, token, inside)):
                    text, replaced, more, core, source = fuller
                    sources.append(source)
                    terms |= {lemma_of(part) for part in core if is_content(part)}
                    weight += sum(3 if strong else 1 for strong in (part.pos_ == "PROPN" or part.like_num for part in core))
                    pieces.append(text + " ")
                    done.update(replaced)
                    names |= more
                    continue
                if full := self._expanded(token):
                    pieces.append(full + space)
                    continue
            lead = token.is_sent_start and not pieces and not quoted and token.pos_ not in ("PROPN", "NUM") and token.text[1:].islower()
            pieces.append((token.lower_ if lead or (token.is_sent_start and token.text == "A") else token.text) + space)
        text = tidy("".join(pieces))
        content = [token for token in tokens if is_content(token) and token.i not in instead]
        return Phrase(
            text=text,
            trouble=trouble,
            names=frozenset(names),
            terms=frozenset(terms | {lemma_of(token) for token in content}),
            weight=extra + weight + sum(strength(block, token) for token in content if token.i not in done or weight == 0),
            possessive=possessive,
            sources=tuple(dict.fromkeys(sources)),
        )

    def described(self, block: Block, noun: "Token") -> Phrase | None:
        """Return the one full description the article gives of what ``noun`` names, or None when there is none or several."""
        own = next((core for place, core in self._made.get(noun.lemma_.lower(), ()) if place is block and noun in core), None)
        if own is not None and (text := self._plain(block, own, longest=15)) and not any(is_relative(token) for token in own):
            weight = sum(strength(block, token) for token in own if is_content(token))
            terms = frozenset(lemma_of(token) for token in own if is_content(token))
            return Phrase(text=f"{'an' if text[0] in 'aeiou' else 'a'} {text}", terms=terms, weight=weight, sources=(block.span_of(own),))
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
        people = frozenset(mention.person.key for token in core if (mention := self.person_at(found, token.i)) is not None)
        return Phrase(text=text, terms=longest, names=people, weight=weight, sources=(found.span_of(core),))

    def _trouble(self, block: Block, token: "Token", inside: set[int]) -> str:
        lower = token.lower_
        if token.tag_ == "PRP" or (token.pos_ == "PRON" and token.tag_ not in ("WDT", "WP", "WP$", "WRB", "EX", "NN")):
            return f"“{token.text}” points elsewhere"
        if token.tag_ == "PRP$":
            return f"“{token.text}” points elsewhere"
        if (
            lower in POINTING
            and token.tag_ not in ("WDT", "IN", "CC")
            and token.dep_ in ("det", "amod", "nsubj", "dobj", "pobj", "predet", "poss", "nsubjpass", "conj")
        ):
            return f"“{token.text}” points elsewhere"
        if lower in RELATIVE_TIME and token.pos_ != "SCONJ" and not (lower == "then" and token.dep_ == "cc"):
            return f"“{token.text}” needs the day of the article"
        if lower == "far" and any(child.lower_ == "so" for child in token.children):
            return "“so far” needs the day of the article"
        if lower in ("here", "there", "elsewhere", "abroad") and token.dep_ == "advmod":
            return f"“{token.text}” points elsewhere"
        if lower in TIME_NOUNS and any(
            child.lower_ in ("this", "last", "next", "that", "past", "same", "previous", "following") for child in token.children
        ):
            return f"“{token.text}” needs the day of the article"
        if token.ent_type_ == "DATE" and token.tag_ == "NNP" and not has_year(token):
            return f"“{token.text}” is a date without its year"
        alone = token.pos_ == "PROPN" and not is_name_run(token) and token.i in inside and not is_modifier(token)
        human = token.ent_type_ == "PERSON" and lower not in HEAVENLY
        if alone and not is_thing(token) and (human or self._entities.people.is_surname(token.text)):
            return f"“{token.text}” is known by surname only"
        if lower == "the" and token.dep_ == "det" and self._is_bare(block, token.head) and not self._fuller(block, token, inside):
            return f"“the {token.head.text}” needs its sentence"
        return ""

    def _is_bare(self, block: Block, noun: "Token") -> bool:
        """Whether "the noun" leans on what was said before."""
        if noun.lower_ in PUBLIC and not any(child.dep_ in ("amod", "compound") for child in noun.children):
            return False
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
        if len(described) > 1 and any(child.dep_ == "compound" for child in described):
            return False
        # "the separation of families" carries its own description; what is inside is judged by itself.
        return not any(
            (child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "on", "to")) or child.dep_ in ("acl", "relcl")
            for child in noun.children
        )

    def _core(self, block: Block, noun: "Token") -> "list[Token]":
        core = [noun]
        for child in noun.children:
            if (child.i < noun.i and child.dep_ in ("compound", "nmod", "nummod", "poss", "punct") and not child.is_space) or (
                child.i < noun.i and child.dep_ == "amod" and (child.text[:1].isupper() or self._in_term(block, child))
            ):
                core.extend(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in ("in", "of", "by", "at") and child.i > noun.i:
                subtree = self.subtree(block, child)
                if any(token.pos_ == "PROPN" for token in subtree) and len(subtree) <= 12:
                    core.extend(subtree)
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

    def _fuller(self, block: Block, det: "Token", inside: set[int]) -> "tuple[str, set[int], frozenset[str], list[Token], Span] | None":
        """Return the one full description in the article of a noun that "the" (or, of two words, "a") leaves bare."""
        noun = det.head
        premods = [child for child in noun.children if child.i < noun.i and child.dep_ in ("compound", "nmod", "amod")]
        if any(child.dep_ == "case" for child in noun.children) or noun.dep_ == "poss":
            return None
        if noun.tag_ not in ("NN", "NNS") or not self._is_bare(block, noun) or any(child.dep_ == "amod" for child in premods):
            return None
        if det.lower_ != "the" and (not premods or noun.lemma_.lower() not in EVENT_NOUNS):
            return None  # "a carbon price" is any
        wanted = {lemma_of(part) for part in [noun, *premods]}
        fits = {terms: found for terms, found in self._specific.get(noun.text.lower(), {}).items() if wanted <= terms}
        if not fits:
            return self._made_of(block, det, {part.lower_ for part in premods} | {lemma_of(noun)}, inside)
        if len(wanted) == 1:
            # One word may mean another one of its kind: it must be a quoted term, or have been described shortly before.
            near = {terms: [place for place in found if self._close(block, det, *place)] for terms, found in fits.items()}
            fits = {terms: found for terms, found in near.items() if found}
            if not fits:
                return None
        longest = max(fits, key=len)
        if any(not terms <= longest for terms in fits) and not one_term(fits.keys(), wanted):
            return None
        chosen = longest if all(terms <= longest for terms in fits) else min(fits, key=lambda terms: (len(terms), sorted(terms)))
        found_block, core = fits[chosen][-1]
        if found_block is block and any(token.i == noun.i for token in core):
            return None
        text = self._plain(found_block, core)
        if not text:
            return None
        replaced = set(range(det.i, noun.i + 1))
        article = "" if noun.tag_ == "NNS" or text.lower().startswith(("the ", "a ", "an ")) or owned(text, noun.text) else "the "
        people = frozenset(mention.person.key for token in core if (mention := self.person_at(found_block, token.i)) is not None)
        return article + text, replaced & inside | {det.i}, people, core, found_block.span_of(core)

    def is_garden(self, noun: "Token") -> bool:
        """Whether a noun is described by a participle that the parser took for the sentence's verb."""
        return bool(self._participial(noun))

    def _participial(self, noun: "Token") -> "list[Token]":
        """Return "prepared for X" behind a noun, even where the parser took it for the sentence's verb."""
        after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
        if after is None or after.tag_ != "VBN":
            return []
        if after.dep_ == "acl":
            return [token for token in after.subtree if token.i >= after.i]
        finite = next(
            (child for child in after.children if child.tag_ in ("VBD", "VBZ") and child.dep_ in ("advcl", "ccomp", "conj")), None
        )
        if after != noun.head or finite is None or any(child.dep_ in ("aux", "auxpass") for child in after.children):
            return []
        return list(noun.doc[after.i : finite.left_edge.i])

    def _made_of(
        self, block: Block, det: "Token", wanted: set[str], inside: set[int]
    ) -> "tuple[str, set[int], frozenset[str], list[Token], Span] | None":
        """Return "the draft points prepared for X" for "the draft points", when just before one only is described so."""
        noun = det.head
        found = [
            (place, core) for place, core in self._made.get(noun.lemma_.lower(), ())
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
        people = frozenset(mention.person.key for token in core if (mention := self.person_at(place, token.i)) is not None)
        return f"the {text}", set(range(det.i, noun.i + 1)) & inside | {det.i}, people, core, place.span_of(core)

    def _close(self, block: Block, det: "Token", found_block: Block, core: "list[Token]") -> bool:
        if any(self._in_term(found_block, token) for token in core):
            return True
        before = found_block.index < block.index or core[-1].i < det.i
        return before and block.index - found_block.index <= NEAR

    def _plain(self, block: Block, core: "list[Token]", *, longest: int = 12) -> str:
        pieces = []
        done: set[int] = set()
        for position, token in enumerate(core):
            gap = position + 1 < len(core) and core[position + 1].i != token.i + 1
            mention = self.person_at(block, token.i)
            if token.i in done or (token.lower_.rstrip(".") in _COURTESY and self.person_at(block, token.i + 1)):
                continue
            if mention:
                done.update(range(mention.first, mention.last + 1))
                pieces.append(mention.person.name + (" " if block.doc[mention.last].whitespace_ else ""))
                continue
            pieces.append(token.text + (" " if token.whitespace_ or gap else ""))
        text = tidy("".join(pieces))
        return "" if len(text.split()) > longest else text

    def _expanded(self, token: "Token") -> str:
        if token.text.isupper() and 2 < len(token.text) < 7 and token.pos_ == "PROPN":
            named = self._entities.find(token.text)
            if named and named.acronym == token.text:
                return named.name
        return ""

    def subject_person(self, block: Block, head: "Token") -> Person | None:
        """Return the person a noun phrase's head names, when it names just one."""
        if any(child.dep_ == "conj" for child in head.children):
            return None
        mention = self.person_at(block, head.i)
        return mention.person if mention else None

    def organisation(self, block: Block, tokens: "Sequence[Token]") -> str:
        """Return the name of the organisation that ``tokens`` are, or an empty string."""
        name = clean_name("".join(token.text_with_ws for token in tokens))
        named = self._entities.find(name)
        return named.name if named and named.kind == "organisation" else ""
