"""A form says all that a question of any kind has, and what it cannot say is not lost."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.authoring import KINDS, blank, cast, deck_filled, deck_form, deck_unfit, filled, form, short_form, unfit
from quizzer.authoring.casting import modes
from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import AnswerType, Evidence, Image, Markup, Mode, Source

from ..deckfile.test_round_trip import decks, questions
from .conftest import ARTICLE, evidence

of_any_kind = questions("q", ["wire", "post"])
UGLY = [
    "a\x1b[2Jb",
    "x\x07",
    "a: b",
    "a :: b",
    "one\ntwo",
    " lead",
    "tail ",
    "a\r\nb",
    "\u2028",
    "日本",
    "two  spaces",
    "ends:",
    "\ud800",
    "|",
    "{{",
]


def texts_of(question: Question) -> dict[str, str]:
    return {field.name: field.text for field in form(question)}


@settings(max_examples=25, deadline=None)
@given(of_any_kind, st.data())
def test_a_form_not_touched_is_the_question_and_one_field_touched_leaves_the_others(question: Question, data: st.DataObject) -> None:
    texts = texts_of(question)
    assert filled(question, texts) == question == filled(question, {})
    touched = data.draw(st.sampled_from(sorted(texts)))
    new = filled(question, texts | {touched: data.draw(st.sampled_from(UGLY))})
    key = touched.partition(".")[0]
    assert [name for name in question.__struct_fields__ if getattr(new, name) != getattr(question, name)] in ([], [key])


@settings(max_examples=15, deadline=None)
@given(of_any_kind)
def test_a_line_added_leaves_those_that_stand_there_to_the_letter(question: Question) -> None:
    for field in form(question):
        if field.many:
            before: tuple[Any, ...] = getattr(question, field.name)
            new = getattr(filled(question, {field.name: f"first: one\n{field.text}"}), field.name)
            assert new[1:] == before, field.name


@settings(max_examples=15, deadline=None)
@given(of_any_kind)
def test_whatever_is_said_in_a_form_is_said_by_the_form_of_what_comes_out(question: Question) -> None:
    """All that is typed is taken, so that a form drawn anew shows what was in the one before."""
    texts = {"explanation": "Because.", "tags": "a\nb", "hints": "h 1", "mode": str(modes(question.kind)[-1]), "as_of": "2020-01"}
    texts |= {"image.file": "a.png", "image.alt": "A church", "explanation_image.credit": "Ann"}
    texts |= {f"evidence.{len(question.evidence)}.{key}": text for key, text in (("source", "wire"), ("quote", "so it is"), ("start", "7"))}
    shown = texts_of(filled(question, texts))
    assert {name: shown[name] for name in texts} == texts


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_field_for_every_key_and_a_blank_one_can_be_filled_in(kind: str) -> None:
    new = blank(kind)
    assert new.kind == kind
    names = {field.name.partition(".")[0] for field in form(new)}
    assert names == set(new.__struct_fields__) - {"id"}
    assert all(field.help and field.label for field in form(new))
    assert {field.name for field in short_form(new)} <= {field.name for field in form(new)}
    assert {field.name for field in form(new) if field.needed} == {field.name for field in msgspec.structs.fields(new) if field.required}


def test_a_question_of_each_kind_is_written_in_its_form() -> None:
    written: dict[str, tuple[dict[str, str], Question]] = {
        "plain": ({"question": "Who?", "answer": "Ann", "type": "person"}, Plain(question="Who?", answer="Ann", type=AnswerType.PERSON)),
        "cloze": ({"cloze": "It is {{so}}."}, Cloze(cloze="It is {{so}}.")),
        "true/false": ({"statement": "It is so.", "answer": "False"}, Statement(statement="It is so.", answer=False)),
        "order": ({"order": "one\ntwo", "question": ""}, Order(order=("one", "two"))),
        "match": (
            {"match": "Peru: Lima\nC: the language :: 1972\nChile", "distractors": "Quito"},
            Match(match=(("Peru", "Lima"), ("C: the language", "1972"), ("Chile", "")), distractors=("Quito",)),
        ),
        "list": (
            {"question": "Name two.", "answers": "USA|United States\n\nPeru"},
            List(question="Name two.", answers=("USA|United States", "Peru")),
        ),
    }
    assert set(written) == set(KINDS)
    for kind, (texts, wanted) in written.items():
        assert filled(blank(kind), texts) == wanted


def test_a_text_that_cannot_be_a_value_is_told_at_its_field_and_the_value_stays() -> None:
    question = Plain(question="Who?", answer="Ann", type=AnswerType.PERSON, mode=Mode.CHOOSE)
    texts = {"type": "persn", "mode": "shout", "evidence.0.start": "-1", "answer": "Eve"}
    assert filled(question, texts) == msgspec.structs.replace(question, answer="Eve")
    assert [(one.field, one.code, one.message) for one in unfit(question, texts)] == [
        ("type", "D110", "`type` cannot be 'persn'"),
        ("evidence.0.start", "D111", "`evidence.0.start` is a whole number, not '-1'"),
        ("mode", "D110", "`mode` cannot be 'shout'"),
    ]
    assert unfit(question, texts)[0].help == "Did you mean `person`?"
    assert unfit(Statement(statement="It is so.", answer=True), {"answer": "tru"})[0].code == "D110"
    assert filled(question, {"type": "", "mode": " "}) == Plain(question="Who?", answer="Ann")


def test_an_image_and_evidence_come_and_go_by_their_texts() -> None:
    question = Plain(
        question="Who?", answer="Ann", image=Image(file="a.png", alt="A face"), evidence=(Evidence(source="w", quote="Ann did", start=3),)
    )
    gone = {"image.file": "", "image.alt": "", "evidence.0.source": "", "evidence.0.quote": ""}
    assert filled(question, gone) == Plain(question="Who?", answer="Ann")
    half = filled(question, {"image.file": ""})
    assert half.image == Image(file="", alt="A face")  # what is left is not thrown away: check says that its file is empty
    assert filled(question, {"evidence.1.source": "w"}).evidence[1] == Evidence(source="w", quote="")


def test_where_a_quote_begins_is_looked_up() -> None:
    old = evidence("was finished in 1917")
    deck = Deck(
        id="d", title="d", sources=(Source(id="harbour"),), questions=(Plain(id="q", question="When?", answer="1917", evidence=(old,)),)
    )
    question = deck.questions[0]

    def found(quote: str, **known: Any) -> Evidence:
        return filled(question, {"evidence.0.quote": quote}, deck=deck, **known).evidence[0]

    moved = found("finished in 1917")
    assert (moved.start, moved.passage) == (ARTICLE.index("finished in 1917"), old.passage)
    assert found("nowhere").start is None  # and the passage stays, to be mended: check says that the quote is not in it
    assert found("nowhere").passage == old.passage
    assert found("The harbour cost").start is None
    there = found("The harbour cost", articles={"harbour": ARTICLE})
    assert (there.start, there.mark and there.passage[slice(*there.mark)]) == (ARTICLE.index("The harbour cost"), "The harbour cost")
    new = filled(Plain(question="?", answer="a"), {"evidence.0.quote": "port authority said"}, deck=deck).evidence[0]
    assert (new.source, new.start, new.passage) == ("harbour", ARTICLE.index("port authority said"), old.passage)  # the deck has one source
    by_hand = filled(question, {"evidence.0.quote": "1917", "evidence.0.start": "5"}, deck=deck).evidence[0]
    assert by_hand.start == 5


def test_a_deck_offers_its_sources_and_tags_and_a_kind_its_modes() -> None:
    deck = Deck(id="d", title="d", sources=(Source(id="w"), Source(id="p")), questions=(Cloze(id="q", cloze="{{a}}", tags=("x", "a")),))
    by_name = {field.name: field for field in form(deck.questions[0], deck=deck)}
    assert (by_name["evidence.0.source"].choices, by_name["evidence.0.source"].fixed) == (("w", "p"), True)
    assert (by_name["tags"].choices, by_name["tags"].fixed) == (("a", "x"), False)
    assert by_name["mode"].choices == ("type", "reveal")
    assert {kind: modes(kind) for kind in KINDS}["match"] == (Mode.MATCH, Mode.REVEAL)


@settings(max_examples=15, deadline=None)
@given(of_any_kind, st.sampled_from(sorted(KINDS)))
def test_another_kind_keeps_what_every_kind_has_and_is_that_kind(question: Question, kind: str) -> None:
    new = cast(question, kind)
    assert new.kind == kind
    for name in ("id", "hints", "image", "evidence", "explanation", "explanation_image", "tags", "as_of"):
        assert getattr(new, name) == getattr(question, name)
    assert new.mode in (None, question.mode)
    assert filled(new, texts_of(new)) == new


def test_the_words_of_a_question_go_over_into_another_kind() -> None:
    plain = Plain(question="Capital of Peru?", answer="Lima", accept=("Lima, Peru",), distractors=("Quito",))
    assert cast(plain, "list") == List(question="Capital of Peru?", answers=("Lima|Lima, Peru",))
    assert cast(cast(plain, "list"), "plain") == msgspec.structs.replace(plain, distractors=())
    assert cast(plain, "cloze") == Cloze(cloze="Capital of Peru? {{Lima|Lima, Peru}}.")
    assert cast(Cloze(cloze="{{Lima|the town}} is old."), "plain") == Plain(question="[…] is old.", answer="Lima", accept=("the town",))
    assert cast(Cloze(cloze="{{Lima}} is in {{Peru}}."), "true/false") == Statement(statement="Lima is in Peru.", answer=True)
    assert cast(Order(order=("a", "b")), "list") == List(question="", answers=("a", "b"))
    assert cast(List(question="Order!", answers=("a|x", "b")), "order") == Order(question="Order!", order=("a", "b"))
    assert cast(plain, "match") == Match(question="Capital of Peru?", match=(("Lima", ""),), distractors=("Quito",))


@settings(max_examples=15, deadline=None)
@given(decks())
def test_the_form_of_a_deck_not_touched_is_the_deck(deck: Deck) -> None:
    assert deck_filled(deck, {field.name: field.text for field in deck_form(deck)}) == deck


def test_a_deck_is_written_in_its_form() -> None:
    deck = Deck(id="d", title="d", sources=(Source(id="w", sha256="ab" * 32),))
    texts = {
        "title": "Peru",
        "language": "de",
        "markup": "markdown",
        "study.mode": "type",
        "study.retention": "0.9",
        "study.new_per_day": "5",
    }
    texts |= {"lint.ignore": "Q119", "sources.0.publisher": "Wire", "sources.1.id": "p", "sources.1.title": "News", "declined": "a\nb"}
    new = deck_filled(deck, texts)
    assert new.sources == (Source(id="w", publisher="Wire", sha256="ab" * 32), Source(id="p", title="News"))
    assert (new.title, new.language, new.markup, new.study.mode, new.study.retention) == ("Peru", "de", Markup.MARKDOWN, Mode.TYPE, 0.9)
    assert (new.study.new_per_day, new.lint.ignore, new.declined) == (5, ("Q119",), ("a", "b"))
    assert deck_filled(new, {"sources.1.id": "", "sources.1.title": "", "language": "", "study.retention": ""}).sources == new.sources[:1]
    told = deck_unfit(new, {"study.retention": "7", "sources.1.id": "w", "markup": "html"})
    assert {one.field: one.code for one in told} == {"study.retention": "D111", "sources.1.id": "D204", "markup": "D110"}
