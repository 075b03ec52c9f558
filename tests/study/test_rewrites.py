"""What is proposed for a question that is forgotten again and again: sound, another question, and nothing of the answer given away."""

import pytest

from quizzer import deckfile
from quizzer.core.kinds import Cloze, Deck, List, Plain, Statement
from quizzer.core.model import Evidence, Mode, Source
from quizzer.study.rewrites import rewrites

RHINE = Plain(
    id="q",
    question="Which river flows through Cologne?",
    answer="the Rhine",
    distractors=("the Elbe",),
    evidence=(Evidence(source="s", quote="the Rhine", passage="In Cologne they say that the Rhine is a lazy old father of theirs."),),
)
CREW = List(id="q", question="Name the rivers:", answers=("Weser", "Ems|Eems", "Saale", "Oder"), explanation="They flow north.")


def ways(question):
    deck = Deck(id="d", title="D", questions=(question,), sources=(Source(id="s"),))
    return {way.does: way.question for way in rewrites(question, deck.cards()[0])}


def test_a_plain_question_can_be_chosen_or_hinted_at():
    found = ways(RHINE)
    assert [does.split()[0] for does in found] == ["Let", "Give", "Give"]
    chosen, passage, first = found.values()
    assert chosen.mode is Mode.CHOOSE
    assert passage.hints == ("In Cologne they say that […] is a lazy old father of theirs.",)
    assert first.hints == ("It begins with T…",)


def test_a_long_list_is_asked_one_by_one_and_keeps_what_else_it_says():
    found = ways(CREW)
    split = found["Ask one thing at a time: a gap for each of the list"]
    assert split == Cloze(id="q", cloze="Name the rivers: {{Weser}}, {{Ems|Eems}}, {{Saale}}, {{Oder}}.", explanation="They flow north.")
    assert len(list(split.deal("d"))) == 4
    assert "Ask one thing at a time: a gap for each of the list" not in ways(List(id="q", question="Name:", answers=("Weser", "Ems")))


@pytest.mark.parametrize(
    "question", [RHINE, CREW, Cloze(id="q", cloze="The {{Rhine}} is long."), Plain(id="q", question="How many?", answer="12")]
)
def test_what_is_proposed_is_sound_keeps_the_id_and_the_fingerprints_of_its_key_and_is_proposed_once(question):
    for new in ways(question).values():
        deck = Deck(id="d", title="D", questions=(new,), sources=(Source(id="s"),))
        assert [problem for problem in deckfile.check_deck(deck) if problem.severity == "error"] == []
        assert new.id == question.id
        assert new not in ways(new).values()
        if type(new) is type(question):
            assert [card.fingerprint for card in new.deal("d")] == [card.fingerprint for card in question.deal("d")]


def test_where_no_rule_helps_nothing_is_proposed():
    assert ways(Statement(id="q", statement="It rains.", answer=True)) == {}
    assert ways(Plain(id="q", question="How many?", answer="12")) == {}
