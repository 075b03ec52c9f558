"""One learner's history, drawn by dice, as a workspace of quizzer and as a collection of Anki: same cards, reviews, intervals and dues.

Nine of ten cards were learnt; each was reviewed when it was due, by quizzer's scheduler with intervals of 60 days at the most, and
is due again between yesterday and 60 days from today. Both programs read the clock, so the history ends today; the rest is the same
whenever it is made.
"""

import hashlib
import os
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from quizzer.core.ids import Ids, instant, milliseconds
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Act, Card, Entry, Interval, MemoryState, Mode, Phase, Rating, Verdict
from quizzer.core.scheduling import Schedule, outcomes
from quizzer.store import Progress

A_DECK = 1000  # questions in each
PARENT = "quiz"  # the deck of Anki that holds all others, as the session over all decks does
SCHEDULE = Schedule(maximum_days=60)
BEGAN = datetime(2020, 1, 1, 9, tzinfo=UTC)  # of a history before it is moved to where it ends today
_RATINGS = ((Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY), (10, 10, 65, 15))
_TYPES = {Phase.NEW: 0, Phase.LEARNING: 0, Phase.REVIEW: 1, Phase.RELEARNING: 2}  # of Anki's revlog


class Review(msgspec.Struct, frozen=True, order=True, gc=False):
    """One review, and what came before and after it."""

    at: int
    card: int
    number: int
    day: int
    rating: int
    granted: Interval
    last: Interval
    before: Phase
    phase: Phase
    step: int
    difficulty: float
    is_last: bool


class History:
    """The cards, each with its last state (None: new), and the reviews in the order they were given."""

    def __init__(self, *, cards: int, reviews: int, today: int) -> None:
        self.decks = list(_decks(cards))
        self.cards: list[Card] = [card for deck in self.decks for card in deck.cards()]
        self.states: list[MemoryState | None] = [None] * cards
        self.reviews: list[Review] = []
        learnt = [number for number in range(cards) if number % 10]
        for place, number in enumerate(learnt):
            share = reviews // len(learnt) + (place < reviews % len(learnt))
            if share:
                self._learn(number, share, today)
        self.reviews.sort()

    def _learn(self, number: int, reviews: int, today: int) -> None:
        dice, card, state = random.Random(number), self.cards[number], MemoryState(fingerprint=self.cards[number].fingerprint)
        at, granted, made = BEGAN + timedelta(milliseconds=100 * number), Interval(), []
        for count in range(reviews):
            rating = Rating.EASY if count == reviews - 1 else dice.choices(*_RATINGS)[0]
            day = at.date().toordinal()
            outcome = outcomes(card.id, state, at=at, day=day, schedule=SCHEDULE)[rating]
            made.append((at, day, rating, outcome, granted, state.phase))
            state, granted = outcome.state, outcome.granted
            at = at + timedelta(days=granted.days) if granted.days else (state.due_at or at) + timedelta(seconds=20)
        due, last = state.due_day or 0, state.last_day or 0
        moved = today - 1 + dice.randrange(due - last + 1) - due
        for count, (at, day, rating, outcome, before, phase) in enumerate(made):
            after = outcome.state
            when = milliseconds(at + timedelta(days=moved))
            is_last = count == reviews - 1
            self.reviews.append(
                Review(
                    when,
                    number,
                    count,
                    day + moved,
                    rating,
                    outcome.granted,
                    before,
                    phase,
                    after.phase,
                    after.step,
                    after.difficulty,
                    is_last,
                )
            )
        self.states[number] = msgspec.structs.replace(
            state, due_day=due + moved, last_day=last + moved, last_at=made[-1][0] + timedelta(days=moved)
        )


def _decks(cards: int) -> Iterator[Deck]:
    dice = random.Random(1)
    syllables = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "ar", "en", "or")]
    words = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(5000)]
    for first in range(0, cards, A_DECK):
        name = f"deck{first // A_DECK}"
        questions = []
        for number in range(first, min(cards, first + A_DECK)):
            stem = f"Which {' '.join(dice.choices(words, k=8))} was it that {' '.join(dice.choices(words, k=4))} number {number}?"
            answer, *wrong = (" ".join(dice.choices(words, k=2)) for _ in range(4))
            questions.append(Plain(id=f"q{number}", question=stem, answer=answer, distractors=tuple(wrong)))
        yield Deck(id=name, title=f"Deck {first // A_DECK}", questions=tuple(questions))


