"""The statements of an article: finite clauses in the past that it asserts, or that it says somebody claims.

What is denied, wished, believed, conditional, modal, in the future or the present is no clause here; it is handed back with
the reason. Nothing inside a quotation is a clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.constituents import Part, constituents, with_leading_date
from quizzer.news.document import Block
from quizzer.news.parsed import on_weekday
from quizzer.news.phrases import Phrase, Phrases
from quizzer.news.reference import Meaning
from quizzer.news.values import DATE, Day
from quizzer.news.words import CLAIM, DOCUMENTS, SAY, UNSURE_ADVERBS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

PRESENT = "not in the past"  # the one trouble of a statement in the present
FUTURE = "it is to come"  # the one trouble of a statement with "will"
_FIRM_MARKS = word_set("after when as while because since although though where that and")
_PLAIN = word_set(
    "conj pobj dobj nsubj nsubjpass attr appos prep agent npadvmod compound nmod dative acl advmod oprd poss amod nummod"
)  # arcs through which what is asserted stays asserted


@dataclass(frozen=True, eq=False)
class Clause:
    """A statement. ``trouble`` says why it must not be asked about, else it is empty.

    ``antecedent`` is the noun that a relative pronoun as the subject stands for; ``meant`` the person that a pronoun plainly
    means. ``claimed_by`` says whose claim it is, None when the article itself asserts it.
    """

    block: Block
    sentence: "Tokens"
    verb: "Token"
    auxiliaries: "tuple[Token, ...]"
    subject: Part
    parts: tuple[Part, ...]
    antecedent: "Token | None" = None
    meant: Meaning | None = None
    claimed_by: Phrase | None = None
    trouble: str = ""
    gender: str = ""

    @property
    def passive(self) -> bool:
        """Whether the clause is in the passive voice."""
        return any(token.dep_ == "auxpass" for token in self.verb.children)

    @property
    def copula(self) -> bool:
        """Whether the clause says what its subject is."""
        return self.verb.lemma_ == "be" and not self.passive

    def day(self) -> Day | None:
        """Return the absolute time the clause gives, if it gives one."""
        days = [part.day for part in self.parts if part.day]
        return days[0] if len(days) == 1 else None


def find_clauses(block: Block, phrases: Phrases) -> Iterator[Clause]:
    """Yield the statements of a block, the refused ones with their trouble."""
    for sentence in block.sentences:
        for token in block.tokens_of(sentence):
            if token.pos_ in ("VERB", "AUX") and token.i not in block.quoted:
                clause = _clause(block, sentence, token, phrases)
                if clause is not None:
                    yield clause


def _clause(block: Block, sentence: "Tokens", verb: "Token", phrases: Phrases) -> Clause | None:
    if verb.dep_ not in ("ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "pcomp"):
        return None
    auxiliaries = tuple(child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i)
    subject, antecedent, note = _subject(block, verb, phrases)
    if subject is None:
        return None
    tense = _tense(verb, auxiliaries)
    trouble = (tense if tense not in (PRESENT, FUTURE) else "") or _adverbs(verb) or note
    claimed_by: Phrase | None = None
    if not trouble:
        trouble, claimed_by = _standing(block, verb, phrases)
    if not trouble and claimed_by is None:
        trouble, claimed_by = according(block, sentence, phrases)
    trouble = trouble or tense
    meant = phrases.meaning(block, subject.head) if subject.head.tag_ == "PRP" else None
    person = meant.person if meant else phrases.subject_person(block, antecedent or subject.head)
    return Clause(
        meant=meant,
        gender=person.gender if person else "",
        block=block,
        sentence=sentence,
        verb=verb,
        auxiliaries=auxiliaries,
        subject=subject,
        parts=tuple(with_leading_date(block, sentence, verb, list(constituents(block, verb, phrases)))),
        antecedent=antecedent,
        claimed_by=claimed_by,
        trouble=trouble,
    )


def _subject(block: Block, verb: "Token", phrases: Phrases) -> "tuple[Part | None, Token | None, str]":
    holder = verb
    subjects: list[Token] = []
    for _ in range(3):
        subjects = [child for child in holder.children if child.dep_ in ("nsubj", "nsubjpass")]
        if subjects or holder.dep_ != "conj":
            break
        holder = holder.head
    if len(subjects) != 1:
        return None, None, ""
    head = subjects[0]
    if holder is not verb and (any(child.dep_ == "auxpass" for child in verb.children) or verb.tag_ == "VBN") != any(
        child.dep_ == "auxpass" for child in holder.children
    ):
        return None, None, ""
    if head.tag_ in ("WDT", "WP") or (head.lower_ == "that" and verb.dep_ == "relcl"):
        noun = holder.head
        if holder.dep_ != "relcl" or not _comma_before(holder):
            return None, None, ""
        if head.lower_ == "which" and phrases.subject_person(block, noun):
            return None, None, ""
        if any(
            mention.last != noun.i and phrases.person_at(block, noun.i)
            for i in range(noun.i + 1, head.i)
            if (mention := phrases.person_at(block, i))
        ):
            return None, None, ""  # "said Murray of Christie, who ...": the nearer one may be meant
        subject = Part("subject", noun, tuple(phrases.subtree(block, noun, without=[holder])))
        return subject, noun, "" if phrases.subject_person(block, noun) or noun.pos_ == "PROPN" else "a relative clause"
    if (
        holder.dep_ == "relcl"
        and holder.head.pos_ != "VERB"
        and not any(
            child.lower_ in ("when", "where") or (child.dep_ == "prep" and any(kid.tag_ == "WDT" for kid in child.children))
            for child in verb.children
        )
    ):
        return None, None, ""  # "speeches she made": what it is about stands outside
    if head.tag_ == "PRP":
        plain = phrases.meaning(block, head) is not None
        return Part("subject", head, (head,)), None, "" if plain else f"“{head.text}” may be one of several"
    return Part("subject", head, tuple(phrases.subtree(block, head))), None, ""


def antecedent(block: Block, pronoun: "Token", phrases: Phrases, *, start: int | None = None) -> "Token | None":
    """Return the head of the one person whom "he" or "she" can mean, or None when that is not plain.

    Plain means: in this sentence before the pronoun and in the sentence before it, one person only is named, fits in
    gender, and is a subject. ``start`` looks back to that token instead of to the sentence before.
    """
    gender = {"he": "m", "she": "f"}.get(pronoun.lower_)
    if not gender:
        return None
    sentence = pronoun.sent
    sentences = list(block.doc.sents)
    at = next(index for index, sent in enumerate(sentences) if sent.start <= pronoun.i < sent.end)
    begin = (sentences[at - 1].start if at else sentence.start) if start is None else start
    span = range(begin, pronoun.i)
    named = {mention.person.key: mention for i in span if i not in block.quoted and (mention := phrases.person_at(block, i))}
    rivals = [mention for mention in named.values() if mention.person.gender in ("", gender)]
    if len(rivals) != 1 or len(named) > 2:
        return None
    if any(_maybe_somebody(block.doc[i]) for i in span if i not in block.quoted):
        return None
    head = block.doc[rivals[0].last]
    return head if head.dep_ in ("nsubj", "nsubjpass") else None


def _maybe_somebody(token: "Token") -> bool:
    """Whether a noun may be an unnamed person whom a pronoun means."""
    return (
        token.tag_ == "NN"
        and token.dep_ in ("nsubj", "nsubjpass")
        and token.ent_type_ == ""
        and not token.lower_.endswith(("tion", "ment", "ness", "ity", "ship", "ism", "ance", "ence", "ing", "ure", "age", "ry"))
    )


def _comma_before(verb: "Token") -> bool:
    start = verb.left_edge.i
    return start > 0 and verb.doc[start - 1].text in (",", "—", "–", "--", "-")


def _tense(verb: "Token", auxiliaries: "tuple[Token, ...]") -> str:
    if any(child.lower_ in ("longer", "more") and any(kid.lower_ == "no" for kid in child.children) for child in verb.children):
        return "it is denied"
    if any(child.dep_ == "neg" or (child.lower_ in ("never", "no") and child.dep_ in ("neg", "advmod")) for child in verb.children):
        return "it is denied"
    words = {token.lower_ for token in auxiliaries}
    modals = [token.lower_ for token in auxiliaries if token.tag_ == "MD"]
    if modals in (["will"], ["'ll"], ["’ll"]) and not words & {"have", "to"} and verb.tag_ in ("VB", "VBN"):
        return FUTURE
    if modals or "to" in words:
        return "it may be, it is not said to be"
    if not auxiliaries:
        return "" if verb.tag_ in ("VBD", "VBN") and verb.dep_ != "acl" else PRESENT
    if words & {"had", "was", "were", "did", "'d", "’d"} and not words & {"has", "have", "is", "are", "am"}:
        return ""
    if words & {"has", "have"} and verb.tag_ in ("VBN", "VBD"):
        return ""
    return PRESENT


def _adverbs(verb: "Token") -> str:
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in UNSURE_ADVERBS:
            return f"“{child.text}”"
        if child.dep_ == "mark" and child.lower_ not in _FIRM_MARKS:
            return f"it depends on “{child.text}”"
    return ""


def _standing(block: Block, verb: "Token", phrases: Phrases) -> tuple[str, Phrase | None]:
    """Return why a clause is not asserted where it stands, or whose claim it is."""
    token, claimed_by = verb, None
    for _ in range(8):
        if token.dep_ == "ROOT":
            return "", claimed_by
        head = token.head
        if head.i in block.quoted:
            return "inside a quotation", None
        if token.dep_ in ("ccomp", "parataxis"):
            if head.lemma_ not in CLAIM or _tense(head, tuple(c for c in head.children if c.dep_ in ("aux", "auxpass"))):
                return f"it is only what “{head.text}” says", None
            if claimed_by is not None:
                return "a claim about a claim", None
            said = next((child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            if said is None:
                return "nobody is named who says it", None
            if said.tag_ == "PRP" and phrases.meaning(block, said) is None:
                return f"“{said.text}”, who says it, may be one of several", None
            claimed_by = phrases.phrase(block, phrases.subtree(block, said))
            if claimed_by.trouble and said.lower_ in DOCUMENTS and (paper := phrases.described(block, said)):
                claimed_by = paper
            if claimed_by.trouble or _vague(claimed_by):
                return f"who says it is not plain: {claimed_by.trouble or claimed_by.text}", None
        elif token.dep_ == "advcl":
            marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
            if not marks & _FIRM_MARKS:
                return "a side clause", None
        elif token.dep_ == "pcomp":
            if head.lower_ not in ("after", "since"):
                return "a side clause", None
        elif token.dep_ == "relcl":
            if head.pos_ == "VERB":
                return "a side clause", None
        elif token.dep_ not in _PLAIN:
            return "a side clause", None
        if head.pos_ in ("VERB", "AUX") and token.dep_ in ("conj", "advcl", "ccomp"):
            auxiliaries = [child for child in head.children if child.dep_ in ("aux", "auxpass")]
            if any(child.tag_ == "MD" for child in auxiliaries) or (token.dep_ != "conj" and _adverbs(head)):
                return "it depends on what may be", None
        token = head
    return "too deep in its sentence", None


def _vague(source: Phrase) -> bool:
    words = source.text.lower().split()
    return len(words) > 14 or bool(set(words) & {"some", "many", "critics", "people", "others", "they", "sources", "one"})


def according(block: Block, sentence: "Tokens", phrases: Phrases) -> tuple[str, Phrase | None]:
    """Return why it is not plain whose claim a sentence is, or the source that "according to" names in it."""
    for token in block.tokens_of(sentence):
        if token.lower_ == "according" and token.i + 1 < sentence.end and block.doc[token.i + 1].lower_ == "to":
            if token.i in block.quoted:
                continue
            objects = [child for child in block.doc[token.i + 1].children if child.dep_ == "pobj"]
            if not objects:
                return "who says it is not plain", None
            words = [
                part for part in phrases.subtree(block, objects[0]) if phrases.moment_at(block, part.i) or not on_weekday(part)
            ]  # "a Monday filing"
            if objects[0].lower_ in ("poll", "survey", "polls", "surveys") and not any(
                DATE.fullmatch(part.text) or phrases.moment_at(block, part.i) for part in words
            ):
                return "a poll without its date", None
            source = phrases.phrase(block, words)
            if source.trouble or _vague(source):
                return f"who says it is not plain: {source.trouble or source.text}", None
            return "", source
    # "…, X said." that the parser hung elsewhere
    for token in block.tokens_of(sentence):
        if token.lemma_ in SAY and token.dep_ == "parataxis" and token.i not in block.quoted and token.i > sentence.start + 3:
            return "somebody says it", None
    return "", None
