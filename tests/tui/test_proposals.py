"""An author at the screen of proposals: what is pressed is what the deck file holds in the end."""

import hashlib
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from quizzer.authoring import Sitting, Standing, offer, place
from quizzer.core.kinds import Deck, Order, Plain
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal, Reading
from quizzer.deckfile import load, save
from quizzer.tui.proposing import ProposalsApp
from quizzer.tui.remapping import complaints
from quizzer.tui.screens.help import HelpScreen
from quizzer.tui.screens.proposals import ProposalsScreen

from .conftest import Stopwatch

ARTICLE = """\
The old harbour of Reykjavik was finished in 1917, the port authority said. Work
had begun in 1913 under the engineer Niels Monberg.

Monberg told the town council: "We had never built anything like it." The rock
was taken from the hill Oskjuhlid.
"""
SOURCE = Source(id="harbour", publisher="Harbour Gazette", date="1918-05-04", sha256=hashlib.sha256(ARTICLE.encode()).hexdigest())


def span(quote: str) -> Evidence:
    start = ARTICLE.index(quote)
    begin = ARTICLE.rfind("\n\n", 0, start) + 2 if "\n\n" in ARTICLE[:start] else 0
    end = ARTICLE.find("\n\n", start)
    return Evidence(source="harbour", quote=quote, start=start, passage=ARTICLE[begin : end if end > 0 else None], passage_start=begin)


def proposal(id_: str, stem: str, answer: str, quote: str, *, sort: str, sure: float, **more: Any) -> Proposal:
    question = Plain(id=id_, question=stem, answer=answer, distractors=("Other", "Another"), evidence=(span(quote),), tags=(sort,))
    return Proposal(question=question, sort=sort, confidence=sure, **more)


PROPOSALS = (
    proposal("finished", "In which year was the old harbour finished?", "1917", "finished in 1917", sort="when", sure=0.99),
    proposal(
        "said",
        "Who said that nothing like it had ever been built?",
        "Niels Monberg",
        "Monberg told the town council",
        sort="who said",
        sure=0.98,
        why=("the name stands before the verb",),
        resolved=(span("the engineer Niels Monberg"),),
    ),
    proposal(
        "engineer", "Which engineer built the harbour?", "Monberg", "engineer Niels Monberg", sort="role", sure=0.97, alike=("builder",)
    ),
    proposal(
        "builder", "Under which engineer did work on it begin?", "Niels Monberg", "the engineer Niels Monberg", sort="role", sure=0.96
    ),
    Proposal(
        question=Order(
            id="order", question="Put these in order.", order=("Work begins", "It is finished"), evidence=(span("begun in 1913"),)
        ),
        sort="order",
        confidence=0.95,
    ),
)
MADE = Deck(id="harbour", title="The harbour", sources=(SOURCE,), questions=tuple(one.question for one in PROPOSALS))
READING = Reading(name="harbour.txt", text=ARTICLE, source=SOURCE)


