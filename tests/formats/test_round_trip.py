"""What a form carries comes back equal, and what does not is told: for every form, every kind, and whatever text a deck holds."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from quizzer.core.kinds import Deck, Plain
from quizzer.formats import FORMATS, read, write

from ..deckfile.test_round_trip import decks


def stripped(value: object) -> object:
    """The value with no blanks at the ends of its texts, which do not count."""
    if type(value) is str:
        return value.strip()
    if isinstance(value, tuple):
        return tuple(stripped(one) for one in value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{name: stripped(getattr(value, name)) for name in value.__struct_fields__})
    return value


def there_and_back(deck: Deck, form: str) -> None:
    """Every field of every question comes back as it was, or its loss is told; and nothing is told that is not lost."""
    written = write(deck, form)
    if not any(written.carried):
        assert {loss.question for loss in written.losses if not loss.field} == {question.id for question in deck.questions}
        return
    back = read(written.data, form=form)[1]
    assert back.problems == ()
    lost = {(loss.question, loss.field) for loss in written.losses}
    kept = [question for question in deck.questions if (question.id, "") not in lost]
    assert len(back.deck.questions) == len(kept)
    found: set[tuple[str, str]] = {(question.id, "") for question in deck.questions if question not in kept}
    for before, after in zip(kept, back.deck.questions, strict=True):
        if type(before) is not type(after):
            found.add((before.id, "kind"))
        for name in before.__struct_fields__:
            shared = hasattr(after, name) and (type(before) is type(after) or name in Plain.__struct_fields__)
            if name in ("question", "answer", "distractors") and type(before) is not type(after):
                continue
            if name == "id" and ("", "ids") in lost:
                continue
            if shared and stripped(getattr(before, name)) != stripped(getattr(after, name)):
                found.add((before.id, name))
    for name in (name for name in Deck.__struct_fields__ if name not in ("questions", "sources")):
        if stripped(getattr(deck, name)) != stripped(getattr(back.deck, name)):
            found.add(("", name))
    assert found == {loss for loss in lost if loss not in {("", "ids"), ("", "sources")}}
    if ("", "sources") not in lost:
        assert {one.id: stripped(one) for one in deck.sources} == {one.id: stripped(one) for one in back.deck.sources}
    assert all(loss.message and "\n" not in loss.message for loss in written.losses)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(deck=decks())
def test_what_is_exported_is_read_back_less_what_was_told(form: str, deck: Deck) -> None:
    there_and_back(deck, form)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(deck=decks())
def test_what_is_exported_is_read_back_less_what_was_told_many_times(form: str, deck: Deck) -> None:
    there_and_back(deck, form)
