"""Wrong options are wrong, by the grader's own judgement, and the deck can be saved."""

from pathlib import Path

from quizzer import deckfile
from quizzer.core.grading import grade, infer_type
from quizzer.core.model import Answer, Part, Verdict
from quizzer.news import Generated

from .conftest import plain_questions


def is_right(text: str, key: str, accept: tuple[str, ...], sort: object) -> bool:
    part = Part(key, accept, sort or infer_type(key))  # type: ignore[arg-type]
    return grade(text, Answer((part,))).verdict is Verdict.RIGHT


def test_the_grader_calls_no_distractor_right(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in plain_questions(made):
            for place, text in enumerate(question.distractors):
                assert not is_right(text, question.answer, question.accept, question.type), (question.question, text)
                assert not any(is_right(text, other, (), question.type) for other in question.distractors[:place])


def test_every_deck_made_passes_the_check(decks: dict[str, Generated], tmp_path: Path) -> None:
    for name, made in decks.items():
        path = tmp_path / f"{name}.yaml"
        deckfile.save(made.deck, path)
        assert [str(problem) for problem in deckfile.check(path) if problem.severity == "error"] == []
