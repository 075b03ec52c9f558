"""Who held a role, and which role somebody held: titles before names, appositions, "X was the ROLE of Y".

Offices change hands. Which office somebody "has held" is safe; who held one is taken only for a dated article and as of its
date. A tie to one thing (the lead attorney in a lawsuit, somebody's pick) needs no date.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.facts import Fact, Holding, Refusal, Scene, Sort, people_named, person_value
from quizzer.news.facts.frames import asked_clauses
from quizzer.news.facts.posts import of_today
from quizzer.news.facts.weighty import weighty
from quizzer.news.people import Mention
from quizzer.news.phrases import Phrase
from quizzer.news.values import Value
from quizzer.news.words import OFFICES, ROLE_NOUNS, TITLES, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_TIMES = {"former": "former", "then": "then", "ex": "former", "acting": "acting", "longtime": "", "onetime": "former", "late": ""}
_SHORT = {"sen.": "senator", "gov.": "governor", "rep.": "representative", "lt.": "lieutenant", "gen.": "general"}
# Kinds of post that are held, as against what somebody merely is.
_HELD = OFFICES - word_set(
    "candidate nominee leader aide adviser advisor strategist analyst lawmaker head general king queen pilot counsel "
    "executive representative editor president-elect judge coach spokesman spokeswoman spokesperson officer publisher manager"
)
_HOPES = word_set("hopeful candidate nominee frontrunner front-runner contender rival")
_UNSAID = word_set("state party committee board council chair chairman chairwoman director commissioner company club county city town")
_KIN = word_set("husband wife father mother son daughter brother sister uncle aunt widow boss successor predecessor")
_SEVERAL = word_set("adviser advisor aide lawyer attorney strategist spokesman spokeswoman consultant")  # where no comma marks one
LONGEST = 10  # words of a role that can be an answer


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the roles of the people an article names in full and tells of."""
    yield from weighty(scene, _found(scene))


def _found(scene: Scene) -> Iterator[Fact | Refusal]:
    for block, mention in people_named(scene):
        yield from _titled(scene, block, mention)
        yield from _appositions(scene, block, mention)
    yield from _copulas(scene)


def _titled(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact | Refusal]:
    """ "Former Attorney General NAME", "acting US Attorney NAME"."""
    if mention.last == mention.first:
        return
    doc = block.doc
    tokens: list[Token] = []
    index = mention.first - 1
    while index >= 0 and len(tokens) < 6:
        token = doc[index]
        hyphen = token.text == "-" and tokens
        if not (hyphen or token.pos_ in ("PROPN", "NOUN", "ADJ") or token.lower_ in _TIMES) or (
            token.is_sent_start and token.lower_ not in _TIMES and token.pos_ == "ADJ" and token.ent_type_ != "NORP"
        ):
            break
        if token.ent_type_ in ("DATE", "CARDINAL", "PERSON") and token.lower_ not in _TIMES and token.lower_ not in ROLE_NOUNS:
            break
        tokens.insert(0, token)
        if token.text[:1] == '"':
            break
        index -= 1
    time, tokens = _time(tokens)
    if not tokens or (
        tokens[-1].lower_.rstrip("s") not in ROLE_NOUNS | {"sen.", "gov."} and tokens[-1].lower_ not in ROLE_NOUNS | set(_SHORT)
    ):
        return
    if index >= 0 and doc[index].lower_ in ("of", "and", "'s", "’s", "'", "’"):
        return
    if len(tokens) > 2 and tokens[-1].lower_.rstrip(".") in TITLES and tokens[-2].lower_ in ROLE_NOUNS and tokens[-1].text.endswith("."):
        tokens = tokens[:-1]  # "CIA director Gen. NAME"
    text = "".join(token.text_with_ws for token in tokens).strip()
    if any(_SHORT.get(token.lower_) for token in tokens):
        text = " ".join(_SHORT.get(token.lower_, token.text) for token in tokens)
    yield from _role_of(scene, block, mention, tokens, text, time, confidence=0.93)


