"""Answers cards until it is killed, as fast as it can, and says so: ``PATH ROUND [on]``.

With ``on`` it does not end when nothing is left for now: it goes hours ahead, to when cards are due again.
Prints ``shows CARD MODE`` at the start, then for every act that was acknowledged ``ENTRY-ID CARD MODE``: its entry, and what is shown next.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizzer.core.kinds import Cloze, Deck, Plain
from quizzer.core.model import Rating
from quizzer.settings import Settings, StudySettings
from quizzer.store import MovedError, Progress
from quizzer.study import Session
from quizzer.study.agenda import Dealt

DECK = Deck(
    id="d",
    title="D",
    questions=(
        *(Plain(id=f"p{n}", question=f"What is {n}?", answer=f"answer {n}", distractors=("no", "nor this")) for n in range(300)),
        *(Cloze(id=f"c{n}", cloze="The {{Rhine}} flows through {{Cologne}}.") for n in range(100)),
    ),
)


class Clock:
    """Right, but for being some hours ahead."""

    def __init__(self, *, hours: float) -> None:
        self.ahead = timedelta(hours=hours)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def open_session(path: Path, number: int, *, clock: Clock | None = None) -> tuple[Session, Progress]:
    progress = Progress.open(path, learner="me")

    session = Session(
        progress=progress,
        decks=[Dealt(DECK)],
        settings=Settings(zone="UTC", study=StudySettings(new_per_day=10_000, reviews_per_day=10_000)),
        clock=clock or Clock(hours=7 * number),  # rounds are hours apart, so that days pass, cards fall due and steps run out
        dice=random.SystemRandom().getrandbits,
        scope="d",
    )
    return session, progress


def shown(session: Session) -> str:
    prompt = session.prompt
    return f"{prompt.card.id} {prompt.mode}" if prompt else "nothing -"


def main(path: str, number: str, on: str = "") -> None:
    clock = Clock(hours=7 * int(number))
    session, _ = open_session(Path(path), int(number), clock=clock)
    dice = random.Random(number)
    print("shows", shown(session), flush=True)
    while session.prompt or on:
        if session.prompt is None:
            clock.ahead += timedelta(hours=7)
            continue
        try:
            if dice.random() < 0.1 and session.can_undo:
                session.undo()
                continue
            session.check("Rhine")
            session.answer(dice.choices(list(Rating), [2, 1, 5, 3])[0])
        except MovedError:  # nothing was written: another process was quicker, more than once
            continue
        print(session._doings.to_undo[-1].id, shown(session), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
