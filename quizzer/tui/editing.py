"""The app of an author over one deck: the editor alone, in the house's themes and keys."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from quizzer.core.errors import DeckError
from quizzer.tui.house import INTERRUPTED, House
from quizzer.tui.screens.editor import EditorScreen

if TYPE_CHECKING:
    from quizzer.authoring import Manuscript


class EditorApp(House):
    """Opens on the deck; leaves when the author does."""

    def __init__(
        self,
        manuscript: "Manuscript",
        question: str = "",
        *,
        theme: str = "",
        keys: Mapping[str, str] = {},
        remember_theme: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__(theme=theme, keys=keys, remember_theme=remember_theme)
        self._manuscript, self._question = manuscript, question

    def on_mount(self) -> None:
        """Open the editor."""
        self._edit()
        self.say_what_is_odd()

    @work(group="edit")
    async def _edit(self) -> None:
        await self.push_screen_wait(EditorScreen(self._manuscript, at=self._question, write=bool(self._question)))
        self.exit(0)


def run_editor(path: Path, question: str, **given: object) -> int:
    """Open the editor and return its exit code; see ``quizzer.tui.edit``."""
    from quizzer.authoring import Manuscript

    manuscript = Manuscript.open(path)
    ids = [one.id for one in manuscript.deck.questions]
    if question and question not in ids:
        manuscript.close()
        from difflib import get_close_matches

        near = get_close_matches(question, ids, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "`quizzer edit` without it opens the whole deck."
        raise DeckError(f"{path}: there is no question {question!r}. {hint}")
    app = EditorApp(manuscript, question, **given)  # type: ignore[arg-type]
    try:
        code = app.run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        manuscript.close()
    return (app.return_code or 0) if code is None else code
