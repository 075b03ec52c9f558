"""Who is a person: names gathered over the whole deck, corrected by votes, indexed by surname.

The model's label of a single mention is often wrong; a name's mentions together seldom are. A bare surname means somebody
of its own article, where several share it the one the article speaks of; nobody, where that is not plain.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from quizzer.news.census import first_names, surnames
from quizzer.news.document import Block
from quizzer.news.forms import holds_more, join_forms, part_pairs
from quizzer.news.naming import (
    COLLECTIVES,
    COURTESIES,
    CROWNED,
    LONG,
    PARTICLES,
    SUFFIXES,
    Part,
    Sightings,
    acts,
    is_modifier,
    is_name_part,
    is_whole,
    runs,
    sightings,
)
from quizzer.news.parsed import is_thing
from quizzer.news.words import FEMALE_WORDS, FUNCTION_WORDS, MALE_WORDS, TITLES, word_set

__all__ = ["COLLECTIVES", "Mention", "People", "Person", "Sightings", "first_names", "is_modifier", "sightings"]
_OFTEN = 4  # mentions from which on a first name that begins no longer name is somebody's only one
RULES = 0.7  # the share of an article's full mentions from which on a bare surname means this one of several


class Person(msgspec.Struct, frozen=True):
    """A person. ``name`` is the fullest usual form; ``full`` says whether it has a first name.

    ``surname`` is the last part of the name, ``family`` what goes by itself for it: "Wasserman Schultz", "Van Dyke".
    """

    key: str
    name: str
    surname: str
    full: bool
    gender: str = ""  # "f", "m" or ""
    mentions: int = 0
    double: str = ""

    @property
    def family(self) -> str:
        """The name that is enough to tell who is meant."""
        return self.double or self.surname

    @property
    def sure(self) -> bool:
        """Whether this is a person beyond doubt: a census first name, or named often."""
        return self.mentions >= 3 or self.name.split()[0].lower() in first_names()


class Mention(msgspec.Struct, frozen=True):
    """A person named in a block by the tokens ``first`` to ``last`` (both included, titles left out)."""

    person: Person
    first: int
    last: int


class People:
    """Every person of the deck, or those that one article may mean, and where each is named."""

    def __init__(self, seen: Iterable[Sightings]) -> None:
        self._rivals: dict[str, dict[str, set[str]]] = defaultdict(dict)  # by surname: a namesake, and the articles it is in
        self._by_name: dict[tuple[str, ...], Person] = {}
        self._by_key: dict[str, Person] = {}
        self._by_surname: dict[str, dict[str, Person]] = defaultdict(dict)
        self._forms: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._offices: dict[str, set[str]] = defaultdict(set)
        self._weight: Counter[str] = Counter()
        self._told: Counter[str] = Counter()  # by key: how often the article (of a part) names somebody in full
        self._owners: dict[str, str] = {}  # by surname: whom the article means by it alone
        self._by_first: dict[str, set[str]] = defaultdict(set)
        self._mentions: dict[Block, dict[int, Mention]] = {}
        self._gather(seen)

    def _gather(self, seen: Iterable[Sightings]) -> None:
        votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        within: dict[tuple[str, ...], set[str]] = defaultdict(set)
        genders: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)  # by surname, by article
        offices: dict[tuple[str, ...], set[str]] = defaultdict(set)
        acting: Counter[str] = Counter()
        capitals: Counter[str] = Counter()
        for one in seen:  # each is looked at once and let go
            capitals.update(one.capitals)
            acting.update(one.acts)
            for pair, titles in one.offices.items():
                offices[pair] |= titles
            for name, labels in one.votes.items():
                votes[name].update(labels)
                within[name].add(one.article)
            for surname, told in one.genders.items():
                genders[surname][one.article] = told
        groups: dict[tuple[str, str], Counter[tuple[str, ...]]] = defaultdict(Counter)
        for name, counts in votes.items():
            others = sum(count for label, count in counts.items() if label != "PERSON")
            first = name[0].lower()
            if len(name) > 1 and not counts["PERSON"] and first in first_names():
                # the model takes a namesake for something else
                self._rivals[name[-1]].setdefault(f"{first} {name[-1].lower()}", set()).update(within[name])
            if len(name) > 1 and name[0] not in PARTICLES and counts["PERSON"] > 0 and counts["PERSON"] >= others:
                if not is_whole(name) or holds_more(name, votes):
                    continue
                core = [part for part in name if part not in SUFFIXES]
                groups[(core[0].lower(), core[-1].lower())][name] += sum(counts.values())
        doubles = join_forms(groups)
        part_pairs(groups)
        holders = Counter(last for _, last in groups)
        for (first, last), forms in sorted(groups.items()):
            whole = [form for form in forms if form[0].lower() == first]
            best = min(whole, key=lambda form: (-forms[form], any("." in part for part in form), len(form), form))
            core = [part for part in best if part not in SUFFIXES]
            places = set().union(*(within[form] for form in forms))
            addressed = genders[core[-1]]
            courtesy: Counter[str] = Counter()
            for article in sorted(addressed) if holders[last] == 1 else sorted(places & addressed.keys()):
                courtesy.update(addressed[article])
            gender = first_names().get(first, "") or (courtesy.most_common(1)[0][0] if courtesy else "")
            key, double = f"{first} {last}", doubles.get((first, last), "")
            person = Person(key, " ".join(best), core[-1], True, gender, sum(forms.values()), double)
            for form in forms:
                self._by_name[form] = person
            self._articles[person.key] |= places
            self._add(person, forms)
        self._add_surnames_only(capitals, acting, votes, genders)
        for key, person in self._by_key.items():
            self._weight[key] = person.mentions + capitals[person.surname]
        for pair, held in offices.items():
            if named := self._by_name.get(pair):
                self._offices[named.key] |= held
            elif len(pair) == 1 and "candidate" in held:
                for key in self._by_surname.get(pair[0], ()):
                    self._offices[key].add("candidate")

    def _add(self, person: Person, forms: Iterable[tuple[str, ...]]) -> None:
        self._by_surname[person.surname][person.key] = person
        self._by_key[person.key] = person
        self._forms[person.key].extend(forms)

    def _add_surnames_only(
        self,
        capitals: Mapping[str, int],
        acting: Mapping[str, int],
        votes: Mapping[tuple[str, ...], Counter[str]],
        genders: Mapping[str, Mapping[str, Mapping[str, int]]],
    ) -> None:
        begun = {form[0] for forms in self._forms.values() for form in forms}
        for name, count in sorted(capitals.items()):
            first = name.lower() in first_names()
            if (
                name in self._by_surname
                or name.lower() == "people"
                or not (first or name.lower() in surnames())
                or name.lower() in FUNCTION_WORDS
            ):
                continue
            labels = votes.get((name,), Counter())
            others = sum(number for label, number in labels.items() if label != "PERSON")
            courtesy: Counter[str] = Counter()
            for told in genders.get(name, {}).values():
                courtesy.update(told)
            known = courtesy.total() > 0
            if first and not known:
                if name not in begun and acting[name] >= 2 and count >= _OFTEN and labels["PERSON"] > others:
                    self._add(Person(name.lower(), name, name, True, first_names()[name.lower()], count), [(name,)])  # known by one name
                continue
            if (known and count >= 2) or (acting[name] >= 2 and count >= 3 and labels["PERSON"] >= others and others < count / 2):
                gender = courtesy.most_common(1)[0][0] if known else ""
                self._add(Person(name.lower(), name, name, False, gender, count), ())

    def part(self, seen: Sightings) -> "People":
        """Return the people that an article may mean: its own before the deck's, so that a deck of thousands misleads none.

        A surname means somebody whom the article names in full. Where it names nobody so, it may mean the deck's one holder.
        """
        part = People(())
        told = {name.rpartition(" ")[2]: name for name in seen.told}
        for word in sorted(seen.words):
            holders = self._by_surname.get(word, {})
            full = {
                key: [form for form in self._forms[key] if seen.words.issuperset(name for name in form if name[0].isupper())]
                for key in holders
            }
            own = [key for key in holders if seen.article in self._articles.get(key, ())] or [key for key in holders if full[key]]
            for key in own or sorted(holders)[:2]:  # two are as ambiguous as a hundred
                part._add(holders[key], self._forms[key])
                first_told = seen.offices.get((word,), frozenset()) if seen.article in self._articles.get(key, ()) else frozenset()
                part._offices[key] = self._offices.get(key, set()) | first_told
                if seen.article in self._articles.get(key, ()):
                    part._articles[key] = {seen.article}
                    part._told[key] = seen.told.get(key, 0)
                    if holders[key].full:
                        part._by_first[self._forms[key][0][0]].add(key)
            if len(own) > 1 and (owner := _owner(seen.order.get(word, ()), own)):
                part._owners[word] = owner
            for key, forms in full.items():
                part._by_name.update((form, holders[key]) for form in forms)
            if holders and not own and word.lower() in told:
                part._rivals[word] = {told[word.lower()]: {seen.article}}  # it names a namesake whom nobody knows
            rivals = self._rivals.get(word, {})
            kept = {name: places for name, places in rivals.items() if not own or seen.article in places}
            if kept:
                part._rivals[word].update((name, {seen.article}) for name in kept)
        return part

    def offices(self, key: str) -> frozenset[str]:
        """Return the titles told of somebody, in full and lower case; "reporter" for all who work for the press."""
        return frozenset(self._offices.get(key, ()))

    def weight(self, key: str) -> int:
        """Return how often the deck names somebody, by the surname alone too."""
        return self._weight[key]

    def find(self, key: str) -> Person | None:
        """Return the person of that key."""
        return self._by_key.get(key)

    def is_surname(self, word: str) -> bool:
        """Whether ``word`` is the surname of somebody of the deck, be it of several."""
        return word in self._by_surname or word in self._rivals

    @property
    def all(self) -> tuple[Person, ...]:
        """Every person, in the order of their keys."""
        return tuple(self._by_key[key] for key in sorted(self._by_key))

    def mentions(self, block: Block) -> dict[int, Mention]:
        """Return the mentions in ``block`` by the index of each of their tokens."""
        if block not in self._mentions:
            found: dict[int, Mention] = {}
            for mention in self._scan(block):
                for index in range(mention.first, mention.last + 1):
                    found[index] = mention
            self._mentions[block] = found
        return self._mentions[block]

    def _scan(self, block: Block) -> Iterator[Mention]:
        just: dict[str, str] = {}  # by surname: who of several was named last in this paragraph
        for run in runs(block.doc):
            start = 0
            while start < len(run):
                length, person = self._longest(run[start:])
                if person is not None:
                    yield from self._coupled(block, run[start], person)
                    just[person.surname] = person.key if just.get(person.surname, person.key) == person.key else ""
                    yield Mention(person, run[start].first, run[start + length - 1].last)
                    start += length
                    continue
                if found := self._lone(block, run, start, just):
                    yield Mention(found, run[start].first, run[start].last)
                start += 1

    def _longest(self, parts: Sequence[Part]) -> tuple[int, Person | None]:
        """Return how many of ``parts`` name somebody in full, and whom."""
        for count in range(min(len(parts), 6), 1, -1):
            name = tuple(part.text for part in parts[:count])
            person = self._by_name.get(name)
            if person is None and count > 2:  # with a middle name that is told only once
                core = [part for part in name if part not in SUFFIXES]
                person = self._by_key.get(f"{core[0]} {core[-1]}".lower()) if len(core) == 3 else None
            if person is not None:
                return count, person
        return 0, None

    def _coupled(self, block: Block, part: Part, person: Person) -> Iterator[Mention]:
        """Yield the Bill of "Bill and Hillary Clinton"."""
        doc = block.doc
        if part.first > 1 and doc[part.first - 1].lower_ in ("and", "&"):
            other = self._by_name.get((doc[part.first - 2].text, person.surname))
            if other is not None and other.key != person.key:
                yield Mention(other, part.first - 2, part.first - 2)

    def _lone(self, block: Block, run: Sequence[Part], start: int, just: Mapping[str, str]) -> Person | None:
        doc, part, before = block.doc, run[start], run[start - 1] if start else None
        token = doc[part.last]
        holders = self._by_surname.get(part.text)
        if not holders:
            return self._first_name_only(block, run, start)
        if (part.first == part.last and is_modifier(token)) or is_thing(doc[part.first]):
            return None
        if start + 1 < len(run) and run[start + 1].text not in SUFFIXES and is_name_part(run[start + 1].text):
            return None  # a first name, or somebody else's
        if before is not None and not (doc[before.first].is_sent_start and before.text.lower() in FUNCTION_WORDS):
            return None
        if token.is_sent_start and token.text.lower() in _common_words() and token.pos_ != "PROPN":
            return None
        left = doc[part.first - 1] if part.first else None
        title = left.lower_.rstrip(".") if left is not None and left.text[:1].isupper() else ""
        person = self._holder(block, part, holders, title, just.get(part.text))
        if person is None or (left is not None and left.lower_ == "at"):
            return None
        if self._rivals.get(part.text, {}).keys() - {person.key}:
            return None  # the model takes a namesake for something else
        if title == "president" and title not in self._offices.get(person.key, set()):
            return None  # the President Lee of long ago: the article told of another Lee first, who is none
        if title in TITLES and title not in COURTESIES and self._told[person.key] == 0:
            return person if LONG.get(title, title) in self._offices.get(person.key, set()) else None
        return person

    def _holder(self, block: Block, part: Part, holders: Mapping[str, Person], title: str, just: str | None) -> Person | None:
        """Return whom a bare surname means among those who have it."""
        gender = "f" if title in FEMALE_WORDS else "m" if title in MALE_WORDS else ""
        here = [person for person in holders.values() if block.article in self._articles.get(person.key, ())]
        fits = [person for person in here or holders.values() if not gender or person.gender in ("", gender)]
        if not here and not (title in TITLES or acts(block.doc[part.last]) or block.doc[part.last].ent_type_ == "PERSON"):
            return None  # somebody of another article: here it may be a town
        if len(fits) < 2:
            return fits[0] if fits else None
        if not here:
            return None
        office = LONG.get(title, title)
        if title in TITLES and title not in COURTESIES:
            held = [person for person in fits if office in self._offices.get(person.key, set())]
            if len(held) == 1:
                return held[0]
        owner = self._owners.get(part.text, "")
        if just is not None and just in holders and owner in ("", just):
            return holders[just]
        if just is not None:
            return None
        if owner and not gender:
            return holders[owner]
        total = sum(self._told[person.key] for person in fits)
        first = max(fits, key=lambda person: (self._told[person.key], person.key))
        return first if self._told[first.key] >= RULES * total else None

    def _first_name_only(self, block: Block, run: Sequence[Part], start: int) -> Person | None:
        """Return whom "Bernie" means where the article names one Bernie only."""
        keys = self._by_first.get(run[start].text, set())
        token = block.doc[run[start].last]
        if len(run) > 1 or len(keys) != 1 or is_modifier(token) or is_thing(token) or token.pos_ != "PROPN":
            return None
        crowned = token.i > 0 and block.doc[token.i - 1].lower_ in CROWNED
        if run[start].text.lower() not in first_names() and not crowned:
            return None
        return self._by_key[next(iter(keys))]


def _owner(order: Sequence[str], keys: Sequence[str]) -> str:
    """Return whom of ``keys`` an article means by the bare surname: who came first and bore it alone before another came."""
    named = [key for key in order if key in keys or not key]
    first = next((key for key in named if key), "")
    alone = 0
    for key in named[named.index(first) :] if first else ():
        if key not in ("", first):
            break
        alone += not key
    return first if alone else ""


def _common_words() -> frozenset[str]:
    return word_set("young price may will bill mark long short gray green brown white black day hope love sharp bush rice best")
