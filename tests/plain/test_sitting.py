"""What the learner writes, and what it leaves in the log."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ProgressError
from quizzer.core.model import Act, Confidence, Mode, Rating, Verdict
from quizzer.plain.commands import COMMANDS, SIGNS
from quizzer.plain.responses import labels
from quizzer.study import Session
from quizzer.study.matching import LETTERS

from .conftest import HARBOUR, Workspace, told

TWO = """\
title: Two
questions:
  - {id: a, question: Capital of Peru?, answer: Lima, mode: type}
  - {id: b, question: Capital of Chile?, answer: Santiago, mode: type}
"""

# The same answers, by lines or by calls

TEXTS = st.one_of(
    st.sampled_from(["Oskjuhlid", "Rhine", "Elbe", "1883", "Belgium, Holland", ":a", "/x", "::", "", "July 1969", "שלום", "数字"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=20),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer"] * 6 + ["undo", "redo", "bury", "suspend", "flag", "hint", "overrule"]),
        st.integers(0, 11),
        TEXTS,
        st.sampled_from(Confidence),
        st.sampled_from([None, *Rating]),
    ),
    max_size=10,
)


def response_of(session: Session, number: int, text: str) -> tuple[str, str | int | None]:
    """A response to the card on show: as a line, and as a session takes it."""
    prompt = session.prompt
    options = prompt.options
    match prompt.mode:
        case Mode.CHOOSE:
            at = number % len(options)
            line = "tf"[at] if "True" in options else options[at] if number % 2 else labels(options)[at]
            return line, at
        case Mode.ORDER:
            numbers = [str((place + number) % len(options) + 1) for place in range(len(options))]
            return ("" if number % 2 else " ").join(numbers), " ".join(numbers)
        case Mode.MATCH:
            letters = [LETTERS[(place + number) % len(options)] for place in range(len(prompt.card.pairs))]
            pairs = " ".join(f"{place}{letter}" for place, letter in enumerate(letters, start=1))
            return ("".join(letters) if number % 2 else pairs), pairs
        case Mode.REVEAL:
            return "", None
        case _:
            bare = text.strip()
            return (bare[:1] if bare.startswith(SIGNS) else "") + bare or ":show", bare


def by_calls(workspace: Workspace, steps: list[Any]) -> list[bytes]:
    """Take the steps through a session itself; return the lines that mean the same."""
    shelf, lines = workspace.shelf(), []
    session = shelf.session()

    def line(text: str) -> None:
        lines.append(text.encode())
        workspace.clock.pass_(seconds=4)

    for act, number, text, sure, rating in steps:
        prompt = session.prompt
        if prompt is None:
            break
        if act not in ("answer", "overrule"):
            line(f":{act}")
            getattr(session, act)()
            continue
        written, value = response_of(session, number, text)
        line(written)
        how_sure = sure if prompt.confidence and prompt.mode is not Mode.REVEAL and value not in (None, "") else None
        if how_sure:
            line(str(list(Confidence).index(sure) + 1))
        feedback = session.check(value, sure=how_sure)
        if feedback.again:
            line("" if number % 2 else "Rhine")
            feedback = session.check(feedback.response if number % 2 else "Rhine", sure=how_sure)
        if feedback.then:
            line(str(number % len(feedback.then) + 1))
            feedback = session.check(number % len(feedback.then), sure=how_sure)
        if act == "overrule" and feedback.verdict:
            line(":overrule")
            feedback = session.overrule(Verdict.WRONG if feedback.verdict is Verdict.RIGHT else Verdict.RIGHT)
        line(str(int(rating)) if rating else "")
        session.answer(rating or feedback.suggested)
    session.close()
    shelf.close()
    return lines


def hold_both_ways(steps: list[Any], *, confidence: bool) -> None:
    logs = []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        lines: list[bytes] = []
        for folder in (one, other):
            workspace = Workspace(Path(folder), confidence=confidence)
            workspace.add("harbour.yaml", HARBOUR)
            if folder is one:
                lines = by_calls(workspace, steps)
            else:
                workspace.hold(*lines)
            logs.append(told(workspace.log()))
    assert logs[0] == logs[1]


@given(STEPS, st.booleans())
@settings(max_examples=8, deadline=None)
def test_the_same_answers_leave_the_same_log_by_lines_as_by_calls(steps, confidence):
    hold_both_ways(steps, confidence=confidence)


@pytest.mark.soak
@given(st.lists(STEPS, max_size=8), st.booleans())
@settings(max_examples=300, deadline=None)
def test_the_same_answers_leave_the_same_log_at_length(steps, confidence):
    hold_both_ways([step for some in steps for step in some], confidence=confidence)


LINE = st.one_of(
    st.sampled_from(["", "1", "2", "3", "4", "t", "f", "a", "1 2 3", "1a 2b 3c", "Rhine", "1ſ", "²", "９"]),
    st.builds(
        lambda sign, name, rest: f"{sign}{name} {rest}".encode(),
        st.sampled_from(SIGNS),
        st.sampled_from([word for command in COMMANDS for word in (command.name, command.short, command.name[:2])]),
        st.sampled_from(["", "", "type", "off", "on", "auto", "nonsense"]),
    ).filter(lambda line: not b":leave q".startswith(line[:2])),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.binary(max_size=30),
    st.sampled_from([b"x" * 10_000, "\u202e\u0001\x1b[2J".encode(), b"1" * 70_000]),
)


def hold_whatever(lines: list[Any], *, alive: bool, cram: bool, confidence: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), confidence=confidence, learning_steps=(60, 3600))
        workspace.add("harbour.yaml", HARBOUR)
        said = workspace.hold(*lines, alive=alive, cram=cram)
        assert workspace.code == 0
        assert all(char == "\n" or char.isprintable() or ord(char) > 0x9F for char in said)
        assert "\x1b" not in said
        if (Path(folder) / "progress.db").exists():
            assert workspace.is_whole()
            assert not (cram and workspace.log())


@given(st.lists(LINE, max_size=25), st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_nothing_breaks_and_the_log_stays_whole(lines, alive, cram, confidence):
    hold_whatever(lines, alive=alive, cram=cram, confidence=confidence)


@pytest.mark.soak
@given(st.lists(LINE, max_size=120), st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_at_length_nothing_breaks(lines, alive, cram, confidence):
    hold_whatever(lines, alive=alive, cram=cram, confidence=confidence)


# Commands


def test_an_answer_not_rated_yet_is_taken_back_without_a_trace(workspace: Workspace) -> None:
    workspace.hold("1905", ":undo", "1917", "")
    (review,) = workspace.log()
    assert (review.response, review.rating) == ("1917", Rating.GOOD)


def test_a_rated_answer_is_taken_back_and_given_again(workspace: Workspace) -> None:
    said = workspace.hold("1905", "", ":undo", "1917", "", ":undo", ":redo", ":leave")
    assert "Taken back: answered Again: In which year was the old harbour finished?" in said
    assert "Done again: answered" in said
    assert [(entry.response, entry.rating) for entry in workspace.reviews()] == [("1917", Rating.GOOD)]


def test_who_sits_at_a_terminal_can_take_back_the_very_last_answer(make_workspace) -> None:
    workspace = make_workspace("title: One\nquestions:\n  - {id: a, question: Capital of Peru?, answer: Lima, mode: type}\n")
    said = workspace.hold("Lima", "4", ":undo", "Cusco", "4", "", alive=True)
    assert said.count("Nothing is left for now.") == 2
    assert [entry.response for entry in workspace.reviews()] == ["Cusco"]


def test_burying_suspending_and_flagging_are_in_the_log(workspace: Workspace) -> None:
    said = workspace.hold(":flag", ":bury", ":suspend", ":skip", ":undo", ":leave")
    assert [entry.act for entry in workspace.log()] == [Act.FLAG, Act.BURY, Act.SUSPEND, Act.BURY, Act.UNDO]
    assert "Flagged: `quizzer flagged` lists it." in said
    assert said.count(":undo takes that back") == 3


def test_a_hint_makes_a_right_answer_hard_and_giving_up_is_wrong(workspace: Workspace) -> None:
    workspace.hold(":hint", "1917", "", ":show", "")
    assert [(entry.response, entry.verdict, entry.rating) for entry in workspace.reviews()] == [
        ("1917", Verdict.RIGHT, Rating.HARD),
        ("", Verdict.WRONG, Rating.AGAIN),
    ]


def test_hints_end_and_are_for_before_the_answer(workspace: Workspace) -> None:
    said = workspace.hold(":hint", ":h", ":h", ":again", "1917", ":h", "3", ":hint", ":leave")
    assert said.count("Hint 2 of 2: Before 1920.") == 2  # when it was asked for, and with the question again
    for line in ("No hint is left.", "Hints are for before the answer.", "This card has no hint."):
        assert line in said


def test_the_mode_is_changed_for_the_cards_to_come(workspace: Workspace) -> None:
    said = workspace.hold(":mode", ":mode reveal", "", "1", ":mode nonsense", ":mode match", ":mode auto", ":leave")
    assert "It can be asked in the modes choose, type, type-then-choose, reveal." in said
    assert "There is no mode nonsense." in said
    assert "This card cannot be." in said
    assert [entry.mode for entry in workspace.reviews()] == [Mode.REVEAL]


def test_history_keeps_responses_to_itself_until_the_card_is_answered(workspace: Workspace) -> None:
    workspace.hold("1905", "", ":leave")
    workspace.clock.pass_(minutes=30)
    said = workspace.hold(":history", "1917", ":history", ":leave", decks=("harbour",))
    before, after = said.split("Right.")
    assert "2026-03-02 09:00: Again, wrong, next in 1 minute" in before
    assert "1905" not in before.split("Your choice", 1)[1]
    assert "What you answered is told once the card is answered." in before
    assert "Again, wrong, you answered 1905, next in 1 minute" in after


def test_passages_can_be_left_out_but_not_of_an_error_one_was_sure_of(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, confidence=True)
    workspace.add("harbour.yaml", HARBOUR)
    said = workspace.hold(":evidence", ":evidence off", "1905", "1", ":evidence", ":undo", "1905", "3", ":leave")
    assert "The passages are told once the card is answered." in said
    guessed, sure = said.split("Your answer is taken back.")
    assert guessed.index("1 passage: :evidence tells what stands there.") < guessed.index("[finished in 1917]")
    assert "[finished in 1917]" in sure


def test_what_looks_like_a_command_and_is_none_is_never_an_answer(make_workspace) -> None:
    workspace = make_workspace("title: T\nquestions:\n  - {id: a, question: Which path?, answer: /etc, mode: type}\n")
    said = workspace.hold("/etc", ":s!", ":", "//etc", "4")
    assert "There is no command /etc." in said
    assert [(entry.response, entry.verdict) for entry in workspace.reviews()] == [("/etc", Verdict.RIGHT)]


def test_statistics_and_the_summary_are_told_on_the_way(workspace: Workspace) -> None:
    said = workspace.hold("1917", "", ":summary", ":stats", ":leave")
    assert "1 review in 4 seconds, 1 recalled, 1 new card met." in said
    assert "All decks: 11 cards, 10 new, 1 learning." in said


def test_no_command_asks_for_a_card_that_is_not_there(make_workspace) -> None:
    workspace = make_workspace(TWO, learning_steps=(60, 3600))
    commands = [f":{command.name}" for command in COMMANDS if command.name not in ("undo", "leave")]
    said = workspace.hold("Lima", "", "Santiago", "", *commands, "", alive=True, patient=False)
    assert said.count("No card is on show.") == 7
    assert len(workspace.reviews()) == 2


def test_a_near_answer_is_asked_for_once_more_and_nothing_of_the_key_is_told(workspace: Workspace) -> None:
    said = workspace.hold("1917", "", "Oskjuhlid", "", "July 1969", "July 20, 1969", "", ":leave")
    near = said.split("Your answer: July 1969\n")[1].split("Your answer once more")[0]
    assert near.startswith("Near: ")
    assert "20" not in near
    assert (workspace.reviews()[-1].response, workspace.reviews()[-1].rating) == ("July 20, 1969", Rating.GOOD)


@pytest.mark.parametrize("line", ["", ":show", "July 1969"])
def test_a_near_answer_may_be_left_near(workspace: Workspace, line: str) -> None:
    workspace.hold("1917", "", "Oskjuhlid", "", "July 1969", line, "", ":leave")
    assert (workspace.reviews()[-1].response, workspace.reviews()[-1].rating) == ("July 1969", Rating.HARD)


def test_an_overruled_verdict_is_taken_back_done_again_and_kept_for_another_day(workspace: Workspace) -> None:
    said = workspace.hold("1905", ":o", ":u", ":r", ":leave")
    assert [line for line in said.split("\n") if "It counts as" in line] == [
        "It counts as right now.",
        "It counts as wrong now.",
        "It counts as right now.",
    ]
    assert "Right: your own verdict." in workspace.hold("").split("Question 2")[0]
    assert [(entry.verdict, entry.rating) for entry in workspace.reviews()] == [(Verdict.RIGHT, Rating.GOOD)]


def test_the_deck_accepts_what_was_overruled_to_be_right(make_workspace) -> None:
    workspace = make_workspace("title: One\nquestions:\n  - {id: a, question: Capital of Peru?, answer: Lima, mode: type}\n")
    said = workspace.hold("Ciudad de los Reyes", ":accept", ":o", ":accept", "3")
    assert "There is nothing to accept" in said
    assert "Added to the deck" in said
    assert "Ciudad de los Reyes" in (workspace.folder / "decks" / "deck.yaml").read_text("utf-8")


# The session's own turns


def test_what_is_being_learnt_is_waited_for_at_a_terminal(make_workspace) -> None:
    workspace = make_workspace(TWO, learning_steps=(60, 3600))
    said = workspace.hold("Lima", "", "Santiago", "", "Lima", "", "Santiago", "", "", alive=True)
    assert "Nothing to ask for 40 minutes: then comes back what you are learning." in said
    assert workspace.waited
    assert len(workspace.reviews()) == 4


def test_a_pipe_never_waits_it_ends_with_the_summary(make_workspace) -> None:
    workspace = make_workspace(TWO, learning_steps=(60, 3600))
    said = workspace.hold("Lima", "", "Santiago", "", "never read")
    assert workspace.waited == []
    assert "2 reviews in 8 seconds, 2 recalled, 2 new cards met." in said
    assert "never read" not in said
    assert "Your place is kept." not in said


def test_nothing_due_is_said(make_workspace) -> None:
    workspace = make_workspace(TWO, new_per_day=0)
    assert workspace.hold() == "\nNothing is due now.\n"


@pytest.mark.parametrize(("line", "act"), [("1", Act.KEEP), ("2", Act.RESET), ("", None), ("yes", None)])
def test_a_changed_answer_is_asked_about_first(make_workspace, line: str, act: Act | None) -> None:
    workspace = make_workspace(TWO)
    workspace.hold("Lima", "4", ":leave")
    workspace.add("deck.yaml", TWO.replace("Lima", "Cusco"))
    said = workspace.hold(line, "Santiago", "4")
    assert "The answer of a card has changed.\nCapital of Peru?\nIt is now: Cusco\n" in said
    assert [entry.act for entry in workspace.log()][1:2] == ([act] if act else [])
    assert workspace.is_whole()


def test_a_leech_is_spoken_of_and_its_passage_told(make_workspace) -> None:
    workspace = make_workspace(HARBOUR.split("  - {id: hill")[0], leech_threshold=1)
    workspace.hold("1917", "4")
    workspace.clock.pass_(days=30)
    said = workspace.hold("1917", "1", ":leave")
    assert "Forgotten once: In which year was the old harbour finished?" in said
    workspace.clock.pass_(days=1)
    said = workspace.hold(":evidence off", "1917", ":leave")
    assert "Forgotten once: read the passage." in said
    assert "[finished in 1917]" in said


def test_the_plan_of_a_test_is_told_at_the_start(make_workspace) -> None:
    from datetime import date

    workspace = make_workspace(TWO, test_date=date(2026, 3, 12))
    assert "Two: test on 12 March: 10 days left, 1 new a day, expected 0 % as of now.\n" in workspace.hold(":leave")


def test_a_deck_that_cannot_be_studied_is_told_of_and_the_others_are_studied(workspace: Workspace) -> None:
    workspace.add("broken.yaml", "title: [")
    said = workspace.hold("1917", "")
    assert said.split("\n")[2].startswith(str(workspace.folder / "decks" / "broken.yaml:1:9"))
    assert len(workspace.reviews()) == 1
    assert "broken.yaml" not in workspace.hold(decks=("harbour",))


def test_the_place_is_kept_when_the_lines_come_to_an_end(workspace: Workspace) -> None:
    assert workspace.hold("1917", "").endswith("Your place is kept.\n")
    assert "From which hill" in workspace.hold().split("Question 2")[0]


def test_interrupting_tells_the_summary_and_leaves_with_130(workspace: Workspace) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    said = workspace.hold("1917", "", interrupt)
    assert "1 review" in said
    assert said.endswith("Your place is kept.\n")
    assert workspace.code == 130
    assert len(workspace.reviews()) == 1


def lock(workspace: Workspace) -> sqlite3.Connection:
    workspace.opened._progress._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(workspace.folder / "progress.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_trouble_with_the_file_is_told_in_one_line_and_can_be_tried_again(workspace: Workspace) -> None:
    held: list[sqlite3.Connection] = []
    said = workspace.hold("1917", lambda: held.append(lock(workspace)), "", lambda: held.pop().close(), "", alive=True)
    assert said.count("Trouble: ") == 1
    assert "another program" in said
    assert [entry.response for entry in workspace.reviews()] == ["1917"]
    assert workspace.code == 0


def test_trouble_ends_a_pipe_before_a_line_is_taken_for_what_it_is_not(workspace: Workspace) -> None:
    held: list[sqlite3.Connection] = []
    with pytest.raises(ProgressError, match="another program"):
        workspace.hold("1917", lambda: held.append(lock(workspace)), "", "1", "1")
    held.pop().close()
    assert workspace.log() == []
    assert "From which hill" not in workspace.said


def test_a_backup_that_fails_is_told_and_stops_nothing(workspace: Workspace) -> None:
    def back_up() -> None:
        raise ProgressError("no room")

    assert workspace.hold("1917", "", back_up=back_up).endswith("No backup was made; your answers are kept. no room\n")
    assert workspace.code == 0


def test_an_edit_made_in_another_program_is_taken_back_and_done_again_line_by_line(make_workspace) -> None:
    workspace = make_workspace(TWO.replace("title: Two", "title: Two\nid: two"))
    shelf = workspace.shelf()
    session = shelf.session("two")
    session.check("Callao")
    session.overrule(Verdict.RIGHT)
    session.accept()
    session.answer(Rating.GOOD)
    shelf.close()
    file = workspace.folder / "decks" / "deck.yaml"
    edited = file.read_text("utf-8")
    assert "accept: [Callao]" in edited
    workspace.clock.pass_(seconds=5)
    said = workspace.hold(":undo", ":undo", ":leave")
    assert "Taken back: answered Good: Capital of Peru?" in said and "Taken back: another answer accepted: Capital of Peru?" in said
    assert "accept" not in file.read_text("utf-8")
    assert workspace.reviews() == []
    workspace.hold(":redo", ":redo", ":leave")
    assert file.read_text("utf-8") == edited
    assert [review.response for review in workspace.reviews()] == ["Callao"]
    assert workspace.is_whole()


def test_an_edit_that_was_taken_back_in_another_program_meanwhile_is_said_once_and_all_goes_on(make_workspace) -> None:
    workspace = make_workspace(TWO.replace("title: Two", "title: Two\nid: two"))
    file = workspace.folder / "decks" / "deck.yaml"
    before = file.read_bytes()

    def outside() -> None:
        other = workspace.another()
        assert other.undo().what == "another answer accepted"
        other.close()

    said = workspace.hold("Callao", ":overrule", ":accept", outside, ":undo", "", "Santiago", "", ":leave", alive=True)
    assert said.count("Trouble: ") == said.count("was changed since") == 1
    assert file.read_bytes() == before
    assert [review.response for review in workspace.reviews()] == ["Callao", "Santiago"]
    assert workspace.is_whole()


def test_images_are_told_in_their_words(make_workspace) -> None:
    workspace = make_workspace("""\
id: shapes
title: Shapes
questions:
  - id: blue
    question: Which shape is blue?
    answer: the square
    mode: reveal
    image: {file: secret.png, alt: "Three shapes, side by side", credit: A. Painter}
    explanation_image: {file: other.png}
""")
    asked, answered = workspace.hold("", ":leave").split("Think", 1)
    assert "Image: Three shapes, side by side.\nCredit of the image: A. Painter.\nWhich shape is blue?" in asked
    assert "not described" not in asked
    assert "Image, not described." in answered
    assert ".png" not in asked + answered


def test_questions_that_moved_are_told_of_once(make_workspace) -> None:
    workspace = make_workspace(TWO)
    workspace.hold("Lima", "3", "Santiago", "3")
    head, _, rest = TWO.partition("  - {id: b")
    workspace.add("deck.yaml", head)
    workspace.add("other.yaml", "title: Other\nquestions:\n  - {id: b" + rest)
    said = workspace.hold(home=True)
    assert "1 question moved from 'deck' to 'other' with its progress. `quizzer undo` takes it back." in said
    assert "moved" not in workspace.hold(home=True)
    with workspace.progress() as progress:
        assert list(progress.states("other")) == ["other/b"]
