"""Both themes of the house can be read: WCAG AA."""

import pytest
from textual.color import Color
from textual.theme import Theme

from quizzer.tui.themes import DARK, LIGHT, meanings

TEXTS = [name for name in meanings(dark=True) if name not in {"mark", "mark-text", "faint", "on-rating"}]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3: relative luminances and their ratio."""

    def luminance(colour: Color) -> float:
        parts = (part / 255 for part in colour.rgb)
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
class TestContrast:
    @pytest.mark.parametrize("name", TEXTS)
    def test_of_every_meaning_on_every_background_it_stands_on(self, theme: Theme, name: str) -> None:
        grounds = [theme.background, theme.surface, theme.panel if name.startswith("rate") else theme.background]
        assert min(contrast(theme.variables[name], str(ground)) for ground in grounds) >= 4.5

    @pytest.mark.parametrize("name", ["foreground", "primary", "secondary", "accent", "success", "warning", "error"])
    def test_of_every_colour_used_for_text(self, theme: Theme, name: str) -> None:
        assert contrast(getattr(theme, name), str(theme.background)) >= 4.5

    def test_of_the_rating_selected_the_passage_marked_and_the_cursor(self, theme: Theme) -> None:
        colours = theme.variables
        assert contrast(colours["mark-text"], colours["mark"]) >= 4.5
        assert contrast(colours["block-cursor-foreground"], colours["block-cursor-background"]) >= 4.5
        for pile in ("count-new", "count-learning", "count-due"):
            assert contrast(colours[pile], colours["block-cursor-background"]) >= 4.5
        for rating in ("again", "hard", "good", "easy"):
            assert contrast(colours["on-rating"], colours[f"rate-{rating}"]) >= 4.5
