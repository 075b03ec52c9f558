"""``worth`` puts first what was judged good."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Frame, Gapped, Happening, Holding, Saying, Sort
from quizzer.news.values import Span, Value
from quizzer.news.worth import WEIGHTS, Setting, traits, worth

ARTICLE = (
    "The mayor opens the bridge. Ada Palmer, the mayor, opened the bridge over the river in May 1932. Palmer said the bridge had cost "
    "$2 million. Palmer thanked the builders. The engineer Tom Reed stood beside Palmer, and a reporter, Ann Cole, took notes."
)
SETTING = Setting(ARTICLE, "The mayor opens the bridge")
SPAN = Span("article.txt", 30, 120)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
frames = st.one_of(
    st.builds(Frame, gap=st.sampled_from(["subject", "time", "in place"]), weight=st.integers(0, 40)),
    st.builds(Gapped, before=words, after=words, weight=st.integers(0, 40)),
    st.builds(Saying, words=words),
    st.builds(Holding, gap=st.sampled_from(["person", "role", "party"]), person=words, role=words),
    st.builds(Happening, event=words),
)


def fact(frame: Frame | Gapped | Saying | Holding | Happening, sort: Sort, answer: str = "Ada Palmer") -> Fact:
    value = Value(text=answer, type=AnswerType.PERSON, same=answer.lower())
    return Fact(sort=sort, key="key", answer=value, frame=frame, evidence=(SPAN,))


def held(person: str, gap: str = "role") -> float:
    return worth(fact(Holding(gap=gap, person=person, role="mayor"), Sort.ROLE, "mayor"), f"Which post did {person} hold?", SETTING)


@given(frames, st.sampled_from(Sort), words, words, words)
def test_it_is_a_chance_for_any_words(
    frame: Frame | Gapped | Saying | Holding | Happening, sort: Sort, stem: str, text: str, title: str
) -> None:
    assert 0 < worth(fact(frame, sort), stem, Setting(text, title)) < 1


@given(frames, st.sampled_from(Sort), words)
def test_a_question_has_each_trait_once(frame: Frame | Gapped | Saying | Holding | Happening, sort: Sort, stem: str) -> None:
    found = [trait for trait, _ in traits(fact(frame, sort), stem, SETTING)]
    assert len(found) == len(set(found))


def test_whom_an_article_is_about_is_asked_before_whom_it_names_in_passing() -> None:
    assert held("Ada Palmer") > held("Ann Cole")


def test_a_party_is_asked_after_a_post() -> None:
    assert held("Ada Palmer") > held("Ada Palmer", gap="party")


def test_what_somebody_said_of_something_named_is_asked_before_what_anybody_might_say() -> None:
    def said(words: str) -> float:
        return worth(fact(Saying(words=words), Sort.SAID), f"Who said, “{words}”?", SETTING)

    assert said("The Severn Bridge will carry 20,000 passengers to Bristol every morning") > said("I am very glad that we did it")


def test_a_surer_fact_is_asked_first() -> None:
    sure = fact(Frame(gap="subject", weight=12), Sort.DID)
    stem = "Who opened the bridge over the river in May 1932?"
    assert worth(sure, stem, SETTING) > worth(msgspec.structs.replace(sure, confidence=0.86), stem, SETTING)


def test_every_weight_is_of_a_trait_that_a_question_may_have() -> None:
    of_sorts = {str(sort) for sort in Sort}
    samples = [
        *(fact(Holding(gap=gap, person="Ada Palmer", role="mayor"), Sort.ROLE) for gap in ("person", "party", "state", "organisation")),
        fact(Saying(words="one"), Sort.SAID),
        fact(Frame(gap="subject"), Sort.DID),
        *(
            msgspec.structs.replace(fact(Gapped(before="A ", after="."), Sort.CLOZE), answer=Value(text="2", type=kind, same="2"))
            for kind in AnswerType
        ),
    ]
    found = {trait for sample in samples for trait, _ in traits(sample, "Who said, “one”?", SETTING)}
    assert set(WEIGHTS) <= found | of_sorts
