"""Questions that left one deck are found in another by what is known of them, and where that is not enough they are not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.kinds import fingerprint
from quizzer.core.model import Answer, Part
from quizzer.core.tracing import Trace, cards, moved, traces

YES = fingerprint(Answer((Part("True"),)))
questions = st.builds(
    Trace,
    deck=st.sampled_from("abc"),
    question=st.sampled_from(["q", "r", "where-did-the-pilot-begin", "where-did-the-pilot-start"]),
    keys=st.dictionaries(st.just(""), st.sampled_from(["k", "l", ""]), min_size=1),
)
several = st.lists(questions, max_size=6, unique_by=lambda one: (one.deck, one.question))


def trace(deck: str, question: str, **keys: str) -> Trace:
    return Trace(deck=deck, question=question, keys={gap.removeprefix("g"): key for gap, key in keys.items()})


def found(left: list[Trace], new: list[Trace], **more: list[str]) -> list[tuple[str, str]]:
    pairs = moved(left, new, homes={}, formerly=more)
    return [(f"{one.deck}/{one.question}", f"{two.deck}/{two.question}") for one, two in pairs]


@given(several, several, st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from("abc"), max_size=2)), st.randoms())
@settings(max_examples=30)
def test_no_question_goes_to_two_or_comes_from_two_and_the_order_does_not_matter(left, new, formerly, dice) -> None:
    pairs = moved(left, new, homes={}, formerly=formerly)
    assert len({(one.deck, one.question) for one, _ in pairs}) == len({(two.deck, two.question) for _, two in pairs}) == len(pairs)
    for one, two in pairs:
        assert one in left and two in new
        assert one.deck in formerly.get(two.deck, ()) or {key for key in one.keys.values() if key} <= set(two.keys.values())
    left, new = list(left), list(new)
    dice.shuffle(left)
    dice.shuffle(new)
    again = moved(left, new, homes={}, formerly=formerly)
    assert {(one.deck, one.question, two.deck, two.question) for one, two in again} == {
        (one.deck, one.question, two.deck, two.question) for one, two in pairs
    }


def test_an_id_and_a_key_in_another_deck() -> None:
    assert found([trace("a", "q", g="k")], [trace("b", "q", g="k")]) == [("a/q", "b/q")]
    assert found([trace("a", "q", g="k")], [trace("b", "q", g="l")]) == []
    assert found([trace("a", "q", g="")], [trace("b", "q", g="k")]) == []
    assert found([trace("a", "q", g1="k")], [trace("b", "q", g1="k", g2="l")]) == [("a/q", "b/q")]
    assert found([trace("a", "q", g1="k", g2="l")], [trace("b", "q", g1="k")]) == []


def test_a_deck_that_tells_what_it_was_is_believed() -> None:
    assert found([trace("a", "q", g="k")], [trace("b", "q", g="l"), trace("c", "q", g="k")], b=["a"]) == [("a/q", "b/q")]
    assert found([trace("a", "q", g="k")], [trace("b", "q-2", g="k")], b=["a"]) == [("a/q", "b/q-2")]
    assert found([trace("a", "q", g="k")], [trace("b", "q-2", g="k")]) == []


def test_where_an_id_was_taken_the_question_is_the_one_with_a_number_behind() -> None:
    """`deck move` of a/x into a deck that has another x makes it x-2 there: its history is not that other's."""
    left, other, moved_here = [trace("a", "x", g="k")], trace("b", "x", g="other"), trace("b", "x-2", g="k")
    assert found(left, [other, moved_here], b=["a"]) == [("a/x", "b/x-2")]
    pairs = moved(left, [moved_here], homes={}, formerly={"b": ["a"]}, met=[other])
    assert [(one.question, two.question) for one, two in pairs] == [("x", "x-2")]
    assert found(left, [trace("b", "x", g="k"), moved_here], b=["a"]) == []  # either may be it
    assert found(left, [other, trace("b", "x-2", g="also other")], b=["a"]) == [("a/x", "b/x")]  # its key was changed
    yes = fingerprint(Answer((Part("True"),)))
    assert found([trace("a", "x", g=yes)], [trace("b", "x", g=yes), trace("b", "x-2", g=yes)], b=["a"]) == []


