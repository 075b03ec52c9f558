"""A learner at work: the shelf of decks, and a session of prompts and answers.

Knows decks, progress, scheduling and grading; knows nothing of terminals, SQL, YAML or spaCy.
"""

from quizzer.study.catalogue import Catalogue, LookedAt
from quizzer.study.cramming import Cram
from quizzer.study.figures import BrokenDeck, Due, DueRow, Figures
from quizzer.study.marked import MarkedCard
from quizzer.study.past import CardPast
from quizzer.study.preparing import DeckTest
from quizzer.study.prompts import Feedback, Prompt, Shown, Summary
from quizzer.study.rewrites import Rewrite
from quizzer.study.searching import FoundCard
from quizzer.study.session import Session
from quizzer.study.shelf import DeckRow, Shelf, SuspendedCard, Today

AnySession = Session | Cram

__all__ = [
    "AnySession",
    "BrokenDeck",
    "CardPast",
    "Catalogue",
    "Cram",
    "DeckRow",
    "DeckTest",
    "Due",
    "DueRow",
    "Feedback",
    "Figures",
    "FoundCard",
    "LookedAt",
    "MarkedCard",
    "Prompt",
    "Rewrite",
    "Session",
    "Shelf",
    "Shown",
    "Summary",
    "SuspendedCard",
    "Today",
]
