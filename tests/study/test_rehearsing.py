"""What an author sees of a question before its learners do: every card, every mode, in the order they are met; whatever is half written."""

from hypothesis import given
from hypothesis import strategies as st

from quizzer.core.kinds import MOST_LEFTS, MOST_RIGHTS, Cloze, Deck, List, Match, Order, Plain, Statement, StudyOptions
from quizzer.core.model import Evidence, Markup, Mode, Source
from quizzer.study.rehearsing import rehearse

DECK = Deck(id="d", title="D", sources=(Source(id="s", publisher="Gazette"),))
words = st.text(max_size=12)
many = st.lists(words, max_size=5).map(tuple)
modes = st.sampled_from([None, *Mode])
questions = st.one_of(
    st.builds(Plain, question=words, answer=words, accept=many, distractors=many, mode=modes, hints=many),
    st.builds(Cloze, cloze=st.lists(words | words.map("{{{{{0}}}}}".format), max_size=5).map(" ".join), mode=modes),
    st.builds(Statement, statement=words, answer=st.booleans(), mode=modes),
    st.builds(Order, order=many, question=words, mode=modes),
    st.builds(Match, match=st.lists(st.tuples(words, words), max_size=14).map(tuple), question=words, distractors=many, mode=modes),
    st.builds(List, question=words, answers=many, mode=modes),
)


@given(questions, modes)
def test_whatever_is_half_written_each_of_its_cards_is_shown_in_every_mode_it_has(question, wish):
    deck = Deck(id="d", title="D", study=StudyOptions(mode=wish))
    cards = list(question.deal("d"))
    shown = rehearse(deck, question)
    assert [one.card for one in shown] == cards
    for one in shown:
        asked = [prompt.mode for prompt, _ in one.prompts]
        too_many = len(one.card.pairs) > MOST_LEFTS or len({right for _, right in one.card.pairs}) > MOST_RIGHTS
        assert set(one.card.modes) - set(asked) == ({Mode.MATCH} if too_many else set())
        assert len(asked) == len(set(asked))
        assert one.answer.verdict is None
        for prompt, _ in one.prompts:
            if prompt.mode in (Mode.CHOOSE, Mode.TYPE_THEN_CHOOSE):
                assert one.card.answer.key in prompt.options


def test_the_mode_first_met_comes_first_and_it_is_said_when_each_is():
    question = Plain(question="Which?", answer="Rhine", distractors=("Elbe",))
    (one,) = rehearse(DECK, question)
    assert [(prompt.mode, when) for prompt, when in one.prompts] == [
        (Mode.CHOOSE, "while it is new"),
        (Mode.TYPE, "once it is known"),
        (Mode.TYPE_THEN_CHOOSE, "on demand"),
        (Mode.REVEAL, "on demand"),
    ]
    (one,) = rehearse(DECK, Plain(question="Which?", answer="Rhine", distractors=("Elbe",), mode=Mode.REVEAL))
    assert (one.prompts[0][0].mode, one.prompts[0][1]) == (Mode.REVEAL, "as a rule")


def test_the_answer_brings_its_evidence_with_the_source_and_the_decks_markup():
    question = Plain(question="Which?", answer="Rhine", evidence=(Evidence(source="s", quote="the Rhine"),))
    deck = Deck(id="d", title="D", sources=DECK.sources, markup=Markup.MARKDOWN)
    (one,) = rehearse(deck, question)
    assert one.answer.evidence[0].source == DECK.sources[0]
    assert one.card.markup is Markup.MARKDOWN
