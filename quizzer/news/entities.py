"""One table of people, organisations and places over the whole deck; it corrects the model's labels.

Organisations carry their acronyms ("American Civil Liberties Union": ACLU; "Department of X" is "X Department").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.document import Block, Document
from quizzer.news.people import COLLECTIVES, People, is_modifier
from quizzer.news.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACRONYM = re.compile(r"[A-Z]{2,6}s?$")
_SMALL = word_set("of the and for in on at to &")


class Named(msgspec.Struct, frozen=True):
    """An organisation or a place."""

    key: str
    name: str
    kind: str  # "organisation" or "place"
    acronym: str = ""
    settled: bool = False  # a place where people live, not a building or a river


class Entities:
    """Every named thing of the deck."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.people = People(documents)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for document in documents:
            for block in document.blocks:
                for name, label in _named(block):
                    if label == "PERSON" or name.lower() in ("republican", "democrat"):
                        continue
                    votes[name][label] += 1
        surnames = {person.surname for person in self.people.all} | {person.name for person in self.people.all}
        self._named: dict[str, Named] = {}
        acronyms = _acronyms(votes, documents)
        for name, counts in sorted(votes.items()):
            if name in surnames:
                continue
            label = counts.most_common(1)[0][0]
            kind = "organisation" if label == "ORG" else "place"
            key = canonical(acronyms.get(name, name))
            full = acronyms.get(name, name)
            short = next((short for short, long in sorted(acronyms.items()) if canonical(long) == key and short != full), "")
            self._named[name] = Named(key, full, kind, short, label == "GPE")

    def find(self, name: str) -> Named | None:
        """Return the organisation or place called ``name`` (an article before it aside)."""
        return self._named.get(re.sub(r"^(?:the|The) ", "", name))

    def of_kind(self, kind: str) -> tuple[Named, ...]:
        """Return the named things of a kind, one a key, in the order of their keys."""
        found: dict[str, Named] = {}
        for named in self._named.values():
            if named.kind == kind and (named.key not in found or len(named.name) > len(found[named.key].name)):
                found[named.key] = named
        return tuple(found[key] for key in sorted(found))


def canonical(name: str) -> str:
    """Return a key equal for the wordings of one institution: "Department of X" and "X Department", "U.S." and "US"."""
    plain = re.sub(r"^(?:the|u\.?s\.?|united states) ", "", name.lower().replace("’", "'"))
    plain = re.sub(r"^(?:u\.?s\.?|united states) ", "", plain).replace(".", "")
    if match := re.match(r"(department|ministry|university) of (?:the )?(.+)", plain):
        plain = f"{match[2]} {match[1]}"
    return plain


def _named(block: Block) -> Iterator[tuple[str, str]]:
    for ent in block.doc.ents:
        if ent.label_ not in ("ORG", "GPE", "LOC", "FAC"):
            continue
        name = clean_name(ent.text)
        if len(name) > 1 and name[0].isupper() and not re.search(r"\d|[\"“”]", name) and name.lower() not in COLLECTIVES:
            yield name, ent.label_
    for token in block.doc:
        if token.lower_ in COLLECTIVES and token.i and is_modifier(token.doc[token.i - 1]) and token.doc[token.i - 1].text[:1].isupper():
            if token.i > 1 and token.doc[token.i - 2].text in "-–":
                continue
            yield f"{token.doc[token.i - 1].text} {token.text}", "ORG"


def clean_name(text: str) -> str:
    """Return a name without article, possessive mark and white space around it."""
    name = re.sub(r"^(?:the|The|a|an) ", "", " ".join(text.split()))
    return re.sub(r"(?:['’]s?|[,;:]|--?)$", "", name).strip()


def _acronyms(votes: dict[str, Counter[str]], documents: Sequence[Document]) -> dict[str, str]:
    longs = [name for name in votes if " " in name]
    text = "\n".join(document.article.text for document in documents)
    found: dict[str, str] = {}
    shorts = {name for name in votes if _ACRONYM.match(name)} | set(re.findall(r"\(([A-Z]{2,6})\)", text))
    for short in shorts:
        fits = {long for long in longs if short in (_initials(long), _initials(_turned(long)), _initials(_turned(long), small=True))}
        keys = {canonical(long) for long in fits}
        if len(keys) == 1:
            found[short] = min(fits, key=lambda long: (-sum(votes[long].values()), long))
    return found


def _turned(name: str) -> str:
    if match := re.match(r"(.+) (Department|Ministry)$", name):
        return f"{match[2]} of {match[1]}"
    return name


def _initials(name: str, *, small: bool = False) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word and (small or word.lower() not in _SMALL)).upper()


def starts_name(token: "Token") -> bool:
    """Whether a token is capitalised where no sentence begins."""
    return token.text[:1].isupper() and not token.is_sent_start
