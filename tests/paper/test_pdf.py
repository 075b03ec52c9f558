"""The PDF holds what the HTML holds, with pages numbered part by part, and is the same bytes every time."""

import ctypes
import itertools
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from quizzer import deckfile
from quizzer.core.errors import QuizzerError
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Evidence, Source
from quizzer.paper import Form, Paper, Wishes, print_pdf

from ..program import run

ROOT = Path(__file__).parent.parent.parent
SHIPPED = [(deckfile.load(path), path.parent) for path in sorted((ROOT / "decks").glob("*.yaml"))]
SAMPLES = [(deckfile.load(path), path.parent) for path in sorted((ROOT / "tests/data/kinds").glob("*.yaml"))]


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def squeezed(text: str) -> str:
    return "".join(text.replace("\ufffe", "").split())


def links(data: bytes) -> set[str]:
    document, found = pypdfium2.PdfDocument(data), set()
    for page in document:
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, at, link):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
            address = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, address, size)
            found.add(address.value.decode())
    return found


@pytest.mark.parametrize(("deck", "folder"), SHIPPED, ids=lambda value: getattr(value, "id", ""))
def test_every_stem_and_every_key_is_in_the_text_of_the_pdf(deck: Deck, folder: Path) -> None:
    whole = squeezed("".join(texts(print_pdf([(deck, folder)], Wishes(points=False)).data)))
    for card in deck.cards():
        pieces = [card.stem] if "[…]" not in card.stem else []
        assert [piece for piece in [*pieces, *(part.key for part in card.answer.parts)] if squeezed(piece) not in whole] == []


@pytest.mark.parametrize("form", Form)
def test_the_same_wishes_give_the_same_bytes(form: Form) -> None:
    wishes = Wishes(form=form, seed="7")
    first = print_pdf(SAMPLES, wishes).data
    assert first == print_pdf(SAMPLES, wishes).data
    assert first != print_pdf(SAMPLES, Wishes(form=form, seed="8")).data


def test_pages_are_numbered_by_themselves_in_each_sheet_and_each_key() -> None:
    pages = texts(print_pdf(SAMPLES, Wishes(versions=2)).data)
    footers = [re.search(r"(Key · )?Version ([AB]) · (\d+) / (\d+)", page) for page in pages]
    assert all(footers), pages
    parts = [(one[1] or "", one[2], [(int(two[3]), int(two[4])) for two in group]) for one, group in grouped(footers)]  # type: ignore[index]
    assert [part[:2] for part in parts] == [("", "A"), ("", "B"), ("Key · ", "A"), ("Key · ", "B")]
    for _, _, numbers in parts:
        assert numbers == [(number, len(numbers)) for number in range(1, len(numbers) + 1)]


def grouped(footers: list[re.Match[str] | None]) -> list[tuple[re.Match[str], list[re.Match[str]]]]:
    found = [one for one in footers if one]
    groups = [list(group) for _, group in itertools.groupby(found, key=lambda one: (one[1], one[2]))]
    return [(group[0], group) for group in groups]


def test_no_question_is_broken_over_a_page() -> None:
    questions = tuple(
        Plain(id=f"q{at}", question=f"begin{at} " + "word " * (at % 60), answer="x", distractors=(f"end{at}.", "long " * 12))
        for at in range(60)
    )
    pages = texts(print_pdf([(Deck(id="d", title="T", questions=questions), ROOT)], Wishes(key=False, points=False)).data)
    assert len(pages) > 5
    for page in pages:
        assert set(re.findall(r"begin(\d+)\b", page)) == set(re.findall(r"end(\d+)\.", page))


def test_the_paper_the_title_and_the_addresses_are_those_given() -> None:
    source = Source(id="s", publisher="Wire", url="https://example.org/a?b=1&c=2")
    question = Plain(id="q", question="?", answer="x", evidence=(Evidence(source="s", quote="x"),))
    deck = Deck(id="d", title="Ünï “T”", questions=(question,), sources=(source, Source(id="t", url="file:///etc/passwd")))
    data = print_pdf([(deck, ROOT)], Wishes(paper=Paper.LETTER)).data
    document = pypdfium2.PdfDocument(data)
    assert [round(side) for side in document[0].get_size()] == [612, 792]
    assert document.get_metadata_value("Title") == "Ünï “T”"
    assert links(data) == {"https://example.org/a?b=1&c=2"}
    assert [round(side) for side in pypdfium2.PdfDocument(print_pdf([(deck, ROOT)], Wishes()).data)[0].get_size()] == [595, 842]


def test_a_letter_that_no_font_has_is_told_and_the_others_are_not() -> None:
    deck = Deck(id="d", title="T", questions=(Plain(id="q", question="Which \ue123 is é\u0301?", answer="\U000f0000"),))
    told = print_pdf([(deck, ROOT)], Wishes()).told
    assert told == (
        "no font of this machine has \ue123 (U+E123), \U000f0000 (U+F0000): printed as boxes. Install one that has, such as Noto, or write"
        " .html instead.",
    )


def test_without_fonts_no_pdf_is_made_and_html_is(tmp_path: Path) -> None:
    fonts = f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>'
    (tmp_path / "fonts.conf").write_text(fonts, "utf-8")
    (tmp_path / "d.yaml").write_text("title: T\nquestions:\n  - {question: Which?, answer: This}\n", "utf-8")
    environment = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "FONTCONFIG_PATH": str(tmp_path)}
    done = run(["print", "d.yaml", "-o", "d.pdf"], folder=tmp_path, environment=environment)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "this machine has no fonts" in done.stderr
    assert not (tmp_path / "d.pdf").exists()
    assert run(["print", "d.yaml", "-o", "d.html"], folder=tmp_path, environment=environment).returncode == 0


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "plutoprint", None)
    with pytest.raises(QuizzerError, match=r"PDF needs the extra print: .*pip install 'quizzer\[print\]'.*\.html"):
        print_pdf(SHIPPED[:1], Wishes())
