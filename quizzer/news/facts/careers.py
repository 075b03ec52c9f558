"""Posts told by a verb: "NAME, who served as X's chief of staff", "NAME, who chairs the Armed Services Committee".

What somebody leads, chairs or runs holds as of the article's day; what was founded, or served in at a time or for somebody told,
holds for ever.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.facts import Fact, Holding, Refusal, Scene, Sort, people_named, person_value
from quizzer.news.facts.posts import of_today
from quizzer.news.facts.roles import owned_by
from quizzer.news.facts.weighty import weighty
from quizzer.news.people import Mention
from quizzer.news.words import ROLE_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = {
    "chair": "the chair of", "head": "the head of", "lead": "the leader of", "run": "in charge of", "oversee": "in charge of",
    "direct": "the director of", "manage": "the manager of", "found": "the founder of", "co-found": "a founder of",
}  # fmt: skip
_PAST = frozenset(("VBD", "VBN"))
_TIMED = re.compile(r"\b(?:during|under|from|until|between|in|for|administration|campaign|presidency)\b|['’]s?\b")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_STOP = frozenset((",", ";", ".", ":", "—", "–", "--", "(", ")", "?", "!"))
NEAR = 10  # words behind a name within which "who" tells what somebody does
LONGEST = 14  # words of a role


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the posts that verbs tell of the people an article names in full."""
    yield from weighty(scene, _found(scene))


def _found(scene: Scene) -> Iterator[Fact | Refusal]:
    for block, mention in people_named(scene):
        verb = _verb(block, mention)
        if verb is None or any(child.dep_ in ("neg", "aux", "auxpass") and child.lower_ not in ("has", "had") for child in verb.children):
            continue
        after = verb.i + 1
        if verb.lemma_ == "serve" and after < len(block.doc) and block.doc[after].lower_ == "as":
            yield from _told(scene, block, mention, verb, _to_stop(block, after + 1), "")
        elif verb.lemma_ in _HEADS and after < len(block.doc):
            yield from _told(scene, block, mention, verb, _to_stop(block, after), _HEADS[verb.lemma_])


def _verb(block: Block, mention: Mention) -> "Token | None":
    """Return the verb told of somebody right behind the name: "NAME chairs", "NAME, the Ohio Democrat who chairs"."""
    doc, at = block.doc, mention.last + 1
    if at + 2 >= len(doc):
        return None
    if doc[at].text == ",":
        who = next(
            (token for token in doc[at + 1 : at + NEAR] if token.lower_ == "who" or token.text in _STOP or token.pos_ == "VERB"), None
        )
        if who is None or who.lower_ != "who" or doc[who.i - 1].pos_ not in (("PUNCT",) if who.i == at + 1 else ("NOUN", "PROPN")):
            return None
        at = who.i + 1
    elif doc[mention.last].dep_ != "nsubj":
        return None
    while at + 1 < len(doc) and (doc[at].pos_ == "ADV" or doc[at].lower_ in ("has", "had")):
        at += 1
    return doc[at] if doc[at].pos_ == "VERB" and doc[at].tag_ in ("VBD", "VBN", "VBZ") else None


def _to_stop(block: Block, start: int) -> "list[Token]":
    """Return the words from ``start`` to the mark or the next verb that ends them; nothing when it comes late or in a quotation."""
    tokens: list[Token] = []
    for token in block.doc[start : start + LONGEST + 1]:
        if token.text == "," and _goes_on(token):
            tokens.append(token)
            continue
        if token.text in _STOP or token.tag_ in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB"):
            break
        if token.i in block.quoted or token.tag_ == "PRP":
            return []
        tokens.append(token)
    else:
        return []
    while tokens and (tokens[-1].lower_ in ("and", "or", "but", "when", "while", "that") or tokens[-1].pos_ == "ADV"):
        tokens.pop()
    return tokens


def _goes_on(mark: "Token") -> bool:
    """Whether a comma or "and" is part of a name: "the Committee on Science, Space and Technology"."""
    doc = mark.doc
    if not 0 < mark.i < len(doc) - 1:
        return False
    before, after = doc[mark.i - 1], doc[mark.i + 1]
    return all(one.pos_ == "PROPN" and one.ent_type_ not in ("PERSON", "GPE", "DATE") for one in (before, after))


def _told(scene: Scene, block: Block, mention: Mention, verb: "Token", tokens: "list[Token]", head: str) -> Iterator[Fact | Refusal]:
    if (
        not tokens
        or tokens[0].lower_ in ("a", "an", "one")
        or any(token.lower_ in ("and", "or") and not _goes_on(token) for token in tokens)
    ):
        return  # one of several
    ruled = next((token for token in tokens if token.head.i == verb.i and token.dep_ == "dobj"), None)
    if head and (ruled is None or ruled.i in scene.entities.people.mentions(block)):
        return  # "Lee led Kim by a point"
    span = block.span_of([*block.doc[mention.first : mention.last + 1], *tokens])
    phrase = scene.phrases.phrase(block, tokens)
    if phrase.possessive and phrase.owner and not phrase.trouble:
        phrase = owned_by(scene, block, tokens, phrase)
    value = person_value(scene, mention.person.key)
    words = phrase.text.split()
    if phrase.trouble or (phrase.possessive and not phrase.names) or mention.person.key in phrase.names or value is None:
        yield Refusal(reason=f"{Sort.ROLE}: {phrase.trouble or 'whose post it was is not told'}", span=span)
        return
    lasting = verb.lemma_ in ("found", "co-found")
    if lasting and any(token.like_num for token in verb.subtree):
        return  # a deed with its time, which is asked for better as such
    past = verb.tag_ in _PAST and not lasting
    named = any(token.pos_ == "PROPN" and token.text[:1].isupper() for token in tokens)
    if not named or phrase.weight < 4 or not 2 <= len(words) <= LONGEST or (past and not (_YEAR if head else _TIMED).search(phrase.text)):
        return
    if not head and not {token.lower_ for token in tokens} & ROLE_NOUNS and not re.search(r"\bchief of staff\b", phrase.text):
        return
    date = scene.document.date
    if not past and not lasting and (date is None or not of_today(scene, block, mention)):
        yield Refusal(reason=f"{Sort.ROLE}: an office changes hands, and the article gives no date for it", span=span)
        return
    text = re.sub(r"\s+", " ", f"{head} {phrase.text}".strip())
    if not head and re.match(r"[a-z]", text) and not text.startswith("the "):
        text = f"the {text}" if tokens[0].tag_ != "PRP$" else text
    by = date.isoformat() if date is not None and not past and not lasting else ""
    yield Fact(
        sort=Sort.ROLE,
        key=f"{Sort.ROLE}|who|{'|'.join(sorted(phrase.terms))}",
        answer=value,
        frame=Holding(gap="person", person=mention.person.name, role=text, office=not lasting, by=by, names=phrase.names),
        evidence=(span,),
        confidence=0.92,
        as_of=by,
    )
