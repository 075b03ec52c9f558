"""As which card the entries of each card count: the moves in their order say so, and nothing else."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.changes import Change, What
from quizzer.core.moving import homes

START = datetime(2026, 3, 2, tzinfo=UTC)
cards = st.sampled_from(["a/1", "a/2", "b/1", "b/2", "c/1"])
acts = st.lists(st.dictionaries(cards, cards, min_size=1, max_size=3) | st.integers(0, 5), max_size=9)


def move(number: int, pairs: dict[str, str]) -> Change:
    before, after = "\n".join(pairs), "\n".join(pairs.values())
    return Change(id=f"{number:036}", what=What.MOVE, at=START + timedelta(seconds=number), day=1, deck="d", before=before, after=after)


def undo(number: int, row: Change) -> Change:
    return Change(id=f"{number:036}", what=What.UNDO, at=START + timedelta(seconds=number), day=1, voids=row.id)


def journal(drawn: list[dict[str, str] | int]) -> list[Change]:
    """Moves, and undos of what stands so many rows before."""
    rows: list[Change] = []
    for number, one in enumerate(drawn):
        if isinstance(one, dict):
            rows.append(move(number, one))
        elif rows:
            rows.append(undo(number, rows[-1 - one % len(rows)]))
    return rows


@given(acts, st.randoms())
@settings(max_examples=40)
def test_the_order_in_which_rows_come_and_how_often_does_not_matter(drawn: list[dict[str, str] | int], dice: random.Random) -> None:
    rows = journal(drawn)
    again = [*rows, *rows]
    dice.shuffle(again)
    assert homes(again) == homes(rows)


@given(acts)
@settings(max_examples=40)
def test_where_something_counts_it_is_at_home(drawn: list[dict[str, str] | int]) -> None:
    found = homes(journal(drawn))
    assert not found.keys() & set(found.values())


@given(acts, st.dictionaries(cards, cards, min_size=1, max_size=3))
@settings(max_examples=40)
def test_a_move_that_is_taken_back_never_was_and_done_again_always_was(drawn: list[dict[str, str] | int], pairs: dict[str, str]) -> None:
    rows = journal(drawn)
    moved = move(100, pairs)
    back = undo(101, moved)
    assert homes([*rows, moved, back]) == homes(rows)
    assert homes([*rows, moved, back, undo(102, back)]) == homes([*rows, moved])


@given(acts, cards, cards)
@settings(max_examples=40)
def test_the_last_move_wins_and_takes_all_along(drawn: list[dict[str, str] | int], origin: str, card: str) -> None:
    rows = journal(drawn)
    before = homes(rows)
    after = homes([*rows, move(100, {origin: card})])
    assert after.get(origin, origin) == card
    assert after.get(card, card) == card
    if origin != card:
        for name, there in before.items():
            if there == origin:
                assert after.get(name, name) == card


def test_chains_moves_back_and_moves_of_two_machines() -> None:
    there, on = move(1, {"a/1": "b/1"}), move(2, {"b/1": "c/1"})
    assert homes([there, on]) == {"a/1": "c/1", "b/1": "c/1"}
    assert homes([there, move(2, {"b/1": "a/1"})]) == {"b/1": "a/1"}
    assert homes([there, move(2, {"a/1": "c/1"})]) == {"a/1": "c/1"}
    assert homes([there, move(2, {"a/1": "a/1"})]) == {}
