"""A learner at work: the shelf of decks, and a session of prompts and answers.

Knows decks, progress, scheduling and grading; knows nothing of terminals, SQL, YAML or spaCy.
"""

from quizzer.study.session import Feedback, Prompt, Session, Summary
from quizzer.study.shelf import BrokenDeck, DeckRow, Shelf, Today

__all__ = ["BrokenDeck", "DeckRow", "Feedback", "Prompt", "Session", "Shelf", "Summary", "Today"]
