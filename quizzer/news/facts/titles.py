"""Posts told right before a name, by whose they are: "Valeant's chief executive, NAME", "her press secretary, NAME",
"NAME's campaign manager NAME".

Read word by word, not by the parser. As of the article's day, without which nothing is taken; only posts that one person has at
a time, or that a comma marks as one person's.
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
from quizzer.news.words import OFFICES, ROLE_NOUNS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# What a body or a person has one of at a time.
_ONE = word_set(
    "president chairman chairwoman chair director governor mayor secretary minister chancellor king queen chief head founder "
    "co-founder executive treasurer superintendent speaker ceo commissioner pollster manager strategist counsel"
)
_LASTING = word_set("founder co-founder author inventor architect")
_NOT = word_set("wife husband son daughter widow brother sister pick choice winner champion candidate nominee successor predecessor boss")
_TIMES = word_set("former then late ex onetime longtime eventual future next previous old new first acting one another")
_OWNED = ("'s", "’s", "'", "’")
_INSIDE = word_set("of for and")
LONGEST = 7  # words of a post
OWNER = 5  # words of whose it is


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the posts told before the names of an article's people."""
    if scene.document.date is not None:
        yield from weighty(scene, _found(scene))


def _found(scene: Scene) -> Iterator[Fact | Refusal]:
    for block, mention in people_named(scene):
        if mention.last > mention.first > 1:
            yield from _titled(scene, block, mention)


def _titled(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact | Refusal]:
    doc, date = block.doc, scene.document.date
    at = mention.first - 1
    parted = doc[at].text == ","
    noun = doc[at - parted]
    if date is None or noun.lower_ not in ROLE_NOUNS | {"ceo"} or noun.lower_ in _NOT or noun.tag_ not in ("NN", "NNP"):
        return
    if not parted and noun.lower_ not in _ONE:
        return
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    if after is not None and (after.lower_ in ("and", "or") or after.text in _OWNED):
        return  # several; what is his
    tokens = _from_owner(block, noun)
    if not tokens:
        return
    span = block.span_of([*tokens, *doc[mention.first : mention.last + 1]])
    phrase = scene.phrases.phrase(block, tokens)
    if phrase.possessive and phrase.owner and not phrase.trouble:
        phrase = owned_by(scene, block, tokens, phrase)
    lasting = noun.lower_ in _LASTING
    value = person_value(scene, mention.person.key)
    if phrase.trouble or (phrase.possessive and not phrase.names) or mention.person.key in phrase.names or value is None:
        yield Refusal(reason=f"{Sort.ROLE}: {phrase.trouble or 'whose post it was is not told'}", span=span)
        return
    if not lasting and not of_today(scene, block, mention):
        yield Refusal(reason=f"{Sort.ROLE}: it may be told of another year", span=span)
        return
    text = re.sub(r"\s+", " ", phrase.text).strip()
    if phrase.weight < 4 or re.search(r"\d", text) or not re.match(r"(?:the )?[A-Z]", text):
        return
    yield Fact(
        sort=Sort.ROLE,
        key=f"{Sort.ROLE}|who|{'|'.join(sorted(phrase.terms))}",
        answer=value,
        frame=Holding(
            gap="person", person=mention.person.name, role=text, office=noun.lower_ in OFFICES, names=phrase.names,
            by="" if lasting else date.isoformat(),
        ),
        evidence=(span,),
        confidence=0.91,
        as_of="" if lasting else date.isoformat(),
    )  # fmt: skip


def _from_owner(block: Block, noun: "Token") -> "list[Token]":
    """Return the words of a post from whose it is to its noun; nothing where no name or "her" opens them."""
    doc = block.doc
    index = noun.i
    while index >= 0 and noun.i - index < LONGEST:
        token = doc[index]
        if token.tag_ == "PRP$":
            return list(doc[index : noun.i + 1]) if index < noun.i else []
        if token.text in _OWNED and index:
            return _with_name(block, index, noun)
        if token.lower_ in _TIMES or token.i in block.quoted:
            return []
        if not (token.pos_ in ("PROPN", "NOUN", "ADJ") or token.text == "-" or token.lower_ in _INSIDE):
            return []
        if token.ent_type_ in ("DATE", "CARDINAL", "PERSON"):
            return []
        index -= 1
    return []


def _with_name(block: Block, mark: int, noun: "Token") -> "list[Token]":
    """Return the words from the name before an apostrophe to the noun."""
    doc = block.doc
    start = mark
    while start and mark - start < OWNER and doc[start - 1].pos_ == "PROPN":
        start -= 1
    if start == mark or mark + 1 > noun.i:
        return []
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ == "the":
        start -= 1
    elif before is not None and (before.lower_ in ("of", "and", "for", "&") or before.pos_ in ("NOUN", "ADJ")):
        return []  # only the end of a name
    return list(doc[start : noun.i + 1])
