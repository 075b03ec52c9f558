"""What every screen of the app has in common: a foot of keys, and a notice where the terminal is too small."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from quizzer.tui.keys import bindings_of
from quizzer.tui.widgets.keybar import Key, KeyBar
from quizzer.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.dom import DOMNode
    from textual.events import Resize

Result = TypeVar("Result")
Offers = Sequence[tuple[str, str, Callable[[], object]]]
MIN_WIDTH, MIN_HEIGHT = 36, 9
KEYS_LATER = 0.02  # seconds


def is_tiny(size: Size) -> bool:
    """Return whether a terminal of ``size`` is too small to show anything."""
    return size.width < MIN_WIDTH or size.height < MIN_HEIGHT


class Page(Screen[Result]):
    """A full screen. Subclasses say what is on it in ``compose_page``."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-x"), (MIN_WIDTH, "-narrow"), (72, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny-y"), (MIN_HEIGHT, "-low"), (18, "-mid"), (26, "-tall")]
    DEFAULT_CSS = """
    Page { background: $background; }
    Page #body { height: 1fr; align-horizontal: center; padding: 1 3; scrollbar-size-vertical: 1; }
    Page #column { width: 100%; height: auto; max-width: 96; }
    Page.-tall #body { padding-top: 2; }
    Page.-low #body { padding: 0 2; }
    Page.-narrow #body { padding: 0 1; }
    Page.-tiny-x > *, Page.-tiny-y > * { display: none !important; }
    Page.-tiny-x > TooSmall, Page.-tiny-y > TooSmall { display: block !important; }
    """
    ASIDE: ClassVar = {"app.help", "app.quit", "leave"}  # actions whose keys stand at the right and are never left out

    _keys_due = False

    def compose(self) -> ComposeResult:
        """Compose the page, its keys and the notice."""
        yield from self.compose_page()
        yield KeyBar()
        yield TooSmall()

    def compose_page(self) -> ComposeResult:
        """Yield what is on the page."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Keep the keys at the foot up to date."""
        self.bindings_updated_signal.subscribe(self, lambda _: self._keys_changed())

    @property
    def is_tiny(self) -> bool:
        """Whether the terminal is too small to show anything."""
        return is_tiny(self.size)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be done blindly on a page that is not seen, but to leave it."""
        return action in {"leave", "home"} or not self.is_tiny

    def on_resize(self, event: "Resize") -> None:
        """Give the keyboard back to the page once it can be seen again."""
        if self.is_tiny:
            self.set_focus(None)
        else:
            self.call_after_refresh(self.take_focus)

    def take_focus(self) -> None:
        """Focus what the page's keys are meant for; subclasses that focus by hand say what that is."""
        if self.focused is None:
            self.focus_next()

    def _keys_changed(self) -> None:
        if not self._keys_due:  # once, however often they change, and after what the learner waits for is painted
            self._keys_due = True
            self.set_timer(KEYS_LATER, self.show_keys)

    def show_keys(self) -> None:
        """Show the keys that do something now."""
        self._keys_due = False
        if self.is_attached and self.is_current:
            self.query_one(KeyBar).show(list(self._active_keys()))

    @property
    def in_use(self) -> "Sequence[DOMNode]":
        """The parts of the page whose keys help tells first."""
        return ()

    def offers(self) -> Offers:
        """Return what the page adds to the command palette: names, what they do in a line, and their functions."""
        return ()

    def lets_go(self, then: Callable[[], object]) -> bool:
        """Return whether the app may be left now; where it asks first, ``then`` leaves it."""
        return True

    def word_for(self, action: str) -> str | None:
        """Return what ``action`` would do now, where that is more than its binding says."""
        return None

    def _active_keys(self) -> Iterator[Key]:
        seen: set[str] = set()
        typing = self.focused
        for _, binding, enabled, _ in sorted(self.active_bindings.values(), key=_Places()):
            label = self.app.get_key_display(binding)
            typed = typing is not None and len(label) == 1 and label.isascii() and typing.check_consume_key(binding.key, label)
            action = binding.action.removeprefix("screen.")
            if binding.show and enabled and not typed and action not in seen:
                seen.add(action)
                does = self.word_for(action) or binding.description
                yield Key(binding.key, label, does, aside=action in self.ASIDE)


class _Places:
    """Says where a binding stands among those of its part of the page, whatever key it was given; the parts stay in their order."""

    def __init__(self) -> None:
        self._parts: dict[DOMNode, tuple[int, dict[str | None, int]]] = {}

    def __call__(self, active: "ActiveBinding") -> tuple[int, int]:
        if active.node not in self._parts:
            order = {binding.id: number for number, binding in enumerate(bindings_of(type(active.node)))}
            self._parts[active.node] = len(self._parts), order
        part, order = self._parts[active.node]
        return part, order.get(active.binding.id, -1)
