"""quizzer: articles in, memory out."""

__version__ = "0.1.0"
