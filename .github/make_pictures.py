"""Draw the pictures of the README from the real app: ``python .github/make_pictures.py``.

Study after an answer and the editor, over a sample deck, and the proposals from one of the tests' articles, with clock and dice fixed:
the same app gives the same pictures. A sheet and its key, which also depend on the fonts of the machine.
"""

import asyncio
import random
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from textual.app import App
from textual.pilot import Pilot

from quizzer import deckfile, news
from quizzer.authoring import Manuscript, Sitting, offer
from quizzer.paper import Wishes, print_pdf
from quizzer.settings import Settings
from quizzer.study import Shelf
from quizzer.tui.app import QuizzerApp
from quizzer.tui.editing import EditorApp
from quizzer.tui.proposing import ProposalsApp
from quizzer.tui.widgets.card_views import CardViews
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.edit_form import FieldText

PICTURES = Path(__file__).parent
ARTICLE = PICTURES.parent / "tests" / "data" / "articles" / "earthquake.txt"
SIZE = (96, 26)
WIDE = (116, 20)  # the question beside its passage
BROAD = (132, 30)  # list, form and previews
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
HEAD = """\
format: 1
id: apollo-11
title: The first landing on the Moon
study: {mode: choose}
sources:
  - {id: primer, publisher: Sample Gazette, title: Eight days in July, date: 1969-07-25, url: "https://example.org/eight-days"}
questions:
"""
SEA = """\
  - id: sea
    question: On which plain of the Moon did Apollo 11 land in July 1969?
    answer: the Sea of Tranquility
    distractors: [the Ocean of Storms, the Sea of Serenity, the Sea of Rains]
    evidence:
      source: primer
      quote: came down in the Sea of Tranquility
      passage: >-
        Four days after lift-off the lunar module came down in the Sea of Tranquility, with fuel left for less than a minute;
        Michael Collins circled overhead in the command module.
    explanation: Apollo 12 came down in the Ocean of Storms four months later.
"""
MORE = "  - {{id: q{n}, question: 'Question {n}?', answer: '{n}', distractors: [a, b]}}\n"


def for_github(svg: str) -> str:
    """Return the screenshot without the fonts it would load from elsewhere."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONTS};", svg).replace("Fira Code", FONTS.split(",")[0])


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait for the condition, and then until all is painted."""
    async with asyncio.timeout(60):
        while not condition():
            await pilot.pause(0.02)
    await pilot.pause()


def text_of(app: App[Any]) -> str:
    """Return what stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.screen.size))


def at_work(app: App[Any], *groups: str) -> bool:
    """Return whether a worker of these groups has something to do."""
    return any(worker.group in groups and not worker.is_finished for worker in app.workers)


class Sitter:
    """Sits for the picture: studies on two days, so that cards are new, learning and due, and stops at the one to be drawn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._day = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self._dice = random.Random(1)
        self._stopwatch = count(step=1)

    def _shelf(self) -> Shelf:
        return Shelf(
            decks=self._folder / "decks",
            progress=self._folder / "progress.db",
            learner="me",
            settings=Settings(zone="UTC"),
            clock=lambda: self._day,
            dice=self._dice.getrandbits,
        )

    async def study(self, *, answers: int, draw: str = "", right: str = "") -> str:
        """Give ``answers``, or go on till ``draw`` is asked, answer it right, and return the screen."""
        app = QuizzerApp(self._shelf, decks=("apollo-11",), monotonic=lambda: float(next(self._stopwatch)))
        try:
            async with app.run_test(size=SIZE) as pilot:
                while not app.screen.query("Choices") or not app.screen.query_one(Choices).options:
                    await pilot.pause(0.05)
                choices = app.screen.query_one(Choices)
                for number in range(99):
                    drawn = bool(draw) and right in choices.options
                    await pilot.press(str(choices.options.index(right) + 1) if drawn else "1")
                    while choices.outcome is None:
                        await pilot.pause(0.02)
                    if drawn or number == answers:
                        break
                    await pilot.press("4" if number % 3 else "3")
                    while choices.outcome is not None:
                        await pilot.pause(0.02)
                await pilot.pause(0.5)
                return app.export_screenshot(title="quizzer")
        finally:
            app.desk.close()
            self._day += timedelta(days=14)


async def study(folder: Path) -> str:
    """Return the study screen after a right answer, in the middle of a session."""
    (folder / "decks").mkdir()
    (folder / "decks" / "apollo.yaml").write_text(
        HEAD + "".join(MORE.format(n=n) for n in range(12)) + SEA + "".join(MORE.format(n=n) for n in range(12, 20)), encoding="utf-8"
    )
    sitter = Sitter(folder)
    await sitter.study(answers=7)
    return await sitter.study(answers=99, draw="sea", right="the Sea of Tranquility")


