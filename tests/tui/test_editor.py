"""The editor: what is written in the form, and nothing else, is what the deck's file holds in the end."""

import difflib
import random
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from quizzer import deckfile
from quizzer.authoring import Manuscript
from quizzer.core.errors import DeckError
from quizzer.core.kinds import Cloze, Match, Plain, Statement
from quizzer.tui import drafting, edit
from quizzer.tui.editing import EditorApp
from quizzer.tui.screens.editor import EditorScreen
from quizzer.tui.widgets.card_views import CardViews
from quizzer.tui.widgets.edit_form import EditForm, FieldText
from quizzer.tui.widgets.question_list import QuestionList

from .conftest import PATIENCE

DECK = """\
# The rivers, by hand.
format: 1
id: rivers
title: Rivers   # short
sources:
  - {id: atlas, publisher: Atlas, title: All rivers}
questions:
  - id: cologne
    question: Which river flows through Cologne?
    answer: the Rhine   # not the Main
    type: place
    distractors: [the Elbe, the Oder]
    tags: [germany]

  # A sentence with gaps.
  - {id: gaps, cloze: "The {{Danube}} flows through {{Vienna|Wien}}."}
  - id: north
    statement: The Rhine flows north.
    answer: true
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SOON", 0.005)
    monkeypatch.setattr(drafting, "LATER", 0.01)


class Author:
    """Presses keys and looks at what came of it."""

    def __init__(self, app: EditorApp, pilot: Pilot[int], path: Path) -> None:
        self.app, self.pilot, self.path, self.before = app, pilot, path, path.read_bytes()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        end = time.monotonic() + PATIENCE
        at_rest = False
        while not at_rest or self.at_work("fill", "save", "look"):  # at rest before and after all is painted
            assert time.monotonic() < end, "the editor does not come to rest"
            at_rest = not self.at_work("fill", "save", "look")
            await self.pilot.pause()

    def at_work(self, *groups: str) -> bool:
        return any(worker.group in groups and not worker.is_finished for worker in self.app.workers)

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def fill(self, **texts: str) -> None:
        """Write into fields, in place of what they held; the names of fields have dots where these have two underlines."""
        for name, text in texts.items():
            area = self.area(name.replace("__", "."))
            area.focus()
            area.text = text
        await self.settle()

    async def until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "what was waited for did not come"
            await self.pilot.pause(0.01)
        await self.settle()

    async def checked(self) -> None:
        """Wait until what is wrong with the deck was found."""
        await self.until(lambda: not self.at_work("check"))

    async def open(self) -> None:
        """Wait until the editor is open and filled."""
        await self.until(lambda: isinstance(self.app.screen, EditorScreen) and self.app.screen.query(FieldText))

    def area(self, field: str) -> FieldText:
        return next(area for area in self.app.screen.query(FieldText) if area.row.name == field and area.parent.parent.display)

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def lines(self) -> list[str]:
        return [line.stem for line in self.screen.query_one(QuestionList).shown]

    @property
    def seen(self) -> str:
        """What stands in the previews."""
        return self.screen.query_one(CardViews).text

    @property
    def notices(self) -> str:
        return " ".join(notice.message for notice in self.app._notifications)

    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips(self.screen.size))

    async def click_on(self, text: str) -> None:
        rows = self.text().split("\n")
        y = next(y for y, row in enumerate(rows) if text in row)
        await self.pilot.click(None, offset=(rows[y].index(text), y))
        await self.settle()

    @property
    def difference(self) -> list[str]:
        """The lines of the file that are not as they were."""
        lines = difflib.unified_diff(self.before.decode().splitlines(), self.path.read_text("utf-8").splitlines(), n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.yaml"
    path.write_text(DECK, "utf-8")
    return path


@asynccontextmanager
async def opened(path: Path, question: str = "", *, size: tuple[int, int] = (80, 24), **given: Any) -> AsyncIterator[Author]:
    manuscript = Manuscript.open(path)
    app = EditorApp(manuscript, question, **given)
    try:
        async with app.run_test(size=size) as pilot:
            author = Author(app, pilot, path)
            await author.open()
            yield author
    finally:
        manuscript.close()


async def test_what_is_changed_is_shown_and_saved_and_every_other_byte_stays(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("down", "enter", "x", "f9")
        assert "+    question: xWhich river flows through Cologne?" in author.text()
        assert "-    question: Which river flows through Cologne?" in author.text()
        await author.press("escape")
        assert "not saved" in author.text()
        assert author.path.read_bytes() == author.before
        await author.press("ctrl+s")
        assert "not saved" not in author.text()
    assert author.difference == [
        "-    question: Which river flows through Cologne?",
        "+    question: xWhich river flows through Cologne?",
    ]


async def test_when_all_is_taken_back_nothing_is_written_and_nothing_asked(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("down", "enter", "x", "tab", "y", "ctrl+z", "ctrl+z")
        assert author.area("question").text == "Which river flows through Cologne?"
        assert author.area("answer").text == "the Rhine"
        await author.press("ctrl+s")
        assert "holds all this already" in author.notices
        await author.press("escape", "escape")
    assert deck.read_bytes() == author.before
    assert author.app.return_code == 0


async def test_questions_are_added_copied_moved_and_deleted_where_the_author_is(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("down", "n", "2")
        await author.fill(cloze="A {{cat}} sat.")
        await author.press("escape", "n", "5")
        await author.fill(match="Rome: Tiber\nParis: Seine", distractors="Po", tags="a\nb")
        await author.press("escape", "c", "J", "d")
        assert "Deleted" in author.notices
        assert len(author.lines) == 6
        await author.press("u", "u", "u")
        assert author.lines[1:] == [
            "Which river flows through Cologne?",
            "A {{cat}} sat.",
            "Match these.",
            "The {{Danube}} flows through {{Vienna|Wien}}.",
            "The Rhine flows north.",
        ]
        await author.press("r", "u", "K", "ctrl+s")
        assert "not saved" not in author.text(), author.notices
    questions = deckfile.load(deck).questions
    assert [type(one) for one in questions] == [Plain, Match, Cloze, Cloze, Statement]
    assert (questions[1].match, questions[1].tags) == ((("Rome", "Tiber"), ("Paris", "Seine")), ("a", "b"))
    assert not any(line.startswith("-") for line in author.difference)


async def test_letters_typed_right_after_tab_are_in_the_next_field(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        author.area("question").focus()
        await author.settle()
        for key in ("tab", "x", "y", "shift+tab", "z"):  # all before the first of them is dealt with
            author.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await author.settle()
        assert sorted(author.area("answer").text) == sorted("the Rhinexy")
        assert sorted(author.area("question").text) == sorted("Which river flows through Cologne?z")


@pytest.mark.parametrize(("key", "left"), [("d", 2), ("c", 4)])
async def test_keys_pressed_faster_than_the_cursor_tells_where_it_is_are_for_where_it_is(deck: Path, key: str, left: int) -> None:
    async with opened(deck) as author:
        ids = [question.id for question in deckfile.load(deck).questions]
        await author.press("home", "down")
        author.app.post_message(events.Key("down", None))
        author.app.post_message(events.Key(key, key))  # no one waits in between
        await author.settle()
        now = [question.id for question in author.screen._manuscript.deck.questions]
        assert len(now) == left
        assert [name for name in now if name not in ids] == now[2:3] if key == "c" else now == [ids[0], ids[2]]


async def test_letters_are_typed_and_what_cannot_be_is_not_saved(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        await author.type("ncduJ/")
        assert author.area("question").text == "ncduJ/Which river flows through Cologne?"
        assert len(author.lines) == 4
        await author.fill(question="Which river flows through Cologne?", type="placee")
        await author.press("ctrl+s")
        assert "Not saved" in author.notices
        assert "Did you mean" in author.text()
        await author.fill(type="")
        await author.press("p", "l", "right")  # what is suggested is taken
        assert author.area("type").text == "place"
        await author.press("pageup", "ctrl+s")
    assert author.difference == ["-    type: place", "+    type: person"]


async def test_what_is_wrong_stands_beside_the_field_and_is_gone_to(deck: Path) -> None:
    async with opened(deck, "north") as author:
        await author.fill(statement="")
        await author.checked()
        assert "1 error" in author.text()
        rows = author.text().split("\n")
        at = next(number for number, row in enumerate(rows) if "│ Statement" in row)
        assert "Nothing stands here" in rows[at + 1], author.text()
        assert "nothing wrong" not in author.text()
        await author.press("escape", "home", "f8")
        form = author.screen.query_one(EditForm)
        assert (form.of, form.field) == ("north", "statement")
        await author.press("ctrl+s")
        assert author.path.read_bytes() == author.before
        assert author.notices


async def test_every_mode_is_shown_as_it_is_asked_and_follows_what_is_written(deck: Path) -> None:
    async with opened(deck, "cologne", size=(140, 40)) as author:
        faces = ["choose  while it is new", "type  once it is known", "type, then choose  on demand", "reveal  on demand", "after the"]
        assert [author.seen.index(face) for face in faces] == sorted(author.seen.index(face) for face in faces)
        await author.fill(distractors="the Elbe\nthe Neckar", explanation="It comes from the Alps.", mode="")
        await author.until(lambda: "the Neckar" in author.seen)
        assert "the Oder" not in author.seen
        assert "It comes from the Alps." in author.seen
        await author.click_on("type-then-choose  reveal")  # the modes there are, below the field
        assert author.area("mode").text == "type-then-choose"
        await author.press("ctrl+down")
        assert "gap 1 · type" in author.seen
        assert "gap 2 · after the answer" in author.seen
        await author.fill(cloze="No gap.")
        await author.until(lambda: "No card yet" in author.seen)


def test_it_looks_as_it_did_when_it_was_looked_at(deck: Path, snap_compare: Callable[..., bool]) -> None:
    manuscript = Manuscript.open(deck)
    app = EditorApp(manuscript, "cologne", theme="quizzer-light")

    async def sit(pilot: Pilot[int]) -> None:
        author = Author(app, pilot, deck)
        await author.open()
        await author.fill(distractors="the Elbe\nRhine", explanation="日本の川 🏞 and [b]no markup[/b]")
        await author.checked()
        app.clear_notifications()
        author.area("explanation")._pause_blink()  # where it is only told not to blink, a line drawn without its cursor stays so
        await pilot.pause()

    try:
        assert snap_compare(app, terminal_size=(140, 40), run_before=sit)
    finally:
        manuscript.close()


async def test_another_kind_keeps_what_it_has_a_place_for(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        await author.fill(kind="list")
        assert author.area("question").text == "Which river flows through Cologne?"
        assert author.area("answers").text == "the Rhine"
        assert author.area("tags").text == "germany"
        await author.press("ctrl+z")
        assert author.area("distractors").text == "the Elbe\nthe Oder"
        await author.fill(kind="lists")
        assert "There is no kind 'lists'" in author.text()


async def test_a_deck_without_questions_is_begun_and_its_own_fields_are_the_first_entry(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text("# mine\nformat: 1\nid: new\ntitle: New   # for now\nquestions: []\n", "utf-8")
    async with opened(path) as author:
        assert author.lines == ["New"]
        await author.press("enter")
        await author.fill(title="Rivers", sources__0__id="map", sources__0__title="A map")
        await author.press("escape", "n", "1")
        await author.fill(question="What?", answer="That", evidence__0__source="map", evidence__0__quote="that is it")
        await author.press("ctrl+s")
        assert "not saved" not in author.text(), author.notices
    made = deckfile.load(path)
    assert (made.title, made.sources[0].title, made.questions[0].evidence[0].source) == ("Rivers", "A map", "map")
    assert path.read_text("utf-8").startswith("# mine\nformat: 1\nid: new\ntitle: Rivers   # for now\n")


async def test_what_is_typed_while_it_is_saved_is_kept(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, save = threading.Event(), threading.Event(), Manuscript.save

    def slow(manuscript: Manuscript) -> dict[str, str]:
        begun.set()
        go_on.wait(20)
        return save(manuscript)

    monkeypatch.setattr(Manuscript, "save", slow)
    async with opened(deck) as author:
        await author.press("n", "1")
        await author.fill(question="What?", answer="Tha")
        await author.pilot.press("end", "ctrl+s")
        while not begun.is_set():
            await author.pilot.pause(0.01)
        await author.pilot.press("t")
        go_on.set()
        await author.settle()
        assert deckfile.load(deck).questions[-1].answer == "Tha"
        assert author.area("answer").text == "That"
        assert "not saved" in author.text()
        await author.press("ctrl+s")
    assert deckfile.load(deck).questions[-1].answer == "That"


async def test_who_leaves_with_changes_is_asked_once(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        await author.press("x", "escape", "escape")
        assert "changes that are not saved" in author.text()
        await author.press("3", "q", "escape")
        assert author.app.return_code is None
        await author.press("ctrl+q", "2")
        assert author.app.return_code == 0
    assert deck.read_bytes() == author.before


async def test_what_is_not_saved_of_a_file_that_went_elsewhere_is_kept_for_there(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        await author.type("x")
        elsewhere = deck.rename(deck.with_name("waters.yaml"))
        await author.press("ctrl+s")
        assert "rivers.yaml is not there any more" in author.notices
        await author.press("f5")
        assert author.area("question").text == "xWhich river flows through Cologne?"
        await author.press("ctrl+q", "1")
        assert author.app.return_code == 0
    assert not deck.exists()
    manuscript = Manuscript.open(elsewhere)
    assert manuscript.recovered and manuscript.question("cologne").text == "xWhich river flows through Cologne?"
    manuscript.close()


async def test_what_can_be_kept_nowhere_is_not_said_to_be_kept(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZZER_STATE", str(deck))  # which is no folder
    async with opened(deck, "cologne") as author:
        await author.type("x")
        elsewhere = deck.rename(deck.with_name("waters.yaml"))
        await author.press("ctrl+s")
        assert "rivers.yaml is not there any more. Put it back, and save then: what is not saved is kept nowhere." in author.notices
        await author.press("ctrl+q")
        assert "Discard them" in author.text() and "Keep them" not in author.text()
        await author.press("2")
        assert author.app.return_code is None
        elsewhere.rename(deck)
        await author.press("ctrl+s", "ctrl+q")
    assert "xWhich river flows through Cologne?" in deck.read_text("utf-8")


async def test_what_was_not_saved_is_there_again_and_another_program_loses_nothing_either(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        await author.type("x")
        author.app.exit(130)
    async with opened(deck, "cologne") as author:
        assert "is here again" in author.notices
        assert author.area("question").text == "xWhich river flows through Cologne?"
        deck.write_text(DECK.replace("flows north", "flows to the north"), "utf-8")
        await author.press("ctrl+s")
        assert "changed by another program" in author.notices
        assert "xWhich" not in deck.read_text("utf-8")
        await author.press("f5", "ctrl+s")
        assert "not saved" not in author.text(), author.notices
        await author.press("ctrl+z")
        assert author.area("question").text == "Which river flows through Cologne?"
    text = deck.read_text("utf-8")
    assert "flows to the north" in text
    assert "xWhich river" in text
    assert "# A sentence with gaps." in text


async def test_words_are_looked_for_and_the_mouse_does_all(deck: Path) -> None:
    async with opened(deck) as author:
        await author.press("slash", *"vienna", "enter")
        assert author.screen.query_one(EditForm).of == "gaps"
        assert "The Rhine flows north." not in author.lines
        await author.press("escape")
        assert len(author.lines) == 4
        await author.click_on("3 The Rhine flo")
        await author.pilot.click(author.area("explanation"))
        await author.type("Yes")
        await author.click_on("Save")
    assert author.difference == ['+    explanation: "Yes"']


async def test_it_can_be_used_in_any_room(deck: Path) -> None:
    async with opened(deck, "cologne") as author:
        assert "Type the answer" not in author.text()
        await author.press("f3", "pagedown")
        assert "Type the answer" in author.text()  # in the form's place
        await author.press("escape")
        assert author.screen.query_one(EditForm).field == "question"
        await author.press("f1")
        assert author.text().strip().startswith("Editing")
        await author.press("escape")
        await author.pilot.resize_terminal(40, 12)
        await author.settle()
        assert "Cologne?" in author.text()
        assert "1 plain Which" not in author.text()
        await author.press("escape")
        assert "1 plain Which" in author.text()
        await author.pilot.resize_terminal(20, 5)
        await author.press("d", "enter", "n")
        await author.pilot.resize_terminal(140, 40)
        await author.settle()
        assert len(author.lines) == 4
        assert "Type the answer" in author.text()


KEYS = """up down enter tab shift+tab escape n c d u r J K slash f1 f3 f8 f9 f5 ctrl+s ctrl+z ctrl+y ctrl+n ctrl+down ctrl+up 1 2 3 4 5 6 x
space colon backspace delete pagedown pageup right left home end ctrl+j left_curly_bracket right_curly_bracket vertical_line""".split()  # noqa: SIM905


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(8))
async def test_whatever_is_pressed_the_file_is_sound_and_all_can_be_taken_back(deck: Path, seed: int) -> None:
    dice = random.Random(seed)
    async with opened(deck, size=dice.choice([(80, 24), (140, 40), (40, 12)])) as author:
        editor, opened_deck = author.screen, deckfile.load(deck)
        for _ in range(150):
            await author.pilot.press(dice.choice(KEYS))
            if author.app.return_code is not None:
                break
            if dice.random() < 0.02:
                await author.pilot.resize_terminal(*dice.choice([(80, 24), (140, 40), (40, 12), (20, 5)]))
        await author.settle()
        deckfile.load(deck)
        if author.app.return_code is None:
            while editor._manuscript.undo():
                pass
            assert editor._manuscript.deck == opened_deck


def test_what_cannot_be_opened_is_told_before_the_screen_is_taken(deck: Path) -> None:
    with pytest.raises(DeckError, match=r"rivers.yaml: there is no question 'colonge'. Did you mean 'cologne'\?"):
        edit(deck, "colonge")
    deck.write_text("title: Rivers\nquestions:\n  - question: no answer\n", "utf-8")
    with pytest.raises(DeckError, match=r"rivers.yaml:3:.*quizzer check"):
        edit(deck)
