"""Fitted weights change what is known of a memory, and nothing that was promised."""

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from quizzer.core.errors import ProgressError
from quizzer.core.fitting import Decision
from quizzer.core.model import Act, Rating
from quizzer.store import Progress
from quizzer.study import agenda
from quizzer.study.coming import coming
from quizzer.study.doctor import doctor
from quizzer.study.fitting import fit, forget

FORGETFUL = (0.05, 0.2, 0.6, 2.0, 7.5, 0.6, 3.2, 0.02, 1.2, 0.25, 0.6, 1.5, 0.08, 0.3, 1.6, 0.5, 1.9, 0.6, 0.1, 0.1, 0.3)


@pytest.fixture(scope="module")
def hundred_days(tmp_path_factory, learner_log):
    """The file of a learner who forgets fast and studied for 100 days, and when they were over; made once, as that takes a while."""
    path = tmp_path_factory.mktemp("log") / "progress.db"
    log = learner_log(seed=1, cards=300, days=100, deck="d", memory=FORGETFUL)
    with closing(Progress.open(path, learner="me")) as progress:
        progress.record_all(log)
    return path, log[-1][0].at


@pytest.fixture
def learnt(open_desk, make_deck, hundred_days):
    """A desk whose learner, who forgets fast, studied for 100 days."""
    made, end = hundred_days
    with open_desk(make_deck("d", plain=300)) as desk:
        desk.progress.close()
        shutil.copyfile(made, desk.path)
        desk.progress = Progress.open(desk.path, learner="me")
        desk.clock.now = end
        desk.clock.pass_(days=1)
        yield desk


def fitted(desk, *, dry_run=False, progress=None):
    dice = random.Random(str(desk.clock())).getrandbits
    return fit(progress or desk.progress, retention=lambda deck: 0.9, clock=desk.clock, dice=dice, dry_run=dry_run)


def forgotten(desk):
    return forget(desk.progress, clock=desk.clock, dice=random.Random(3).getrandbits)


def promises(desk):
    return {card: (state.due_day, state.due_at, state.phase, state.reps, state.lapses) for card, state in desk.states().items()}


def test_a_fit_rebuilds_memory_and_moves_no_due_day(learnt):
    before, promised = learnt.states(), promises(learnt)
    report = fitted(learnt)
    assert (report.fit.decision, report.written, report.fitted_at, report.wanted) == (Decision.TAKEN, True, None, 0.9)
    assert agenda.weights(learnt.progress) == report.fit.weights
    assert learnt.states() == learnt.replayed() != before
    assert promises(learnt) == promised
    assert report.sooner > report.later
    assert doctor(learnt.path).problems == ()


def test_a_dry_run_says_the_same_and_writes_nothing(learnt):
    before = learnt.states()
    dry = fitted(learnt, dry_run=True)
    assert not dry.written
    assert (agenda.weights(learnt.progress), learnt.states()) == ((), before)
    assert fitted(learnt) == msgspec.structs.replace(dry, written=True)


def test_answers_and_undo_after_a_fit_keep_replay_and_state_equal(learnt):
    fitted(learnt)
    session = learnt.session()
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.HARD):
        learnt.answer(session, rating)
        assert learnt.states() == learnt.replayed()
    before = learnt.states()
    learnt.answer(session)
    session.undo()
    assert learnt.states() == learnt.replayed() == before
    session.suspend()
    assert learnt.states() == learnt.replayed()
    assert doctor(learnt.path).problems == ()


def test_an_answer_from_before_the_fit_can_be_taken_back_after_it(learnt):
    session = learnt.session()
    card = session.prompt.card.id
    learnt.answer(session)
    with closing(Progress.open(learnt.path, learner="me")) as terminal:
        assert fitted(learnt, progress=terminal).written
    session.undo()
    assert session.prompt.card.id == card
    assert learnt.states() == learnt.replayed()


def test_intervals_are_granted_by_the_fitted_weights(learnt):
    session = learnt.session()
    shown = session.check(None).intervals
    learnt.session()
    fitted(learnt)
    assert learnt.session().check(None).intervals != shown


def test_a_session_that_was_open_goes_on_with_the_weights_another_terminal_fitted(learnt):
    session = learnt.session()
    learnt.answer(session)
    with closing(Progress.open(learnt.path, learner="me")) as terminal:
        assert fitted(learnt, progress=terminal).written
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.GOOD):
        learnt.answer(session, rating)
    assert learnt.states() == learnt.replayed()
    assert doctor(learnt.path).problems == ()


def test_answers_given_while_a_fit_is_made_are_part_of_it(learnt):
    """The clock is asked between reading the log and writing the weights: that is when the other terminal answers."""
    with closing(Progress.open(learnt.path, learner="me")) as terminal:
        session = learnt.session(progress=terminal)
        answers = iter([Rating.GOOD])

        def clock():
            if rating := next(answers, None):
                learnt.answer(session, rating)
            return learnt.clock()

        report = fit(learnt.progress, retention=lambda deck: 0.9, clock=clock, dice=random.Random(1).getrandbits)
    assert report.written
    assert learnt.states() == learnt.replayed()


