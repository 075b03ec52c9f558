"""Cards: each question has its answer beside it or behind it, and nothing is cut off."""

import math
from pathlib import Path

import plutoprint
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Markup
from quizzer.paper import Form, Paper, Wishes
from quizzer.paper.cards import FOOT, MARGIN, PAD, Row, Side
from quizzer.paper.pages import FONTS
from quizzer.paper.parts import parts_of

from ..deckfile.test_round_trip import decks

ROOT = Path(__file__).parent.parent.parent
SHIPPED = [(deckfile.load(path), path.parent) for path in sorted((ROOT / "decks").glob("*.yaml"))]
few = settings(max_examples=8, suppress_health_check=list(HealthCheck))
MILLIMETRE = 96 / 25.4  # pixels
SAID = st.sampled_from(["w", "word ", "Answer ", "MMMM ", "日本の首都は", "слово ", "كلمة ", "x" * 60 + " ", "1,234 ", "\n", "ﬃ", "mmmmw "])
said = st.lists(SAID, min_size=1, max_size=150).map("".join)


def rows(deck: Deck, **wishes: object) -> list[list[Row]]:
    (part,) = parts_of([(deck, ROOT)], Wishes(form=Form.CARDS, **wishes)).parts  # type: ignore[arg-type]
    return [list(page) for page in part.pages]


def assert_no_page_is_fuller_than_the_paper(pages: list[list[Row]], paper: Paper) -> None:
    room = paper.size[1] - MARGIN - FOOT
    assert all(len(page) == 1 or sum(row.height for row in page) <= room for page in pages)


def sides(pages: list[list[Row]]) -> list[Side]:
    return [side for page in pages for row in page for side in row.sides if side]


@few
@given(decks(), st.sampled_from(Paper))
def test_folded_each_question_has_its_answer_on_its_right(deck: Deck, paper: Paper) -> None:
    cards, pages = deck.cards(), rows(deck, paper=paper)
    assert_no_page_is_fuller_than_the_paper(pages, paper)
    found = [row.sides for page in pages for row in page]
    assert [(one.number, one.answer) for one, _ in found if one] == [(number, False) for number in range(1, len(cards) + 1)]
    assert [(other.number, other.answer) for _, other in found if other] == [(number, True) for number in range(1, len(cards) + 1)]


@few
@given(decks(), st.sampled_from(Paper))
def test_on_both_sides_each_answer_lies_behind_its_question(deck: Deck, paper: Paper) -> None:
    pages = rows(deck, paper=paper, double_sided=True)
    assert_no_page_is_fuller_than_the_paper(pages, paper)
    assert len(pages) % 2 == 0
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        assert [row.height for row in front] == [row.height for row in back]
        for row, behind in zip(front, back, strict=True):
            for side, mirrored in zip(row.sides, reversed(behind.sides), strict=True):
                assert (side and side.number) == (mirrored and mirrored.number)
                assert not (side and side.answer)
                assert mirrored is None or mirrored.answer
    assert len(sides(pages)) == 2 * len(deck.cards())


def needed(side: Side, wide: float) -> float:
    """How high the side really is, in millimetres, as it is drawn."""
    small = "".join(f"<div style='font-size:{side.small_size}pt'>{one}</div>" for one in side.small)
    style = f"body{{margin:0;font:{side.size}pt/1.3 {FONTS};width:{wide}mm}} .t{{overflow-wrap:break-word}} div{{margin:0}}"
    page = f"<!DOCTYPE html><style>{style}</style><div>{side.text}</div><div style='margin-top:{1.4 if small else 0}mm'>{small}</div>"
    book = plutoprint.Book(plutoprint.PageSize(wide * 72 / 25.4, 9000), plutoprint.PAGE_MARGINS_NONE, plutoprint.MEDIA_TYPE_SCREEN)
    book.load_html(page, base_url="about:blank")
    return book.get_document_height() / MILLIMETRE


@settings(max_examples=40)
@given(said, said)
def test_text_of_any_length_and_script_fits_its_card(stem: str, explanation: str) -> None:
    fits(stem, explanation)


@pytest.mark.soak
@settings(max_examples=4_000)
@given(said | st.text(max_size=200), said | st.text(max_size=200))
def test_text_fits_its_card_many_times(stem: str, explanation: str) -> None:
    fits(stem, explanation)


def fits(stem: str, explanation: str) -> None:
    deck = Deck(id="d", title="T", questions=(Plain(id="q", question=f"?{stem}", answer=f"!{stem}", explanation=explanation),))
    ((row,),) = rows(deck)
    wide = (Paper.A4.size[0] - 2 * MARGIN) / 2 - 2 * PAD
    for side in row.sides:
        assert side is not None
        assert needed(side, wide) <= row.height - 2 * PAD


def test_text_is_as_large_as_fits_and_shrinks_before_a_card_grows() -> None:
    def size(words: int, markup: Markup = Markup.PLAIN) -> tuple[float, float]:
        deck = Deck(id="d", title="T", markup=markup, questions=(Plain(id="q", question="word " * words, answer="x"),))
        ((row,),) = rows(deck)
        assert row.sides[0]
        return row.sides[0].size, row.height

    sizes, heights = zip(*(size(words) for words in (5, 60, 120, 240, 900)), strict=True)
    assert list(sizes) == sorted(sizes, reverse=True)
    assert sizes[0] == 14
    assert sizes[-1] == 6
    assert heights[0] == heights[3] < heights[4]


@pytest.mark.parametrize("both", [False, True])
def test_four_rows_stand_on_a_page(both: bool) -> None:
    deck = SHIPPED[0][0]
    pages = rows(deck, double_sided=both)
    assert {len(page) for page in pages[:-2]} == {4}
    assert len(pages) == math.ceil(len(deck.cards()) / (8 if both else 4)) * (2 if both else 1)
