"""The statements of an article: finite clauses in the past that it asserts, or that it says somebody claims.

What is denied, wished, believed, conditional, modal, in the future or the present is no clause here; it is handed back with
the reason. Nothing inside a quotation is a clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.parsed import is_distance, on_weekday
from quizzer.news.phrases import Phrase, Phrases
from quizzer.news.reference import Meaning
from quizzer.news.times import Moment
from quizzer.news.values import DATE, Day, day_of
from quizzer.news.words import CLAIM, DOCUMENTS, DROPPED_ADVERBS, RELATIVE_TIME, SAY, TIME_NOUNS, UNSURE_ADVERBS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

PRESENT = "not in the past"  # the one trouble of a statement in the present
_FIRM_MARKS = word_set("after when as while because since although though where that and")
_PLAIN = word_set(
    "conj pobj dobj nsubj nsubjpass attr appos prep agent npadvmod compound nmod dative acl advmod oprd poss amod nummod"
)  # arcs through which what is asserted stays asserted


@dataclass(frozen=True, eq=False)
class Part:
    """One constituent of a clause: ``role`` is subject, object, dative, attribute, complement, chain, particle, adverb,
    agent, prep, measure, time (absolute: ``day``), lost (a time that leans on the article's day), distance (from another
    event: "four years" before "after") or clause."""

    role: str
    head: "Token"
    tokens: "tuple[Token, ...]"
    day: Day | None = None
    moment: Moment | None = None  # how ``day`` was resolved by the article's


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
        for token in sentence:
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
    trouble = (tense if tense != PRESENT else "") or _adverbs(verb) or note
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
        parts=tuple(_with_leading_date(block, sentence, verb, list(_parts(block, verb, phrases)))),
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
    if any(token.tag_ == "MD" for token in auxiliaries) or "to" in words:
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
    for token in sentence:
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
    for token in sentence:
        if token.lemma_ in SAY and token.dep_ == "parataxis" and token.i not in block.quoted and token.i > sentence.start + 3:
            return "somebody says it", None
    return "", None


def _with_leading_date(block: Block, sentence: "Tokens", verb: "Token", parts: list[Part]) -> list[Part]:
    """Give a main clause the date its sentence opens with ("On March 4, 2011, ..."), wherever the parser hung it."""
    text = sentence.text
    opening = re.match(r"(?:In|On) (?=[A-Z\d])", text)
    if verb.dep_ != "ROOT" or opening is None or any(part.day for part in parts):
        return parts
    match = DATE.match(text, opening.end())
    if match is None or not (day := day_of(match)) or text[match.end() : match.end() + 1] != ",":
        return parts
    dated = tuple(token for token in sentence if token.idx - sentence.start_char < match.end())
    others = []
    for part in parts:
        left = tuple(token for token in part.tokens if token not in dated)
        if left:
            others.append(part if len(left) == len(part.tokens) else Part("lost", part.head, left))
    return [Part("time", dated[0], dated, day), *others]


def _parts(block: Block, verb: "Token", phrases: Phrases) -> Iterator[Part]:
    roles = {
        "dobj": "object", "dative": "dative", "attr": "attribute", "oprd": "attribute", "acomp": "complement",
        "prt": "particle", "agent": "agent", "ccomp": "clause", "advcl": "clause",
    }  # fmt: skip
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i and verb.lemma_ not in SAY:
            yield Part("lost", child, tuple(phrases.subtree(block, child)))  # a side clause the parser took for an object
        elif child.dep_ in ("prep", "dobj") and any(token.tag_ in ("WDT", "WP", "WRB") for token in child.subtree if token.i < verb.i):
            continue
        elif child.dep_ in roles:
            yield Part(roles[child.dep_], child, tuple(phrases.subtree(block, child)))
        elif child.dep_ in ("prep", "npadvmod", "nummod"):
            yield from _adjunct(block, child, phrases)
        elif child.dep_ == "advmod":
            if moment := phrases.moment_at(block, child.i):
                yield from _resolved(child, tuple(phrases.subtree(block, child)), moment)
            elif any(token.lower_ in RELATIVE_TIME for token in child.subtree):
                yield Part("lost", child, tuple(child.subtree))
            elif child.lower_ not in DROPPED_ADVERBS and child.tag_ != "WRB":
                yield Part("adverb", child, tuple(phrases.subtree(block, child)))
        elif child.dep_ == "xcomp":
            own = [child, *(kid for kid in child.children if kid.dep_ in ("aux", "prt", "auxpass", "neg", "advmod"))]
            own = [token for token in own if token.lower_ not in DROPPED_ADVERBS]
            yield Part("chain", child, tuple(sorted(own, key=lambda token: token.i)))
            yield from (part for part in _parts(block, child, phrases) if part.head not in own)


def _adjunct(block: Block, child: "Token", phrases: Phrases) -> Iterator[Part]:
    tokens = tuple(phrases.subtree(block, child))
    if not tokens or child.lower_ == "according":
        return
    if child.lower_ == "between" and (span := _between(child)):
        yield Part("prep", child, span)
        return
    if (found := next((moment for token in tokens if (moment := phrases.moment_at(block, token.i))), None)) and not found.owner:
        yield from _resolved(child, tokens, found)
        return
    if child.dep_ != "prep" and is_distance(tokens):
        yield Part("distance", child, tokens)
        return
    text = block.text[child.left_edge.idx : tokens[-1].idx + len(tokens[-1].text)]
    whole = re.sub(
        r"^(?:in|on|by|since|during|from|until|before|after|around|about|early|late|mid-?|as|of|of the year|in the|the|at)\s+",
        "",
        text,
        flags=re.I,
    )
    if re.search(r"\b\d{1,2}:\d{2}\b|\b[ap]\.m\.|\bo['’]clock", text):
        return  # the time of day
    match = DATE.match(whole)
    if match and match.end() >= len(whole.rstrip(" ,")) and (day := day_of(match)):
        yield Part("time", child, tokens, day)
    elif match and (day := day_of(match)) and whole[match.end() : match.end() + 1] == "," and child.dep_ == "prep":
        dated = [token for token in tokens if token.idx < child.idx + len(text) - len(whole) + match.end()]
        yield Part("time", child, tuple(dated), day)
    elif _is_lost(tokens, block):
        yield Part("lost", child, tokens)
    else:
        yield Part("prep" if child.dep_ == "prep" else "measure", child, tokens)


def _resolved(child: "Token", tokens: "tuple[Token, ...]", moment: Moment) -> Iterator[Part]:
    """Yield a time that was resolved, and what the parser hung on it ("on Thursday at a school") as a part of its own."""
    own = tuple(token for token in tokens if moment.first <= token.i <= moment.last)
    others = tuple(token for token in tokens if token not in own and not token.is_punct)
    if child not in own and child.dep_ == "prep" and others and others[0] is child:
        yield Part("prep", child, tokens)  # "at a rally on Tuesday"
        return
    yield Part("time", child, own, moment.day, moment)
    if others and others[0].tag_ == "IN" and others[0].dep_ == "prep":
        yield Part("prep", others[0], others)


def _between(preposition: "Token") -> "tuple[Token, ...]":
    """Return the words of "between 2007, when ..., and 2009" that count, or nothing."""
    doc, at = preposition.doc, preposition.i
    if at + 1 >= len(doc) or not DATE.fullmatch(doc[at + 1].text):
        return ()
    for token in doc[at + 2 : preposition.sent.end - 1]:
        if token.lower_ == "and" and DATE.fullmatch(doc[token.i + 1].text):
            return (preposition, doc[at + 1], token, doc[token.i + 1])
    return ()


def _is_lost(tokens: "tuple[Token, ...]", block: Block) -> bool:
    """Whether a phrase is a time that leans on the day of the article."""
    head = tokens[0] if tokens[0].dep_ != "prep" else next((token for token in tokens if token.dep_ == "pobj"), tokens[0])
    counted = any(child.dep_ == "nummod" for child in head.children) and head.lemma_.lower() in TIME_NOUNS
    if (
        counted
        and tokens[0].lower_ in ("in", "for", "within", "over", "after")
        and not any(token.lower_ in ("ago", "later", "earlier", "past", "last", "next") for token in tokens)
    ):
        return False
    if head.lower_ in RELATIVE_TIME or (head.ent_type_ in ("DATE", "TIME") and not re.search(r"\b\d{4}\b", head.sent.text)):
        return head.ent_type_ == "TIME" or head.ent_type_ == "DATE" or head.lower_ in RELATIVE_TIME
    return head.lower_ in TIME_NOUNS and any(
        child.lower_ in ("this", "last", "next", "that", "same", "past", "previous", "following", "earlier") for child in head.children
    )
