"""One table of people, organisations and places over the whole deck; it corrects the model's labels.

Organisations carry their acronyms ("American Civil Liberties Union": ACLU; "Department of X" is "X Department").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.census import first_names, is_plain_word, surnames
from quizzer.news.document import Block, Document
from quizzer.news.naming import names_organisation
from quizzer.news.people import COLLECTIVES, People, Sightings, is_modifier, sightings
from quizzer.news.quotes import Form
from quizzer.news.words import TITLES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ACRONYM = re.compile(r"[A-Z]{2,6}s?$")
_SMALL = word_set("of the and for in on at to &")
_SETTLED = 3  # mentions from which on the model is believed that what sounds like a person is an organisation
_BODIES = (
    "Association",
    "Agency",
    "Party",
    "Organization",
    "Institute",
    "Council",
    "Commission",
    "Committee",
    "Studies",
    "Weekly",
    *COLLECTIVES,
)
_HOUSES = ("House", "Senate", "Congress")
_NO_NAME = word_set(
    "republican democrat state committee group justice commerce change status medicine journal party court counsel tough i. o.k. i.p.o. "
    "p.s. west south north east medicaid medicare brexit leave remain islam prez defense carnival cadillac pac"
) | {"legal counsel", "social security", "big game", "home affairs", "great recession", "state of the union", "super pac"}
# Laws, programmes, halves of names, words that only look like one.
_PROGRAMME = re.compile(
    r"(?:^\w{4,}[cC]are|[A-Z][\w’']+ (?:Act|Plan|Treaty|Accord|Agreement|Amendment|Bill|Code|Recession|Revolution|War|Day|Poll|Partnership"
    r"|Attack|Debate|Primary|Deal|Program|Initiative))$"
)
_KINDLY = re.compile(r"\b(?:Women|Men|Children|Veterans|People|Farmers|Teachers|Workers|St\. \w+)['’]s? ")  # no owners


class Named(msgspec.Struct, frozen=True):
    """An organisation or a place."""

    key: str
    name: str
    kind: str  # "organisation" or "place"
    acronym: str = ""
    settled: bool = False  # a place where people live, not a building or a river


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one article adds to the table: counts only, small, and a value that may travel."""

    people: Sightings
    labels: dict[str, dict[str, int]]  # what the model takes a name for, and how often
    shorts: frozenset[str]  # acronyms, in brackets or alone


def record(document: Document) -> Record:
    """Return what an article adds to the table of the deck."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for block in document.blocks:
        for name, label in _named(block):
            if label != "PERSON":
                labels[name][label] += 1
    shorts = {name for name in labels if _ACRONYM.match(name)} | set(re.findall(r"\(([A-Z]{2,6})\)", document.article.text))
    return Record(people=sightings(document), labels={name: dict(counts) for name, counts in labels.items()}, shorts=frozenset(shorts))


class Entities:
    """Every named thing of the deck, or those that one article may mean."""

    def __init__(self, records: Iterable[Record]) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        written: set[str] = set()

        def people() -> Iterator[Sightings]:
            for one in records:  # each is looked at once and let go
                for name, labels in one.labels.items():
                    votes[name].update(labels)
                written.update(one.shorts)
                yield one.people

        self.people = People(people())
        self._votes = {name: sum(counts.values()) for name, counts in votes.items()}
        acronyms = _acronyms(self._votes, written)
        shorts: dict[str, list[str]] = defaultdict(list)  # by the key of the full name
        for short, long in sorted(acronyms.items()):
            shorts[canonical(long)].append(short)
        kinds: dict[str, Counter[str]] = defaultdict(Counter)  # by key: a name and its acronym are of one kind
        for name, counts in votes.items():
            for label, count in counts.items():
                kinds[canonical(acronyms.get(name, name))]["organisation" if label == "ORG" else "place"] += count
        self._all: dict[str, Named] = {}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name, counts in sorted(votes.items()):
            label = counts.most_common(1)[0][0]
            full = acronyms.get(name, name)
            key = canonical(full)
            short = next((short for short in shorts.get(key, ()) if short != full), "")
            kind = "organisation" if kinds[key]["organisation"] >= kinds[key]["place"] or full.split()[-1] in _BODIES else "place"
            self._all[name] = Named(key, full, kind, short, label == "GPE" and kind == "place")
            self._by_word[_words(name)[0]].append(name)
        self._leave_out_people()

    def _leave_out_people(self) -> None:
        people = {name for person in self.people.all for name in (person.surname, person.name)}
        people |= {name.upper() for name in people}
        self._named = {name: named for name, named in self._all.items() if name not in people and not self._is_persons(name, named)}

    def _is_persons(self, name: str, named: Named) -> bool:
        """Whether what the model takes for an organisation is somebody's name: "Bradley Cooper", "General Petraeus"."""
        words = named.name.split()
        if named.kind == "organisation" and len(words) == 1 and self._votes.get(name, 0) < _SETTLED:
            return not name.isupper() and (name.lower() in first_names() or name.endswith("esque"))
        if named.kind != "organisation" or not 1 < len(words) < 4 or names_organisation(words) or re.search(r"[&.]|[a-z][A-Z]", name):
            return False
        if self._votes.get(name, 0) >= _SETTLED:
            return False
        titled = words[0].lower() in TITLES and self.people.is_surname(words[-1])
        return titled or (words[0].lower() in first_names() and words[-1].lower() in surnames() and not is_plain_word(words[-1]))

    def part(self, one: Record) -> "Entities":
        """Return what an article may mean: its own people and its own acronyms before the deck's."""
        part = Entities(())
        part.people = self.people.part(one.people)
        written = one.people.words
        names = {name for word in written for name in self._by_word.get(word, ()) if written.issuperset(_words(name))}
        own = _acronyms({name: self._votes[name] for name in one.labels}, one.shorts)
        shorts = {canonical(long): short for short, long in sorted(own.items(), reverse=True)}
        for name in sorted(names | one.labels.keys()):
            named = self._all[name]
            if name in own and own[name] != named.name:
                named = Named(canonical(own[name]), own[name], named.kind, "", named.settled)
            if (short := shorts.get(named.key, "")) and short not in (named.name, named.acronym):
                named = msgspec.structs.replace(named, acronym=short)
            part._all[name] = named
        part._leave_out_people()
        return part

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
        if len(name) < 2 or not name[0].isupper() or re.search(r"\d|[\"“”]", name) or name.lower() in COLLECTIVES:
            continue
        if not _is_misread(block, ent, name):
            yield name, ent.label_
    for token in block.tokens:
        if token.lower_ in COLLECTIVES and token.i and is_modifier(token.doc[token.i - 1]) and token.doc[token.i - 1].text[:1].isupper():
            if token.i > 1 and token.doc[token.i - 2].text in "-–":
                continue
            yield f"{token.doc[token.i - 1].text} {token.text}", "ORG"