def test_a_file_that_others_never_stop_writing_to_is_told_and_left(learnt):
    with closing(Progress.open(learnt.path, learner="me")) as terminal:
        session = learnt.session(progress=terminal)

        def clock():
            learnt.answer(session)
            return learnt.clock()

        with pytest.raises(ProgressError, match="keeps writing"):
            fit(learnt.progress, retention=lambda deck: 0.9, clock=clock, dice=random.Random(1).getrandbits)
    assert agenda.weights(learnt.progress) == ()
    assert learnt.states() == learnt.replayed()


def test_a_fit_that_is_killed_leaves_the_weights_and_the_memory_of_before_or_those_of_after(learnt):
    program = Path(__file__).with_name("fit_in_a_loop.py")
    dice = random.Random(4)
    for _ in range(5):
        running = subprocess.Popen([sys.executable, str(program), str(learnt.path)], stdout=subprocess.PIPE)
        running.stdout.readline()  # it has begun
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(dice.random() * 0.8)
        running.kill()
        running.communicate()
        assert learnt.states() == learnt.replayed()
    assert doctor(learnt.path).problems == ()
    assert len(learnt.progress._connection.execute("SELECT id FROM weights").fetchall()) >= 5


def test_a_second_fit_waits_for_reviews_it_can_be_judged_by(learnt):
    first = fitted(learnt)
    learnt.clock.pass_(minutes=1)
    second = fitted(learnt)
    assert (second.fit.decision, second.fit.unseen, second.written) == (Decision.TOO_SOON, 0, False)
    assert second.fitted_at is not None
    assert agenda.weights(learnt.progress) == first.fit.weights


def test_fsrs_own_weights_can_be_had_back_and_a_fit_after_that_is_the_same(learnt):
    before = learnt.states()
    assert not forgotten(learnt)
    report = fitted(learnt)
    learnt.clock.pass_(hours=-3)  # a clock put back does not bring older weights to the top
    assert forgotten(learnt)
    assert (agenda.weights(learnt.progress), learnt.states()) == ((), before)
    assert doctor(learnt.path).problems == ()
    assert fitted(learnt).fit == report.fit


def test_who_has_hardly_begun_is_told_and_nothing_changes(desk):
    session = desk.session()
    desk.answer(session)
    report = fitted(desk)
    assert (report.fit.decision, report.written, report.sooner, report.later, report.same) == (Decision.TOO_FEW, False, 0, 0, 0)
    assert desk.states() == desk.replayed()


def test_the_doctor_names_weights_that_cannot_be_read_and_rebuilds_memory_by_those_that_can(learnt):
    before = learnt.states()
    fitted(learnt)
    with closing(sqlite3.connect(learnt.path)) as other, other:
        other.execute("UPDATE weights SET numbers = '[1, 2, 3]'")
    found = doctor(learnt.path)
    assert "weights" in found.problems[0]
    assert "passed over" in found.problems[0]
    assert sum("'d/" in line for line in found.problems) > 200
    doctor(learnt.path, fix=True)
    assert learnt.states() == learnt.replayed() == before


def test_the_doctor_makes_a_lost_learner_of_weights_anew(learnt):
    fitted(learnt)
    with closing(sqlite3.connect(learnt.path)) as other, other:
        other.execute(
            "INSERT INTO weights SELECT replace(id, substr(id, 1, 8), '00000000'), 99, at, numbers, 0, 0, NULL, NULL FROM weights"
        )
    assert not doctor(learnt.path).healthy
    assert doctor(learnt.path, fix=True).healthy
    assert "learner 99" in learnt.progress.learners()


def test_the_coming_workload_is_of_the_cards_the_deck_has_and_none_that_is_suspended(learnt):
    session = learnt.session()
    session.suspend()
    card = learnt.decks[0].cards
    now = learnt.clock()
    found = coming(learnt.progress, learnt.decks, settings=learnt.settings, now=now, day=now.date().toordinal(), days=14, retention=0.8)
    assert found.cards == len(card) - 1
    assert found.fresh == len(card) - 300
    assert found.asked == 0.9
    assert found.other is not None
    assert found.now.met == found.cards
    assert len(found.now.days) == len(found.other.days) == 14
    assert found.now.days[0].reviews == found.other.days[0].reviews  # what is due today was promised
    assert sum(day.reviews for day in found.other.days) < sum(day.reviews for day in found.now.days)


def test_looking_ahead_writes_nothing(learnt):
    newest = [entry.id for entry in learnt.progress.entries()]
    now = learnt.clock()
    for _ in range(2):
        coming(learnt.progress, learnt.decks, settings=learnt.settings, now=now, day=now.date().toordinal(), days=5)
    assert [entry.id for entry in learnt.progress.entries()] == newest
    assert all(entry.act is Act.REVIEW for entry in learnt.progress.entries())
