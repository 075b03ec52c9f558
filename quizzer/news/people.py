"""Who is a person: names gathered over the whole deck, corrected by votes, indexed by surname.

The model's label of a single mention is often wrong; a name's mentions together seldom are. First names and their gender
come from the census lists of the package ``names``.
"""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.document import Block, Document
from quizzer.news.parsed import is_thing
from quizzer.news.words import FEMALE_WORDS, FUNCTION_WORDS, HUMAN_VERBS, MALE_WORDS, ORGANISATION_WORDS, TITLES, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAME_PART = re.compile(
    r"(?:[A-Z]\.|(?:[A-Z]\.){2,3}|(?:Mc|Mac|O['’]|D['’]|De|Di|La|Le|Van|Von)?[A-Z][a-zà-öø-ÿ'’]+(?:-[A-Z][a-zà-öø-ÿ]+)*|[ÀÁÉÍÓÚÑÖÜÇŠŽ][a-zà-öø-ÿ]+)$"
)
_PARTICLES = word_set("de da di del della van von der den bin al el la le dos du ibn")
_COURTESIES = word_set("mr mrs ms miss dr sir prof professor")
_LONG = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "lt": "lieutenant"}
_SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
COLLECTIVES = word_set("administration campaign team")


class Person(msgspec.Struct, frozen=True):
    """A person. ``name`` is the fullest usual form; ``full`` says whether it has a first name."""

    key: str
    name: str
    surname: str
    full: bool
    gender: str = ""  # "f", "m" or ""
    mentions: int = 0

    @property
    def sure(self) -> bool:
        """Whether this is a person beyond doubt: a census first name, or named often."""
        return self.mentions >= 3 or self.name.split()[0].lower() in first_names()


class Mention(msgspec.Struct, frozen=True):
    """A person named in a block by the tokens ``first`` to ``last`` (both included, titles left out)."""

    person: Person
    first: int
    last: int


@functools.cache
def first_names() -> dict[str, str]:
    """Return the common first names, lower case, each with its gender ("f", "m", or "" when it is both)."""
    import names

    share: dict[str, dict[str, float]] = defaultdict(dict)
    for gender, file in (("m", "first:male"), ("f", "first:female")):
        for line in Path(names.FILES[file]).read_text(encoding="ascii").splitlines():
            name, percent, *_ = line.split()
            share[name.lower()][gender] = float(percent)
    return {name: _gender(shares.get("f", 0.0), shares.get("m", 0.0)) for name, shares in share.items()}


def _gender(female: float, male: float) -> str:
    if female > 8 * male:
        return "f"
    return "m" if male > 8 * female else ""


@functools.cache
def surnames() -> frozenset[str]:
    """Return the surnames of the census, lower case."""
    import names

    return frozenset(line.split()[0].lower() for line in Path(names.FILES["last"]).read_text(encoding="ascii").splitlines())


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """What one article shows of its names, as counts: small, and a value that may travel.

    ``votes`` says for a name what it was taken for and how often, ``genders`` what courtesies ("Ms.") tell of a surname,
    ``offices`` the titles before two words, ``capitals`` how often a word was written like a name, ``acts`` how often it did
    what people do, ``words`` every capitalised word.
    """

    article: str
    votes: dict[tuple[str, ...], dict[str, int]]
    genders: dict[str, dict[str, int]]
    offices: dict[tuple[str, str], frozenset[str]]
    capitals: dict[str, int]
    acts: dict[str, int]
    words: frozenset[str]