class Author:
    """Presses keys, a second apart, and looks at what came of it."""

    def __init__(self, app: ProposalsApp, pilot: Pilot[int], stopwatch: Stopwatch) -> None:
        self.app, self.pilot, self.stopwatch = app, pilot, stopwatch

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.stopwatch.seconds += 1
            await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was pressed is done, and painted: a dialogue may come a moment after the screen is at rest."""
        await self.pilot.pause()
        for _ in range(600):
            before = self.text()
            await self.pilot.pause()
            if before == self.text():
                return
        raise AssertionError("the app does not come to rest")

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips(self.app.screen.size))

    async def click_on(self, text: str) -> None:
        self.stopwatch.seconds += 1
        rows = self.text().split("\n")
        y = next(y for y, row in enumerate(rows) if text in row)
        await self.pilot.click(None, offset=(rows[y].index(text), y))
        await self.pilot.pause()

    @property
    def notices(self) -> str:
        return " ".join(notice.message for notice in self.app._notifications)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return tmp_path / "harbour.yaml"


@asynccontextmanager
async def opened(path: Path, *, size: tuple[int, int] = (80, 24), sitting: Sitting | None = None, **given: Any) -> AsyncIterator[Author]:
    stopwatch = Stopwatch()
    if sitting is None:
        sitting = Sitting.reopen(path) if place(path).exists() else Sitting.begin(path, offer(path, MADE, PROPOSALS, [READING]))
    app = ProposalsApp(sitting, monotonic=stopwatch, **given)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Author(app, pilot, stopwatch)


def ids(path: Path) -> list[str]:
    return [question.id for question in load(path).questions]


async def test_what_is_kept_is_written_when_it_is_accepted_and_not_before(deck: Path) -> None:
    async with opened(deck) as author:
        assert "1 of 5 · 0 kept" in author.text()
        await author.press("k", "d", "k", "k")
        assert "5 of 5 · 3 kept · 1 dropped" in author.text()
        assert not deck.exists()
        await author.press("k")
        assert "Write 4 questions to harbour.yaml?" in author.text()
        assert "1 dropped." in author.text()
        assert not deck.exists()
        await author.press("enter")
    assert ids(deck) == ["finished", "engineer", "builder", "order"]
    assert load(deck).declined == ("said",)
    assert not place(deck).exists()
    assert author.app.account is not None
    assert str(author.app.account) == "4 kept, 1 dropped"


async def test_who_leaves_goes_on_where_they_were(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("k", "d", "q")
    assert not deck.exists()
    assert author.app.account is None
    async with opened(deck) as author:
        assert "3 of 5 · 1 kept · 1 dropped" in author.text()
        await author.press("u", "u")
        assert "1 of 5 · 0 kept" in author.text()
        await author.press("r")
        assert "1 of 5 · 1 kept" in author.text()


async def test_what_is_undecided_is_left_out_and_said_so(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("k", "enter")
        assert "4 not decided" in author.text()
        await author.press("2")
        assert "2 of 5 · 1 kept" in author.text()
        await author.press("enter", "1")
    assert ids(deck) == ["finished"]
    assert load(deck).declined == ()


async def test_where_nothing_is_kept_nothing_is_written(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("D")
        assert "Nothing is kept" in author.text()
        await author.press("enter", "q")
    assert not deck.exists()
    assert place(deck).exists()


async def test_all_remaining_are_kept_or_dropped_with_one_key_and_taken_back_with_another(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("d", "K")
        assert "Write 4 questions" in author.text()
        await author.press("escape", "u")
        assert "0 kept · 1 dropped" in author.text()
        await author.press("f", "D")
        assert "0 kept · 3 dropped" in author.text()
        await author.press("escape", "K", "enter")
    assert ids(deck) == ["said", "order"]
    assert load(deck).declined == ("finished", "engineer", "builder")


async def test_a_question_is_edited_in_place_and_what_is_wrong_with_it_told_at_once(deck: Path) -> None:
    async with opened(deck, size=(120, 40)) as author:
        await author.press("e")
        assert "'Other' is no number, and the key '1917' is" in " ".join(author.text().split())
        await author.press("tab", "end")
        await author.press("backspace", "backspace", "backspace", "backspace")
        await author.type("Other")
        assert "stands among the distractors" in author.text()
        await author.press("enter")
        assert "stands among the distractors" in author.notices
        await author.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await author.type("1918")
        await author.press("tab")
        await author.type("the year 1918")
        await author.press("enter")
        await author.type("in 1918")
        await author.press("ctrl+s")
        assert "edited" in author.text()
        await author.press("k", "enter", "1")
    (question,) = load(deck).questions
    assert isinstance(question, Plain)
    assert (question.answer, question.accept, question.distractors) == ("1918", ("the year 1918", "in 1918"), ("Other", "Another"))
    assert question.evidence == PROPOSALS[0].question.evidence


async def test_a_question_with_which_nothing_is_wrong_is_said_to_be_so(deck: Path) -> None:
    async with opened(deck, size=(120, 40)) as author:
        await author.press("d", "e")
        assert "Niels Monberg" in author.text()
        assert "nothing wrong with it" in author.text()


async def test_what_is_pasted_stays_one_text_and_without_what_a_terminal_would_obey(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("e")
        author.app.post_message(Paste("One,\n\n  two \x1b[31mand\tthree: "))
        await author.pilot.pause()
        await author.press("tab", "tab", "tab")
        author.app.copy_to_clipboard("A third\r\nA fourth\x07\n")
        await author.press("ctrl+v", "f2", "k", "enter", "1")
    (question,) = load(deck).questions
    assert isinstance(question, Plain)
    assert question.question == "One, two [31mand three: In which year was the old harbour finished?"
    assert question.distractors == ("A third", "A fourth", "Other", "Another")


async def test_what_why_tells_is_in_sight(deck: Path) -> None:
    async with opened(deck, size=(60, 16)) as author:
        await author.press("right")
        assert "the name stands before the verb" not in author.text()
        await author.press("w")
        assert "the name stands before the verb" in author.text()
        await author.press("w")
        assert "Who said that nothing like it" in author.text()


async def test_an_edit_can_be_called_off_and_undone(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("e", "x", "escape")
        assert "edited" not in author.text()
        await author.press("e", "x", "enter")
        assert "xIn which year" in author.text()
        assert "edited" in author.text()
        await author.press("u")
        assert "xIn which year" not in author.text()


async def test_two_that_ask_the_same_become_one(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("right", "right")
        assert "may ask the same: Under which engineer" in " ".join(author.text().split())
        await author.press("m")
        assert "Which wording stays?" in author.text()
        await author.press("1")
        await author.press("enter", "1")
    (question,) = load(deck).questions
    assert isinstance(question, Plain)
    assert (question.id, question.answer, question.accept) == ("engineer", "Monberg", ("Niels Monberg",))
    assert [one.quote for one in question.evidence] == ["engineer Niels Monberg", "the engineer Niels Monberg"]
    assert load(deck).declined == ("builder",)


async def test_sorts_and_words_narrow_what_is_shown(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("f")
        assert "harbour.yaml  role" in author.text()
        assert "1 of 2" in author.text()
        await author.press("k", "d")
        assert "All that is shown is decided" in author.notices
        await author.press("u", "u", "escape")
        assert "of 5 · 0 kept" in author.text()
        await author.press("slash")
        await author.type("nothing like")
        assert "1 of 1" in author.text()
        await author.press("enter", "k")
        await author.press("escape", "slash")
        await author.type("zebra")
        assert "No question matches “zebra”." in author.text()
        await author.press("enter", "k", "d", "escape")
        assert "1 kept" in author.text()
        await author.press("enter", "1")
    assert ids(deck) == ["said"]


async def test_why_shows_how_it_came_about_and_the_passage_where_names_come_from(deck: Path) -> None:
    async with opened(deck, size=(120, 40)) as author:
        await author.press("right", "w")
        shown = author.text()
    assert "the name stands before the verb" in shown
    assert "resolved from: “the engineer Niels Monberg”" in " ".join(shown.split())
    assert "Harbour Gazette · 1918-05-04" in shown
    assert "Monberg told the town council" in shown


async def test_the_mouse_does_what_keys_do(deck: Path) -> None:
    async with opened(deck) as author:
        await author.click_on("Keep")
        await author.click_on("Drop")
        assert "3 of 5 · 1 kept · 1 dropped" in author.text()
        await author.click_on("Accept")
        await author.click_on("1  Write")
        await author.pilot.pause()
    assert ids(deck) == ["finished"]


async def test_a_question_that_no_deck_could_take_is_not_kept(deck: Path) -> None:
    bad = proposal("bad", "In which year was it finished?", "1917", "finished in 1917", sort="when", sure=0.9)
    assert isinstance(bad.question, Plain)
    wrong = Proposal(
        question=Plain(id="bad", question="When?", answer="1917", distractors=("1917",), evidence=bad.question.evidence),
        sort="when",
        confidence=1,
    )
    sitting = Sitting.begin(deck, offer(deck, MADE, (wrong, *PROPOSALS), [READING]))
    async with opened(deck, sitting=sitting) as author:
        assert "stands among the distractors" in " ".join(author.text().split())
        await author.press("k")
        assert "cannot be kept as it is" in author.notices
        await author.press("K")
        assert "5 kept" in author.text()
        assert "1 cannot be kept" in author.notices
    assert sitting.sifting.standing("bad") is Standing.OPEN


async def test_stale_questions_come_last_and_may_be_dropped(deck: Path) -> None:
    gone = Plain(id="gone", question="What did it cost?", answer="Much", evidence=(Evidence(source="harbour", quote="cost much", start=5),))
    save(Deck(id="harbour", title="T", sources=(Source(id="harbour", sha256="ab" * 32),), questions=(gone, MADE.questions[0])), deck)
    async with opened(deck) as author:
        await author.press("K", "escape")
        await author.press("left")
        text = " ".join(author.text().split())
        assert "stale" in text
        assert "no longer in the article" in text
        await author.press("u")
        await author.press("f", "f", "f", "f")
        assert "What did it cost?" in author.text()
        await author.press("d", "escape", "K", "enter")
    assert ids(deck) == ["finished", "said", "engineer", "builder", "order"]
    assert load(deck).declined == ("gone",)


@pytest.mark.parametrize("size", [(36, 9), (40, 12), (60, 18), (80, 24), (109, 30), (110, 30), (200, 60)])
async def test_every_size_shows_the_question_and_lets_it_be_decided(size: tuple[int, int], deck: Path) -> None:
    async with opened(deck, size=size) as author:
        assert "In which year was the old" in " ".join(author.text().split())
        await author.press("w", "down", "down", "up", "pagedown", "e")
        await author.press("escape", "m", "k")
        await author.pilot.resize_terminal(20, 5)
        await author.pilot.pause()
        assert "Too small" in author.text()
        await author.press("k", "d", "e")
        await author.pilot.resize_terminal(*size)
        await author.pilot.pause()
        await author.press("q")
    assert len(place(deck).read_bytes().splitlines()) == 2  # the offer and one decision


async def test_a_key_that_was_changed_stands_where_the_old_one_stood(deck: Path) -> None:
    async with opened(deck, size=(40, 12), keys={"proposals.keep": "y"}) as author:
        foot = author.text().splitlines()[-1].split()
    assert foot[:4] == ["y", "Keep", "d", "Drop"]


async def test_keys_can_be_changed_and_none_is_taken_twice(deck: Path) -> None:
    assert complaints({}, ProposalsApp) == []
    async with opened(deck, keys={"proposals.keep": "x"}) as author:
        await author.press("x")
        assert "1 kept" in author.text()
        await author.press("question_mark")
        assert isinstance(author.app.screen, HelpScreen)
        assert "proposals.keep" in author.text()
        await author.press("q")
        assert isinstance(author.app.screen, ProposalsScreen)


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param((80, 24), "quizzer-dark", ("k", "d"), id="proposal"),
        pytest.param((140, 36), "quizzer-light", ("k", "e"), id="edited"),
    ],
)
def test_looks(size: tuple[int, int], theme: str, keys: tuple[str, ...], deck: Path, snap_compare: Callable[..., bool]) -> None:
    stopwatch = Stopwatch()
    app = ProposalsApp(Sitting.begin(deck, offer(deck, MADE, PROPOSALS, [READING])), theme=theme, monotonic=stopwatch)

    async def sit(pilot: Pilot[Any]) -> None:
        author = Author(app, pilot, stopwatch)
        await pilot.pause()
        await author.press(*keys)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=sit)


KEYS = [
    *"kdemwurKDfnpj/qxt1234",
    *("space", "enter", "escape", "left", "right", "up", "down", "tab", "pagedown", "ctrl+s", "ctrl+z", "backspace", "question_mark"),
]


async def any_keys(path: Path, seed: int, many: int) -> None:
    """Press keys at random, and hold what waits on disk against what is on the screen."""
    dice = random.Random(seed)
    sitting = Sitting.begin(path, offer(path, MADE, PROPOSALS, [READING]))
    async with opened(path, size=dice.choice([(40, 12), (80, 24), (140, 40)]), sitting=sitting) as author:
        for _ in range(many):
            if author.app.return_value is not None or not place(path).exists():
                break
            await author.press(dice.choice(KEYS))
    if place(path).exists():
        again = Sitting.reopen(path)
        assert [again.sifting.entry(name) for name in again.sifting.ids] == [sitting.sifting.entry(name) for name in sitting.sifting.ids]
        assert not path.exists()
    else:
        kept = [name for name in ids(path) if sitting.sifting.standing(name) is Standing.KEPT]
        assert kept == ids(path)


@pytest.mark.parametrize("seed", [1, 2])
async def test_any_keys_in_any_order_do_no_harm(seed: int, deck: Path) -> None:
    await any_keys(deck, seed, 40)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 140))
async def test_any_keys_in_any_order_do_no_harm_for_long(seed: int, deck: Path) -> None:
    await any_keys(deck, seed, 150)
