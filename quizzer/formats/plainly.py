"""A question of any kind as one that asks for one text, for forms that know no other."""

from quizzer.core.kinds import GAP, Cloze, Plain, Question, Statement

TRUE_OR_FALSE = "True or false? "


def as_plain(question: Question) -> Plain:
    """Return the question with its key in one line; a plain one as it is."""
    if isinstance(question, Plain):
        return question
    stem, (card, *others) = question.text, list(question.deal("d"))
    key = card.answer.key
    if isinstance(question, Cloze):
        stem = GAP.sub("____", stem)
        key = ", ".join(one.answer.key for one in (card, *others))
    elif isinstance(question, Statement):
        stem = TRUE_OR_FALSE + stem
    shared = {name: getattr(question, name) for name in Plain.__struct_fields__ if name in question.__struct_fields__}
    shared |= {"question": stem, "answer": key}
    return Plain(**{name: value for name, value in shared.items() if name != "distractors"})


def as_asked(question: Plain) -> Question:
    """Return the statement that a question made by ``as_plain`` was; any other as it is."""
    stem, key = question.question, question.answer.lower()
    if not stem.startswith(TRUE_OR_FALSE) or key not in ("true", "false") or not stem[len(TRUE_OR_FALSE) :].strip():
        return question
    return Statement(id=question.id, statement=stem[len(TRUE_OR_FALSE) :], answer=key == "true")