def sightings(document: Document) -> Sightings:
    """Return what an article shows of its names."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    offices: dict[tuple[str, str], set[str]] = defaultdict(set)
    capitals: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    words: set[str] = set()
    for block in document.blocks:
        for name, label, weight in _candidates(block):
            votes[name][label] += weight
        for surname, gender in _courtesies(block):
            genders[surname][gender] += 1
        texts = [token.text for token in block.doc]
        for token, text in zip(block.doc, texts, strict=True):
            if not text[0].isupper():
                continue
            words.add(text)
            if _NAME_PART.match(text) and not is_modifier(token):
                capitals[text] += 1
                acts[text] += token.dep_ == "nsubj" and token.head.lemma_ in HUMAN_VERBS
            if 0 < token.i < len(texts) - 1 and (title := texts[token.i - 1].lower().rstrip(".")) in TITLES:
                offices[text, texts[token.i + 1]].add(_LONG.get(title, title))
    return Sightings(
        article=document.article.name,
        votes={name: dict(counts) for name, counts in votes.items()},
        genders={surname: dict(counts) for surname, counts in genders.items()},
        offices={name: frozenset(titles) for name, titles in offices.items()},
        capitals=dict(capitals),
        acts=dict(acts),
        words=frozenset(words),
    )


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
        self._mentions: dict[Block, dict[int, Mention]] = {}
        self._gather(list(seen))

    def _gather(self, seen: Sequence[Sightings]) -> None:
        votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        within: dict[tuple[str, ...], set[str]] = defaultdict(set)
        genders: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)  # by surname, by article
        for one in seen:
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
            if len(name) > 1 and first not in _PARTICLES and counts["PERSON"] > 0 and counts["PERSON"] >= others:
                core = [part for part in name if part not in _SUFFIXES]
                groups[(core[0].lower(), core[-1].lower())][name] += sum(counts.values())
        holders = Counter(last for _, last in groups)
        for (first, last), forms in sorted(groups.items()):
            best = min(forms, key=lambda form: (-forms[form], any("." in part for part in form), len(form), form))
            core = [part for part in best if part not in _SUFFIXES]
            places = set().union(*(within[form] for form in forms))
            told = genders[core[-1]]
            courtesy: Counter[str] = Counter()
            for article in sorted(told) if holders[last] == 1 else sorted(places & told.keys()):
                courtesy.update(told[article])
            gender = first_names().get(first, "") or (courtesy.most_common(1)[0][0] if courtesy else "")
            person = Person(f"{first} {last}", " ".join(best), core[-1], True, gender, sum(forms.values()))
            for form in forms:
                self._by_name[form] = person
            self._articles[person.key] |= places
            self._add(person, forms)
        self._add_surnames_only(seen, votes, genders)
        for one in seen:
            for pair, titles in one.offices.items():
                if named := self._by_name.get(pair):
                    self._offices[named.key] |= titles

    def _add(self, person: Person, forms: Iterable[tuple[str, ...]]) -> None:
        self._by_surname[person.surname][person.key] = person
        self._by_key[person.key] = person
        self._forms[person.key].extend(forms)

    def _add_surnames_only(
        self, articles: Sequence[Sightings], votes: dict[tuple[str, ...], Counter[str]], genders: dict[str, dict[str, dict[str, int]]]
    ) -> None:
        acts: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        for one in articles:
            seen.update(one.capitals)
            acts.update(one.acts)
        for name, count in sorted(seen.items()):
            if name in self._by_surname or name.lower() not in surnames() or name.lower() in FUNCTION_WORDS:
                continue
            labels = votes.get((name,), Counter())
            others = sum(number for label, number in labels.items() if label != "PERSON")
            courtesy: Counter[str] = Counter()
            for told in genders.get(name, {}).values():
                courtesy.update(told)
            known = courtesy.total() > 0
            if name.lower() in first_names() and not known:
                continue
            if (known and count >= 2) or (acts[name] >= 2 and count >= 3 and labels["PERSON"] >= others and others < count / 2):
                gender = courtesy.most_common(1)[0][0] if known else ""
                self._add(Person(name.lower(), name, name, False, gender, count), ())

    def part(self, seen: Sightings) -> "People":
        """Return the people that an article may mean: its own before the deck's, so that a deck of thousands misleads none.

        A surname means somebody whom the article names in full. Where it names nobody so, it may mean the deck's one holder.
        """
        part = People(())
        for word in sorted(seen.words):
            holders = self._by_surname.get(word, {})
            full = {
                key: [form for form in self._forms[key] if seen.words.issuperset(name for name in form if name[0].isupper())]
                for key in holders
            }
            own = [key for key in holders if seen.article in self._articles.get(key, ())] or [key for key in holders if full[key]]
            for key in own or sorted(holders)[:2]:  # two are as ambiguous as a hundred
                part._add(holders[key], self._forms[key])
                part._offices[key] = self._offices.get(key, set())
                if seen.article in self._articles.get(key, ()):
                    part._articles[key] = {seen.article}
            for key, forms in full.items():
                part._by_name.update((form, holders[key]) for form in forms)
            rivals = self._rivals.get(word, {})
            kept = {name: places for name, places in rivals.items() if not own or seen.article in places}
            if kept:
                part._rivals[word] = {name: {seen.article} for name in kept}
        return part

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
        doc = block.doc
        index = 0
        while index < len(doc):
            token = doc[index]
            if not token.text[0].isupper() or not _NAME_PART.match(token.text):
                index += 1
                continue
            end = index
            while end + 1 < len(doc) and end - index < 4 and _goes_on(doc[end], doc[end + 1]):
                end += 1
            for last in range(end, index, -1):
                name = tuple(part.text for part in doc[index : last + 1])
                if _hyphenated(doc, last):
                    continue
                if person := self._by_name.get(name):
                    yield Mention(person, index, last)
                    index = last
                    break
            else:
                if person := self._lone_surname(block, index):
                    yield Mention(person, index, index)
            index += 1

    def _lone_surname(self, block: Block, index: int) -> Person | None:
        doc = block.doc
        token = doc[index]
        holders = self._by_surname.get(token.text)
        if not holders or is_modifier(token) or is_thing(token):
            return None
        before = doc[index - 1] if index else None
        if before is not None and _NAME_PART.match(before.text) and not before.is_sent_start and before.lower_.rstrip(".") not in TITLES:
            return None
        if token.is_sent_start and token.text.lower() in _common_words() and token.pos_ != "PROPN":
            return None
        here = [person for person in holders.values() if block.article in self._articles.get(person.key, ())]
        chosen = here if len(here) == 1 else list(holders.values())
        if len(chosen) != 1:
            return None
        person = chosen[0]
        if self._rivals.get(token.text, {}).keys() - {person.key} or (before is not None and before.lower_ == "at"):
            return None  # two of one surname; a firm of that name
        title = doc[index - 1].lower_.rstrip(".") if index and doc[index - 1].text[:1].isupper() else ""
        if title in TITLES and title not in _COURTESIES and _LONG.get(title, title) not in self._offices.get(person.key, set()):
            return None  # "President X" need not be the X of this deck
        gender = _courtesy_before(doc[index])
        return None if gender and person.gender and gender != person.gender else person


def _common_words() -> frozenset[str]:
    return word_set("young price may will bill mark long short gray green brown white black day hope love sharp bush rice best")


def is_modifier(token: "Token") -> bool:
    """Whether a name only qualifies what follows: the X administration, the X-Y campaign."""
    doc = token.doc
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    before = doc[token.i - 1] if token.i else None
    if (following is not None and following.text in "-–/" and not token.whitespace_) or (
        before is not None and before.text in "-–/" and not before.whitespace_
    ):
        return True
    if following is None or not token.whitespace_:
        return False
    return (
        token.dep_ in ("compound", "amod", "nmod")
        and token.head.i > token.i
        and not (token.head.i == token.i + 1 and token.head.pos_ == "PROPN" and following.lower_ not in ORGANISATION_WORDS)
    )


def _hyphenated(doc: "Doc", index: int) -> bool:
    """Whether a hyphen glues more to a name's last token: "Mark-Viverito"."""
    return index + 1 < len(doc) and doc[index + 1].text == "-" and not doc[index].whitespace_


