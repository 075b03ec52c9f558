"""Erasing, handing out, merging and older files, where a learner has left more than answers: edits, merges, merges taken back."""

import json
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizzer.core.changes import Change, What
from quizzer.core.fsrs import filled
from quizzer.core.ids import Ids
from quizzer.core.model import Act, Entry, MemoryState, Mode, Rating, Verdict, Weights
from quizzer.store import Place, Progress, counting, journal, withdrawing
from quizzer.store.backup import back_up, back_up_now, backups, dated
from quizzer.store.erasing import erase, known
from quizzer.store.opening import SCHEMA
from quizzer.store.progress import Pending
from quizzer.store.restoring import difference, restore
from quizzer.study.doctor import doctor
from quizzer.study.keeping import Merger, exported, merge, remembering

from ..older import make_older

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = "Xanadu-my-secret"


def change(number: int, what: What = What.ACCEPT, **told: str) -> Change:
    return Change(id=Ids(random.Random(number).getrandbits).new(NOW + timedelta(seconds=number)), what=what, at=NOW, day=739_700, **told)


def edit(path: Path, learner: str, number: int, text: str) -> Change:
    made = change(number, deck="d", question="q", before="{id: q}", after=f"{{id: q, accept: [{text}]}}")
    with closing(Progress.open(path, learner=learner)) as progress:
        journal.add(progress, [made])
    return made


def answers(path: Path, review, learner: str, cards: range, text: str) -> None:
    with closing(Progress.open(path, learner=learner)) as progress:
        for number in cards:
            entry, state = review(number, f"d/{number}", response=text, days=number % 3)
            progress.record(entry, state, scope="d", place=None)


def merged(path: Path, other: Path, learner: str, number: int) -> Change:
    at = NOW + timedelta(days=30, seconds=number)
    merge(path, other, merger=Merger(learner=learner, at=at, day=at.toordinal(), dice=random.Random(number).getrandbits))
    with closing(Progress.open(path, learner=learner)) as progress:
        return journal.changes(progress, newest=10)[-1]


def take_out(path: Path, learner: str, merge: Change, number: int) -> Change:
    undo = change(40 * 86_400 + number, What.UNDO, voids=merge.id)
    with closing(Progress.open(path, learner=learner)) as progress:
        withdrawing.withdraw(progress, merge, [undo], remember=remembering)
    return undo


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as opened:
        return counting.wrong(opened) == [] and doctor(path).healthy


def rows(path: Path, learner: str) -> dict[str, list[tuple]]:
    """Every row of the learner's in every table that names learners, without the number of the learner."""
    with closing(sqlite3.connect(path)) as opened:
        found = {}
        for (table,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
            if "learner" in columns:
                kept = ", ".join(column for column in columns if column not in ("learner", "n"))
                of = "learner = (SELECT id FROM learners WHERE name = ?)" + (" AND reviews <> 0" if table == "tallies" else "")
                found[table] = sorted(opened.execute(f"SELECT {kept} FROM {table} WHERE {of}", (learner,)).fetchall(), key=repr)
        return found


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())


@pytest.fixture
def house(tmp_path, review):
    """Ada and Ben share a file, edit decks and merge another machine's file, of which one merge was taken back."""
    path, other, third = tmp_path / "here" / "progress.db", tmp_path / "there" / "progress.db", tmp_path / "third" / "progress.db"
    for folder in (path, other, third):
        folder.parent.mkdir()
    answers(path, review, "ada-lovelace", range(100, 110), SECRET)
    answers(path, review, "ben", range(200, 210), "Ben says")
    answers(other, review, "ada-lovelace", range(300, 310), f"{SECRET} elsewhere")
    answers(other, review, "ben", range(400, 410), "Ben elsewhere")
    answers(third, review, "ada-lovelace", range(500, 505), f"{SECRET} third")
    answers(third, review, "ben", range(600, 605), "Ben third")
    with closing(Progress.open(third, learner="ben")) as progress:
        progress.put_to_use(Weights(id="w" * 36, at=NOW, values=tuple(number * 1.2 for number in filled(()))), {})
    edit(path, "ada-lovelace", 1, SECRET)
    edit(path, "ben", 2, "Ben's own")
    merged(path, other, "ada-lovelace", 3)
    take_out(path, "ben", merged(path, third, "ben", 4), 5)
    pending = Pending(response=SECRET, turns=(Verdict.RIGHT.value,))
    with closing(Progress.open(path, learner="ada-lovelace")) as progress:
        place = Place(card="d/100", mode=Mode.TYPE, shown_at=NOW, pending=pending)
        progress.set_place("d", place)
    back_up_now(path, now=NOW + timedelta(days=60))
    return path


