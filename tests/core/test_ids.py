"""Ids of log rows."""

import random
import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.ids import Ids, deck_of, instant, milliseconds

instants = st.integers(0, 220_000_000_000_000_000).map(lambda n: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))


@given(st.lists(instants, min_size=2, max_size=30), st.integers())
def test_ids_ascend_whatever_the_clock_does(times: list[datetime], seed: int) -> None:
    ids = Ids(random.Random(seed).getrandbits)
    made = [ids.new(at) for at in times]
    assert made == sorted(set(made))


@given(instants, st.integers())
def test_an_id_is_a_uuid_of_version_7_that_begins_with_its_millisecond(at: datetime, seed: int) -> None:
    made = uuid.UUID(Ids(random.Random(seed).getrandbits).new(at))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == milliseconds(at)


def test_ids_follow_the_greatest_known_one_even_when_the_clock_is_behind_it() -> None:
    later = Ids(random.Random(1).getrandbits).new(datetime(2030, 1, 1, tzinfo=UTC))
    ids = Ids(random.Random(2).getrandbits)
    ids.follow(later)
    ids.follow("no id")
    assert ids.new(datetime(2026, 1, 1, tzinfo=UTC)) > later


def test_ids_stay_ascending_when_the_random_part_runs_over() -> None:
    def all_ones(bits: int) -> int:
        return (1 << bits) - 1

    at = datetime(2026, 1, 1, tzinfo=UTC)
    ids = Ids(all_ones)
    made = [ids.new(at) for _ in range(5)]
    assert made == sorted(set(made))


@given(instants)
def test_an_instant_comes_back_from_its_milliseconds(at: datetime) -> None:
    assert timedelta() <= at - instant(milliseconds(at)) < timedelta(milliseconds=1)


def test_the_deck_of_a_card_stands_before_the_first_slash() -> None:
    assert deck_of("deck/a/b#2") == "deck"
