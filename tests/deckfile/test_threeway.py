"""Two decks that began as one are made into one by what each side changed, question by question; what both changed is told."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import Cloze, Deck, Plain, Question, StudyOptions
from quizzer.core.model import Evidence, Source
from quizzer.deckfile.threeway import merge

replace = msgspec.structs.replace
words = st.sampled_from(["Lima", "Cusco", "1917", ""])
names = st.sampled_from("abcdefgh")
lists = st.lists(st.sampled_from("uvwxyz"), max_size=3, unique=True).map(tuple)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    found: list[Question] = []
    for name in draw(st.lists(names, max_size=6, unique=True)):
        if draw(st.integers(0, 4)):
            found.append(Plain(id=name, question=name, answer=draw(words), explanation=draw(words), tags=draw(lists), accept=draw(lists)))
        else:
            found.append(Cloze(id=name, cloze="{{x}}" + draw(words), tags=draw(lists)))
    return tuple(found)


study = st.builds(StudyOptions, new_per_day=st.none() | st.integers(1, 3), reviews_per_day=st.none() | st.integers(1, 3))
decks = st.builds(Deck, id=st.just("d"), title=words, description=words, questions=questions(), declined=lists, study=study)


@st.composite
def changed(draw: st.DrawFn, deck: Deck) -> Deck:
    """The deck after an author was at it: some questions others, some gone, moved or new."""
    kept: list[Question] = []
    for question in deck.questions:
        what = draw(st.integers(0, 5))
        if what == 0:
            continue
        if what == 1:
            question = replace(question, explanation=draw(words))
        if what == 2 and isinstance(question, Plain):
            question = replace(question, answer=draw(words), tags=draw(lists))
        kept.append(question)
    kept += [one for one in draw(questions()) if one.id not in {other.id for other in deck.questions}]
    if draw(st.integers(0, 3)) == 0:
        kept = draw(st.permutations(kept))
    return replace(deck, title=draw(words), declined=draw(lists), questions=tuple(kept))


three = decks.flatmap(lambda base: st.tuples(st.just(base), changed(base), changed(base)))


@given(three)
@settings(max_examples=30)
def test_what_one_side_alone_changed_is_taken_as_it_is(sides: tuple[Deck, Deck, Deck]) -> None:
    base, one, two = sides
    assert merge(base, one, base) == (one, ())
    assert merge(base, base, two) == (two, ())
    assert merge(base, one, one) == (one, ())


@given(three)
@settings(max_examples=30)
def test_both_orders_merge_to_the_same_but_for_conflicts_and_what_stands_beside_each_other(sides: tuple[Deck, Deck, Deck]) -> None:
    base, one, two = sides
    there, conflicts = merge(base, one, two)
    back, reversed_ = merge(base, two, one)
    assert len(conflicts) == len(reversed_)
    if not conflicts:
        assert {question.id: _unordered(question) for question in there.questions} == {
            question.id: _unordered(question) for question in back.questions
        }


@given(three)
@settings(max_examples=30)
def test_nothing_that_was_added_or_changed_is_lost_untold(sides: tuple[Deck, Deck, Deck]) -> None:
    base, one, two = sides
    deck, conflicts = merge(base, one, two)
    was, mine, other, now = ({question.id: question for question in side.questions} for side in (base, one, two, deck))
    assert len(now) == len(deck.questions)
    told = {conflict.question for conflict in conflicts} | {conflict.renamed for conflict in conflicts}
    for side, across in ((mine, other), (other, mine)):
        for name, question in side.items():
            if name in told or question == was.get(name):
                continue
            if across.get(name) in (None, was.get(name), question):  # changed here alone
                assert now[name] == question or question in [replace(found, id=name) for found in deck.questions]
            assert name in now or question in [replace(found, id=name) for found in deck.questions]
    for name in was:
        assert name in now or name not in mine or name not in other


@given(three)
@settings(max_examples=30)
def test_no_base_loses_no_question_of_either(sides: tuple[Deck, Deck, Deck]) -> None:
    _, one, two = sides
    deck, _ = merge(None, one, two)
    now = {question.id for question in deck.questions}
    assert now >= {question.id for question in one.questions}
    assert len(now) == len(deck.questions)
    texts = {question.text for question in deck.questions}
    assert texts >= {question.text for question in (*one.questions, *two.questions)}


def deck(*questions: Question, **keys: object) -> Deck:
    return Deck(id="d", title="T", questions=questions, **keys)  # type: ignore[arg-type]


def plain(name: str, answer: str = "x", **keys: object) -> Plain:
    return Plain(id=name, question=f"{name}?", answer=answer, **keys)  # type: ignore[arg-type]


def test_both_sides_add_at_the_end() -> None:
    merged, conflicts = merge(deck(plain("a")), deck(plain("a"), plain("b"), plain("c")), deck(plain("a"), plain("d"), plain("e")))
    assert [question.id for question in merged.questions] == ["a", "b", "c", "d", "e"]
    assert not conflicts


def test_two_keys_of_one_question_changed_on_two_sides_are_both_changed() -> None:
    one = plain("a", explanation="Because.", tags=("u", "v"))
    two = plain("a", answer="y", tags=("w",))
    merged, conflicts = merge(deck(plain("a", tags=("u",))), deck(one), deck(two))
    assert merged.questions == (plain("a", answer="y", explanation="Because.", tags=("v", "w")),)
    assert not conflicts


def test_a_key_changed_on_both_sides_stays_ours_and_is_told() -> None:
    merged, (conflict,) = merge(deck(plain("a")), deck(plain("a", "ours")), deck(plain("a", "theirs")))
    assert merged.questions == (plain("a", "ours"),)
    assert (conflict.question, conflict.field, conflict.ours, conflict.theirs) == ("a", "answer", "ours", "theirs")
    assert conflict.told == "`answer` of the question 'a' was changed on both sides."


def test_what_one_side_deleted_and_the_other_changed_stays_and_is_told() -> None:
    for sides in ((deck(), deck(plain("a", "y"))), (deck(plain("a", "y")), deck())):
        merged, (conflict,) = merge(deck(plain("a")), *sides)
        assert merged.questions == (plain("a", "y"),)
        assert conflict.told == "the question 'a' was changed on one side and deleted on the other. It stays."


def test_the_same_question_added_on_both_sides_is_there_once() -> None:
    merged, conflicts = merge(deck(), deck(plain("a", tags=("u",))), deck(plain("a", tags=("v",), explanation="So.")))
    assert merged.questions == (plain("a", tags=("u", "v"), explanation="So."),)
    assert not conflicts
    again = replace(plain("a"), id="b")
    assert merge(deck(), deck(plain("a")), deck(again)) == (deck(plain("a")), ())


def test_two_questions_added_under_one_id_both_stay_and_theirs_is_renamed() -> None:
    theirs = Plain(id="a", question="Another?", answer="z")
    merged, (conflict,) = merge(deck(), deck(plain("a"), plain("a-2")), deck(theirs))
    assert merged.questions == (plain("a"), plain("a-2"), replace(theirs, id="a-3")) or merged.questions == (
        plain("a"),
        replace(theirs, id="a-3"),
        plain("a-2"),
    )
    assert conflict.renamed == "a-3"


def test_evidence_and_sources_of_both_sides_come_together() -> None:
    span, other = Evidence(source="s", quote="one"), Evidence(source="t", quote="two")
    merged, conflicts = merge(
        deck(plain("a"), sources=()),
        deck(plain("a", evidence=(span,)), sources=(Source(id="s"),)),
        deck(plain("a", evidence=(other,)), sources=(Source(id="t"),)),
    )
    assert merged.sources == (Source(id="s"), Source(id="t"))
    assert merged.questions[0].evidence == (span, other)
    assert not conflicts


def _unordered(question: Question) -> object:
    fields = msgspec.structs.asdict(question)
    return {name: set(value) if isinstance(value, tuple) and name in ("tags", "accept") else value for name, value in fields.items()}