def test_a_question_whose_id_was_taken_where_it_went_is_the_one_with_a_number() -> None:
    left, own, came = trace("a", "q", g="k"), trace("b", "q", g="l"), trace("b", "q-2", g="k")
    told = {"b": ["a"]}

    def to(left: list[Trace], new: list[Trace], *met: Trace) -> list[tuple[str, str]]:
        return [
            (f"{one.deck}/{one.question}", f"{two.deck}/{two.question}") for one, two in moved(left, new, homes={}, formerly=told, met=met)
        ]

    assert to([left], [own, came]) == to([left], [came], own) == [("a/q", "b/q-2")]
    assert to([left], [], own) == []  # another question of that id, which was studied
    assert to([left], [], trace("b", "q", g="k")) == [("a/q", "b/q")]
    yes = trace("a", "q", g=YES)
    assert to([yes], [trace("b", "q-2", g=YES)], trace("b", "q", g=YES)) == [("a/q", "b/q-2")]
    assert to([yes], [trace("b", "q", g=YES), trace("b", "q-2", g=YES)]) == []
    both = [yes, trace("a", "q-2", g=YES)]
    assert to(both, [trace("b", "q", g=YES), trace("b", "q-2", g=YES)]) == [("a/q", "b/q"), ("a/q-2", "b/q-2")]


def test_what_is_unclear_is_left() -> None:
    assert found([trace("a", "q", g="k"), trace("c", "q", g="k")], [trace("b", "q", g="k")]) == []
    assert found([trace("a", "q", g="k")], [trace("b", "q", g="k"), trace("c", "q", g="k")]) == []


def test_like_words_but_other_numbers_are_another_question() -> None:
    left = [trace("a", "who-won-the-cup-of-1998", g="k")]
    assert found(left, [trace("a", "who-won-the-cup-of-2006", g="k")]) == []
    assert found(left, [trace("a", "who-won-the-final-of-1998", g="k")]) == [("a/who-won-the-cup-of-1998", "a/who-won-the-final-of-1998")]
    assert found(left, [trace("a", "which-country-is-it-1998", g="k")]) == []


def test_a_number_is_an_id_that_says_nothing_so_its_neighbours_must_agree() -> None:
    """Two decks numbered alike have a first question each; that both answer 1945 makes them no copies."""
    assert found([trace("a", "q1", g="1945")], [trace("b", "q1", g="1945")]) == []
    lot = [trace("a", f"q{n}", g=f"k{n}") for n in range(4)]
    assert len(found(lot, [trace("b", f"q{n}", g=f"k{n}") for n in range(4)])) == 4
    assert len(found(lot, [trace("b", f"q{n}", g=f"k{min(n, 2)}") for n in range(4)])) == 3
    assert found(lot, [trace("b", f"q{n}", g=f"k{n % 2}") for n in range(4)]) == []
    assert found(lot[:1], [trace("b", "q0", g="k0")], b=["a"]) == [("a/q0", "b/q0")]


def test_a_key_that_others_of_the_deck_have_too_does_not_make_like_words_the_same_question() -> None:
    """On which continent is Kenya? is no mended wording of On which continent is Ghana?, though both are in Africa."""
    left, new = [trace("a", "on-which-continent-is-kenya", g="africa")], [trace("a", "on-which-continent-is-ghana", g="africa")]
    pairs = moved(left, new, homes={}, formerly={}, met=[trace("a", "on-which-continent-is-mali", g="africa")])
    assert pairs == []
    more = [trace("a", "on-which-continent-is-kenia", g="africa"), trace("a", "the-nile", g="africa")]
    assert found(left, more) == []
    assert found([*left, trace("a", "the-nile", g="africa")], more[:1]) == []


def test_a_card_of_each_gap_goes_to_that_of_the_same() -> None:
    (one, two) = traces({"a/q#1": "k", "a/q#2": "l", "b/q#1": "k", "b/q#2": "l"})
    assert cards(one, two) == {"a/q#1": "b/q#1", "a/q#2": "b/q#2"}


def test_very_many_questions_are_not_compared_each_with_each() -> None:
    """That would be a hundred million pairs: the test would not end."""
    left = [trace("a", f"which-of-them-is-number-{n}", g=f"k{n}") for n in range(10_000)]
    new = [trace("a", f"which-of-them-was-number-{n}", g=f"k{n}") for n in range(10_000)]
    assert len(found(left, new)) == 10_000