def _goes_on(token: "Token", following: "Token") -> bool:
    if not token.whitespace_:
        return False
    return bool(_NAME_PART.match(following.text) or following.text in _SUFFIXES or following.text in _PARTICLES)


def _candidates(block: Block) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield names with what they seem to be, and how much that weighs."""
    doc = block.doc
    if block.paragraph.heading:
        return  # Every Word Of A Headline Looks Like A Name
    for ent in doc.ents:
        if ent.label_ not in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT"):
            continue
        parts = _strip(list(ent))
        if parts and all(_is_part(part) for part in parts) and not (is_modifier(parts[-1]) and len(parts) == 1):
            name = tuple(part.text for part in parts)
            if len(name) > 1 and _names_organisation(name):
                continue
            if len(name) <= 4 and name[-1] not in _PARTICLES and not _hyphenated(doc, parts[-1].i):
                yield name, ent.label_, 1
    index = 0
    while index < len(doc) - 1:
        if not doc[index].text[0].isupper():
            index += 1
            continue
        end = index
        while end + 1 < len(doc) and end - index < 3 and _goes_on(doc[end], doc[end + 1]):
            end += 1
        run = list(doc[index : end + 1])
        if len(run) > 1 and _NAME_PART.match(run[0].text) and run[0].lower_ in first_names() and run[-1].text not in _PARTICLES:
            titled = index > 0 and doc[index - 1].lower_.rstrip(".") in TITLES and doc[index - 1].text[:1].isupper()
            acting = run[-1].dep_ == "nsubj" and run[-1].head.lemma_ in HUMAN_VERBS
            clean = not _hyphenated(doc, run[-1].i) and not _names_organisation([part.text for part in run])
            if clean and (titled or acting) and run[0].lower_.rstrip(".") not in TITLES:
                yield tuple(part.text for part in run), "PERSON", 3
                index = end
        index += 1


def _names_organisation(name: Sequence[str]) -> bool:
    """Whether a word of a name makes it an organisation's; a first name does not ("Bill Nelson")."""
    return any(
        part.lower().rstrip(".") in ORGANISATION_WORDS and (index or part.lower() not in first_names()) for index, part in enumerate(name)
    )


def _strip(tokens: "list[Token]") -> "list[Token]":
    while tokens and (tokens[-1].text in ("'s", "’s", "'", "’") or tokens[-1].is_space):
        tokens = tokens[:-1]
    while tokens and (tokens[0].lower_.rstrip(".") in TITLES or tokens[0].lower_ in ("the", "a") or tokens[0].is_space):
        tokens = tokens[1:]
    return tokens


def _is_part(token: "Token") -> bool:
    return bool(_NAME_PART.match(token.text)) or token.text in _PARTICLES or token.text in _SUFFIXES


def _courtesies(block: Block) -> Iterable[tuple[str, str]]:
    for token in block.doc:
        if token.text[0].isupper() and (gender := _courtesy_before(token)):
            yield token.text, gender


def _courtesy_before(token: "Token") -> str:
    """Return the gender that the title right before a surname tells."""
    if not token.i or not token.text[:1].isupper():
        return ""
    title = token.doc[token.i - 1].lower_.rstrip(".")
    if title in FEMALE_WORDS:
        return "f"
    return "m" if title in MALE_WORDS else ""
