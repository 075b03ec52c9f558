"""An author at work: what is proposed for a deck, the decisions on it, and the deck brought up to date.

Knows questions, deck files and the proposals of the generator as values; knows nothing of terminals, learners, spaCy or how a
proposal came about.
"""

from quizzer.authoring.casting import KINDS, blank, cast
from quizzer.authoring.faults import FieldProblem
from quizzer.authoring.fields import Field
from quizzer.authoring.forms import deck_filled, deck_form, deck_unfit, filled, form, short_form, unfit, wrong_with
from quizzer.authoring.manuscript import Manuscript
from quizzer.authoring.merging import merged
from quizzer.authoring.renewal import Renewal, renew
from quizzer.authoring.sifting import STALE, Counts, Decision, Entry, Sifting, Standing
from quizzer.authoring.sitting import Account, Sitting, Stale, discard, offer, refuse_waiting, write
from quizzer.authoring.waiting import Offer, place
from quizzer.authoring.walking import Walk
from quizzer.deckfile.threeway import Conflict

__all__ = [
    "Account",
    "Conflict",
    "Counts",
    "Decision",
    "Entry",
    "Field",
    "FieldProblem",
    "KINDS",
    "Manuscript",
    "Offer",
    "Renewal",
    "STALE",
    "Sifting",
    "Sitting",
    "Stale",
    "Standing",
    "Walk",
    "blank",
    "cast",
    "deck_filled",
    "deck_form",
    "deck_unfit",
    "discard",
    "filled",
    "form",
    "merged",
    "offer",
    "place",
    "refuse_waiting",
    "renew",
    "short_form",
    "unfit",
    "write",
    "wrong_with",
]
