"""Wrong options are wrong, by the grader's own judgement, and the deck can be saved."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.grading import grade, infer_type
from quizzer.core.model import Answer, Part, Verdict
from quizzer.news import Generated
from quizzer.news.near_values import spread

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
        assert [str(problem) for problem in deckfile.check(path)] == []  # no advice either


@given(st.integers(50, 9000), st.lists(st.integers(1, 20_000), min_size=1, max_size=9, unique=True), st.integers(0, 9))
def test_amounts_stand_in_order_and_are_some_of_those_offered(key: int, offered: list[int], seed: int) -> None:
    texts = [f"{value:,} miles" for value in offered if value != key]
    chosen = spread(f"{key:,} miles", texts, 3, dice=random.Random(seed))
    numbers = [int(text.removesuffix(" miles").replace(",", "")) for text in chosen]
    assert numbers == sorted(set(numbers))
    assert set(chosen) <= set(texts)
    assert len(chosen) == min(3, len(texts))


def test_the_place_of_the_key_among_dates_tells_nothing() -> None:
    dates = [f"May {day}, 2016" for day in (2, 3, 4, 26, 27, 28)]
    less = [sum(int(text[4:-6]) < 15 for text in spread("May 15, 2016", dates, 3, dice=random.Random(seed))) for seed in range(40)]
    assert min(less.count(times) for times in range(4)) >= 4


def test_what_cannot_be_compared_is_left_as_it_comes() -> None:
    assert spread("seven", ["the moon", "two", "nine"], 2, dice=random.Random(1)) == ("the moon", "two")
