"""Two branches of a deck become one file: questions of both, comments of both, and markers only where somebody has to decide."""

from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.deckfile import check
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.gitmerge import merge
from quizzer.deckfile.reading import parse, sound
from quizzer.deckfile.threeway import merge as by_questions

HEAD = "# Made with care.\nid: d\ntitle: Rivers   # of Peru\n{more}questions:\n"
FIRST = "  # the longest\n  - id: a\n    question: A?   # sic\n    answer: x\n"
SECOND = "  - id: b\n    question: B?\n    answer: y\n"
PATH = Path("d.yaml")


def deck(*parts: str, more: str = "", tail: str = "# the end\n") -> str:
    return HEAD.format(more=more) + "\n".join(parts) + tail


def merged(base: str, ours: str, theirs: str) -> tuple[str, tuple[str, ...], bool]:
    done = merge(base.encode(), ours.encode(), theirs.encode(), PATH)
    assert done is not None
    return done.data.decode(), done.told, done.clean


def question(name: str, answer: str = "z", note: str = "") -> str:
    return f"{note}  - id: {name}\n    question: {name}?\n    answer: {answer}\n"


def test_questions_added_at_the_end_of_both_are_all_there_with_their_comments() -> None:
    base = deck(FIRST, SECOND)
    ours = deck(FIRST, SECOND, question("c", note="  # ours\n"))
    theirs = deck(FIRST, SECOND, question("d", note="  # theirs\n"), question("e"))
    text, told, clean = merged(base, ours, theirs)
    assert (told, clean) == ((), True)
    assert text == deck(FIRST, SECOND, question("c", note="  # ours\n"), question("d", note="  # theirs\n"), question("e"))


def test_an_edit_here_and_another_there_go_together_whatever_was_formatted() -> None:
    ours = deck(FIRST, '  - {id: b, question: "B?", answer: "y", tags: [t]}  # on one line\n')
    theirs = deck(FIRST.replace("answer: x", "answer: x\n    # because\n    explanation: So."), SECOND.replace("B?", "Which B?"))
    text, told, clean = merged(deck(FIRST, SECOND), ours, theirs)
    assert (told, clean) == ((), True)
    assert "  # the longest\n  - id: a\n    question: A?   # sic\n    answer: x\n    # because\n    explanation: So.\n" in text
    assert '  - {id: b, question: "Which B?", answer: "y", tags: [t]}  # on one line\n' in text


def test_what_both_changed_stands_between_markers_and_nothing_else_does() -> None:
    ours = deck(FIRST, SECOND.replace("answer: y", "answer: ours"), question("c"))
    theirs = deck(FIRST, SECOND.replace("answer: y", "answer: theirs\n    tags: [t]"))
    text, told, clean = merged(deck(FIRST, SECOND), ours, theirs)
    assert (told, clean) == (("`answer` of the question 'b' was changed on both sides.",), False)
    both = "<<<<<<< ours\n    answer: ours\n=======\n    answer: theirs\n>>>>>>> theirs\n"
    assert text == deck(FIRST, f"  - id: b\n    question: B?\n{both}    tags: [t]\n", question("c"))


def test_a_title_changed_on_both_sides_is_marked_alone() -> None:
    base, ours, theirs = (deck(FIRST).replace("Rivers ", f"{title} ") for title in ("Rivers", "Waters", "Streams"))
    text, _, clean = merged(base, ours, theirs)
    assert not clean
    both = "<<<<<<< ours\ntitle: Waters   # of Peru\n=======\ntitle: Streams   # of Peru\n>>>>>>> theirs\n"
    assert text == deck(FIRST).replace("title: Rivers   # of Peru\n", both)


def test_what_one_side_deleted_and_the_other_changed_is_for_a_person_to_decide() -> None:
    changed, gone = deck(FIRST, SECOND.replace("answer: y", "answer: n")), deck(FIRST)
    text, _, clean = merged(deck(FIRST, SECOND), changed, gone)
    assert not clean
    assert "<<<<<<< ours\n  - id: b\n    question: B?\n    answer: n\n=======\n>>>>>>> theirs\n" in text
    text, _, clean = merged(deck(FIRST, SECOND), gone, changed)
    assert not clean
    assert "<<<<<<< ours\n=======\n  - id: b\n    question: B?\n    answer: n\n>>>>>>> theirs\n" in text


def test_the_same_question_added_on_both_sides_is_there_once() -> None:
    text, told, clean = merged(deck(FIRST), deck(FIRST, question("c")), deck(FIRST, question("c"), question("d")))
    assert (text, told, clean) == (deck(FIRST, question("c"), question("d")), (), True)


def test_two_questions_added_under_one_id_both_stay_and_it_is_told() -> None:
    other = question("c").replace("c?", "Another?")
    text, told, clean = merged(deck(FIRST), deck(FIRST, question("c")), deck(FIRST, other))
    assert clean
    assert told == ("the question 'c' was added on both sides, each with other words. Theirs is called 'c-2' now.",)
    assert text == deck(FIRST, question("c"), other.replace("id: c", "id: c-2"))


