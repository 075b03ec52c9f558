"""What looks like a person's name in a text, and what one article shows of its names.

A name is read part by part: "Seedorff-Keninger" is one part, a nickname in marks is left out, titles do not belong to it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quizzer.news.beside import is_place, is_press
from quizzer.news.census import first_names, is_plain_word, is_verb, surnames
from quizzer.news.document import Block, Document
from quizzer.news.words import (
    FEMALE_WORDS,
    FUNCTION_WORDS,
    HUMAN_VERBS,
    MALE_WORDS,
    ORGANISATION_WORDS,
    ROLE_NOUNS,
    SAY,
    TITLES,
    WEEKDAYS,
    word_set,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LETTER = r"[^\W\d_]"
_NAME_PART = re.compile(
    rf"(?:[A-Z]\.|(?:[A-Z]\.){{2,3}}|(?:[A-ZÀ-ÞŠŽ]['’]|Mc|Mac|De|Di|La|Le|Van|Von|Fitz)?[A-ZÀ-ÞŠŽŁŚĆČĐ](?:{_LETTER}|['’±¡©­³º¶¼§])*[a-zà-ÿ±¡©³º¶¼§]"
    rf"(?:{_LETTER}|['’±¡©­³º¶¼§])*)$"
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’]{2,}$")
PARTICLES = word_set("de da di del della van von der den bin al el la le dos du ibn")
COURTESIES = word_set("mr mrs ms miss dr sir prof professor")
LONG = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "lt": "lieutenant"}
SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
CROWNED = word_set("prince princess king queen pope saint sister emperor empress sultan")
COLLECTIVES = word_set("administration campaign team")
CONTENDERS = word_set("candidate nominee front-runner frontrunner hopeful incumbent")
_LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT"))
_OPENING, _CLOSING = "\"“'‘(`", "\"”'’)"
_PLACES = word_set("U.S. U.K. U.N. E.U. D.C. L.A. N.Y. N.J. N.H. N.C. N.D. N.M. S.C. S.D. R.I. U.S.A. G.O.P.")
_NO_FIRST = word_set("both young old late dear like unlike democrat republican team former then nominee candidate gop and or of for")
_AGES = word_set("young old late dear")  # before a name at the start of a sentence
_SAID = word_set("said says added tweeted asked wrote replied recalled declared")
_DASHES = ("–", "—", "--", "-", "―")
_LONGEST = 6  # parts of a name
# Of newspapers, firms and schools, beyond what makes an organisation anyway.
_FIRMS = word_set(
    "sentinel gazette chronicle courier examiner register observer inquirer enquirer dispatch bulletin telegraph reuters broadcasting "
    "enterprises holdings industries ventures elementary promise"
)
_OPENERS = word_set(
    "both follow moderator host entrusting electing meet vote watch read see unlike prez anchor correspondent cohost reporter managing "
    "liberals conservatives liberal conservative neither either even while once nor although though the "
    "later earlier meanwhile today yesterday"
)  # what stands before a name as if it were a first one
_CLOSERS = word_set(
    "chair chairman chairwoman principal editor president director manager professor reporter correspondent joins wins says loses gets "
    "ruling rally america usa"
)  # what stands behind one, in titles, slogans and lists of posts
_ARABIC = word_set("al el bin ibn abu umm")  # with what follows them a surname, or a name of their own kind
NAMELESS = frozenset(
    ("headlines", "a byline", "a newsroom line", "a link or a box", "a post or its frame", "a correction", "a reader's comment", "letters")
)  # passages left out whose names are not of the story
_RUNS = "quizzer runs"  # under which a doc keeps its own


class Part(NamedTuple):
    """One part of a name: its text, and the first and last of its tokens."""

    text: str
    first: int
    last: int


def is_name_part(text: str) -> bool:
    """Whether a word is written like a part of a name."""
    return bool(_NAME_PART.match(text))


def runs(doc: "Doc") -> Sequence[list[Part]]:
    """Return the stretches of words written like names, in order; a title inside parts one from the next."""
    found: list[list[Part]] | None = doc.user_data.get(_RUNS)
    if found is None:  # asked for by the table of names, and again by whoever looks names up in it
        found = doc.user_data[_RUNS] = list(_runs(doc))
    return found


def _runs(doc: "Doc") -> Iterator[list[Part]]:
    texts = [token.text for token in doc]
    count = len(texts)
    index = 0
    while index < count:
        part = _part(doc, texts, index) if texts[index][:1].isupper() else None
        if part is None or part.text.lower() in WEEKDAYS:
            index += 1
            continue
        run = [part]
        index = part.last + 1
        while index < count and len(run) < _LONGEST and doc[index - 1].whitespace_:
            if texts[index] in _OPENING and _is_nickname(texts, index):
                index += 3
                continue
            part = _part(doc, texts, index, inside=True)
            if part is None or part.text.lower() in WEEKDAYS or (part.text.lower() in FUNCTION_WORDS and part.text not in ("Will", "May")):
                break
            if _is_title(part.text) and index + 1 < count and is_name_part(texts[index + 1]) and texts[index + 1] not in SUFFIXES:
                break
            run.append(part)
            index = part.last + 1
        while run and run[-1].text in PARTICLES:
            run.pop()
        if len(run) > 1 and run[0].text.lower() in _SAID:
            run = run[1:]
        if (len(run) > 1 and _is_title(run[0].text) and not is_crowned(run)) or run[0].text.lower().rstrip(".") in COURTESIES:
            run = run[1:]
        while len(run) > 1 and _is_before_name(doc, run):
            run = run[1:]
        cut = next((at for at, part in enumerate(run) if at > 1 and part.text.lower() in _CLOSERS), len(run))
        if run:
            yield run[:cut]
        if len(run) > cut + 2:
            yield run[cut + 1 :]  # the school's principal, Ann Lee


def _is_before_name(doc: "Doc", run: Sequence[Part]) -> bool:
    """Whether the first of two or more words stands before a name: "Billionaire Ann Lee", "Young Lee voters", "out-Lee Ann Lee"."""
    first, second = run[0].text.lower(), run[1].text.lower()
    start = run[0].first
    if first in _AGES:
        return bool(doc[start].is_sent_start) and len(run) == 2
    if start and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        return True
    if first in first_names():
        return False
    if first in _OPENERS:
        return True
    described = first.endswith(("ian", "ican", "ish", "aire")) or is_plain_word(first)
    return len(run) > 2 and second in first_names() and first not in surnames() and first not in PARTICLES and described


def _part(doc: "Doc", texts: Sequence[str], index: int, *, inside: bool = False) -> Part | None:
    text = texts[index]
    if text in _PLACES:
        return None
    if inside and (text in PARTICLES or text in SUFFIXES):
        return Part(text, index, index)
    if not _NAME_PART.match(text):
        if _CAPITALS.match(text) and len(text) > 3:
            return Part(text.title(), index, index)
        return None
    last = index
    while last + 2 < len(texts) and texts[last + 1] == "-" and not doc[last].whitespace_ and not doc[last + 1].whitespace_:
        if not _NAME_PART.match(texts[last + 2]):
            break
        last += 2
    return Part("".join(texts[index : last + 1]), index, last)


def is_crowned(run: Sequence[Part]) -> bool:
    """Whether a name is one with its title: "Pope Francis", "Queen Elizabeth II"."""
    return len([part for part in run if part.text not in SUFFIXES]) == 2 and run[0].text.lower() in CROWNED


def _is_nickname(texts: Sequence[str], index: int) -> bool:
    return (
        index + 3 < len(texts)
        and is_name_part(texts[index + 1])
        and texts[index + 2] in _CLOSING
        and is_name_part(texts[index + 3])
    )  # fmt: skip


def _is_title(text: str) -> bool:
    plain = text.lower().rstrip(".")
    return plain in TITLES or (plain.endswith("s") and plain[:-1] in TITLES)


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """What one article shows of its names, as counts: small, and a value that may travel.

    ``votes`` says for a name what it was taken for and how often, ``genders`` what courtesies ("Ms.") tell of a surname,
    ``offices`` the titles before a name (a bare surname's only where it is the first told of all who bear it), ``told`` how often
    it stands there in full (by first and last part, lower case), ``order`` of a surname that several have whom it names each time
    ("": it stands alone), ``capitals`` how often a word was written like a name, ``acts`` how often it did what people do,
    ``words`` every word written like a name.
    """

    article: str
    votes: dict[tuple[str, ...], dict[str, int]]
    genders: dict[str, dict[str, int]]
    offices: dict[tuple[str, ...], frozenset[str]]
    told: dict[str, int]
    order: dict[str, tuple[str, ...]]
    capitals: dict[str, int]
    acts: dict[str, int]
    words: frozenset[str]


def sightings(document: Document) -> Sightings:
    """Return what an article shows of its names."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    offices: dict[tuple[str, ...], set[str]] = defaultdict(set)
    told: Counter[str] = Counter()
    order: dict[str, list[str]] = defaultdict(list)
    capitals: Counter[str] = Counter()
    acting: Counter[str] = Counter()
    words: set[str] = set()
    met: set[str] = set()  # surnames told so far
    for block in document.blocks:
        doc = block.doc
        found = runs(doc)
        for name, label, weight in _candidates(block, found):
            votes[name][label] += weight
        for run in found:
            words.update(part.text for part in run)
            first = run[0].first
            title = doc[first - 1].lower_.rstrip(".") if first else ""
            title = run[0].text.lower() if is_crowned(run) else title
            gender = "f" if title in FEMALE_WORDS else "m" if title in MALE_WORDS | {"pope"} else ""
            core = [part for part in run if part.text not in SUFFIXES]
            if len(core) > 1:
                key = f"{core[0].text} {core[-1].text}".lower()
                told[key] += 1
                order[core[-1].text].append(key)
            elif core and not block.paragraph.heading:
                order[core[0].text].append("")
            if gender and core:
                genders[core[-1].text][gender] += 1
            behind = doc[run[-1].last + 1].lower_ if run[-1].last + 1 < len(doc) else ""
            if title in CONTENDERS or behind in COLLECTIVES:
                offices[tuple(part.text for part in run)].add("candidate")
            if title in TITLES and (len(run) > 1 or run[0].text not in met):
                offices[tuple(part.text for part in run)].add(LONG.get(title, title))
            elif len(run) > 1 and is_press(doc, run[0].first, run[-1].last):
                offices[tuple(part.text for part in run)].add("reporter")
            met.update(part.text for part in core[-1:])
            if len(run) == 1 and run[0].first == run[0].last and not is_modifier(doc[first]):
                capitals[run[0].text] += 1
                acting[run[0].text] += acts(doc[first])
    return Sightings(
        article=document.article.name,
        votes={name: dict(counts) for name, counts in votes.items()},
        genders={surname: dict(counts) for surname, counts in genders.items()},
        offices={name: frozenset(titles) for name, titles in offices.items()},
        told=dict(told),
        order={surname: tuple(each) for surname, each in order.items() if len({*each, ""}) > 2},
        capitals=dict(capitals),
        acts=dict(acting),
        words=frozenset(words),
    )


def acts(token: "Token") -> bool:
    """Whether a word is the subject of what only people do."""
    return token.dep_ == "nsubj" and token.head.lemma_ in HUMAN_VERBS


def _candidates(block: Block, found: Sequence[list[Part]]) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield names with what they seem to be, and how much that weighs."""
    doc = block.doc
    if (block.paragraph.heading and not block.quotes) or block.paragraph.skip in NAMELESS:
        return  # Every Word Of A Headline Looks Like A Name
    parts = {part.first: part for run in found for part in run}
    for ent in doc.ents:
        if ent.label_ not in _LABELS:
            continue
        inside = [parts[index] for index in range(ent.start, ent.end) if index in parts]
        if not inside or inside[-1].last >= ent.end or _left_over(doc, ent.start, ent.end, inside):
            continue
        if len(inside) == 1 and is_modifier(doc[inside[0].last]):
            continue
        if is_place(doc, inside[0].first, inside[-1].last):
            continue
        name = tuple(part.text for part in inside)
        if len(name) > 1 and name[0].lower() in _NO_FIRST:
            continue
        if len(name) > 1 and names_organisation(name) and not (ent.label_ == "PERSON" and _strong(doc, inside)):
            continue
        if len(name) <= 5 and name[-1] not in PARTICLES:
            yield name, ent.label_, 1
    for run in found:
        if len(run) > 1 and is_place(doc, run[0].first, run[-1].last):
            yield tuple(part.text for part in run), "GPE", 3
        elif len(run) > 1 and run[0].text.lower() not in FUNCTION_WORDS:
            yield from _by_company(doc, run)
        yield from _coupled(doc, run)


def _by_company(doc: "Doc", run: list[Part]) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield a run as a person's name when a first name and what stands beside it say so, whatever the model says."""
    if is_crowned(run):
        yield tuple(part.text for part in run), "PERSON", 3
        return
    known = run[0].text.lower() in first_names()
    name = tuple(part.text for part in run)
    organisation = names_organisation(name)
    if _strong(doc, run) and (known or not organisation) and (not organisation or name[-1].lower() in surnames()) and len(name) <= 5:
        if known or doc[run[-1].last].ent_type_ in ("PERSON", ""):
            yield name, "PERSON", 3
    elif known and not organisation and run[-1].text.lower() in surnames() and doc[run[-1].last].ent_type_ in ("PERSON", ""):
        yield name, "PERSON", 1


def _strong(doc: "Doc", run: Sequence[Part]) -> bool:
    """Whether what stands beside a run of words makes it a person: a title or role before it, an age or a verb of saying behind."""
    first, last = run[0].first, run[-1].last
    before = doc[first - 1] if first else None
    if before is not None and (
        (before.lower_.rstrip(".") in TITLES and before.text[:1].isupper()) or (before.lower_ in ROLE_NOUNS and before.pos_ == "NOUN")
    ):
        return True
    if last + 3 < len(doc) and doc[last + 1].text == "," and doc[last + 2].text.isdigit() and doc[last + 3].text == ",":
        return len(doc[last + 2].text) == 2
    if before is not None and len(run) > 1 and (
        (before.lemma_.lower() in SAY and before.tag_ in ("VBD", "VBZ", "VBN")) or before.lower_ in ("said", "says", "tweeted")
    ):  # fmt: skip
        return True
    if before is not None and before.text in _DASHES and last + 1 == len(doc) and first > 1 and doc[first - 2].text in _CLOSING:
        return True  # “…” — Ann Lee
    return acts(doc[last])


def _coupled(doc: "Doc", run: list[Part]) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield "Bill Clinton" of "Bill and Hillary Clinton"."""
    first = run[0].first
    if len(run) == 2 and first > 1 and doc[first - 1].lower_ in ("and", "&"):
        other = doc[first - 2].text
        if other.lower() in first_names() and run[0].text.lower() in first_names() and (first < 3 or not is_name_part(doc[first - 3].text)):
            yield (other, run[1].text), "PERSON", 1


def _left_over(doc: "Doc", start: int, end: int, inside: Sequence[Part]) -> bool:
    """Whether a span holds more than the parts of a name, titles, an article and a possessive mark."""
    held = {index for part in inside for index in range(part.first, part.last + 1)}
    return any(
        index not in held
        and doc[index].text not in ("'s", "’s", "'", "’")
        and doc[index].text not in _OPENING + _CLOSING
        and not (index < inside[0].first and (_is_title(doc[index].text) or doc[index].lower_ in ("the", "a")))
        and not doc[index].is_space
        and not (
            inside[0].first < index < inside[-1].last
            and (doc[index].text in PARTICLES or not doc[index].text.islower())
            and doc[index].text[:1] not in "'’"
        )
        for index in range(start, end)
    )


def names_organisation(name: Sequence[str]) -> bool:
    """Whether a word of a name makes it an organisation's; a first name does not ("Bill Nelson")."""
    return name[-1].lower() in _FIRMS or any(
        part.lower().rstrip(".") in ORGANISATION_WORDS and (index or part.lower() not in first_names()) for index, part in enumerate(name)
    )


def is_whole(name: Sequence[str]) -> bool:
    """Whether a name may be somebody's whole one: not "Abu Bakr" or "Al Sisi", no pair of plain words ("Economic Scene")."""
    first, last = name[0].lower(), name[-1].lower()
    if first in _ARABIC:
        return first in ("al", "el") and last in surnames() and len(name) < 4
    if len(name) > 1 and is_verb(last):
        return False
    return first in first_names() or not all(is_plain_word(part) for part in name)


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
