"""The two themes of the house, and the colours that mean something in a quiz.

Every text colour here stands at a contrast of at least 4.5 to 1 (WCAG AA) on the backgrounds it is used on; a test
reckons it. A meaning is never told by colour alone.
"""

from typing import Final

from textual.theme import Theme

_DARK_MEANINGS: Final = {
    "count-new": "#82b1ff",
    "count-learning": "#ffa779",
    "count-due": "#8fd18b",
    "rate-again": "#ff8f87",
    "rate-hard": "#f2bd6b",
    "rate-good": "#8fd18b",
    "rate-easy": "#82b1ff",
    "verdict-right": "#8fd18b",
    "verdict-near": "#f2bd6b",
    "verdict-wrong": "#ff8f87",
    "mark-text": "#1b1705",
    "mark": "#f0cf74",
    "quiet": "#9aa3b2",
    "faint": "#39404d",
    "on-rating": "#14171c",
}
_LIGHT_MEANINGS: Final = {
    "count-new": "#1f55b5",
    "count-learning": "#a8410a",
    "count-due": "#23691f",
    "rate-again": "#b3261e",
    "rate-hard": "#855000",
    "rate-good": "#23691f",
    "rate-easy": "#1f55b5",
    "verdict-right": "#23691f",
    "verdict-near": "#855000",
    "verdict-wrong": "#b3261e",
    "mark-text": "#2b2200",
    "mark": "#f6d874",
    "quiet": "#5c6370",
    "faint": "#cfcabd",
    "on-rating": "#ffffff",
}


def meanings(*, dark: bool) -> dict[str, str]:
    """Return the quiz's colours by variable name, for themes that don't name them themselves."""
    return dict(_DARK_MEANINGS if dark else _LIGHT_MEANINGS)


DARK: Final = Theme(
    name="quizzer-dark",
    dark=True,
    primary="#82b1ff",
    secondary="#b7a3f5",
    accent="#f2bd6b",
    success="#8fd18b",
    warning="#f2bd6b",
    error="#ff8f87",
    foreground="#e7e6e2",
    background="#14171c",
    surface="#1b1f26",
    panel="#242933",
    variables={
        **_DARK_MEANINGS,
        "text": "#e7e6e2",
        "text-muted": "#9aa3b2",
        "block-cursor-background": "#2d3a52",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#242933",
        "block-hover-background": "#20252e",
        "border": "#82b1ff",
        "border-blurred": "#39404d",
        "scrollbar": "#39404d",
        "scrollbar-background": "#14171c",
        "scrollbar-hover": "#556072",
        "scrollbar-active": "#82b1ff",
        "input-selection-background": "#82b1ff 35%",
    },
)

LIGHT: Final = Theme(
    name="quizzer-light",
    dark=False,
    primary="#1f55b5",
    secondary="#6b3fb5",
    accent="#855000",
    success="#23691f",
    warning="#855000",
    error="#b3261e",
    foreground="#22252b",
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e9e5da",
    variables={
        **_LIGHT_MEANINGS,
        "text": "#22252b",
        "text-muted": "#5c6370",
        "block-cursor-background": "#d5e1f7",
        "block-cursor-foreground": "#10131a",
        "block-cursor-blurred-background": "#e9e5da",
        "block-hover-background": "#efebe1",
        "border": "#1f55b5",
        "border-blurred": "#cfcabd",
        "scrollbar": "#cfcabd",
        "scrollbar-background": "#fbf9f4",
        "scrollbar-hover": "#a9a294",
        "scrollbar-active": "#1f55b5",
        "input-selection-background": "#1f55b5 25%",
    },
)
