"""Where somebody works and as what, by the words between commas behind a name: "NAME, a professor of law at Harvard University,".

Read word by word, not by the parser, whose appositions are often wrong. A post is held as of the article's day; a post that
somebody "formerly" held is asked for as such.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.entities import canonical
from quizzer.news.facts import Fact, Holding, Refusal, Scene, Sort, people_named, person_value
from quizzer.news.facts.weighty import weighty
from quizzer.news.nouns import noun_for
from quizzer.news.people import Mention
from quizzer.news.phrases import STORY
from quizzer.news.times import years_of
from quizzer.news.values import Value
from quizzer.news.words import OFFICES, ROLE_NOUNS, SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_POSTS = word_set("wife husband son daughter widow brother sister choice pick winner champion successor predecessor candidate nominee")
_WHO = (ROLE_NOUNS - _NOT_POSTS) | word_set(
    "sociologist oncologist psychologist psychiatrist chemist surgeon physician nurse teacher fellow scholar expert specialist "
    "member partner banker broker trader contractor developer programmer musician singer actor actress filmmaker playwright "
    "novelist poet painter sculptor photographer blogger anchor correspondent critic reviewer philosopher theologian "
    "anthropologist archaeologist meteorologist climatologist epidemiologist virologist statistician criminologist demographer "
    "ecologist zoologist botanist librarian archivist trustee vice-chairman co-chairman co-chair co-director co-author"
)
# Posts that one person has at a time; a "professor" is one of several.
_ONE = word_set(
    "president chairman chairwoman chair director governor mayor secretary minister chancellor king queen chief head founder "
    "co-founder cofounder executive editor author architect inventor commissioner treasurer principal superintendent speaker "
    "ambassador administrator dean archbishop"
)
_LASTING = word_set("founder co-founder cofounder author co-author inventor architect")  # once is for ever
_BUSINESS = word_set("executive ceo founder co-founder partner analyst banker broker trader treasurer economist")
_TIMES = {"former": "former", "ex": "former", "onetime": "former", "then": "then", "longtime": "", "veteran": "", "late": ""}
_PREPOSITIONS = word_set("at of for with")
_INSIDE = word_set("of the and for & de la on in")
_STOPS = frozenset((",", ";", ".", ":", "—", "–", "--", "(", ")", "?", "!", "”", "“", '"', "''", "'", "’", "[", "]"))
_TOLD_OF = 8  # mentions that make somebody's age worth knowing
LONGEST = 16  # tokens between the commas


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the posts that an article tells behind the names of its people."""
    yield from weighty(scene, _found(scene))


def _found(scene: Scene) -> Iterator[Fact | Refusal]:
    for block, mention in people_named(scene):
        yield from _age(scene, block, mention)
        tokens = _between_commas(block, mention)
        if tokens:
            yield from _post(scene, block, mention, tokens)
        else:
            yield from _beside(scene, block, mention)


def _age(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact]:
    """ "NAME, 29, ...": how old somebody was of whom the article tells more than that."""
    date = scene.document.date
    start = block.doc[mention.first].idx
    match = re.match(r", (\d\d),", block.text[block.doc[mention.last].idx + len(block.doc[mention.last].text) :][:6])
    if match is None or date is None or mention.first == mention.last or mention.person.mentions < _TOLD_OF:
        return
    if not of_today(scene, block, mention):
        return
    end = block.doc[mention.last].idx + len(block.doc[mention.last].text) + 4
    years = int(match[1])
    yield Fact(
        sort=Sort.COUNT, key=f"{Sort.COUNT}|age|{mention.person.key}",
        answer=Value(text=match[1], type=AnswerType.NUMBER, same=f"{years} age", low=years, high=years, unit="age"),
        frame=Holding(gap="age", person=mention.person.name, role="", by=date.isoformat(), names=frozenset({mention.person.key})),
        evidence=(block.span(start, end),), confidence=0.88, as_of=date.isoformat(),
    )  # fmt: skip


def of_today(scene: Scene, block: Block, mention: Mention) -> bool:
    """Whether a post is told as of the article's day: not in a story of another year, nor of somebody who died."""
    date = scene.document.date
    head = block.doc[mention.last]
    told = [int(token.text) for token in head.sent if re.fullmatch(r"(?:1[6-9]|20)\d\d", token.text)]
    if date is not None and any(year < date.year - 1 for year in told):
        return False
    if head.head.lemma_ in SAY and head.dep_ == "nsubj":
        return True
    near = scene.document.blocks[max(block.index - STORY, 0) : block.index + 1]
    if date is None or any(year < date.year - (place.index < block.index - 1) for place in near for year in years_of(place)):
        return False
    end = head.idx + len(head.text)
    return not re.search(r"\b(?:died|was killed|late)\b", block.text[max(0, end - 60) : end + 120])


