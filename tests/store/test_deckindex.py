"""The index of decks is only a cache: what it gives is what was kept, or nothing."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.store import DeckIndex, Reading
from quizzer.store.deckindex import COLUMNS

HOUR = 3600 * 1000


def reading(name: str = "x") -> Reading:
    return Reading(stamp=f"stamp {name}", settled=True, digest=name.encode(), head=f"head {name}".encode())


def texts(stem: str) -> tuple[str, ...]:
    return (stem, *("" for _ in COLUMNS[1:]))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[DeckIndex]:
    opened = DeckIndex.open(tmp_path / "i.db", made_by="me")
    yield opened
    opened.close()


def test_what_was_kept_is_there_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "deep" / "i.db"
    index = DeckIndex.open(path, made_by="me")
    number = index.keep("a.yaml", reading(), [(b"one", texts("first")), (b"two", texts("second"))], roll=b"roll", now=0)
    index.close()
    again = DeckIndex.open(path, made_by="me")
    assert again.readings() == {"a.yaml": Reading(stamp="stamp x", settled=True, digest=b"x", head=b"head x", number=number)}
    assert (again.roll(number), again.body(number, 1), again.bodies(number)) == (b"roll", b"two", [b"one", b"two"])
    assert list(again.search('"second"')) == [(number, 1)]
    again.close()


def test_another_quizzer_begins_anew(tmp_path: Path) -> None:
    index = DeckIndex.open(tmp_path / "i.db", made_by="me")
    index.keep("a.yaml", reading(), [], roll=b"", now=0)
    index.close()
    other = DeckIndex.open(tmp_path / "i.db", made_by="you")
    assert not other.lost
    assert other.readings() == {}
    other.close()


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30))
def test_numbers_ascend_with_the_paths_in_whatever_order_files_come_and_come_again(paths: list[str]) -> None:
    index = DeckIndex.open(None)
    for count, path in enumerate(paths):
        index.keep(path, reading(str(count)), [(path.encode(), texts("word"))], roll=b"", now=count)
    kept = index.readings()
    assert sorted(kept) == sorted(kept, key=lambda path: kept[path].number) == sorted(set(paths))
    assert [index.body(number, place) for number, place in index.search('"word"')] == [path.encode() for path in sorted(set(paths))]
    index.close()


def test_what_an_older_reading_gave_stays_for_two_days_and_is_not_searched(index: DeckIndex) -> None:
    first = index.keep("a", reading("1"), [(b"old", texts("old"))], roll=b"r1", now=0)
    second = index.keep("a", reading("2"), [(b"new", texts("new"))], roll=b"r2", now=HOUR)
    assert (index.body(first, 0), index.roll(first)) == (b"old", b"r1")
    assert list(index.search('"old"')) == []
    index.keep("b", reading("3"), [], roll=b"", now=60 * HOUR)
    assert index.body(first, 0) is None
    assert index.body(second, 0) == b"new"


def test_a_file_that_is_gone_is_not_searched(index: DeckIndex) -> None:
    index.keep("a", reading(), [(b"", texts("word"))], roll=b"", now=0)
    index.forget(["a"], now=0)
    assert index.readings() == {}
    assert list(index.search('"word"')) == []


def test_two_programs_write_to_one_index(tmp_path: Path) -> None:
    one, other = (DeckIndex.open(tmp_path / "i.db", made_by="me") for _ in range(2))
    one.keep("a", reading(), [(b"a", texts("word"))], roll=b"", now=0)
    other.keep("b", reading(), [(b"b", texts("word"))], roll=b"", now=0)
    assert one.readings().keys() == {"a", "b"}
    assert len(list(other.search('"word"'))) == 2
    one.close()
    other.close()


def test_one_that_is_locked_keeps_nothing_and_says_so(tmp_path: Path, index: DeckIndex) -> None:
    with sqlite3.connect(tmp_path / "i.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert index.keep("a", reading(), [], roll=b"", now=0) == 0
        assert index.readings() == {}
        other.execute("ROLLBACK")
    other.close()
    assert index.keep("a", reading(), [], roll=b"", now=0) > 0


@pytest.mark.parametrize(
    "content", [b"not a database at all " * 99, b"SQLite format 3\0" + bytes(4000), b"\0" * 8192], ids=["text", "head", "nothing"]
)
def test_a_file_of_something_else_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "i.db").write_bytes(content)
    index = DeckIndex.open(tmp_path / "i.db", made_by="me")
    assert index.keep("a", reading(), [], roll=b"", now=0) > 0
    index.close()


def test_a_folder_that_cannot_be_made_gives_an_index_that_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = DeckIndex.open(tmp_path / "file" / "i.db", made_by="me")
    assert index.lost
    assert index.keep("a", reading(), [(b"", texts("x"))], roll=b"", now=0) == 0
    assert (index.readings(), index.body(1, 0), index.bodies(1), index.roll(1), list(index.search('"x"'))) == ({}, None, [], None, [])
    index.settle("a", reading())
    index.forget(["a"], now=0)
    index.close()


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_index_gives_what_was_kept_or_nothing(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "i.db"
    index = DeckIndex.open(path, made_by="me")
    kept = {name: [f"{name} {place} ".encode() * 40 for place in range(30)] for name in "abc"}
    numbers = {
        name: index.keep(name, reading(name), [(body, texts(body.decode())) for body in bodies], roll=name.encode() * 500, now=0)
        for name, bodies in kept.items()
    }
    index.close()
    dice = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(dice.randint(1, 40)):
        data[dice.randrange(100 if seed % 4 else 0, len(data))] ^= 1 << dice.randrange(8)
    if seed % 5 == 0:
        del data[dice.randrange(len(data)) :]
    path.write_bytes(data)
    index = DeckIndex.open(path, made_by="me")
    for name, found in index.readings().items():
        assert found == Reading(
            stamp=f"stamp {name}", settled=True, digest=name.encode(), head=b"head " + name.encode(), number=numbers[name]
        )
    for name, number in numbers.items():
        assert index.roll(number) in (None, name.encode() * 500)
        assert index.body(number, 7) in (None, kept[name][7])
        assert all(body in kept[name] for body in index.bodies(number))
    list(index.search('"a"'))
    index.close()
