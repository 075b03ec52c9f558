"""Authors move, delete and break what they please, and a learner studies on: every answer counts for its question."""

import tempfile
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Plain
from quizzer.core.model import Rating
from quizzer.study.doctor import doctor

from .test_following import House


class Authors:
    """Three decks and four questions, each in one deck at the most; what was answered of each is counted.

    Their ids are words: a number alone is no id that progress follows.
    """

    IDS = ("ape", "bee", "cat", "dog")
    QUESTIONS = tuple(Plain(id=id_, question=f"What is {n}?", answer=f"answer {n}") for n, id_ in enumerate(IDS))

    def __init__(self, house: House) -> None:
        self.house = house
        self.at: dict[int, str] = dict.fromkeys(range(4), "a")
        self.broken: set[str] = set()
        self.answered = Counter[int]()
        self.write()

    def write(self) -> None:
        for deck in "abc":
            path = self.house.decks / f"{deck}.yaml"
            questions = [question for n, question in enumerate(self.QUESTIONS) if self.at.get(n) == deck]
            path.unlink(missing_ok=True)
            if deck in self.broken:
                path.write_text("title: [")
            elif questions:
                self.house.write(deck, *questions)

    def do(self, what: str, one: int, deck: str) -> None:
        if what == "move":
            self.at[one] = deck
        elif what == "delete":
            self.at.pop(one, None)
        elif what == "break":
            self.broken ^= {deck}
        elif what == "study" and any(deck not in self.broken for deck in self.at.values()):
            self.house.now += timedelta(days=40_000)
            with self.house.shelf() as shelf:
                shelf.follow()
                with closing(shelf.session()) as session:
                    while session.prompt:
                        self.answered[self.IDS.index(session.prompt.card.question)] += 1
                        self.house.now += timedelta(seconds=5)
                        session.check(None)
                        session.answer(Rating.EASY)
        self.write()
        self.house.follow()

    def check(self) -> None:
        assert sum(self.house.reviews().values()) == self.answered.total()
        if self.house.path.exists():
            assert doctor(self.house.path).healthy
        if not self.broken:
            for number, deck in self.at.items():
                state = self.house.states(deck).get(f"{deck}/{self.IDS[number]}")
                assert (state.reps if state else 0) == self.answered[number]


doings = st.lists(
    st.tuples(st.sampled_from(["move", "move", "delete", "break", "study", "study"]), st.integers(0, 3), st.sampled_from("abc")),
    max_size=14,
)


def check_authors(done: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        authors = Authors(House(Path(folder)))
        for act in done:
            authors.do(*act)
        authors.broken.clear()
        authors.do("", 0, "")
        authors.check()


@given(doings)
@settings(max_examples=5)
def test_whatever_authors_do_every_answer_counts_for_its_question_and_none_is_lost(done: list[tuple[str, int, str]]) -> None:
    check_authors(done)


@pytest.mark.soak
@given(doings)
@settings(max_examples=150)
def test_whatever_authors_do_every_answer_counts_for_its_question_at_length(done: list[tuple[str, int, str]]) -> None:
    check_authors(done)
