"""A learner erased for good: no byte of theirs is left beside progress.db, and nobody else loses any."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from quizzer.core.errors import ProgressError
from quizzer.core.model import Mode
from quizzer.store import Place, Progress
from quizzer.store.backup import back_up, back_up_now, backups, dated, folder
from quizzer.store.erasing import erase, known, traces, whole
from quizzer.study.doctor import doctor

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = "Xanadu-my-secret-answer"


@pytest.fixture
def shared(path, review):
    """Ada and Ben share a file; two backups hold both, one holds Ada alone."""
    for number, learner in ((1, "ada-lovelace"), (2, "ben")):
        with closing(Progress.open(path, learner=learner)) as progress:
            for card in range(40):
                text = SECRET if learner == "ada-lovelace" else "Ben says"
                place = Place(card=f"d/{card}", mode=Mode.TYPE, shown_at=NOW)
                progress.record(*review(number * 1000 + card, f"d/{card}", response=text), scope="d", place=place)
        back_up_now(path, now=NOW + timedelta(days=number))
    back_up(path, reason="before-doctor")
    return path


def everything(path):
    return b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())


def history(path, learner):
    with closing(Progress.open(path, learner=learner)) as progress:
        return list(progress.entries()), progress.states("d"), progress.place("d")


def test_no_byte_of_an_erased_learner_is_left_and_the_others_are_as_they_were(shared):
    assert SECRET.encode() in everything(shared)
    ben = history(shared, "ben")
    stale = folder(shared) / "progress-at-2026-03-01T00-00-00Z.db.part99"
    stale.write_text(SECRET)
    done = erase(shared, "ada-lovelace")
    assert (done.reviews, done.cards, len(done.rewritten), len(done.removed)) == (40, 40, 2, 1)
    assert SECRET.encode() not in everything(shared)
    assert b"ada-lovelace" not in everything(shared)
    assert history(shared, "ben") == ben
    assert known(shared) == ["ben"]
    assert doctor(shared).healthy
    for copy in [*backups(shared), *dated(shared).values()]:
        assert doctor(copy).healthy
        assert history(copy, "ben")[0] == ben[0]
    assert len(backups(shared)) == len(dated(shared)) == 1


def test_what_will_be_done_is_told_without_doing_it(shared):
    before = everything(shared)
    found = traces(shared, "ben")
    assert (found.reviews, found.entries, found.cards, len(found.rewritten), len(found.removed)) == (40, 40, 40, 2, 0)
    assert everything(shared) == before


def test_a_learner_who_is_only_in_backups_can_be_erased_and_then_is_nobody(shared):
    copies = {copy: copy.read_bytes() for copy in [*backups(shared), *dated(shared).values()]}
    erase(shared, "ada-lovelace")
    for copy, content in copies.items():
        copy.write_bytes(content)
    erase(shared, "ada-lovelace")
    assert SECRET.encode() not in everything(shared)
    with pytest.raises(ProgressError, match=r"no learner 'ada-lovelace', only 'ben'\. Name"):
        erase(shared, "ada-lovelace")


def test_an_unreadable_backup_goes_since_it_may_hold_them(shared):
    wreck = backups(shared)[0]
    wreck.write_bytes(wreck.read_bytes()[: 4096 * 4])
    done = erase(shared, "ada-lovelace")
    assert str(wreck) in done.removed
    assert not wreck.exists()


def test_nothing_is_erased_while_another_has_the_file_open(shared):
    before = everything(shared)
    with closing(Progress.open(shared, learner="ben")), pytest.raises(ProgressError, match="another quizzer has it open"):
        erase(shared, "ada-lovelace")
    assert SECRET.encode() in before
    assert len(history(shared, "ada-lovelace")[0]) == 40
    assert len(dated(shared)) == 2


def test_the_last_learner_erased_leaves_an_empty_file_that_takes_answers(shared, review):
    erase(shared, "ada-lovelace")
    erase(shared, "ben")
    assert known(shared) == []
    assert not backups(shared)
    assert not dated(shared)
    with closing(Progress.open(shared, learner="cy")) as progress:
        progress.record(*review(1), scope="d", place=None)
    assert known(shared) == ["cy"]


def test_all_of_a_learner_is_handed_out_and_nothing_of_others(shared):
    found = whole(shared, "ada-lovelace")
    entries, states, place = history(shared, "ada-lovelace")
    assert list(found.entries) == entries
    assert found.states == states
    assert found.places == {"d": place}
    assert {entry.response for entry in found.entries} == {SECRET}
    with pytest.raises(ProgressError, match="no learner 'cy', only 'ada-lovelace', 'ben'"):
        whole(shared, "cy")
