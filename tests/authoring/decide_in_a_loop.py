"""Decides on proposals, one after the other, and says each decision once it is made: to be killed at any moment."""

import itertools
import random
import sys
from pathlib import Path

from quizzer.authoring import Decision, Sitting, offer
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal

PROPOSALS = tuple(
    Proposal(
        question=Plain(
            id=f"q{number}",
            question=f"What is {number} and one?",
            answer=str(number + 1),
            evidence=(Evidence(source="sums", quote=f"sum {number}", start=number, passage=f"The sum {number} is told. " * 20),),
        ),
        sort="how many",
        confidence=0.9,
    )
    for number in range(60)
)


def begin(path: Path) -> None:
    deck = Deck(id="sums", title="Sums", sources=(Source(id="sums"),))
    Sitting.begin(path, offer(path, deck, PROPOSALS, []))


def decide(path: Path, seed: int) -> None:
    sitting = Sitting.reopen(path)
    dice = random.Random(seed)
    print("ready", flush=True)
    for number in itertools.count():
        name = f"q{dice.randrange(60)}"
        does = dice.choice(["keep", "drop", "open", "undo", "redo", "edit"])
        if does == "edit":
            question = Plain(id=name, question=f"Sum {seed} {number}?", answer="1")
            act = Decision(does="edit", ids=(name,), question=question)
        else:
            act = Decision(does=does, ids=() if does in ("undo", "redo") else (name,))
        sitting.decide(act)
        print(state(sitting), flush=True)


def state(sitting: Sitting) -> str:
    """What a sitting says of every question, in one line."""
    entries = [sitting.sifting.entry(name) for name in sitting.sifting.ids]
    return "|".join(f"{entry.standing}:{entry.question.text}" for entry in entries)


if __name__ == "__main__":
    decide(Path(sys.argv[1]), int(sys.argv[2]))
