"""Words of an article that stand alone: full names for surnames, the full term for "the policy", nothing that points elsewhere.

``Phrases.phrase`` never guesses: what it cannot make stand alone it hands back with ``trouble``, the reason in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.descriptions import Descriptions, is_bare
from quizzer.news.document import Block, Document
from quizzer.news.entities import Entities, clean_name
from quizzer.news.parsed import closed, has_year, is_content, is_name_run, is_thing, lemma_of, opened, strength, subtree, tidy
from quizzer.news.people import Mention, Person, is_modifier
from quizzer.news.reference import PLAIN, Meaning, References
from quizzer.news.times import Moment, moments, years_of
from quizzer.news.values import Span
from quizzer.news.words import COURTESY, HEAVENLY, POINTING, RELATIVE_TIME, TIME_NOUNS, TITLES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.8  # the margin from which on "the senator" means its person
_OFFICES = word_set("senator congressman congresswoman governor mayor republican democrat justice neurosurgeon billionaire businessman")
_ACTORS = word_set("nsubj nsubjpass dobj pobj poss dative")
STORY = 3  # paragraphs back within which another year tells a story of that year
_CAPITALS = ("NORP", "ORG", "GPE", "LANGUAGE")  # what keeps its capital: "English"
_NAMED_AS = dict.fromkeys(("state", "country", "nation", "province", "city", "town", "island"), "GPE")
_NAMED_AS |= dict.fromkeys(("company", "firm", "agency", "network", "newspaper", "magazine", "university", "bank", "committee"), "ORG")
_POSSESSIVES = {"his": "his", "her": "her", "its": "its", "their": "their"}


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """Wording that stands alone, or ``trouble``: why it does not.

    ``names`` are the keys of people in it, ``terms`` its content words (lemmas), ``weight`` how much it tells (proper names,
    numbers and quoted terms count three, other content words one), ``possessive`` a pronoun ("his") that the subject must own,
    ``owner`` the key of the person that pronoun plainly means, ``sources`` where a fuller description was taken from.
    """

    text: str
    trouble: str = ""
    names: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    weight: int = 0
    possessive: str = ""
    owner: str = ""
    sources: tuple[Span, ...] = ()


class Phrases:
    """Makes the words of one article stand alone, with the names of the whole deck."""

    def __init__(self, document: Document, entities: Entities) -> None:
        self._entities = entities
        self._mentions = {block: entities.people.mentions(block) for block in document.blocks}
        years = [years_of(block) for block in document.blocks]
        before = [frozenset[int]().union(*years[max(index - STORY, 0) : index]) for index in range(len(years))]
        self._moments = {block: moments(block, document.date, years=told) for block, told in zip(document.blocks, before, strict=True)}
        self._years = {block: told | own for block, told, own in zip(document.blocks, before, years, strict=True)}
        self._descriptions = Descriptions(document, self._mentions)
        self.references = References(document, entities.people)
        self._heading = document.article.heading

    def person_at(self, block: Block, index: int) -> Mention | None:
        """Return the person named at a token of ``block``."""
        return self._mentions[block].get(index)

    def moment_at(self, block: Block, index: int) -> Moment | None:
        """Return the time that a token of ``block`` belongs to, resolved by the article's day."""
        return self._moments[block].get(index)

    def years_around(self, block: Block) -> frozenset[int]:
        """Return the years that a paragraph and the few before it speak of."""
        return self._years[block]

    def subtree(self, block: Block, head: "Token", *, without: Iterable["Token"] = ()) -> "list[Token]":
        """Return the tokens of ``head``'s phrase that restrict it: no apposition, no aside, no leaning adverb."""
        return subtree(block, head, without=without)

    def phrase(self, block: Block, tokens: "Sequence[Token]", *, instead: "Mapping[int, str] | None" = None, speaker: str = "") -> Phrase:
        """Return the wording of ``tokens`` (in order, of one clause), some of them replaced by ``instead``, by token index.

        What means the person of the key ``speaker`` stays "he" or "she".
        """
        instead = instead or {}
        sources: list[Span] = []
        pieces: list[str] = []
        names: set[str] = set()
        possessive = owner = ""
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
            if moment := self._moments[block].get(token.i):
                done.update(range(moment.first, moment.last + 1))
                pieces = opened(pieces, moment)
                extra += 3
                continue
            quoted = token.i in block.quoted
            mention = None if quoted else self.person_at(block, token.i)
            space = " " if token.whitespace_ or (position + 1 < len(tokens) and tokens[position + 1].i != token.i + 1) else ""
            if mention:
                person = mention.person
                if pieces and pieces[-1].strip().lower().rstrip(".") in COURTESY:
                    pieces.pop()
                if not person.full and person.mentions < 5 and not _titled(token, inside):
                    trouble = trouble or f"“{person.name}” is known by surname only"
                names.add(person.key)
                extra += 3 * (person.full and mention.first == mention.last)  # "Armstrong" is asked about as Neil Armstrong
                pieces.append(person.name + (" " if block.doc[mention.last].whitespace_ else ""))
                done.update(range(token.i, mention.last + 1))
                continue
            if not quoted and token.lower_ in ("himself", "herself") and token.dep_ in ("appos", "npadvmod", "nsubj", "dep", "advmod"):
                continue  # "Lee himself"
            if not quoted:
                if speaker and (meant := self.meaning(block, token)) and meant.person and meant.person.key == speaker:
                    pieces.append(token.text.lower() + space)
                    continue
                if speaker and self._is_own(block, token, speaker):
                    pieces.append(token.text + space)
                    continue
                if token.tag_ == "PRP" and (meant := self.meaning(block, token)) and meant.person and meant.person.key not in names:
                    names.add(meant.person.key)
                    extra += 3
                    pieces.append(meant.person.name + space)
                    if meant.source is not None:
                        sources.append(meant.source)
                    if not meant.person.full and meant.person.mentions < 5:
                        trouble = trouble or f"“{meant.person.name}” is known by surname only"
                    continue
                if token.lower_ in _POSSESSIVES and token.tag_ == "PRP$":
                    meant = self.meaning(block, token)
                    owner = meant.person.key if meant and meant.person else ""
                    if owner and owner in names:
                        pieces.append(token.text + space)
                        continue
                    if not (token.head.dep_ == "conj" and token.head.head.i in inside):
                        mixed = possessive and possessive != token.lower_
                        trouble = trouble or (f"“{token.text}” points elsewhere" if mixed else "")
                        possessive = token.lower_
                elif token.is_sent_start and token.dep_ == "poss" and token.pos_ == "NOUN":
                    trouble = trouble or f"“{token.text}” may be a name"
                elif not trouble:
                    trouble = self._trouble(block, token, inside)
                if (
                    token.lower_ in ("the", "a", "an")
                    and token.dep_ == "det"
                    and (fuller := self._descriptions.fuller(block, token, inside))
                ):
                    sources.append(fuller.source)
                    terms |= fuller.terms
                    weight += fuller.weight
                    owns = any(child.dep_ == "case" and child.i == token.head.i + 1 for child in token.head.children)
                    pieces.append(fuller.text + ("" if owns else " "))
                    done.update(fuller.replaced)
                    names |= fuller.people
                    continue
                if (
                    token.lower_ == "the"
                    and token.dep_ == "det"
                    and token.head.i in inside
                    and (meant := self._office_holder(block, token.head))
                    and meant.person is not None
                    and meant.source is not None
                ):
                    sources.append(meant.source)
                    names.add(meant.person.key)
                    extra += 3
                    pieces.append(meant.person.name + (" " if token.head.whitespace_ else ""))
                    done.update(range(token.i, token.head.i + 1))
                    continue
                if full := self._expanded(token):
                    pieces.append(full + space)
                    continue
            lead = token.is_sent_start and not pieces and not quoted and token.pos_ != "PROPN" and token.text[1:].islower()
            lead = lead and (token.pos_ == "DET" or token.ent_type_ not in _CAPITALS) and self._entities.find(token.text) is None
            pieces.append((token.lower_ if lead or (token.is_sent_start and token.text == "A") else token.text) + space)
        text = closed(block, tokens[-1], tidy("".join(pieces))) if tokens else ""
        content = [token for token in tokens if is_content(token) and token.i not in instead]
        return Phrase(
            text=text,
            trouble=trouble,
            names=frozenset(names),
            terms=frozenset(terms | {lemma_of(token) for token in content}),
            weight=extra + weight + sum(strength(block, token) for token in content if token.i not in done or weight == 0),
            possessive=possessive,
            owner=owner,
            sources=tuple(dict.fromkeys(sources)),
        )

    def described(self, block: Block, noun: "Token") -> Phrase | None:
        """Return the one full description the article gives of what ``noun`` names, or None when there is none or several."""
        found = self._descriptions.described(block, noun)
        if found is None:
            return None
        return Phrase(text=found.text, terms=found.terms, names=found.people, weight=found.weight, sources=(found.source,))

    def meaning(self, block: Block, token: "Token") -> Meaning | None:
        """Return the person that "he", "her" or "his" plainly means, or None."""
        if token.lower_ not in ("he", "she", "him", "her", "his") or token.i in block.quoted:
            return None
        found = self.references.meaning(block, token)
        return found if found.person is not None and found.margin >= PLAIN else None

    def _office_holder(self, block: Block, noun: "Token") -> Meaning | None:
        """Return the one person of the article whom "the Vermont senator" means, or None."""
        if noun.lower_ not in _OFFICES or noun.tag_ not in ("NN", "NNP") or noun.i in block.quoted or noun.dep_ not in _ACTORS:
            return None
        if any(child.i > noun.i and child.dep_ not in ("case", "punct") for child in noun.children):
            return None
        found = self.references.meaning(block, noun)
        return found if found.person is not None and found.person.full and found.margin >= SURE else None

    def _is_own(self, block: Block, token: "Token", speaker: str) -> bool:
        """Whether "himself" means the person of the key ``speaker``: the subject of its verb."""
        if token.lower_ not in ("himself", "herself") or token.dep_ not in ("dobj", "pobj", "dative"):
            return False
        verb = next((node for node in token.ancestors if node.pos_ in ("VERB", "AUX")), None)
        subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")] if verb is not None else []
        named = [self.person_at(block, subject.i) for subject in subjects]
        return all(
            (mention is not None and mention.person.key == speaker)
            or ((meant := self.meaning(block, subject)) is not None and meant.person is not None and meant.person.key == speaker)
            for subject, mention in zip(subjects, named, strict=True)
        )

    def _trouble(self, block: Block, token: "Token", inside: set[int]) -> str:
        lower = token.lower_
        if token.tag_ == "PRP" or (token.pos_ == "PRON" and token.tag_ not in ("WDT", "WP", "WP$", "WRB", "EX", "NN") and lower != "no"):
            if is_empty_it(token):
                return ""
            return f"“{token.text}” points elsewhere"
        if token.tag_ == "PRP$":
            return f"“{token.text}” points elsewhere"
        if (
            lower in POINTING
            and not (lower == "former" and token.dep_ == "amod" and token.head.i > token.i)
            and token.tag_ not in ("WDT", "IN", "CC")
            and token.dep_ in ("det", "amod", "nsubj", "dobj", "pobj", "predet", "poss", "nsubjpass", "conj")
        ):
            return f"“{token.text}” points elsewhere"
        dated = lower in WEEKDAYS and token.i + 2 < len(token.doc) and token.nbor(1).text == "," and has_year(token.nbor(2))
        if lower in RELATIVE_TIME and not dated and token.pos_ != "SCONJ" and not (lower == "then" and token.dep_ == "cc"):
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
        named = self._entities.find(token.text)
        human = token.ent_type_ == "PERSON" and lower not in HEAVENLY and not (named and named.kind == "organisation")
        if alone and not _titled(token, inside) and not is_thing(token) and (human or self._entities.people.is_surname(token.text)):
            return f"“{token.text}” is known by surname only"
        bare = lower == "the" and token.dep_ == "det" and is_bare(block, token.head) and not named_before(token, inside)
        bare = bare and not self._heading.explains(f"the {token.head.lower_} ")
        if bare and not self._descriptions.fuller(block, token, inside) and not self._office_holder(block, token.head):
            return f"“the {token.head.text}” needs its sentence"
        return ""

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
        if mention is None and head.i not in block.quoted and (held := self._descriptions.holder(head)):
            return self._entities.people.find(held[0])
        if mention is None and (meant := self._office_holder(block, head)):
            return meant.person
        return mention.person if mention else None

    def organisation(self, block: Block, tokens: "Sequence[Token]") -> str:
        """Return the name of the organisation that ``tokens`` are, or an empty string."""
        name = clean_name("".join(token.text_with_ws for token in tokens))
        named = self._entities.find(name)
        return named.name if named and named.kind == "organisation" else ""


