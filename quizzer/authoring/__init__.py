"""An author at work: what is proposed for a deck, the decisions on it, and the deck brought up to date.

Knows questions, deck files and the proposals of the generator as values; knows nothing of terminals, learners, spaCy or how a
proposal came about.
"""

from quizzer.authoring.faults import FieldProblem
from quizzer.authoring.forms import Field, filled, form, wrong_with
from quizzer.authoring.manuscript import Conflict, Manuscript
from quizzer.authoring.merging import merged
from quizzer.authoring.renewal import Renewal, renew
from quizzer.authoring.sifting import STALE, Counts, Decision, Entry, Sifting, Standing
from quizzer.authoring.sitting import Account, Sitting, Stale, discard, offer, refuse_waiting, write
from quizzer.authoring.waiting import Offer, place
from quizzer.authoring.walking import Walk

__all__ = [
    "STALE",
    "Account",
    "Conflict",
    "Decision",
    "Counts",
    "Entry",
    "Field",
    "FieldProblem",
    "Manuscript",
    "Offer",
    "Renewal",
    "Sifting",
    "Sitting",
    "Stale",
    "Standing",
    "Walk",
    "discard",
    "filled",
    "form",
    "merged",
    "offer",
    "place",
    "refuse_waiting",
    "renew",
    "write",
    "wrong_with",
]