def _is_misread(block: Block, ent: "Span", name: str) -> bool:
    """Whether what the model takes for an organisation or place is none, or more than its name."""
    words = name.split()
    if name.lower() in _NO_NAME or _PROGRAMME.search(name) or re.search(r": | [-–—] |['’]s? (?=\S)", _KINDLY.sub("", name)):
        return True
    if words[-1].islower() and words[-1] not in COLLECTIVES:
        return True  # "Republican National Convention ended"
    if name.isupper() and (len(words) > 2 or (len(words) > 1 and len(name) > 10)):
        return True  # a headline
    first = words[0].lower()
    if (
        len(words) == 3
        and words[1] in ("for", "&", "and")
        and first in first_names()
        and (words[1] == "for" or words[2].lower() in first_names())
    ):
        return True  # a slogan, a couple
    quote = block.quote_at(ent.start_char)
    if quote is not None and quote.form is Form.TITLE:
        return True
    if len(words) > 1:
        return False
    token = ent[-1]
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if following.lower_ in WEEKDAYS:
        return True  # "Super Tuesday"
    if name.isupper() or name in _HOUSES:
        return False
    return token.pos_ not in ("PROPN", "X") or (ent.label_ == "ORG" and token.is_sent_start is True and is_plain_word(name))


def clean_name(text: str) -> str:
    """Return a name without article, possessive mark and white space around it."""
    name = re.sub(r"^(?:the|The|a|an) ", "", " ".join(text.split()))
    return re.sub(r"(?:['’]s?|[,;:]|--?)$", "", name).strip()


def _acronyms(votes: Mapping[str, int], shorts: Iterable[str]) -> dict[str, str]:
    """Return the one name that each acronym stands for, where the names leave no doubt."""
    fits: dict[str, set[str]] = defaultdict(set)
    for long in votes:
        if " " in long:
            for initials in {_initials(long), _initials(_turned(long)), _initials(_turned(long), small=True)}:
                fits[initials].add(long)
    found: dict[str, str] = {}
    for short in sorted(shorts):
        longs = fits.get(short, set())
        if len({canonical(long) for long in longs}) == 1:
            found[short] = min(longs, key=lambda long: (-votes[long], long))
    return found


def _words(name: str) -> list[str]:
    """Return the capitalised words of a name; all its words where there is none."""
    parts = [part for part in re.split(r"[\s-]+", name) if part]
    return [part for part in parts if part[0].isupper()] or parts


def _turned(name: str) -> str:
    if match := re.match(r"(.+) (Department|Ministry)$", name):
        return f"{match[2]} of {match[1]}"
    return name


def _initials(name: str, *, small: bool = False) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word and (small or word.lower() not in _SMALL)).upper()


def starts_name(token: "Token") -> bool:
    """Whether a token is capitalised where no sentence begins."""
    return token.text[:1].isupper() and not token.is_sent_start