def named_before(det: "Token", inside: set[int]) -> bool:
    """Whether the one place or body named before in the same words is meant: "Kansas gave the state's delegates to"."""
    label = _NAMED_AS.get(det.head.lemma_.lower(), "")
    if not label or any(child.dep_ in ("amod", "compound", "nmod") for child in det.head.children):
        return False
    names = [token for token in det.doc[det.sent.start : det.i] if token.i in inside and token.ent_type_ == label and token.ent_iob_ == "B"]
    return len(names) == 1


def is_empty_it(token: "Token") -> bool:
    """Whether "it" means nothing: "made it easy to", "it was unclear whether"."""
    if token.lower_ != "it":
        return False
    head = token.head
    clauses = [child for child in head.children if child.dep_ in ("xcomp", "ccomp", "advcl", "csubj", "relcl") and child.i > token.i]
    adjective = any(child.dep_ == "acomp" for child in head.children)
    if token.dep_ in ("nsubj", "expl") and head.lemma_ == "be":
        idle = any(
            (child.dep_ == "attr" and child.lower_ == "time") or (child.dep_ == "prep" and child.lower_ == "up") for child in head.children
        )
        return (adjective and bool(clauses)) or idle
    return token.dep_ == "nsubj" and head.pos_ == "ADJ" and head.i > token.i and bool(clauses)


def _titled(token: "Token", inside: set[int]) -> bool:
    """Whether an office stands before a surname, which then tells enough: "President Monroe"."""
    before = token.doc[token.i - 1] if token.i else None
    return (
        before is not None
        and before.i in inside
        and before.text[:1].isupper()
        and before.lower_.rstrip(".") in TITLES
        and before.lower_.rstrip(".") not in COURTESY
    )