def _role_of(
    scene: Scene, block: Block, mention: Mention, tokens: "list[Token]", text: str, time: str, *, confidence: float
) -> Iterator[Fact | Refusal]:
    if not time and scene.document.date is not None and not of_today(scene, block, mention):
        time = "once"
    noun = (
        text.split()[-1].lower()
        if not re.search(r"\b(?:of|to|for|in)\b", text)
        else re.split(r" (?:of|to|for|in) ", text)[0].split()[-1].lower()
    )
    compound_office = (
        text.lower().endswith("attorney general")
        or "prime minister" in text.lower()
        or "u.s. attorney" in text.lower()
        or "us attorney" in text.lower()
    )
    told = noun in ROLE_NOUNS and time != "once" and any(_is_body(token) for token in tokens[:-1]) and scene.document.date is not None
    if (noun not in _HELD and not compound_office and not told) or not {word.lower() for word in text.split()} - _UNSAID:
        return
    telling = [token for token in tokens if token.ent_type_ != "NORP"]
    if noun == "director" and not any(token.text[:1].isupper() for token in telling):
        return
    if any(
        token.text.islower()
        and token.lower_ not in ROLE_NOUNS | TITLES
        and token.i < tokens[-1].i
        and len(tokens) <= 6
        and tokens[0] is token
        for token in tokens
    ):
        return  # a verb or adjective the tagger took for part of the title
    if re.search(r"\d", text) or len(text.split()) > LONGEST or _HOPES & set(text.lower().split()):
        return
    if len(telling) < 2:
        return  # "President", "Sen.": too little to ask for
    if (
        noun in ("chief", "director", "chairman", "secretary", "chair", "officer", "commissioner", "administrator")
        and len(text.split()) < 2
    ):
        return  # of what?
    generic = all(word.lower() in TITLES | ROLE_NOUNS for word in re.split(r"[ -]", text))
    shown = text.lower() if generic else text
    if time == "acting":
        shown = f"acting {shown}"
    first = tokens[0].i - 1 if time and tokens[0].i and block.doc[tokens[0].i - 1].lower_ in _TIMES else tokens[0].i
    span = block.span_of([block.doc[first], *tokens, *block.doc[mention.first : mention.last + 1]])
    value = Value(text=shown, type=AnswerType.TEXT, same=shown.lower(), accept=())
    yield Fact(
        sort=Sort.ROLE,
        key=f"{Sort.ROLE}|of|{mention.person.key}",
        answer=value,
        frame=Holding(
            gap="role",
            person=mention.person.name,
            role=shown,
            time=time,
            office=True,
            names=frozenset({mention.person.key}),
            by=scene.document.date.isoformat() if scene.document.date else "",
        ),
        evidence=(span,),
        confidence=confidence,
    )


def _is_body(token: "Token") -> bool:
    """Whether a word of a title is an organisation's: "RNC spokesman", "Fox News host"."""
    return token.ent_type_ == "ORG" or (token.text.isupper() and len(token.text) > 1)


def _appositions(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact | Refusal]:
    """ "NAME, the lead attorney in the case," and "the museum's director, NAME"."""
    name_head = next(
        (
            block.doc[i]
            for i in range(mention.last, mention.first - 1, -1)
            if block.doc[i].head.i not in range(mention.first, mention.last + 1)
        ),
        block.doc[mention.last],
    )
    if scene.document.date is None:  # with its day, what stands behind a name is read by ``posts``
        for child in name_head.children:
            if child.dep_ == "appos" and child.i > mention.last and child.pos_ in ("NOUN", "PROPN"):
                between = block.doc[mention.last + 1 : child.i]
                time = next((_TIMES[token.lower_] for token in between if token.lower_ in _TIMES), "")
                yield from _tie(scene, block, mention, child, _to_comma(block, scene.phrases.subtree(block, child)), said=time)
    if name_head.dep_ == "appos" and name_head.head.pos_ == "NOUN" and name_head.head.i < mention.first:
        noun = name_head.head
        if noun.dep_ != "appos":
            tokens = scene.phrases.subtree(block, noun, without=[name_head])
            if all(token.text not in (",", "''", "``") for token in tokens):
                yield from _tie(scene, block, mention, noun, tokens)


def _to_comma(block: Block, tokens: "list[Token]") -> "list[Token]":
    """Return an apposition up to its comma, however the parser cut it; nothing when it is not closed soon."""
    doc = block.doc
    end = tokens[-1].i if tokens else -1
    while tokens and end + 1 < len(doc) and end - tokens[-1].i < 10 and not doc[end + 1].is_punct:
        end += 1
        if doc[end].tag_ in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT"):
            return []
    if not tokens or (end + 1 < len(doc) and not doc[end + 1].is_punct):
        return []
    return tokens + [doc[i] for i in range(tokens[-1].i + 1, end + 1)]