async def propose(folder: Path) -> str:
    """Return the screen of an author who has decided on some proposals, at the surest."""
    made = news.generate([news.Unread(path=str(ARTICLE), name=ARTICLE.name)])
    deck = folder / "this-week.yaml"
    sitting = Sitting.begin(deck, offer(deck, made.deck, made.proposals, made.articles))
    app = ProposalsApp(sitting, monotonic=count(step=1).__next__)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause(0.5)
        for key in ("right", "k", "d", "left", "left", "left"):
            await pilot.press(key)
            await pilot.pause(0.1)
        await pilot.pause(0.5)
        return app.export_screenshot(title="quizzer generate")


SHEET = """\
format: 1
id: moon
title: The first landing on the Moon
sources:
  - {id: primer, publisher: Sample Gazette, title: Eight days in July, date: 1969-07-25, url: "https://example.org/eight-days"}
questions:
  - id: sea
    question: On which plain of the Moon did Apollo 11 land?
    answer: the Sea of Tranquility
    distractors: [the Ocean of Storms, the Sea of Serenity, the Sea of Rains]
    evidence: {source: primer, quote: came down in the Sea of Tranquility}
    explanation: Apollo 12 came down in the Ocean of Storms four months later.
  - {id: day, cloze: "The lunar module came down on {{20 July|July 20}} {{1969}}."}
  - {id: third, statement: Michael Collins was the third to walk on the Moon., answer: false, explanation: He circled overhead.}
  - {id: order, question: "Put these in order, the earliest first.", order: [Sputnik 1, Vostok 1, Apollo 8, Apollo 11]}
  - {id: match, question: Who did what?, match: {Armstrong: took the first step, Aldrin: followed him, Collins: stayed in orbit}}
  - {id: crew, question: Name the three men of the crew., answers: [Neil Armstrong, Buzz Aldrin, Michael Collins]}
  - {id: fuel, question: Why was there little time left for the landing?, answer: There was fuel for less than a minute.}
"""


def sheet(folder: Path) -> Image.Image:
    """Return a sheet and its key, side by side."""
    path = folder / "moon.yaml"
    path.write_text(SHEET, encoding="utf-8")
    document = pypdfium2.PdfDocument(print_pdf([(deckfile.load(path), folder)], Wishes()).data)
    pages = [page.render(scale=0.95).to_pil().convert("L") for page in document]
    gap = 14
    whole = Image.new("L", (sum(page.width + gap for page in pages) + gap, pages[0].height + 2 * gap), 200)
    left = gap
    for page in pages:
        whole.paste(page, (left, gap))
        left += page.width + gap
    return whole


async def edit(folder: Path) -> str:
    """Return the editor at a question of the sample deck, one of whose wrong options is right."""
    deck = folder / "apollo.yaml"
    head = HEAD.replace("study: {mode: choose}\n", "")
    deck.write_text(head + SEA + "".join(MORE.format(n=n) for n in range(4)), encoding="utf-8")
    manuscript = Manuscript.open(deck)
    app = EditorApp(manuscript, "sea")
    try:
        async with app.run_test(size=BROAD) as pilot:
            await until(pilot, lambda: "the Sea of Serenity" in text_of(app) and not at_work(app, "fill", "check"))
            area = next(area for area in app.screen.query(FieldText) if area.row.name == "distractors")
            area.focus()
            area.text += "\nSea of Tranquility"
            area.action_cursor_down()
            views = app.screen.query_one(CardViews)
            await until(pilot, lambda: "D303" in text_of(app) and " Sea of Tranquility" in views.text and not at_work(app, "fill", "check"))
            area._pause_blink()  # where it is only told not to blink, a line drawn without its cursor stays so
            await pilot.pause()
            return app.export_screenshot(title="quizzer edit")
    finally:
        manuscript.close()


def main() -> None:
    """Write the pictures beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        (PICTURES / "study.svg").write_text(for_github(asyncio.run(study(Path(folder)))), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (PICTURES / "editor.svg").write_text(for_github(asyncio.run(edit(Path(folder)))), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (PICTURES / "proposals.svg").write_text(for_github(asyncio.run(propose(Path(folder)))), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        sheet(Path(folder)).quantize(16).save(PICTURES / "sheet.png", optimize=True)


if __name__ == "__main__":
    main()