def _between_commas(block: Block, mention: Mention) -> "list[Token]":
    """Return the words between the comma behind a name and the mark that closes them; nothing when they tell something else."""
    doc = block.doc
    start = mention.last + 1
    if mention.last == mention.first or start >= len(doc) or doc[start].text != ",":
        return []
    before = doc[mention.first - 1] if mention.first else None
    if before is not None and (before.lower_ in ("and", "or", "'s", "’s", "of") or before.text == ","):
        return []  # one of a list; somebody's
    if start + 2 < len(doc) and doc[start + 1].like_num and doc[start + 2].text == ",":
        start += 2  # "NAME, 58, a teacher"
    tokens: list[Token] = []
    for token in doc[start + 1 : start + 2 + LONGEST]:
        if token.text in _STOPS and not (token.text in ("'", "’") and not doc[token.i - 1].whitespace_):
            break
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", "PRP", "EX") or token.i in block.quoted:
            return [] if token.tag_ not in ("WP", "WDT", "WRB") else tokens
        tokens.append(token)
    else:
        return []
    if not 1 < len(tokens) <= LONGEST:
        return []
    end = tokens[-1].i + 1
    letters = end + 3 < len(doc) and doc[end + 1].text.isupper() and doc[end + 2].text == ")" and doc[end + 3].text == ","  # "(UNHCR),"
    return tokens if doc[end].text != "(" or letters else []


def _post(scene: Scene, block: Block, mention: Mention, tokens: "list[Token]") -> Iterator[Fact | Refusal]:
    time = ""
    article = ""
    if tokens[0].lower_ in ("a", "an", "the"):
        article, tokens = tokens[0].lower_, tokens[1:]
    while tokens and (tokens[0].lower_ in _TIMES or tokens[0].text == "-"):
        time, tokens = _TIMES.get(tokens[0].lower_, time) or time, tokens[1:]
    if not tokens or any(token.lower_ in ("and", "or") and token.i < tokens[-1].i and _joins(token, tokens) for token in tokens):
        return
    head = _head(tokens)
    if head is None or head.lower_ not in _WHO or head.tag_ not in ("NN", "NNP"):
        return
    span = block.span_of([*block.doc[mention.first : mention.last + 1], *tokens])
    phrase = scene.phrases.phrase(block, tokens)
    if phrase.trouble or phrase.possessive or mention.person.key in phrase.names or re.search(r"\d", phrase.text):
        yield Refusal(reason=f"{Sort.ROLE}: {phrase.trouble or phrase.possessive or 'a number in it'}", span=span)
        return
    date = scene.document.date
    where = _organisation(scene, tokens, head)
    lasting = head.lower_ in _LASTING or (head.lower_ not in OFFICES and where is None)
    if date is None or len(phrase.text.split()) > 12 or any(token.lower_ in ("time", "then", "when") for token in tokens):
        return
    if not lasting and not time and not of_today(scene, block, mention):
        yield Refusal(reason=f"{Sort.ROLE}: it may be told of another year", span=span)
        return
    value = person_value(scene, mention.person.key)
    if value is None:
        return
    holding = Holding(
        gap="person", person=mention.person.name, role=phrase.text, time=time, office=True, names=phrase.names,
        by="" if lasting else date.isoformat(),
    )  # fmt: skip
    unique = article == "the" or (article == "" and (head.lower_ in _ONE or where is not None))
    if re.search(r"\b(?:of|for) an? ", phrase.text) and article != "a":
        return  # "the author of a report"
    strong = any(token.pos_ == "PROPN" and token.text[:1].isupper() for token in tokens)
    if not time and unique and strong and phrase.weight >= 4:
        role = f"the {phrase.text}" if article or lasting else phrase.text
        yield Fact(
            sort=Sort.ROLE, key=f"{Sort.ROLE}|who|{'|'.join(sorted(phrase.terms))}", answer=value,
            frame=msgspec.structs.replace(holding, role=role), evidence=(span,), confidence=0.92,
            as_of="" if lasting else date.isoformat(),
        )  # fmt: skip
    if where is not None and not time:
        preposition, place, rest = where
        text = scene.phrases.phrase(block, rest).text
        name = scene.phrases.phrase(block, place).text
        if text and name and not set(name.lower().split()) & set(mention.person.name.lower().split()):
            shown = f"{article or ('the' if head.lower_ in _ONE else 'an' if text[0] in 'aeiou' else 'a')} {text}"
            plain = re.sub(r"^the ", "", name)
            found = scene.entities.find(plain)
            yield Fact(
                sort=Sort.ROLE, key=f"{Sort.ROLE}|at|{mention.person.key}|{canonical(plain)}",
                answer=Value(
                    text=name, type=AnswerType.ORGANISATION, same=canonical(plain), entity=canonical(plain),
                    accept=tuple(filter(None, (plain if plain != name else "", found.acronym if found else ""))),
                ),
                frame=msgspec.structs.replace(
                    holding, gap="organisation", role=shown, at=preposition.lower_,
                    noun=noun_for(plain) or ("company" if _BUSINESS & set(text.lower().split()) else "organisation"),
                    names=frozenset({mention.person.key}),
                ),
                evidence=(span,), confidence=0.91, as_of="" if lasting else date.isoformat(),
            )  # fmt: skip
    if time == "former" and strong:
        yield Fact(
            sort=Sort.ROLE, key=f"{Sort.ROLE}|of|{mention.person.key}",
            answer=Value(text=phrase.text, type=AnswerType.TEXT, same=phrase.text.lower()),
            frame=msgspec.structs.replace(holding, gap="role", names=frozenset({mention.person.key})),
            evidence=(span,), confidence=0.91,
        )  # fmt: skip


