"""What a manuscript says, in the widgets' own values."""

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from quizzer.authoring import FieldProblem
from quizzer.core.kinds import Cloze, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import Verdict
from quizzer.study.rehearsing import Rehearsed, rehearse
from quizzer.tui.reading import MODE_WORDS, asked_of, outcome_of
from quizzer.tui.widgets.card_views import CardView, Face
from quizzer.tui.widgets.edit_form import FieldSpec, Note
from quizzer.tui.widgets.question_list import EntryLine
from quizzer.tui.widgets.text import Piece, one_line

if TYPE_CHECKING:
    from quizzer.authoring import Field
    from quizzer.core.kinds import Deck

KINDS: Mapping[type[Question], tuple[str, str]] = {  # of each kind: its word in the list, and what it is
    Plain: ("plain", "A question and its answer; with wrong options it can be chosen too"),
    Cloze: ("cloze", "A sentence with {{gaps}}, each of them a card"),
    Statement: ("t/f", "A statement that is true or false"),
    Order: ("order", "Things to be put in order"),
    Match: ("match", "Pairs to be matched"),
    List: ("list", "Several things to be named"),
}
KIND = "kind"  # the name of the field that says it
_PARTS = {"alt": "  in words", "credit": "  credit", "start": "  starts at"}
_WORST = {"error": 0, "warning": 1}
NO_CARD = "No card yet: there is no gap. Write what is to be asked in double braces: The {{cat}} sat."


def entry_lines(deck: "Deck", problems: "Sequence[FieldProblem]", changed: Container[str]) -> list[EntryLine]:
    """Return the deck, then its questions, as lines of the list."""
    worst: dict[str, str] = {}
    for one in problems:
        if one.severity in _WORST and _WORST[one.severity] <= _WORST.get(worst.get(one.question, "warning"), 1):
            worst[one.question] = one.severity
    lines = [EntryLine("", 0, "", deck.title or "(no title)", worst.get("", ""), "" in changed)]
    for number, question in enumerate(deck.questions, start=1):
        kind = KINDS[type(question)][0]
        lines.append(EntryLine(question.id, number, kind, question.text, worst.get(question.id, ""), question.id in changed))
    return lines


def head_of(name: str, deck: "Deck", problems: "Sequence[FieldProblem]", *, changed: bool, words: str) -> Content:
    """Return the line at the head: the file, whether something is not saved, how much is wrong, and the words looked for."""
    errors, warnings = (sum(one.severity == severity for one in problems) for severity in ("error", "warning"))
    parts: list[Piece] = [(one_line(name), "bold $primary")]
    parts += [("  • not saved", "$accent")] if changed else []
    parts += [(f"  ! {_counted(errors, 'error')}", "bold $verdict-wrong")] if errors else []
    parts += [(f"  ! {_counted(warnings, 'warning')}", "$verdict-near")] if warnings else []
    parts += [(f"  “{one_line(words)}”", "$accent")] if words else []
    return Content.assemble(*parts, ("  " + one_line(deck.title), "$quiet"))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing if number == 1 else thing + 's'}"


def fits(question: Question, words: str) -> bool:
    """Whether every one of the words stands in the question, its id or its tags."""
    texts = [question.id, question.text, *question.tags, KINDS[type(question)][0]]
    texts += [str(getattr(question, name)) for name in ("answer", "answers", "order", "match", "distractors") if hasattr(question, name)]
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())


def specs_of(fields: "Sequence[Field]", kind: str) -> list[FieldSpec]:
    """Return the fields of a form; of a question its ``kind`` first."""
    help_ = "What kind of question it is; what another kind has a place for is kept."
    first = [FieldSpec(KIND, "Kind", kind, help=help_, choices=[one.kind for one in KINDS], fixed=True)] if kind else []
    return [*first, *(FieldSpec(one.name, _label(one), one.text, one.many, one.long, one.help, one.choices, one.fixed) for one in fields)]


def _label(field: "Field") -> str:
    """Return what stands before a field; below the one that it tells more of, in short."""
    return _PARTS.get(field.name.rpartition(".")[2], field.label) if "." in field.name else field.label


def wanted_kind(question: Question | None, texts: Mapping[str, str]) -> "tuple[str, Sequence[FieldProblem]]":
    """Return the other kind that a form asks for, "" for none, and what is wrong where it is no kind at all."""
    kind = texts.get(KIND, "").strip()
    if question is None or kind.casefold() == question.kind:
        return "", ()
    if kind.casefold() in (one.kind for one in KINDS):
        return kind.casefold(), ()
    told = f"there is no kind {kind!r}. Write one of those below."
    return "", [FieldProblem(question=question.id, field=KIND, severity="error", code="", message=told)]


def notes_of(problems: "Sequence[FieldProblem]", at: str) -> dict[str, list[Note]]:
    """Return what was found in one entry, by field, the worst first."""
    found: dict[str, list[Note]] = {}
    for one in sorted((one for one in problems if one.question == at), key=lambda one: _WORST.get(one.severity, 2)):
        line = f"Line {one.item + 1}: " if one.item >= 0 else ""
        said = line + one.message[:1].upper() + one.message[1:]
        text = f"{said.removesuffix('.')}. {one.help}" if one.help else said
        found.setdefault(one.field, []).append(Note(one.severity, one.code, text))
    return found


def views_of(deck: "Deck", question: Question) -> list[CardView]:
    """Return the question as its learners will meet it."""
    cards = rehearse(deck, question)
    named = len(cards) > 1
    return [_view(card, f"gap {number}" if named else "") for number, card in enumerate(cards, start=1)]


def _view(card: Rehearsed, name: str) -> CardView:
    faces = [Face(MODE_WORDS[prompt.mode], when, asked_of(prompt)) for prompt, when in card.prompts]
    answer = outcome_of(card.reveal, card.answer)._replace(verdict=Verdict.RIGHT, show_key=True)
    image = card.card.image
    return CardView(name, faces, answer, image.told if image else "")