def _tie(scene: Scene, block: Block, mention: Mention, noun: "Token", tokens: "list[Token]", *, said: str = "") -> Iterator[Fact | Refusal]:
    if not tokens or noun.tag_ in ("NNS", "NNPS") or noun.lower_ not in ROLE_NOUNS | _KIN:
        return
    if any(child.dep_ == "conj" for child in noun.children):
        return
    time, tokens = _time(tokens)
    time = time or said
    if not tokens or any(token.lower_ in ("former", "onetime", "late", "then") for token in tokens[1:]):
        return  # "her former manager" is so no more
    if noun.lower_ in _SEVERAL and noun.i == mention.first - 1 and any(child.dep_ == "poss" for child in noun.children):
        return  # "her adviser NAME"
    definite = tokens[0].lower_ == "the"
    possessor = next((child for child in noun.children if child.dep_ == "poss"), None)
    phrase = scene.phrases.phrase(block, tokens)
    span = block.span_of([*tokens, *block.doc[mention.first : mention.last + 1]])
    if mention.person.key in phrase.names:
        return
    office = noun.lower_ in OFFICES and not any(
        token.lower_ in ("case", "lawsuit", "trial", "mission", "project", "film", "book", "team", "expedition") for token in tokens
    )
    if (office and (definite or time == "then") and not phrase.trouble) or (time in ("then", "former") and len(tokens) <= 8):
        bare = tokens[1:] if tokens[0].lower_ in ("the", "a", "an") else tokens
        text = scene.phrases.phrase(block, bare).text
        if not scene.phrases.phrase(block, bare).trouble:
            yield from _role_of(scene, block, mention, bare, text, time, confidence=0.93)
    if phrase.possessive and phrase.owner and not phrase.trouble:
        phrase = owned_by(scene, block, tokens, phrase)
    if phrase.trouble or phrase.possessive:
        yield Refusal(reason=f"role: {phrase.trouble or phrase.possessive}", span=span)
        return
    if re.search(r"\b\d+-year-old\b", phrase.text):
        return
    kin = noun.lower_ in _KIN and possessor is not None
    if kin and mention.first == mention.last:
        return
    if not (definite or possessor is not None) or phrase.weight < 4 or not 2 + (not kin) <= len(phrase.text.split()) <= 14:
        return
    date = scene.document.date
    if office and (date is None or time or not of_today(scene, block, mention)):
        yield Refusal(reason="role: an office changes hands, and the article gives no date for it", span=span)
        return
    value = person_value(scene, mention.person.key)
    if value is None:
        return
    yield Fact(
        sort=Sort.ROLE,
        key=f"{Sort.ROLE}|who|{'|'.join(sorted(phrase.terms))}",
        answer=value,
        frame=Holding(gap="person", person=mention.person.name, role=phrase.text, time=time, office=office, names=phrase.names),
        evidence=(span,),
        confidence=0.92,
        as_of=date.isoformat() if office and date else "",
    )


def owned_by(scene: Scene, block: Block, tokens: "list[Token]", phrase: Phrase) -> Phrase:
    """Return "her husband" as "NAME's husband", where it is plain who she is."""
    person = scene.entities.people.find(phrase.owner)
    if person is None or not person.full:
        return phrase
    own = [token for token in tokens if token.lower_ == phrase.possessive and token.tag_ == "PRP$"]
    named = scene.phrases.phrase(block, tokens, instead={token.i: f"{person.name}’s" for token in own})
    return msgspec.structs.replace(named, names=named.names | {person.key}, weight=named.weight + 6)


def _copulas(scene: Scene) -> Iterator[Fact | Refusal]:
    """ "NAME was the first woman ...": only ties, for offices change hands."""
    for clause in asked_clauses(scene):
        if not clause.copula or clause.claimed_by is not None:
            continue
        head = clause.antecedent or clause.subject.head
        if clause.meant is not None:
            continue
        person = scene.phrases.subject_person(clause.block, head)
        attributes = [part for part in clause.parts if part.role == "attribute"]
        if person is None or not person.full or len(attributes) != 1:
            continue
        mention = scene.phrases.person_at(clause.block, head.i)
        part = attributes[0]
        if mention is None or not part.tokens or part.tokens[0].lower_ != "the" or any(p.role == "lost" for p in clause.parts):
            continue
        if part.head.tag_ in ("NN", "NNP") and part.head.lower_ in ROLE_NOUNS | {"woman", "man", "person", "first", "american", "winner"}:
            yield from _tie(scene, clause.block, mention, part.head, list(part.tokens))


def _time(tokens: "list[Token]") -> "tuple[str, list[Token]]":
    time = ""
    while tokens and (tokens[0].lower_ in _TIMES or tokens[0].text == "-"):
        time = _TIMES.get(tokens[0].lower_, time) or time
        tokens = tokens[1:]
    return time, tokens
