"""Which poll an article reports: the one pollster it names, as a question tells it ("an AP-GfK poll reported in May 2016").

Guarantees: the pollster is named by the article, and it is the only one named near the amount, or in the whole article.
"""

import re
from typing import TYPE_CHECKING

from quizzer.news.facts import Frame, Scene
from quizzer.news.times import spoken_month
from quizzer.news.words import MONTHS, STATES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from quizzer.news.clauses import Clause
    from quizzer.news.document import Block

NEAR = 3  # paragraphs back within which one of several pollsters is the one meant
_NAME = r"[A-Z][\w&.’-]*(?:/[A-Z][\w&.’-]*)*"
_RUN = re.compile(rf"(?:{_NAME})(?: (?:of |and |for )?{_NAME})*$")
_NO_POLLSTER = word_set("exit the a an this that recent another last latest one according first republican democratic gallup’s") | {
    *WEEKDAYS,
    *MONTHS,
}
_PEOPLE = word_set(
    "voter democrat republican independent respondent american adult student woman man people conservative liberal supporter resident "
    "parent briton citizen latino hispanic evangelical millennial worker caucusgoer insider person"
)
_OPINION = word_set(
    "view consider believe think support oppose favor favour approve disapprove prefer back see trust name choose call regard say accept"
)
_TOLD = re.compile(r"\b(?:polls?|surveys?)\b", re.IGNORECASE)


def is_opinion(clause: "Clause", words: str) -> bool:
    """Return whether a share is one of people who think something, which only a poll can tell; ``words`` are the statement's."""
    people = any(token.lower_.rstrip("s") in _PEOPLE or token.lemma_.lower() in _PEOPLE for token in clause.sentence if token.text in words)
    return people and (
        clause.verb.lemma_ in _OPINION
        or re.search(r"\b(?:view|opinion|honest|favorable|likely|support from|backing from|unfavorable)\b", words) is not None
    )


def told(frame: Frame) -> bool:
    """Return whether a statement names its poll, or who tells of it."""
    return bool(_TOLD.search(" ".join((frame.subject, *frame.rest, frame.opening, frame.reported, frame.claimed_by))))


def poll_near(scene: Scene, block: "Block") -> str:
    """Return "in an AP-GfK poll reported in May 2016" for a share in ``block``; empty where the poll or the article's day is not plain."""
    date = scene.document.date
    if date is None:
        return ""
    found: list[tuple[int, str]] = []
    at = 0
    for index, one in enumerate(scene.document.blocks):
        if one is block:
            at = index
        if "poll" in one.text or "survey" in one.text:
            found += [(index, name) for name in _pollsters(one)]
    own = _full({name for _, name in found})
    if len(own) > 1:
        own = _full({name for index, name in found if at - NEAR <= index <= at})
    if len(own) != 1:
        return ""
    name = own[0]
    spelled = name.split("/")[0].split("-")[0].split()[0].isupper()
    article = "an" if name[0] in ("AEFHILMNORSX" if spelled else "AEIO") else "a"
    return f"in {article} {name} reported in {spoken_month(date)}"


def _full(names: set[str]) -> list[str]:
    """Return the pollsters' names, those left out that only shorten another ("the Harris survey")."""
    return [name for name in names if not any(name.rpartition(" ")[0] in other and name != other for other in names)]


def _pollsters(block: "Block") -> list[str]:
    found = []
    for match in re.finditer(r"\b(poll|survey)\b", block.text):
        before = re.sub(r" (?:online|national|statewide|tracking|public|new|telephone|robocall)$", "", block.text[: match.start()].rstrip())
        run = _RUN.search(before)
        if run is None:
            continue
        words = run[0].split()
        while words and (words[0].lower().rstrip(".") in _NO_POLLSTER or words[0].lower().endswith(("’s", "'s"))):
            words = words[1:]
        if words and len(words[0]) > 1 and " ".join(words) not in STATES:
            found.append(f"{' '.join(words)} {match[1]}")
    return found
