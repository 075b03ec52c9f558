"""A sentence of an article in words that stand alone: full names, no pronoun without its noun, no time that leans on the day.

Nothing is turned round: what is denied, wished or claimed in the sentence stays so. ``retellings`` never guesses; a sentence
that it cannot make stand alone it hands back as the reason why.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzer.news.clauses import Clause
from quizzer.news.document import Block
from quizzer.news.inflection import past
from quizzer.news.phrases import is_empty_it
from quizzer.news.statements import Statement, modal_of, says, statements, statements_below, subject_of, unfit, unsaid, without
from quizzer.news.values import Span
from quizzer.news.words import FEMALE_WORDS, MALE_WORDS, MONTHS, NUMBERS, ROLE_NOUNS, SAY, TIME_NOUNS, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from quizzer.news.phrases import Phrases

FEWEST = 2  # names, amounts and what stands for them in a sentence: one to ask for, one that tells what it is about
_OPENERS = word_set("but and so yet or nor besides meanwhile however still moreover furthermore nevertheless nonetheless therefore thus")
_JOINING = _OPENERS | word_set("also already then recently earlier later too again just finally subsequently eventually indeed ultimately")
_JOINING |= word_set("instead immediately soon afterward afterwards additionally famously notably simply actually really quickly suddenly")
_HOW = word_set("quickly simply really immediately suddenly")  # behind a verb they tell how it was done
_ASIDES = re.compile(
    r"(?:(?:by|in) contrast|for (?:example|instance|his part|her part|its part|their part)|in (?:fact|addition|turn|other words|short"
    r"|response|the end|the meantime|all|particular)|of course|on the other hand|at the time|as a result|after all|to be sure)$"
)
_WIDEST = 5  # tokens of such an aside behind its first
_LEANING = word_set("this last next recent coming")
_SOMEBODY = (
    ROLE_NOUNS | FEMALE_WORDS | MALE_WORDS | word_set("man woman boy girl person student voter teacher doctor nurse clerk worker friend")
)
_SOMEBODY |= word_set("official neighbor resident mother father gunman victim suspect")
_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_HELPING = word_set("help let make")  # "helped them win"
_SUBJECTS = ("nsubj", "nsubjpass")
_OWNERS = (*_SUBJECTS, "dobj", "poss", "conj", "appos", "attr")
_SHARES = word_set("percent majority half third quarter number plurality % dozen")  # of many, who are "they"
_THEN = {"will": "would", "can": "could"}
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "attr")  # "spent Wednesday on": no time told beside
_TIMES = ("npadvmod", "prep", "advmod")
_DAY_WORDS = frozenset((*WEEKDAYS, "morning", "afternoon", "evening", "night"))
_BELOW = ("relcl", "ccomp", "advcl", "acl", "xcomp", "pcomp")  # clauses below another
_IT = word_set("it its itself")
_THEY = word_set("they them their themselves theirs")
_DAY = re.compile(
    rf"(?:early |late |mid-?)?(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|aug|sept|sep|oct|nov|dec)\.?(?: \d{{1,2}})?"
    r"(?: (?:morning|afternoon|evening))?"
)


@dataclass(frozen=True, eq=False)
class Retold:
    """A statement that can stand alone: the tokens kept, those to be worded otherwise (by index), words put before them.

    ``verb`` is its verb, ``subject`` that verb's; ``shortened`` counts what was left out: 0 nothing but what joins sentences,
    1 asides, 2 other statements of the sentence. ``dated`` says that a time was resolved by the article's
    day, ``has_date`` that a year stands in it, ``reported`` that the article's month is told for want of another time; ``as_of``
    is that day, in ISO form, for what holds by then only.
    ``sources`` are the spans names were taken from.
    """

    block: Block
    verb: "Token"
    subject: "Token"
    tokens: "tuple[Token, ...]"
    instead: dict[int, str] = field(default_factory=dict)
    lead: str = ""
    shortened: int = 0
    dated: bool = False
    has_date: bool = False
    reported: bool = False
    as_of: str = ""
    sources: tuple[Span, ...] = ()


class Teller:
    """Tells the sentences of one article in words that stand alone."""

    def __init__(self, phrases: "Phrases", date: dt.date | None) -> None:
        self._phrases = phrases
        self._date = date

    def retellings(self, block: Block, sentence: "Tokens", clauses: Iterable[Clause] = ()) -> Iterator[Retold | str]:
        """Yield the ways to tell what a sentence says, the fullest first; or why one cannot stand alone.

        ``clauses`` are the statements found in the sentence: those that stand below another verb are told for themselves.
        """
        if why := unfit(block, sentence):
            yield why
            return
        if sum(bool(token.ent_type_) or token.pos_ in ("PROPN", "PRON") for token in block.tokens_of(sentence)) < FEWEST:
            yield "nothing in it can be asked for"
            return
        root, lead, sources, why = self._claim(block, sentence.root)
        if why:
            yield why
            return
        for statement in statements(block, root, [token for token in root.subtree if not token.is_space]):
            why = unsaid(statement.verb, statement.subject, reported=bool(lead), dated=self._date is not None)
            yield why or self._told(block, statement, lead, sources)
        for statement in statements_below(block, sentence, root, clauses):
            source = statement.claimed_by
            if source and _counts(source.text):
                yield "several, who are only counted, say it"
                continue
            yield self._told(block, statement, f"According to {source.text}, " if source else "", source.sources if source else ())

    def _claim(self, block: Block, root: "Token") -> "tuple[Token, str, tuple[Span, ...], str]":
        """Return the verb of what is said, and of "…, X said" the words "According to X"."""
        if root.lemma_.lower() not in SAY:
            return root, "", (), ""
        claim = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and c.pos_ in ("VERB", "AUX")), None)
        if claim is None or claim.i in block.quoted:
            return root, "", (), ""
        speakers = [child for child in root.children if child.dep_ == "nsubj"]
        speaker = speakers[0] if len(speakers) == 1 else None  # behind the verb, too: "..., said Smith"
        if speaker is None:
            return root, "", (), "nobody is named who says it"
        if speaker.tag_ == "PRP":
            meant = self._phrases.meaning(block, speaker)
            if meant is None or meant.person is None or not meant.person.full:
                return root, "", (), f"“{speaker.text}”, who says it, may be one of several"
            return claim, f"According to {meant.person.name}, ", (meant.source,) if meant.source else (), ""
        words = self._phrases.phrase(block, self._phrases.subtree(block, speaker))
        if words.trouble or words.possessive or words.weight < 3 or _counts(words.text):
            return root, "", (), f"who says it is not plain: {words.trouble or words.text}"
        return claim, f"According to {words.text}, ", words.sources, ""

    def _told(self, block: Block, statement: Statement, lead: str, sources: tuple[Span, ...]) -> Retold | str:
        verb = statement.verb
        instead: dict[int, str] = {}
        if verb.tag_ in ("VBZ", "VBP") and says(verb):
            instead[verb.i] = past(verb.lemma_)
        found = list(sources)
        kept, dated = self._timed(block, _trimmed(block, statement.tokens), instead)
        if any(token.i in instead and _is_told(token) and self._phrases.moment_at(block, token.i) for token in kept):
            return "a day is what it tells of"
        kept = _untimed(block, kept, instead)
        for token in kept:
            if token.i in block.quoted or token.tag_ not in ("PRP", "PRP$"):
                continue
            worded, source = self._pronoun(block, token, kept)
            if not worded:
                return f"“{token.text}” points elsewhere"
            instead[token.i] = worded
            found += [source] if source else []
        as_of = ""
        has_date = dated or _has_year(kept)
        if not lead and has_date and (_is_present(verb) or modal_of(verb) is not None):
            return "not in the past"
        if not lead and not has_date:
            lead, as_of = self._as_of(block, verb, kept, instead)
        reported = False
        if self._date is not None and not has_date and not as_of:
            reported = True
            month = f"{self._date:%B} {self._date.year}"
            if not lead.startswith("As reported"):
                lead = f"{lead.rstrip(', ')} in {month}, " if lead else f"As reported in {month}, "
        return Retold(
            block, verb, statement.subject, tuple(kept), instead, lead, statement.shortened, dated or bool(as_of),
            has_date or bool(as_of), reported, as_of, tuple(dict.fromkeys(found)),
        )  # fmt: skip

    def _as_of(self, block: Block, verb: "Token", kept: "list[Token]", instead: dict[int, str]) -> tuple[str, str]:
        """Return "As of June 2016, " for what is in the present, which ``instead`` then puts into the past, and that day.

        Of what "has been" by the article's day: "By June 2016, ", and "had been".
        """
        if self._date is None:
            return "", ""
        month = f"{self._date:%B} {self._date.year}"
        modal = modal_of(verb)
        if modal is not None:
            _put_back(block, kept, instead)
            return f"As reported in {month}, ", ""
        if says(verb) and not (verb.tag_ == "VBN" and _is_present(verb)):
            return "", ""
        perfect = any(child.lower_ in ("has", "have") and child.dep_ in ("aux", "auxpass") for child in verb.children)
        if not perfect and not _is_present(verb):
            return "", ""
        _put_back(block, kept, instead)
        opening = "By" if perfect else "In" if verb.tag_ == "VBG" else "As of"
        return f"{opening} {month}, ", self._date.isoformat()

    def _timed(self, block: Block, tokens: "list[Token]", instead: dict[int, str]) -> "tuple[list[Token], bool]":
        """Return the tokens with every resolved time worded as what it means, only the first of its tokens left."""
        kept = []
        inside = {token.i for token in tokens}
        dated = False
        for token in tokens:
            moment = self._phrases.moment_at(block, token.i)
            if moment is None or not inside >= set(range(moment.first, moment.last + 1)):
                kept.append(token)
            elif token.i == moment.first:
                bare = moment.owner and block.doc[moment.last].text in ("'s", "’s")
                instead[token.i] = f"the {moment.wording}" if bare else moment.wording
                kept.append(token)
                dated = True
        return kept, dated

    def _pronoun(self, block: Block, token: "Token", kept: "list[Token]") -> tuple[str, Span | None]:
        """Return what to write for a pronoun: itself, where the statement says what it means, a name, or nothing."""
        lower = token.lower_
        if lower in _HE:
            return self._he_or_she(block, token, kept)
        if lower not in _IT | _THEY:
            return "", None
        if is_empty_it(token):
            return token.text, None
        before = [other for other in kept if other.i < token.i and other.dep_ in _OWNERS and other.pos_ in ("NOUN", "PROPN")]
        before = [noun for noun in before if noun.dep_ in _SUBJECTS or (token.tag_ == "PRP$" and noun.head.i < token.i)]
        fits = [noun for noun in before if self._may_be(block, noun, plural=lower in _THEY, owns=token)]
        empty = lower == "it" and token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ == "be"
        if empty or not fits:
            return "", None
        below = token.tag_ == "PRP$" or any(node.dep_ in _BELOW for node in (token.head, *token.head.ancestors))
        return (token.text, None) if below or (len(fits) == 1 and fits[0].i == before[-1].i) else ("", None)

    def _may_be(self, block: Block, noun: "Token", *, plural: bool, owns: "Token") -> bool:
        """Whether "they", or "it", may mean a noun before it; in "a party and its voters" the noun is one."""
        joined = any(child.dep_ == "conj" and owns not in child.subtree for child in noun.children)
        if self._phrases.person_at(block, noun.i):
            return plural and joined
        several = noun.tag_ in ("NNS", "NNPS") or joined
        several = several or (noun.lower_ in _SHARES and any(part.tag_ in ("NNS", "NNPS") for part in noun.subtree))
        return plural == several or (noun.ent_type_ == "ORG" and not plural)

    def _he_or_she(self, block: Block, token: "Token", kept: "list[Token]") -> tuple[str, Span | None]:
        lower = token.lower_
        gender = _HE[lower]
        people: dict[str, int] = {}
        for other in kept:
            at = self._phrases.person_at(block, other.i)
            fits = at is not None and (at.person.gender == gender or (not at.person.gender and _acts(other)))
            if at is not None and token.dep_ in ("dobj", "dative") and _subject_of_same(block.doc[at.last], token):
                continue  # "Smith beat her" is no Smith
            if at is not None and fits and other.i not in block.quoted:
                people.setdefault(at.person.key, other.i)
        before = [key for key, index in people.items() if index < token.i]
        nobody = not any(is_unnamed(other) for other in kept if other.i < token.i)
        if len(before) == 1 and nobody:
            return token.text, None
        meaning = self._phrases.meaning(block, token)
        person = meaning.person if meaning else None
        if len(people) == 1 and not before and token.tag_ == "PRP$" and (person is None or person.key in people):
            verb = next((other.head for other in kept if other.i in people.values()), None)
            first = kept[0].head
            if (
                verb is not None
                and verb.i > token.i
                and any(c.i in people.values() and c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
            ):
                return (token.text, None) if first.i == verb.i or first.head.i == verb.i else ("", None)  # "In his book, Smith wrote"
        if nobody and before and meaning is None:  # whoever of them it is, he is named
            likely = self._phrases.references.meaning(block, token).person
            if likely is not None and likely.key in before:
                return token.text, None
        if len(people) == 1 and not before and nobody and self._leads_to(block, token, people):
            return token.text, None
        if meaning is None or person is None or not person.full or person.gender not in ("", gender):
            return "", None
        if person.key in people:
            return (token.text, None) if people[person.key] < token.i else ("", None)
        if any(_HE.get(other.lower_) == gender and other.i < token.i and other.i not in block.quoted for other in kept):
            return token.text, None  # "he" before it was given its name
        if lower in ("he", "she", "him") or (lower == "her" and token.tag_ == "PRP"):
            return person.name, meaning.source
        if token.tag_ == "PRP$":
            return person.name + ("’" if person.name.endswith("s") else "’s"), meaning.source
        return "", None

    def _leads_to(self, block: Block, token: "Token", people: Mapping[str, int]) -> bool:
        """Whether a pronoun of a clause that opens a statement means its subject: "As she left, Smith said"."""
        opening = next((node for node in (token.head, *token.head.ancestors) if node.dep_ == "advcl"), None)
        if opening is None or opening.i > opening.head.i:
            return False
        subject = subject_of(opening.head)
        mention = self._phrases.person_at(block, subject.i) if subject is not None else None
        meant = self._phrases.meaning(block, token)
        known = meant is None or meant.person is None or (mention is not None and meant.person.key == mention.person.key)
        return mention is not None and mention.person.key in people and token.i < mention.first and known


def _counts(speakers: str) -> bool:
    """Whether those who say something are a number of people: "six in 10 voters"."""
    return bool(re.match(r"\d|half\b", speakers.lower())) or speakers.lower().partition(" ")[0] in NUMBERS


def _is_told(time: "Token") -> bool:
    """Whether a day is what its verb tells of: "spent Wednesday on", not "came on Wednesday"."""
    return time.dep_ in _ARGUMENTS or (time.dep_ == "npadvmod" and time.head.lemma_ == "spend")


def _put_back(block: Block, kept: "list[Token]", instead: dict[int, str]) -> None:
    """Put every verb in the present, and "will" and "can", into the past."""
    for token in kept:
        if token.i in block.quoted or token.i in instead or token.text[:1] in "'’" or block.quote_at(token.idx) is not None:
            continue
        if token.tag_ in ("VBZ", "VBP") and not (token.dep_ == "ccomp" and token.head.lemma_ in _HELPING):
            instead[token.i] = past(_lemma(token), plural=token.tag_ == "VBP")
        elif token.tag_ == "MD" and token.lower_ in _THEN:
            instead[token.i] = _THEN[token.lower_]


def _lemma(verb: "Token") -> str:
    """Return the lemma of a verb in the present: "hope" of "hopes", which is no form of "hop"."""
    lemma = verb.lemma_
    lost = verb.lower_ in (f"{lemma}e", f"{lemma}es") and re.search(r"(?<![aeiou])[aeiou][bdfglmnprtv]$", lemma)
    return f"{lemma}e" if lost else lemma


def _subject_of_same(name: "Token", pronoun: "Token") -> bool:
    return name.dep_ in ("nsubj", "nsubjpass") and name.head.i == pronoun.head.i


def _acts(token: "Token") -> bool:
    """Whether a name is a subject: of whose sex nothing is known, only such a one is thought to be "he" or "she"."""
    return token.dep_ in ("nsubj", "nsubjpass", "compound")


def _is_present(verb: "Token") -> bool:
    helpers = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if helpers in (["is"], ["are"]):
        return verb.tag_ in ("VBG", "VBN")
    return verb.tag_ in ("VBZ", "VBP") and not says(verb) and not helpers


def _has_year(tokens: "Iterable[Token]") -> bool:
    return any(len(token.text) == 4 and re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text) for token in tokens)


def is_unnamed(token: "Token") -> bool:
    """Whether a noun stands for somebody without a name, whom "he" or "she" might mean: "a clerk"."""
    if token.tag_ != "NN" or token.lemma_.lower() not in _SOMEBODY or token.dep_ in ("compound", "amod", "nmod", "appos"):
        return False
    return not any(child.pos_ == "PROPN" and child.dep_ in ("appos", "compound") for child in token.children)


def _trimmed(block: Block, kept: "list[Token]") -> "list[Token]":
    """Return the tokens without what opens on the sentence before, leans on the day or only joins."""
    dropped: set[int] = set()
    inside = {token.i for token in kept}
    for token in kept:
        if token.dep_ not in ("advmod", "prep") or token.head.pos_ not in ("VERB", "AUX") or token.i in block.quoted or token.i in dropped:
            continue
        if token.lower_ not in _JOINING if token.dep_ == "advmod" else token.right_edge.i - token.i > _WIDEST:
            continue
        whole = list(token.subtree)
        joins = token.dep_ == "advmod" and token.lower_ in _JOINING and len(whole) == 1
        joins = joins and (token.lower_ != "so" or token.i == kept[0].i)  # "X was late, so Y left" joins two statements
        joins = joins and not (token.i and block.doc[token.i - 1].lemma_.lower() in TIME_NOUNS)  # "five years later"
        joins = joins and (token.lower_ not in _HOW or token.i < token.head.i)
        joins = joins and (bool(token.whitespace_) or block.doc[min(token.i + 1, len(block.doc) - 1)].text == ",")
        aside = token.dep_ == "prep" and _ASIDES.match(" ".join(part.lower_ for part in whole if not part.is_punct))
        if joins or aside:
            dropped |= {part.i for part in whole} & inside
            before, after = whole[0].i - 1, whole[-1].i + 1
            commas = [at for at in (before, after) if at in inside and block.doc[at].text == ","]
            if len(commas) == 2 or whole[0].i == kept[0].i or (commas == [before] and after not in inside):
                dropped |= set(commas)
    return _opened(without(kept, dropped))


def _opened(tokens: "list[Token]") -> "list[Token]":
    """Return the tokens from the first that can open a sentence on."""
    while tokens and ((tokens[0].is_punct and tokens[0].text not in "“\"$'") or tokens[0].lower_ in _OPENERS):
        tokens = tokens[1:]
    return tokens


def _untimed(block: Block, kept: "list[Token]", instead: dict[int, str]) -> "list[Token]":
    """Return the tokens without times that lean on a day nobody knows."""
    inside = {token.i for token in kept if token.i not in instead}
    dropped: set[int] = set()
    for token in kept:
        if token.i in inside - dropped and token.i not in block.quoted and _leans(token, inside):
            part = [other.i for other in token.subtree]
            dropped |= set(part)
            commas = [at for at in (min(part) - 1, max(part) + 1) if at in inside and block.doc[at].text == ","]
            if len(commas) == 2 or min(part) == kept[0].i:
                dropped |= set(commas)
    return _opened(without(kept, dropped))


def _leans(token: "Token", inside: set[int]) -> bool:
    """Whether a phrase is a time that leans on the day of the article, and says nothing else: "on Tuesday", "last week"."""
    if token.dep_ not in _TIMES:
        return False
    beside = token.dep_ == "npadvmod" and token.lower_ in _DAY_WORDS  # "told reporters Wednesday afternoon"
    if not beside and (token.head.pos_ not in ("VERB", "AUX") or token.head.dep_ in ("acl", "amod")):
        return False
    words = [part.lower_ for part in token.subtree if not part.is_punct]
    if not {part.i for part in token.subtree} <= inside or len(words) > 5 or any(re.fullmatch(r"\d{4}", word) for word in words):
        return False
    if words[:1] and words[0] in ("on", "in", "during", "early", "late", "earlier", "later"):
        words = words[1:]
    if not words or (token.dep_ == "prep" and token.lower_ not in ("on", "in", "during")):
        return False
    noun = words[-1] in TIME_NOUNS or words[-1].rstrip("s") in TIME_NOUNS or words[-1] in MONTHS
    days = words[-1] in WEEKDAYS or words[-1] in ("today", "yesterday", "tonight") or (noun and any(word in WEEKDAYS for word in words))
    return days or (noun and bool(_LEANING & set(words))) or bool(_DAY.fullmatch(" ".join(words)))