def test_comments_above_and_below_the_questions_come_together() -> None:
    base, ours = deck(FIRST), "# mine\n" + deck(FIRST)
    theirs = deck(FIRST, tail="# the end\n# of theirs\n").replace("with care.\n", "with care.\n# theirs\n")
    text, _, clean = merged(base, ours, theirs)
    assert clean
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# theirs",
        "# mine",
        "# Made with care.",
        "# the end",
        "# of theirs",
    ]


def test_a_file_that_both_added_is_merged_as_from_nothing() -> None:
    text, _, clean = merged("", deck(FIRST), deck(FIRST, SECOND))
    assert (text, clean) == (deck(FIRST, SECOND), True)


def test_what_is_no_sound_deck_or_would_be_none_is_left_to_lines() -> None:
    good = deck(FIRST).encode()
    assert merge(good, b"title: [", good, PATH) is None
    assert merge(good, good + b"  - {id: a, question: Twice?, answer: x}\n", good, PATH) is None
    ours = deck(FIRST.replace("answer: x", "answer: x\n    distractors: [w, v]"))
    theirs = deck(FIRST.replace("answer: x", "answer: w"))
    assert merge(good, ours.encode(), theirs.encode(), PATH) is None  # their key would be our wrong option


def test_a_marker_that_was_left_is_one_clear_error(tmp_path: Path) -> None:
    ours, theirs = (deck(FIRST, SECOND).replace("answer: y", f"answer: {key}").replace("A?", f"{key}?") for key in ("one", "two"))
    text, _, _ = merged(deck(FIRST, SECOND), ours, theirs)
    path = tmp_path / "d.yaml"
    path.write_text(text)
    (problem,) = check(path)
    assert (problem.code, problem.line) == ("D013", 1 + text[: text.index("<<<<<<<")].count("\n"))
    assert problem.message == (
        "git's conflict marker: two versions stand here. Keep one of them, or of both, and remove the marked lines. "
        "So it is in 1 more place."
    )
    path.write_text(text.replace("<<<<<<<", "<<<<<<<<").replace("=======", "========").replace(">>>>>>>", ">>>>>>>>"))
    assert [one.code for one in check(path)] == ["D013"]  # longer ones, where git merges what it has merged
    path.write_text("title: T\nquestions:\n  - {question: a, answer: '<<<<<<< x'}\n")
    assert not [one for one in check(path) if one.code == "D013"]


def test_two_of_one_id_that_are_the_same_are_told_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(deck(question("c"), question("c"), question("c", "other")))
    said = [problem.message for problem in check(path) if problem.code == "D203"]
    assert [message.rpartition(". ")[2] for message in said] == ["It is the same question: remove one.", "Change the newer one."]


parts = st.lists(st.sampled_from("abcdefg"), max_size=5, unique=True)
keys = st.sampled_from(["x", "y", "'a: b'", "12"])


@st.composite
def versions(draw: st.DrawFn) -> str:
    written = []
    for name in draw(parts) or ["a"]:
        note = f"  # note on {name}\n" if draw(st.booleans()) else ""
        one = question(name, draw(keys), note)
        if draw(st.integers(0, 3)) == 0:
            one = f"  - {{id: {name}, question: {name}?, answer: {draw(keys)}}}\n"
        if draw(st.integers(0, 3)) == 0:
            one += "    # below\n"
        written.append(one)
    return deck(*written, more=draw(st.sampled_from(["", "description: One.\n", "description: Two.\n"])))


@given(versions(), versions(), versions(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=20)
def test_whatever_both_did_the_file_says_what_the_merge_of_decks_says(base: str, ours: str, theirs: str, ending: str) -> None:
    mine = ours.replace("\n", ending)
    read = [sound(parse(DeckText(text), PATH)) for text in (base, ours, theirs)]
    wanted, conflicts = by_questions(*read)
    text, told, clean = merged(base, mine, theirs)
    assert told == tuple(conflict.told for conflict in conflicts)
    assert text.count(ending) == text.count("\n")
    if clean:
        assert sound(parse(DeckText(text), PATH)) == wanted
        kept = [line.strip() for line in text.splitlines()]
        for name in (question.id for question in wanted.questions):
            if f"# note on {name}" in base and f"# note on {name}" in ours and f"# note on {name}" in theirs:
                assert f"# note on {name}" in kept
    else:
        assert text.count("<" * 7) == text.count(">" * 7) > 0
        ours_again = _side(text, ours=True)
        assert msgspec.structs.replace(sound(parse(DeckText(ours_again), PATH)), questions=()) == msgspec.structs.replace(
            wanted, questions=()
        )
        parse(DeckText(_side(text, ours=False)), PATH)


def _side(text: str, *, ours: bool) -> str:
    """The file as it is once every conflict is decided for one side."""
    kept, inside = [], ""
    for line in text.splitlines(keepends=True):
        if line.startswith(("<" * 7, "=" * 7, ">" * 7)):
            inside = line[0] if line[0] != ">" else ""
        elif not inside or (inside == "<") == ours:
            kept.append(line)
    return "".join(kept)
