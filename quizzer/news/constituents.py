"""The constituents of a clause: what its verb takes, what says when and where, what leans on the article's day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.parsed import is_distance
from quizzer.news.phrases import Phrases
from quizzer.news.times import Moment
from quizzer.news.values import DATE, Day, day_of
from quizzer.news.words import DROPPED_ADVERBS, RELATIVE_TIME, SAY, TIME_NOUNS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_SPEAKING = word_set("speak testify appear campaign")


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


def with_leading_date(block: Block, sentence: "Tokens", verb: "Token", parts: list[Part]) -> list[Part]:
    """Give a main clause the date its sentence opens with ("On March 4, 2011, ..."), wherever the parser hung it."""
    if verb.dep_ != "ROOT" or any(part.day for part in parts):
        return parts
    text = sentence.text
    opening = re.match(r"(?:In|On) (?=[A-Z\d])", text)
    if opening is None:
        return parts
    match = DATE.match(text, opening.end())
    if match is None or not (day := day_of(match)) or text[match.end() : match.end() + 1] != ",":
        return parts
    dated = tuple(token for token in block.tokens_of(sentence) if token.idx - sentence.start_char < match.end())
    others = []
    for part in parts:
        left = tuple(token for token in part.tokens if token not in dated)
        if left:
            others.append(part if len(left) == len(part.tokens) else Part("lost", part.head, left))
    return [Part("time", dated[0], dated, day), *others]


def constituents(block: Block, verb: "Token", phrases: Phrases) -> Iterator[Part]:
    """Yield what belongs to a verb, its subject aside, in the order of the parser's children."""
    roles = {
        "dobj": "object", "dative": "dative", "attr": "attribute", "oprd": "attribute", "acomp": "complement",
        "prt": "particle", "agent": "agent", "ccomp": "clause", "advcl": "clause",
    }  # fmt: skip
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i and verb.lemma_ not in SAY:
            yield Part("lost", child, tuple(phrases.subtree(block, child)))  # a side clause the parser took for an object
        elif child.dep_ in ("prep", "dobj") and any(token.tag_ in ("WDT", "WP", "WRB") for token in child.subtree if token.i < verb.i):
            continue
        elif child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in _SPEAKING and child.i < verb.i:
            for kid in child.children:  # "Speaking at a rally in Ohio, ..."
                if kid.dep_ in ("prep", "npadvmod") and kid.lower_ not in ("of", "about", "for", "with"):
                    for part in _adjunct(block, kid, phrases):  # not "virtually at"
                        yield replace(part, tokens=tuple(token for token in part.tokens if token.i >= kid.i or part.day))
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
            yield from (part for part in constituents(block, child, phrases) if part.head not in own)
            yield from _second(block, child, phrases)


def _second(block: Block, first: "Token", phrases: Phrases) -> Iterator[Part]:
    """Yield "and form Y" of "pledged to undo X and form Y": one half alone is half of what was pledged."""
    joined = [child for child in first.children if child.dep_ == "conj" and child.tag_ == "VB"]
    marks = [child for child in first.children if child.dep_ == "cc" and child.lower_ == "and"]
    if len(joined) == 1 and len(marks) == 1 and not any(child.dep_ in ("nsubj", "nsubjpass", "conj") for child in joined[0].children):
        yield Part("complement", joined[0], (marks[0], *phrases.subtree(block, joined[0])))


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
        and tokens[0].lower_ in ("in", "for", "within", "over", "after", "to")
        and not any(token.lower_ in ("ago", "later", "earlier", "past", "last", "next") for token in tokens)
    ):
        return False
    if head.lower_ in RELATIVE_TIME or (head.ent_type_ in ("DATE", "TIME") and not re.search(r"\b\d{4}\b", head.sent.text)):
        return head.ent_type_ == "TIME" or head.ent_type_ == "DATE" or head.lower_ in RELATIVE_TIME
    return head.lower_ in TIME_NOUNS and any(
        child.lower_ in ("this", "last", "next", "that", "same", "past", "previous", "following", "earlier") for child in head.children
    )
