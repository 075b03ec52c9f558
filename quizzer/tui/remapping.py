"""Keys changed by their names, the ids of the bindings: what can go wrong with that."""

from collections.abc import Mapping

from textual.binding import Binding
from textual.dom import DOMNode

from quizzer.tui.keys import bindings_of
from quizzer.tui.screens.changed import ChangedScreen
from quizzer.tui.screens.difference import DifferenceScreen
from quizzer.tui.screens.editor import EditorScreen
from quizzer.tui.screens.help import HelpScreen
from quizzer.tui.screens.history import HistoryScreen
from quizzer.tui.screens.home import HomeScreen
from quizzer.tui.screens.proposals import ProposalsScreen
from quizzer.tui.screens.start import StartScreen
from quizzer.tui.screens.stats import StatsScreen
from quizzer.tui.screens.study import StudyScreen
from quizzer.tui.screens.summary import SummaryScreen
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.deck_list import DeckList
from quizzer.tui.widgets.edit_form import FieldText
from quizzer.tui.widgets.entry import Curtain, Entry
from quizzer.tui.widgets.matching import Matching
from quizzer.tui.widgets.proposal_form import Text
from quizzer.tui.widgets.question import Question
from quizzer.tui.widgets.question_list import QuestionList

SCREENS: tuple[type[DOMNode], ...] = (
    HomeScreen,
    StudyScreen,
    SummaryScreen,
    StatsScreen,
    HelpScreen,
    ChangedScreen,
    HistoryScreen,
    ProposalsScreen,
    StartScreen,
    EditorScreen,
    DifferenceScreen,
)
WIDGETS: tuple[type[DOMNode], ...] = (DeckList, Choices, Entry, Curtain, Arrange, Matching, Question, Text, FieldText, QuestionList)


def complaints(keymap: Mapping[str, str], app: type[DOMNode]) -> list[str]:
    """Return what is wrong with a keymap, a line each: names that nothing has, and keys that now belong to two."""
    kinds = (app, *SCREENS, *WIDGETS)
    known = {binding.id for kind in kinds for binding in bindings_of(kind)}
    wrong = [f"keys: nothing is called {name!r}. Help (?) lists the names." for name in keymap if name not in known]
    for kind in kinds:
        owners: dict[str, str] = {}
        for name, key in _keys(kind, keymap):
            if owners.setdefault(key, name) != name:
                wrong += [f"keys: {name!r} takes {key!r} from {owners[key]!r}. Give that another key."]
    return wrong


def _keys(kind: type[DOMNode], keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every (name, key) of ``kind``, those that were changed last."""
    names = [(binding.id or "", binding) for binding in bindings_of(kind)]
    names.sort(key=lambda named: named[0] in keymap)
    spelt = [(name, Binding(keymap.get(name, binding.key), binding.action)) for name, binding in names]
    return [(name, one.key) for name, binding in spelt for one in Binding.make_bindings([binding])]
