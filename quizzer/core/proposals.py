"""What the generator offers an author: questions that are in no deck until the author keeps them.

Pure values. The generator fills them; the author's sifting, its waiting file and its screen read them.
"""

import msgspec

from quizzer.core.kinds import Question
from quizzer.core.model import Evidence, Source


class Proposal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question offered, and what an author wants to know before keeping it.

    ``question.evidence`` carries the passages around its spans, always: who keeps it for a deck made to be shared leaves them
    out then (``without_passages``). ``sort`` is the sort of its fact in words ("who said", "when"). ``confidence`` is 0 to 1.
    ``why`` says in short lines how it came about: which rule, what was merged, what was accepted beside the key and why, where
    the options come from; the first line is the most telling. ``resolved`` are the spans that names, pronouns or roles were
    resolved from; each may carry its passage, and needs none where it lies in a passage of the evidence. ``alike`` are the ids
    of other proposals that may ask the same.
    """

    question: Question
    sort: str
    confidence: float
    why: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    resolved: tuple[Evidence, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was read for a deck: its file's name, its untouched text, and what the deck says of it."""

    name: str
    text: str
    source: Source


def without_passages(question: Question) -> Question:
    """Return the question with only the short spans as evidence."""
    short = tuple(msgspec.structs.replace(one, passage="", passage_start=None) for one in question.evidence)
    return msgspec.structs.replace(question, evidence=short)
