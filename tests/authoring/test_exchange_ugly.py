"""A file brought back into the deck it was made of changes nothing, whatever text the deck holds; nor does a second import."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from quizzer import deckfile
from quizzer.authoring.exchange import Given, give, take
from quizzer.core.errors import FormatError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Evidence, Source
from quizzer.formats import FORMATS

from ..deckfile.test_round_trip import decks


def out_and_in(deck: Deck, form: str, folder: Path, elsewhere: Path) -> None:
    path = folder / "deck.yaml"
    deckfile.save(deck, path)
    before = path.read_bytes()
    try:
        data = give(deckfile.load(path), form).data
    except FormatError as error:
        assert "can carry none of its questions" in str(error)
        return
    done = take([Given("file", data)], path, folder=folder, form=form)
    assert (done.new, done.changed, done.absent) == (0, (), ())
    assert path.read_bytes() == before
    try:
        assert take([Given("file", data)], elsewhere / "deck.yaml", folder=elsewhere, form=form).made
    except FormatError as error:
        assert "no question could be taken" in str(error)
        return
    made = (elsewhere / "deck.yaml").read_bytes()
    again = take([Given("file", data)], elsewhere / "deck.yaml", folder=elsewhere, form=form)
    assert (again.new, again.changed, (elsewhere / "deck.yaml").read_bytes()) == (0, (), made)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks())
def test_a_file_made_of_a_deck_changes_nothing_in_it(form: str, deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> None:
    out_and_in(deck, form, tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there"))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks())
def test_a_file_made_of_a_deck_changes_nothing_many_times(form: str, deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> None:
    out_and_in(deck, form, tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there"))


def test_evidence_that_a_form_cannot_tell_stays_where_nothing_else_changed(tmp_path: Path) -> None:
    """The first source's address makes a line of its own; the second's footnote is no line that names a source."""
    odd, blank = Source(id="odd", publisher="a\nb", title="Mu", url="a\r\nb"), Source(id="blank", publisher="\na", title="\t", url="1_000")
    evidence = (Evidence(source="odd", quote="one"), Evidence(source="blank", quote="two"))
    question = Plain(id="q", question="Which?", answer="This", evidence=evidence)
    deck = Deck(id="d", title="D", questions=(question,), sources=(odd, blank))
    for form in FORMATS:
        for name in ("here", "there"):
            (tmp_path / form / name).mkdir(parents=True)
        out_and_in(deck, form, tmp_path / form / "here", tmp_path / form / "there")