def test_of_who_merged_edited_and_took_back_nothing_is_left_and_the_others_keep_every_row(house):
    ben = rows(house, "ben")
    assert all(ben[table] for table in ("log", "memory", "journal", "brought", "withdrawn", "withdrawn_weights", "tallies"))
    assert all(rows(house, "ada-lovelace")[table] for table in ("log", "memory", "places", "journal", "brought", "withdrawn"))
    erase(house, "ada-lovelace")
    assert SECRET.encode() not in everything(house)
    assert b"ada-lovelace" not in everything(house)
    assert rows(house, "ben") == ben
    assert is_whole(house)
    copies = [*backups(house), *dated(house).values()]
    assert copies
    for copy in copies:
        assert "ada-lovelace" not in known(copy)
        assert is_whole(copy)


def test_what_the_other_merged_and_took_back_can_still_be_done_again(house):
    with closing(Progress.open(house, learner="ben")) as progress:
        merge_, undo = journal.changes(progress, newest=10)[-2:]
        before = len(list(progress.entries()))
    erase(house, "ada-lovelace")
    with closing(Progress.open(house, learner="ben")) as progress:
        redo = change(41 * 86_400, What.UNDO, voids=undo.id)
        withdrawing.bring_back(progress, merge_, [redo], remember=remembering)
        assert len(list(progress.entries())) == before + 5
        assert progress.weights() is not None
    assert is_whole(house)
    assert SECRET.encode() not in everything(house)


def test_who_merged_erased_leaves_others_with_what_the_merge_brought_them(house):
    before = rows(house, "ada-lovelace")
    erase(house, "ben")
    assert rows(house, "ada-lovelace") == before
    assert b"Ben " not in everything(house)
    with closing(Progress.open(house, learner="ada-lovelace")) as progress:
        merge_ = next(one for one in journal.changes(progress, newest=10) if one.what is What.MERGE)
    take_out(house, "ada-lovelace", merge_, 9)
    with closing(Progress.open(house, learner="ada-lovelace")) as progress:
        assert {entry.response for entry in progress.entries()} == {SECRET}
    assert is_whole(house)


@pytest.mark.parametrize("what", ["edit", "withdrawn", "place"])
def test_a_backup_in_which_another_has_no_answers_but_something_else_is_kept_for_them(tmp_path, review, what):
    path = tmp_path / "here" / "progress.db"
    path.parent.mkdir()
    answers(path, review, "ada-lovelace", range(5), SECRET)
    match what:
        case "edit":
            edit(path, "ben", 1, "Ben's own")
        case "withdrawn":
            other = tmp_path / "other.db"
            answers(other, review, "ben", range(10, 15), "Ben says")
            take_out(path, "ben", merged(path, other, "ben", 1), 2)
        case "place":
            with closing(Progress.open(path, learner="ben")) as progress:
                progress.set_place("d", Place(card="d/1", mode=Mode.TYPE, shown_at=NOW))
    back_up(path, reason="before-doctor")
    copy = backups(path)[-1]
    ben = rows(copy, "ben")
    done = erase(path, "ada-lovelace")
    assert str(copy) in done.rewritten
    assert rows(copy, "ben") == rows(path, "ben") == ben
    assert SECRET.encode() not in everything(path)


def test_all_of_a_learner_is_handed_out_their_edits_and_merges_too(house):
    text = "".join(exported(house, "ada-lovelace", now=NOW))
    told = json.loads(text)
    assert "Ben" not in text
    assert SECRET in json.dumps(told["journal"])
    assert SECRET in json.dumps(told["places"])
    assert len(told["log"]) == 20
    assert len(told["withdrawn"]) == 5
    assert len(told["brought"]) == 10 + 5
    assert told["withdrawn_weights"] == []
    ben = json.loads("".join(exported(house, "ben", now=NOW)))
    assert len(ben["withdrawn_weights"]) == 1
    assert SECRET not in json.dumps(ben)


