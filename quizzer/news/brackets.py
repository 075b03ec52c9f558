"""Names inside a quotation told in full, as editors do: “Paul [Manafort] made certain …”, “[Alan Grayson] is …” for "he".

The words stay the speaker's; what is added stands in brackets, and ``excerpts.normal`` leaves it out again.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizzer.news.census import first_names
from quizzer.news.document import Block
from quizzer.news.facts import Scene
from quizzer.news.people import Person
from quizzer.news.quotes import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

_KNOWN = frozenset(("president", "pope", "king", "queen", "st.", "saint"))  # before a surname they tell enough


_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
FAR = 40  # paragraphs before a quotation in which is counted whom the article tells of
NEAR = 2  # paragraphs before a quotation in which whom "she" means was named


def meant(scene: Scene, block: Block, quote: Quote, speaker: Person) -> dict[int, str]:
    """Return whom "he" and "she" in a quotation mean, by token: the one such person near it, of whom the article tells most.

    Nobody where another of that gender is named near it, or told of more, or is named in the quotation.
    """
    pronouns = [token for token in block.doc if quote.start <= token.idx < quote.end and token.lower_ in _HE and token.tag_[:3] == "PRP"]
    found: dict[int, str] = {}
    for gender in dict.fromkeys(_HE[token.lower_] for token in pronouns):
        person = _one(scene, block, quote, gender, speaker)
        if person is not None:
            found |= {token.i: person.name for token in pronouns if _HE[token.lower_] == gender}
    return found


def _one(scene: Scene, block: Block, quote: Quote, gender: str, speaker: Person) -> Person | None:
    """Return the one person of a gender that a quotation may speak of."""
    told: Counter[str] = Counter()
    near: set[str] = set()
    people: dict[str, Person] = {}
    for other in scene.document.blocks[max(block.index - FAR, 0) : block.index + 1]:
        for index, mention in scene.entities.people.mentions(other).items():
            person = mention.person
            if index != mention.first or person.key == speaker.key or person.gender not in ("", gender):
                continue
            if other is block and quote.start <= other.doc[index].idx:
                if other.doc[index].idx < quote.end:
                    return None  # somebody is named in it
                continue
            people[person.key] = person
            told[person.key] += 1
            if other.index >= block.index - NEAR:
                near.add(person.key)
    known = [key for key in near if people[key].gender == gender]
    if len(known) != 1:
        return None
    (key,) = known  # somebody whom the article calls neither "he" nor "she" is hardly meant where another is told of more
    sure = people[key].full and told[key] > 1
    return people[key] if sure and all(told[key] > count for other, count in told.items() if other != key) else None


def told_in_full(scene: Scene, block: Block, start: int, end: int, words: str, *, meant: Mapping[int, str]) -> str:
    """Return ``words``, said between ``start`` and ``end`` of ``block``, with the rest of every half-told name in brackets.

    The first "he" or "she" of those ``meant`` gives way to the name. Empty where a first name stands alone that could be
    anybody's.
    """
    seen: set[int] = set()
    first = next((token for token in block.doc if start <= token.idx < end and token.i in meant), None)
    if first is not None and (named := _instead(first, meant[first.i], words)):
        words = named
    for token in block.doc:
        if not start <= token.idx < end or token.i not in block.quoted or token.i in seen:
            continue
        mention = scene.phrases.person_at(block, token.i)
        if mention is None:
            if _is_anybodys(block, token.i) and re.search(rf"\b{re.escape(token.text)}\b", words):
                return ""
            continue
        seen.update(range(mention.first, mention.last + 1))
        person, shown = mention.person, block.doc[mention.first : mention.last + 1].text
        before = block.doc[mention.first - 1].lower_ if mention.first else ""
        if not person.full or " " in shown or before in _KNOWN or person.name in words or "]" in words.partition(shown)[2][:2]:
            continue
        given = person.name.partition(f" {person.surname}")[0]
        if shown == person.surname:
            full = f"[{given}] {shown}"
        elif shown == person.name.split()[0]:
            full = f"{shown} [{person.surname}]"
        else:
            continue
        words = re.sub(rf"(?<![\w\]’'-])(?<!\] ){re.escape(shown)}\b(?!-| \[)", full, words, count=1)
    return words


def _instead(pronoun: "Token", name: str, words: str) -> str:
    """Return ``words`` with a name for their first such pronoun."""
    own = f"[{name}]’s" if pronoun.tag_ == "PRP$" else f"[{name}]"
    return re.sub(rf"\b{pronoun.text}\b", own, words, count=1)


def _is_anybodys(block: Block, index: int) -> bool:
    """Whether a first name stands alone and nobody of the article has it."""
    token = block.doc[index]
    around = [block.doc[at] for at in (index - 1, index + 1) if 0 <= at < len(block.doc)]
    return (
        token.ent_type_ == "PERSON"
        and token.pos_ == "PROPN"
        and token.lower_ in first_names()
        and not any(other.pos_ == "PROPN" or other.ent_type_ == "PERSON" for other in around)
    )
