"""What is written for hashcards and for Obsidian is as many cards, of the same form, by the rules of those programs themselves.

Their rules as their sources have them (hashcards' parser.rs, the plugin's parser.ts), told anew here: strict where ours are lenient.
"""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from quizzer import deckfile
from quizzer.core.kinds import Cloze, Deck
from quizzer.formats import read, write

from ..deckfile.test_round_trip import decks

ROOT = Path(__file__).parent.parent.parent


def by_hashcards(text: str) -> list[str]:
    """The cards of a file, each as C or Q; whatever hashcards refuses is an AssertionError."""
    lines = text.split("\n")
    if lines[0].strip() == "---":
        lines = lines[lines.index("---", 1) + 1 :]
    cards: list[str] = []
    state, body, fence = "", "", ""
    for line in [*lines, "---"]:
        mark = line.lstrip()[:3]
        if fence:
            fence = "" if mark == fence else fence
            body += f"\n{line}"
        elif mark in ("```", "~~~") and not (mark == "```" and "`" in line.lstrip().lstrip("`")):
            fence = mark
            body += f"\n{line}"
        elif line.startswith(("Q:", "C:")) or line.strip() == "---":
            assert state != "Q", "a question without an answer"
            if state == "C":
                assert re.search(r"\[[^\]]+\]", body), "a cloze without a gap"
            cards += [state.replace("A", "Q")] if state else []
            state, body = line[0].replace("-", "") if line.strip() != "---" else "", line[2:]
        elif line.startswith("A:"):
            assert state == "Q", f"an answer while reading {state!r}"
            state = "A"
        else:
            body += f"\n{line}"
    return cards


def by_obsidian(text: str) -> list[str]:
    """The cards of a note, each as its form."""

    def inline(line: str, mark: str) -> bool:
        at = line.find(mark)
        ticks = line[:at].count("`") % 2 == 1 and line[at + len(mark) :].count("`") % 2 == 1
        return at >= 0 and not ticks

    cards: list[str] = []
    form, card = "", ""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            cards += [form] if form else []
            form = card = ""
        else:
            card = f"{card}\n{line}" if card else line
            if inline(line, ":::") or inline(line, "::"):
                cards.append("::")
                form = card = ""
            elif line.strip() in ("?", "??") and len(card) > 1:
                form = line.strip()
            elif line.startswith(("```", "~~~")):
                close = line[:3]
                while at + 1 < len(lines) and not lines[at + 1].startswith(close):
                    at += 1
                at += 1
            elif not form and re.search(r"==.+?==", line):
                form = "=="
        at += 1
    return [*cards, *([form] if form else [])]


def agree(deck: Deck) -> None:
    text = write(deck, "hashcards").data.decode()
    ours = read(text.encode(), form="hashcards")[1].deck.questions
    assert by_hashcards(text) == ["C" if isinstance(one, Cloze) else "Q" for one in ours]
    text = write(deck, "obsidian").data.decode()
    ours = read(text.encode(), form="obsidian")[1].deck.questions
    assert ["==" if card == "==" else "?" for card in by_obsidian(text)] == ["==" if isinstance(one, Cloze) else "?" for one in ours]


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "tests/data/kinds").glob("*.yaml"), *(ROOT / "decks").glob("*.yaml")]), ids=lambda path: path.stem
)
def test_they_see_the_cards_of_our_decks(path: Path) -> None:
    agree(deckfile.load(path))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks())
def test_they_see_the_cards_of_any_deck(deck: Deck) -> None:
    agree(deck)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks())
def test_they_see_the_cards_of_any_deck_many_times(deck: Deck) -> None:
    agree(deck)