def test_edits_merges_and_open_responses_of_the_other_machine_stay_its_own(house, tmp_path, review):
    path = tmp_path / "mine" / "progress.db"
    path.parent.mkdir()
    answers(path, review, "ada-lovelace", range(700, 702), "mine")
    theirs = {name: rows(house, name) for name in ("ada-lovelace", "ben")}
    mine = rows(path, "ada-lovelace")
    merge_ = merged(path, house, "ada-lovelace", 8)
    found = rows(path, "ada-lovelace")
    assert [row[0] for row in found["journal"]] == [merge_.id]
    assert found["places"] == mine["places"] == []
    assert found["withdrawn"] == rows(path, "ben")["withdrawn"] == []
    assert len(found["log"]) == 22
    assert rows(path, "ben")["journal"] == rows(path, "ben")["places"] == []
    assert rows(path, "ben")["log"] == theirs["ben"]["log"]
    assert {name: rows(house, name) for name in theirs} == theirs
    assert is_whole(path)
    take_out(path, "ada-lovelace", merge_, 9)
    assert rows(path, "ada-lovelace")["log"] == mine["log"]
    assert rows(path, "ada-lovelace")["memory"] == mine["memory"]
    assert rows(path, "ada-lovelace")["tallies"] == mine["tallies"]
    assert is_whole(path)


# Older files


def of_schema(path: Path, schema: int) -> None:
    for beside in ("-wal", "-shm"):
        assert not path.with_name(path.name + beside).exists()
    make_older(path, schema=schema)
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (schema,)


@pytest.fixture
def lived(tmp_path, review):
    """A file of two learners with reviews over days, undos, redos, suspensions and lapses."""
    path = tmp_path / "lived" / "progress.db"
    path.parent.mkdir()
    dice = random.Random(3)
    for learner in ("ada", "ben"):
        ids = Ids(dice.getrandbits)
        logs: dict[str, list[Entry]] = {}
        with closing(Progress.open(path, learner=learner)) as progress:
            for number in range(60):
                at = NOW + timedelta(hours=7 * number)
                card = f"d/{dice.randrange(5)}"
                own = logs.setdefault(card, [])
                state = remembering(own, ())
                act = dice.choice([Act.REVIEW, Act.REVIEW, Act.REVIEW, Act.SUSPEND, Act.FLAG, Act.UNDO])
                if act is Act.REVIEW:
                    made, _ = review(number, card, rating=dice.choice(list(Rating)), before=state)
                    entry = msgspec.structs.replace(made, id=ids.new(at), at=at, day=at.toordinal())
                elif act is Act.UNDO and own:
                    entry = Entry(id=ids.new(at), act=act, card=card, at=at, day=at.toordinal(), voids=dice.choice(own).id)
                else:
                    entry = Entry(id=ids.new(at), act=Act.FLAG if act is Act.UNDO else act, card=card, at=at, day=at.toordinal())
                own.append(entry)
                new = remembering(own, ())
                place = Place(card=card, mode=Mode.TYPE, shown_at=at)
                progress.record(entry, None if new == MemoryState() else new, scope="d", place=place)
    assert is_whole(path)
    return path


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_file_of_any_older_schema_comes_to_be_what_one_of_today_is(lived, schema):
    today = {name: rows(lived, name) for name in ("ada", "ben")}
    of_schema(lived, schema)
    with closing(Progress.open(lived, learner="ada")):
        pass
    assert {name: rows(lived, name) for name in ("ada", "ben")} == today
    assert is_whole(lived)
    assert len(backups(lived)) == 1
    with closing(sqlite3.connect(lived)) as opened, closing(sqlite3.connect(":memory:")) as fresh:
        from quizzer.store import opening

        fresh.isolation_level = None
        opening.migrate(fresh)
        schemas = [
            sorted((name, " ".join(sql.split())) for name, sql in one.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
            for one in (opened, fresh)
        ]
    assert schemas[0] == schemas[1]


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_backup_of_any_older_schema_is_put_back_as_a_file_of_today(lived, review, schema):
    today = {name: rows(lived, name) for name in ("ada", "ben")}
    copy = lived.with_name("old.db")
    shutil.copyfile(lived, copy)
    of_schema(copy, schema)
    kept = copy.read_bytes()
    answers(lived, review, "ada", range(900, 903), "since")
    change_ = difference(lived, copy)
    assert (change_.lost, change_.gained) == (3, 0)
    restore(lived, copy)
    assert {name: rows(lived, name) for name in ("ada", "ben")} == today
    assert is_whole(lived)
    assert copy.read_bytes() == kept
    answers(lived, review, "ada", range(910, 913), "after")
    assert is_whole(lived)


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_learner_is_erased_from_a_file_and_backups_of_any_older_schema(lived, schema):
    ben = rows(lived, "ben")
    back_up(lived, reason="before-doctor")
    for file in (backups(lived)[0], lived):
        of_schema(file, schema)
    erase(lived, "ada")
    assert known(lived) == ["ben"]
    assert rows(lived, "ben") == ben
    assert is_whole(lived)
    for copy in backups(lived):
        assert known(copy) == ["ben"]
