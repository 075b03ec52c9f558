"""What is wrong with a deck as it is being edited, each thing with the field of the form it stands at."""

import msgspec


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that ``quizzer check`` would tell, and where a form shows it.

    ``question`` is an id, "" for the deck itself; ``field`` the name of a field of its form (``evidence.0.quote``), "" for all of it;
    ``item`` the line of a field that holds one thing a line, from 0, or -1. ``severity`` is "error" or "warning"; ``message`` says what
    is wrong, ``help`` what to do ("" where the message is one sentence).
    """

    question: str
    field: str
    severity: str
    code: str
    message: str
    help: str = ""
    item: int = -1
