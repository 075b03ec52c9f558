"""Statements in the present, and in the present perfect, told from later: "X owns Y" in an article of June 2016 is "X owned Y
in June 2016", "X has reserved Y" is "had reserved Y by June 2016".

Only with the article's day; only states that an article reports ("owns", "leads"), no habits, laws of nature or opinions.
"""

import re
from typing import TYPE_CHECKING

import msgspec

from quizzer.news.clauses import FUTURE, PRESENT
from quizzer.news.facts import Frame, Scene
from quizzer.news.facts.telling import is_placed
from quizzer.news.inflection import past
from quizzer.news.times import spoken_month
from quizzer.news.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizzer.news.clauses import Clause

_STATES = word_set(
    "own lead run head chair represent serve hold employ operate live teach work host edit direct oversee manage command govern sit "
    "belong consist cover publish sponsor fund star contain comprise total cost measure weigh trail control rank produce "
    "require ban prohibit forbid regulate earn pay charge specialize preside occupy border encompass account supply offer maintain "
    "accuse criticize attack denounce condemn blame defend praise oppose back reject dismiss support urge mock blast sue seek"
)
# What is under way, as against what is near ("is leaving") or only meant ("is trying").
_NO_COURSE = word_set(
    "go come plan hope wait expect look try seek consider leave arrive meet travel head visit return speak start begin win lose face get "
    "have be become make take do think say want ask call aim prepare intend talk hop gain continue feel open close "
    "spend"
)
# What is done by appointment: an article that says it will be done tells a plan, no guess.
_DUE = word_set(
    "speak address deliver meet hold host visit travel attend appear campaign receive launch begin open close release publish introduce "
    "unveil announce vote testify join resign retire replace succeed pay cut build sign send air debut headline rally headquarter lead "
    "moderate debate appeal sue file present chair oversee donate offer sell buy debate feature star"
)
_GUESSED = word_set("probably likely surely certainly maybe perhaps always undoubtedly never inevitably soon ever")
_MEANT = word_set("plan intend aim vow pledge promise propose threaten")  # to do something
_THOUGHT = word_set("expect think believe say suppose consider know see require allow need ask mean set schedule slate plan intend base")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b|[’']\d0s\b")
_HAVE = {"has": "had", "have": "had", "'s": "had", "’s": "had", "'ve": "had", "’ve": "had"}


def told_clauses(scene: Scene) -> "Iterator[Clause]":
    """Yield the statements that may be asked about, those in the present too where the article gives its day."""
    for clause in scene.clauses:
        dated = scene.document.date is not None
        if not clause.trouble or (dated and (is_due(clause) or (clause.trouble == PRESENT and _is_state(clause)))):
            yield clause


def is_due(clause: "Clause") -> bool:
    """Whether an article says that something will be done, as it is planned, not as somebody foretells it: "X will speak in Y"."""
    verb = clause.verb
    if clause.trouble != FUTURE or clause.claimed_by is not None or verb.lemma_ not in _DUE:
        return False
    if any(child.lower_ in _GUESSED for child in verb.children if child.dep_ == "advmod"):
        return False
    return not any(
        child.dep_ == "advcl" and any(mark.lower_ in ("if", "unless", "should", "were") for mark in child.children)
        for child in verb.children
    )


def _is_state(clause: "Clause") -> bool:
    verb = clause.verb
    if clause.auxiliaries:
        if verb.tag_ == "VBG" and [token.lower_ for token in clause.auxiliaries] in (["is"], ["are"]):
            when = any(part.role in ("time", "lost") for part in clause.parts)  # "is proposing a tax on Monday" is to come
            return verb.lemma_ not in _NO_COURSE and not when and any(part.role == "object" for part in clause.parts)
        return (
            clause.passive
            and verb.tag_ == "VBN"
            and verb.lemma_ not in _THOUGHT
            and [token.lower_ for token in clause.auxiliaries] in (["is"], ["are"])
        )
    if clause.copula:
        return verb.tag_ in ("VBZ", "VBP")
    if verb.lemma_ in _MEANT and any(part.role == "chain" for part in clause.parts):
        return verb.tag_ in ("VBZ", "VBP")
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in _STATES


def is_plan(clause: "Clause") -> bool:
    """Whether a statement in the present looks ahead, or tells what is thought: "is going to", "is expected to"."""
    verb = clause.verb
    if verb.lemma_ in (
        "go",
        "want",
        "plan",
        "hope",
        "need",
        "expect",
        "intend",
        "aim",
        "promise",
        "vow",
        "say",
        "believe",
        "think",
        "argue",
    ):
        return True
    return verb.tag_ == "VBG" or (clause.passive and verb.lemma_ in _THOUGHT)


def grounded(scene: Scene, clause: "Clause", frame: Frame) -> tuple[Frame, str]:
    """Return the frame as told from later, and the ISO day as of which it holds (empty for what is past for good)."""
    date = scene.document.date
    words = [token.lower_ for token in clause.auxiliaries]
    if date is None:
        return frame, ""
    month = spoken_month(date)
    plural = frame.subject_plural
    if clause.trouble == FUTURE:
        frame = msgspec.structs.replace(frame, auxiliaries=("were" if plural else "was", "to", *frame.auxiliaries[1:]))
        return msgspec.structs.replace(frame, told=month), ""
    if clause.trouble == PRESENT:
        if words:
            frame = msgspec.structs.replace(frame, auxiliaries=("were" if plural else "was",))
        else:
            particle = frame.verb.partition(" ")[2]
            verb = past(clause.verb.lemma_, plural=plural)
            frame = msgspec.structs.replace(frame, verb=f"{verb} {particle}".strip(), tag="VBD")
        return _in(frame, f"in {month}", clause), date.isoformat()
    if words and words[0] in _HAVE and words[0] not in ("'s", "’s"):
        if clause.day() is None:
            frame = msgspec.structs.replace(frame, auxiliaries=("had", *frame.auxiliaries[1:]))
            return _in(frame, f"by {month}", clause), ""
        if len(words) == 1:
            particle = frame.verb.partition(" ")[2]
            verb = past(clause.verb.lemma_, plural=plural)
            return msgspec.structs.replace(frame, auxiliaries=(), verb=f"{verb} {particle}".strip(), tag="VBD"), ""
        if words[1:] == ["been"]:
            return msgspec.structs.replace(frame, auxiliaries=("were" if plural else "was",)), ""
    return frame, ""


def reported(scene: Scene, clause: "Clause", frame: Frame) -> Frame:
    """Return the frame of what an article reports without a time of its own as reported in the article's month.

    What an article tells of another year, or of a matter with a year of its own, stays as it is.
    """
    date = scene.document.date
    if date is None or clause.trouble or clause.day() is not None or clause.claimed_by is not None:
        return frame
    if {token.lower_ for token in clause.auxiliaries} & {"has", "have", "had", "'s", "’s"} or frame.opening:
        return frame
    if is_placed(clause):
        return frame
    if _YEAR.search(" ".join((frame.subject, *frame.rest))) or scene.phrases.years_around(clause.block) - {date.year}:
        return frame
    return msgspec.structs.replace(frame, told=spoken_month(date), weight=frame.weight + 1)


def _in(frame: Frame, time: str, clause: "Clause") -> Frame:
    if clause.day() is not None:
        return frame
    return msgspec.structs.replace(frame, rest=(*frame.rest, time), weight=frame.weight + 3)
