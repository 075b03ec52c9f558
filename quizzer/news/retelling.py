"""A sentence of an article in words that stand alone: full names, no pronoun without its noun, no time that leans on the day.

Nothing is turned round: what is denied, wished or claimed in the sentence stays so. ``retellings`` never guesses; a sentence
that it cannot make stand alone it hands back as the reason why.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzer.news.clauses import Clause
from quizzer.news.document import Block
from quizzer.news.inflection import past
from quizzer.news.leaning import trimmed, untimed
from quizzer.news.pronouns import Pronouns
from quizzer.news.statements import Statement, modal_of, says, statements, statements_below, unfit, unsaid
from quizzer.news.values import Span
from quizzer.news.words import NUMBERS, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from quizzer.news.phrases import Phrases

FEWEST = 2  # names, amounts and what stands for them in a sentence: one to ask for, one that tells what it is about
_HELPING = word_set("help let make")  # "helped them win"
_THEN = {"will": "would", "can": "could"}
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "attr")  # "spent Wednesday on": no time told beside


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
        self._pronouns = Pronouns(phrases)
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
        kept, dated = self._timed(block, trimmed(block, statement.tokens), instead)
        if any(token.i in instead and _is_told(token) and self._phrases.moment_at(block, token.i) for token in kept):
            return "a day is what it tells of"
        kept = untimed(block, kept, instead)
        for token in kept:
            if token.i in block.quoted or token.tag_ not in ("PRP", "PRP$"):
                continue
            worded, source = self._pronouns.worded(block, token, kept)
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


def _is_present(verb: "Token") -> bool:
    helpers = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if helpers in (["is"], ["are"]):
        return verb.tag_ in ("VBG", "VBN")
    return verb.tag_ in ("VBZ", "VBP") and not says(verb) and not helpers


def _has_year(tokens: "Iterable[Token]") -> bool:
    return any(len(token.text) == 4 and re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text) for token in tokens)