def _beside(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact]:
    """ "NAME of Greycroft Partners", "CNN's NAME": an organisation right beside a name."""
    doc, date = block.doc, scene.document.date
    if mention.last == mention.first or date is None or not of_today(scene, block, mention):
        return
    text = block.text
    begin, end = doc[mention.first].idx, doc[mention.last].idx + len(doc[mention.last].text)
    if match := re.match(r" of ((?:the )?[A-Z][\w&.-]+(?: (?:of |& |and )?[A-Z][\w&.-]+){0,4})", text[end:]):
        name, start, stop = match[1].rstrip("."), begin, end + match.end(1)
    elif match := re.search(r"((?:[A-Z][\w&.-]+ ){0,3}[A-Z][\w&.-]+)['’]s? $", text[:begin]):
        name, start, stop = match[1], match.start(1), end
    else:
        return
    plain = re.sub(r"^the ", "", name)
    found = scene.entities.find(plain)
    noun = noun_for(plain)
    if noun in ("state", "country", "county", "island", "river", "lake", "law") or scene.entities.people.is_surname(plain.split()[-1]):
        return
    if found is None or found.kind != "organisation" or (len(plain.split()) == 1 and not noun and not plain.isupper()):
        return
    if doc[mention.first - 1].lower_ in ("and", "or") and match.re.pattern.startswith(" of"):
        start = begin
    yield Fact(
        sort=Sort.ROLE, key=f"{Sort.ROLE}|at|{mention.person.key}|{canonical(plain)}",
        answer=Value(
            text=name, type=AnswerType.ORGANISATION, same=canonical(plain), entity=canonical(plain),
            accept=tuple(filter(None, (plain if plain != name else "", found.acronym))),
        ),
        frame=Holding(
            gap="organisation", person=mention.person.name, role="associated", at="with", noun=noun or "organisation", by=date.isoformat(),
            names=frozenset({mention.person.key}), office=True,
        ),
        evidence=(block.span(start, stop),), confidence=0.86, as_of=date.isoformat(),
    )  # fmt: skip


def _joins(token: "Token", tokens: "list[Token]") -> bool:
    """Whether "and" joins two posts, not two words of a name or a field ("defense and foreign policy")."""
    head = _head(tokens)
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return head is not None and after is not None and (after.lower_ in ("a", "an", "the", "former") or token.i <= head.i + 1 or any(
        other.lower_ in _WHO for other in tokens if other.i > token.i
    ))  # fmt: skip


def _head(tokens: "list[Token]") -> "Token | None":
    """Return the last noun before the first preposition or the end."""
    before = []
    for token in tokens:
        if token.lower_ in ("of", "at", "for", "in", "with", "on", "to", "from", "under", "at", "who", "during") or token.tag_ == "VBN":
            break
        before.append(token)
    return before[-1] if before else None


def _organisation(scene: Scene, tokens: "list[Token]", head: "Token") -> "tuple[Token, list[Token], list[Token]] | None":
    """Return the preposition, the name of an organisation behind it at the end of a post, and the words before."""
    for index in range(len(tokens) - 1, 0, -1):
        token = tokens[index]
        if token.lower_ not in _PREPOSITIONS or token.i <= head.i:
            continue
        place = tokens[index + 1 :]
        names = [other for other in place if other.lower_ not in _INSIDE]
        if (
            not names
            or not all(other.text[:1].isupper() or other.text in ("&", "'s", "’s") for other in names)
            or place[-1].lower_ in _INSIDE
        ):
            if token.lower_ == "of":
                continue
            return None
        name = re.sub(r"^the ", "", "".join(other.text_with_ws for other in place).strip())
        found = scene.entities.find(name)
        if (found is not None and found.kind == "place") or noun_for(name) in ("state", "country", "county", "city"):
            return None
        lone = len(names) == 1 and not noun_for(name) and (found is None or found.kind != "organisation")
        inner = token.lower_ == "of" and tokens[index - 1].i != head.i
        if lone or inner or scene.entities.people.is_surname(name.split()[-1]):
            return None
        return token, place, tokens[:index]
    return None