def write_quizzer(folder: Path, history: History) -> None:
    """Write the deck files and ``progress.db``."""
    (folder / "decks").mkdir(parents=True)
    for deck in history.decks:
        lines = ["format: 1", f"id: {deck.id}", f"title: {deck.title}", "questions:"]
        for question in deck.questions:
            assert isinstance(question, Plain)
            lines += [f"  - id: {question.id}", f"    question: {question.question}", f"    answer: {question.answer}"]
            lines += [f"    distractors: [{', '.join(str(one) for one in question.distractors)}]"]
        (folder / "decks" / f"{deck.id}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ids = Ids(random.Random(2).getrandbits)

    def acts() -> Iterator[tuple[Entry, MemoryState | None]]:
        for review in history.reviews:
            card, at = history.cards[review.card], instant(review.at)
            entry = Entry(
                id=ids.new(at),
                act=Act.REVIEW,
                card=card.id,
                at=at,
                day=review.day,
                mode=Mode.TYPE,
                response="an answer",
                verdict=Verdict.RIGHT if review.rating > 1 else Verdict.WRONG,
                rating=Rating(review.rating),
                duration_ms=_duration(review),
                granted=review.granted,
                before=review.before,
                phase=review.phase,
                step=review.step,
                fingerprint=card.fingerprint,
            )
            yield entry, history.states[review.card] if review.is_last else None

    progress = Progress.open(folder / "progress.db", learner="me")
    progress.record_all(acts())
    progress.checkpoint()
    progress.close()


def write_anki(path: Path, history: History, *, today: int, new_per_day: int, reviews_per_day: int) -> str:
    """Write the collection, and return what Anki's own check of the database says of it."""
    from anki.collection import Collection

    collection = Collection(str(path))
    collection.set_config("fsrs", True)
    collection.set_config("newCardsIgnoreReviewLimit", True)  # as quizzer's do
    config = collection.decks.get_config(1)
    config["new"]["perDay"], config["rev"]["perDay"] = new_per_day, reviews_per_day
    collection.decks.update_config(config)
    whole = collection.decks.add_config("all of them", clone_from=config)
    whole["new"]["perDay"] = whole["rev"]["perDay"] = 9999  # the most it takes
    collection.decks.update_config(whole)
    parent = collection.decks.get(collection.decks.id(PARENT))
    parent["conf"] = whole["id"]
    collection.decks.save(parent)
    decks = [collection.decks.id(f"{PARENT}::{deck.id}") for deck in history.decks]
    kind = collection.models.by_name("Basic")["id"]
    began = collection.crt // 86400 * 86400 + 4 * 3600 - 4000 * 86400  # day 0 is 4,000 days ago
    collection.close()
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("BEGIN")
        connection.execute("UPDATE col SET crt = ?", (began,))
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, '', ?, ?, ?, 0, '')", _notes(history, kind, began))
        connection.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)", _cards(history, decks, began, today - 4000)
        )
        connection.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", _revlog(history))
        connection.execute("COMMIT")
    connection.close()
    collection = Collection(str(path))
    said = collection.fix_integrity()[0]
    collection.close()
    return str(said)


def _notes(history: History, kind: int, began: int) -> Iterator[tuple[object, ...]]:
    for number, card in enumerate(history.cards):
        sum_ = int(hashlib.sha1(card.stem.encode(), usedforsecurity=False).hexdigest()[:8], 16)
        fields = f"{card.stem}\x1f{card.answer.key}<br>{', '.join(card.distractors)}"
        yield number + 1, f"guid{number}", kind, began, fields, card.stem, sum_


def _cards(history: History, decks: list[int], began: int, day0: int) -> Iterator[tuple[object, ...]]:
    for number, state in enumerate(history.states):
        at = (number + 1, number + 1, decks[number // A_DECK], began)
        if state is None:
            yield *at, 0, 0, number, 0, 0, 0, 0, "{}"
        else:
            due, last = state.due_day or 0, state.last_day or 0
            seconds = milliseconds(state.last_at) // 1000 if state.last_at else 0
            data = {"pos": number, "s": round(state.stability, 4), "d": round(state.difficulty, 3), "dr": 0.9, "decay": 0.154}
            told = msgspec.json.encode({**data, "lrt": seconds}).decode()
            yield *at, 2, 2, due - day0, due - last, 2500, state.reps, state.lapses, told


def _revlog(history: History) -> Iterator[tuple[object, ...]]:
    id_ = 0
    for review in history.reviews:
        id_ = max(review.at, id_ + 1)  # Anki's id is the instant, and no two have one
        factor = round(1000 * ((review.difficulty - 1) / 9 + 0.1))
        ivl, last = _as_anki(review.granted), _as_anki(review.last)
        yield id_, review.card + 1, review.rating, ivl, last, factor, _duration(review), _TYPES[review.before]


def _as_anki(interval: Interval) -> int:
    return interval.days or -interval.seconds


def _duration(review: Review) -> int:
    return 2000 + (review.card * 7919 + review.number * 104729) % 8000


def settle(folder: Path) -> None:
    """Let the disk take up all that was written, so that nobody's times pay for it."""
    for path in [folder, *folder.rglob("*")]:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
