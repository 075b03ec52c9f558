"""Which names keys can be changed under: the ids of all bindings."""

from textual.dom import DOMNode

from quizzer.tui.keys import bindings_of
from quizzer.tui.screens.changed import ChangedScreen
from quizzer.tui.screens.help import HelpScreen
from quizzer.tui.screens.home import HomeScreen
from quizzer.tui.screens.stats import StatsScreen
from quizzer.tui.screens.study import StudyScreen
from quizzer.tui.screens.summary import SummaryScreen
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.deck_list import DeckList
from quizzer.tui.widgets.entry import Curtain, Entry
from quizzer.tui.widgets.question import Question

SCREENS: tuple[type[DOMNode], ...] = (HomeScreen, StudyScreen, SummaryScreen, StatsScreen, HelpScreen, ChangedScreen)
WIDGETS: tuple[type[DOMNode], ...] = (DeckList, Choices, Entry, Curtain, Arrange, Question)


def unknown_names(keys: dict[str, str], app: type[DOMNode]) -> list[str]:
    """Return those names in ``keys`` that no binding of the app has."""
    known = {binding.id for kind in (app, *SCREENS, *WIDGETS) for binding in bindings_of(kind)}
    return [name for name in keys if name not in known]
