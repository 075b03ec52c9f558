"""A learner at work: the shelf of decks, and a session of prompts and answers.

Knows decks, progress, scheduling and grading; knows nothing of terminals, SQL, YAML or spaCy.
"""

from quizzer.study.prompts import Feedback, Prompt, Shown, Summary
from quizzer.study.session import Session
from quizzer.study.shelf import BrokenDeck, DeckRow, DueRow, Shelf, Today

__all__ = ["BrokenDeck", "DeckRow", "DueRow", "Feedback", "Prompt", "Session", "Shelf", "Shown", "Summary", "Today"]
