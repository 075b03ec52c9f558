"""Running text: whatever the layout, the paragraphs are those that were written, and every character is traced home."""

import html
import itertools
import random
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ArticleError
from quizzer.news.article import Format, read, read_bytes, read_text
from quizzer.news.boilerplate import is_foreign, why_skip, why_skip_paragraph
from quizzer.news.header import date_in_name, iso
from quizzer.news.prose import Paragraph, paragraphs

DATA = Path(__file__).parent.parent / "data"
OWN = sorted(path for folder in ("articles", "reading") for path in (DATA / folder).iterdir())
SENTENCES = [
    "The mayor of the city opened the new bridge over the river on May 4, 2006, and thousands of people walked across it.",
    "It had cost $12 million, which was twice what the council had agreed to in the first year of the work.",
    "“We have waited for this bridge for nineteen years,” said Ann Lee, who leads the union of the ferrymen.",
    "The ferry made its last trip in the evening.",
    "Nobody was hurt.",
    "The council had voted for the plan in 1998, but a court stopped it after a complaint by the owners of the wharves.",
]
PIECES = [
    "The mayor said ", "“we are open,” ", "\n", "\n\n", "\r\n", "\r", "\f", "  ", "**bold** ", "*", "_", "`",
    "[a link](http://x.org) ", "](", "> ",
    "- ", "# ", "1. ", "&amp;", "&#8217;", "&nbsp;", "â€™", "â€œ", "Ã©", "Â ", "<b>", "</b>", "<", "\\*", "é", "😀", "\u200b", "\u00ad",
    "\ud800",
    "[^1]", "[^1]: ", "| a | b |\n|---|---|\n", "---\n", "title: x\n", "LONDON (AP) — ", "By Jane Doe ", "so-\n", "fol-\nlowed ", "x",
    ".", ",", "\x85",
    "```\n", "![pic](a.png)", "Correction:\n", "Comments\n", "\x1c", "-", "—",
]  # fmt: skip
ugly = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=300))
formats = st.sampled_from(["text", "markdown", "page", "pdf"])


def stands_for(char: str, source: str) -> bool:
    """Whether a paragraph's character may stand for these characters of the article."""
    spelt = html.unescape(source)
    try:
        mended = source.encode("cp1252").decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        mended = ""
    garbled = source[0] in "ÂÃâ" and len(source) in (2, 3)
    if "\ud800" <= source <= "\udfff":
        return char in ("?", source)
    return char == " " or char in (source, mended) or garbled or char in spelt


def demand_traced(text: str, found: list[Paragraph]) -> None:
    last = 0
    for paragraph in found:
        assert len(paragraph.offsets) == len(paragraph.text) + 1
        assert not paragraph.ends or len(paragraph.ends) == len(paragraph.text)
        homes = [paragraph.home(at, at + 1) for at in range(len(paragraph.text))]
        for char, (start, end) in zip(paragraph.text, homes, strict=True):
            assert 0 <= start <= end <= len(text)
            assert start < end or char == " "
            assert char == " " or stands_for(char, text[start:end])
        for (start, end), (following, its_end) in itertools.pairwise(homes):
            assert end <= following or (start, end) == (following, its_end)
        assert paragraph.home(0, len(paragraph.text)) == (paragraph.offsets[0], paragraph.offsets[-1])
        assert last <= paragraph.offsets[0]
        last = paragraph.offsets[-1]


@given(ugly, formats)
@settings(max_examples=150, deadline=None)
def test_every_character_is_traced_home_and_offsets_only_grow(text: str, form: Format) -> None:
    demand_traced(text, paragraphs(text, form))


@pytest.mark.soak
@given(ugly, formats)
@settings(max_examples=20_000, deadline=None)
def test_every_character_is_traced_home_at_length(text: str, form: Format) -> None:
    demand_traced(text, paragraphs(text, form))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_paragraphs_span_holds_its_words_whatever_the_format(path: Path) -> None:
    if path.stem in ("locked", "scan"):
        return
    article = read(path)
    found = paragraphs(article.text, article.format)
    demand_traced(article.text, found)
    for paragraph in found:
        start, end = paragraph.home(0, len(paragraph.text))
        source = "".join(html.unescape(article.text[start:end]).split())
        words = "".join(paragraph.text.split())
        if article.format == "markdown":
            rest = iter(source)
            assert all(char in rest for char in words)  # in this order, with marks between them
        else:
            assert words.replace("-", "") == source.replace("-", "")


def laid_out(written: list[str], layout: str, width: int) -> str:
    if layout == "a line each":
        return "\n".join(written)
    if layout == "blank lines":
        return "\n\n".join(written)
    if layout == "wrapped":
        return "\n\n".join(textwrap.fill(one, width) for one in written)
    if layout == "indented":
        return "\n".join(textwrap.fill(one, width, initial_indent="    ") for one in written)
    if layout == "double-spaced":
        return "\n\n\n\n".join(textwrap.fill(one, width).replace("\n", "\n\n") for one in written)
    lines = "\n\n".join(textwrap.fill(one, width) for one in written).split("\n")
    inside = next(at for at in range(len(lines) // 2, len(lines)) if lines[at - 1] and lines[at])
    return "\n".join([*lines[:inside], f"\f{inside}", "", *lines[inside:]])  # a page break with its number inside a paragraph


@given(
    st.lists(st.lists(st.sampled_from(SENTENCES[:3]), min_size=1, max_size=4).map(" ".join), min_size=4, max_size=8),
    st.sampled_from(["a line each", "blank lines", "wrapped", "indented", "double-spaced", "pages"]),
    st.integers(min_value=38, max_value=90),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(max_examples=120, deadline=None)
def test_the_paragraphs_are_those_that_were_written(written: list[str], layout: str, width: int, line_end: str) -> None:
    text = laid_out(written, layout, width).replace("\n", line_end)
    found = paragraphs(text)
    assert [paragraph.text for paragraph in found] == written
    demand_traced(text, found)


def test_a_word_cut_at_a_lines_end_is_whole_again_and_a_compound_keeps_its_hyphen() -> None:
    article = read(DATA / "reading" / "wrapped.txt")
    text = " ".join(paragraph.text for paragraph in paragraphs(article.text))
    assert "the flood that followed killed" in text
    assert "whose well-to-do members came from Pittsburgh." in text
    found = paragraphs("The state-\nowned bank and the investi-\ngators met, pre- and post-\nwar.\n", "pdf")
    assert found[0].text == "The stateowned bank and the investigators met, pre- and post-war."
    found = paragraphs("The state-owned bank lent. The state-\nowned bank and so-\ncalled pre-\nand 12-\nyear loans.", "pdf")
    assert found[0].text == "The state-owned bank lent. The state-owned bank and so-called pre- and 12-year loans."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It â€œis openâ€\x9d, the cityâ€™s mayor said.", "It “is open”, the city’s mayor said."),
        ("The cafÃ© was open â€” at last.", "The café was open — at last."),
        ("Smith &amp; Sons paid &#36;5 to the mayor&#8217;s fund.", "Smith & Sons paid $5 to the mayor’s fund."),
        ("The <b>mayor</b> was <a href='x'>here</a>.", "The mayor was here."),
        ("It was 2 < 3 & 4 > 3 there.", "It was 2 < 3 & 4 > 3 there."),
        ("The in\u00adfor\u00adma\u00adtion was\u200b there.", "The information was there."),
    ],
)
def test_garbled_marks_entities_and_tags_are_read_as_what_they_stand_for(text: str, shown: str) -> None:
    found = paragraphs(text)
    assert [paragraph.text for paragraph in found] == [shown]
    demand_traced(text, found)
    assert found[0].home(0, len(shown)) == (0, len(text))


def test_evidence_of_markdown_is_the_files_own_text() -> None:
    article = read(DATA / "reading" / "airship.md")
    found = paragraphs(article.text, article.format)
    lead = next(paragraph for paragraph in found if paragraph.text.startswith("The German airship"))
    begin = lead.text.index("the naval air station")
    start, end = lead.home(begin, begin + len("the naval air station in Lakehurst"))
    assert article.text[start:end] == 'the\n[naval air station](https://example.org/lakehurst "Lakehurst") in Lakehurst'
    assert [paragraph.text for paragraph in found if not paragraph.heading and not paragraph.skip][2:] == [
        "“Oh, the humanity!” the reporter Herbert Morrison said as he recorded what he saw for the radio station WLS.",
        "The airship had left Frankfurt on May 3, 1937, under the command of Max Pruss. Charles Rosendahl, who commanded the air "
        "station, told the Commerce Department's board that the landing had been delayed by thunderstorms.",
        "A board of inquiry opened its hearings at Lakehurst on May 10, 1937.",
        "The airship was 804 feet long.",
        "It had been in service since March 1936.",
    ]
    assert {paragraph.skip for paragraph in found if paragraph.skip} == {
        "a byline", "a caption or its credit", "a table", "code", "a link or a box", "a footnote",
    }  # fmt: skip


def test_a_printed_page_gives_its_columns_in_order_without_heads_and_numbers() -> None:
    article = read(DATA / "reading" / "columns.pdf")
    found = [paragraph.text for paragraph in paragraphs(article.text, article.format)]
    assert found[0] == "Airship burns at Lakehurst"
    assert found[1].endswith("tried to land at the naval air station in Lakehurst, New Jersey.")
    assert found[5] == (
        "A board of inquiry opened its hearings at Lakehurst on May 10, 1937. It listened to dozens of witnesses, among them the "
        "surviving officers, members of the ground crew and spectators who had come to watch the landing."
    )
    assert len(found) == 8
    assert not re.search(r"Example Courier Review|Volume|\b4[12]\b", article.text)


def test_columns_that_a_file_gives_row_by_row_are_read_one_after_the_other() -> None:
    article = read(DATA / "reading" / "rows.pdf")
    assert [one.text for one in paragraphs(article.text, article.format) if not one.heading] == [
        "The South Fork Dam gave way on May 31, 1889, after days of rain, and the flood that followed killed 2,209 people in and "
        "around Johnstown.",
        "The lake behind the dam belonged to the South Fork Fishing and Hunting Club, whose members came from Pittsburgh. Its "
        "president, Benjamin Ruff, had bought the old dam in 1879.",
        "Clara Barton, who was the president of the American Red Cross, arrived on June 5, 1889. She stayed in the ruined town for "
        "five months, and the relief work of the Red Cross followed a plan of her own.",
        "The town was built again on the same ground, and the lake was never filled again.",
    ]


def test_of_a_page_printed_by_a_browser_the_margins_and_the_comments_are_left_out() -> None:
    article = read(DATA / "reading" / "printed.pdf")
    kept = [one.text for one in paragraphs(article.text, article.format) if not one.heading and not one.skip]
    assert len(kept) == 4
    assert kept[0].startswith("The iron tower built for the World's Fair opened to the public on May 15, 1889, nine days after")
    assert "file://" not in article.text
    assert not any("uncle" in text or "newsletter" in text for text in kept)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("JOHNSTOWN, Pa. (Example Wire) -- The dam broke in the night.", "The dam broke in the night."),
        ("WASHINGTON — The dam broke in the night.", "The dam broke in the night."),
        ("(Reuters) - The dam broke in the night.", "The dam broke in the night."),
        ("London (CNN) The dam broke in the night.", "The dam broke in the night."),
        ("COVID-19 cases rose in the night.", "COVID-19 cases rose in the night."),
        ("AP-GfK Poll: The dam was liked by most.", "AP-GfK Poll: The dam was liked by most."),
        (
            "A guard stands at the dam. (Photo: Jane Doe) JOHNSTOWN, Pa. (Example Wire) — The dam broke in the night.",
            "The dam broke in the night.",
        ),
        ("By Jane Doe JOHNSTOWN (Example Wire) — The dam broke in the night.", "The dam broke in the night."),
        ("The Congress of Racial Equality (CORE) met in the night.", "The Congress of Racial Equality (CORE) met in the night."),
    ],
)
def test_a_dateline_is_cut_with_what_is_glued_before_it(line: str, kept: str) -> None:
    found = paragraphs(f"{line}\n\nIt was the worst flood of the century, and the town was gone.\n")
    assert next(one.text for one in found if not one.skip and not one.heading) == kept


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Doe", "By JANE DOE and John Roe, Staff Writers", "Photo: Jane Doe", "Jane Doe / Example Pictures",
        "Jane Doe via Getty Images.",
        "The mayor at the bridge on Monday. (AP Photo/Jane Doe)", "Read more: The bridge that nobody wanted", "ADVERTISEMENT",
        "Follow Jane Doe on Twitter @janedoe.", "https://example.org/news", "jane.doe@example.org", "___", "6:01 p.m.",
        "(BEGIN VIDEO CLIP)",
        "Sign up for our newsletter.", "Correction: An earlier version of this article misstated the year.",
        "© 1999 Example Gazette. All rights reserved.",
        "View this post on Instagram", "We use cookies to make this site work for you.", "Related stories",
        "Reporting by Jane Doe; Editing by John Roe",
        "Associated Press writer Jane Doe contributed to this report.", "The author is a fellow at the Example Institute.",
        "Jane Doe is a staff writer for the Example Gazette.", "Dow 17,245 +0.3% Nasdaq 4,501 -1.2% S&P 2,001 +0.1%",
        "Los vecinos y sus familias llenaron la plaza de la ciudad desde el lunes.",
        "Der Bürgermeister der Stadt hat die Brücke am Montag eröffnet.",
        "Мэр города открыл новый мост через реку в понедельник.", "Opened pic.twitter.com/abc — Jane Doe (@janedoe) May 4, 2016",
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_story_is_left_out_with_its_reason(text: str) -> None:
    assert why_skip_paragraph(text, from_end=0)


@pytest.mark.parametrize(
    "text",
    [
        "A spokeswoman for the bank did not immediately respond to a request for comment.", "Roe declined to comment.",
        "The company did not return several phone calls.", "Doe, through a lawyer, refused to comment.",
        "The mayor could not be reached on Monday.",
        "This article has been updated to include comments from the mayor.",
    ],
)  # fmt: skip
def test_what_a_newsroom_says_of_its_own_asking_is_left_out(text: str) -> None:
    assert why_skip(text) == "a newsroom line"


@pytest.mark.parametrize(
    "text",
    [
        "The newsletter had 400,000 subscribers when the mayor bought it in 2004.", "The advertisement ran in twelve states.",
        "He did not respond to the attack until May 4, 2016.", "Curiel, who declined to comment, was born in East Chicago in 1953.",
        "“I declined to comment because nobody had asked me anything at all,” Doe said.",
        "The more who enroll, the sturdier the scheme becomes.",
        "Sarah Brady died last year.", "Last year, investors lost 20.5 percent.", "By Monday, the town had no water.",
        "Juan de la Cruz and Maria del Carmen met Carlos de los Santos.",
        "Doe is the author of a plan to close the port, and the mayor signed it.",
        "The Getty Museum bought the photograph in 1997.", "The Associated Press first reported the story on Monday.",
        "I cannot speak for you, but I find his message chilling.", "The election results were 52 percent to 48 percent.",
        "“The photo: nobody has ever seen it,” the mayor said.", "The correction took the index 12 percent below its peak.",
        "Police asked people to sign up for alerts by May 4.", "The report by Jane Doe was read in the House on May 4, 1998.",
    ],
)  # fmt: skip
def test_a_sentence_of_the_story_is_kept_though_it_has_such_words(text: str) -> None:
    assert not why_skip(text)
    assert not why_skip_paragraph(text)


def test_what_readers_wrote_below_is_no_part_of_the_story() -> None:
    found = paragraphs("The bridge opened in 2006.\n\nIt was full.\n\nComments\n\nI crossed it in 2007 with my uncle.\n")
    assert [one.text for one in found if not one.skip and not one.heading] == ["The bridge opened in 2006.", "It was full."]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2016-05-03-title.txt", "2016-05-03"),
        ("wire_2015-11-17_title.txt", "2015-11-17"),
        ("20160503-title.md", "2016-05-03"),
        ("old/2016-05-03/plain.txt", ""),
        ("20161399-title.txt", ""),
        ("120160503-title.txt", ""),
        ("a2016-05-03.txt", ""),
        ("2016-05-03-to-2016-05-04.txt", ""),
        ("00000503.txt", ""),
        ("report-12345678.pdf", ""),
    ],
)
def test_a_day_in_the_files_name_is_read_where_it_stands_alone(name: str, day: str) -> None:
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2016-05-03T10:00:00Z", "2016-05-03"), ("May 3, 2016", "2016-05-03"), ("3 May 2016", "2016-05-03"), ("Tuesday, Sept. 6, 2016",
        "2016-09-06"),
        ("2016-02-30", ""), ("May 2016", ""), ("03/05/2016", ""), ("May 33, 2016", ""), ("soon", ""),
    ],
)  # fmt: skip
def test_only_real_days_are_dates(date: str, day: str) -> None:
    assert iso(date) == day


def test_names_with_particles_are_not_another_language() -> None:
    assert not is_foreign("Luis de la Torre, Juan van der Berg, Leonardo da Vinci.")
    assert is_foreign("Le maire de la ville a dit que le pont est ouvert pour tous les habitants.")


@pytest.mark.soak
@given(st.randoms(use_true_random=False), st.sampled_from([path for path in OWN if path.suffix != ".pdf"]))
@settings(max_examples=2000, deadline=None)
def test_mutated_articles_are_read_or_refused_and_traced(dice: random.Random, path: Path) -> None:
    chars = list(path.read_text("utf-8"))
    for _ in range(dice.randint(1, 60)):
        at = dice.randrange(len(chars))
        chars[at] = dice.choice(["", " ", "\n", '"', "”", "*", "`", "<", "&amp;", "â€™", "-\n", chars[at] * 2, "\f", "|", "[", "]("])
    try:
        article = read_text("".join(chars), name=path.name)
    except ArticleError as error:
        assert "\n" not in str(error)
        return
    demand_traced(article.text, paragraphs(article.text, article.format))


def mutated(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice([1, 3, 10, 50])):
        at = dice.randrange(len(found))
        found[at : at + dice.choice([0, 1, 1, 1, 20])] = dice.choice(
            [b"", bytes([dice.randrange(256)]), b"9999999999", b"1 0 R", b"/Kids", b"<<", b">>"]
        )
        found = found or bytearray(b"%PDF-")
    return bytes(found)


def demand_read_or_refused(data: bytes, name: str) -> None:
    try:
        article = read_bytes(data, name=name)
    except ArticleError as error:
        assert "\n" not in str(error)
        assert str(error).startswith(f"{name}: ")
        return
    demand_traced(article.text, paragraphs(article.text, article.format))


@given(st.randoms(use_true_random=False), st.sampled_from([path for path in OWN if path.suffix in (".pdf", ".md", ".html")]))
@settings(max_examples=100, deadline=2_000)
def test_a_damaged_file_is_read_or_refused_in_one_line(dice: random.Random, path: Path) -> None:
    demand_read_or_refused(mutated(path.read_bytes(), dice), path.name)


@pytest.mark.soak
@given(st.randoms(use_true_random=False), st.sampled_from([path for path in OWN if path.suffix in (".pdf", ".md", ".html")]))
@settings(max_examples=10_000, deadline=5_000)
@pytest.mark.timeout(3600)
def test_a_damaged_file_is_read_or_refused_at_length(dice: random.Random, path: Path) -> None:
    demand_read_or_refused(mutated(path.read_bytes(), dice), path.name)


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.md", "a.html", "a.txt"]))
@settings(max_examples=100, deadline=2_000)
def test_any_bytes_under_any_name_are_read_or_refused_in_one_line(data: bytes, name: str) -> None:
    demand_read_or_refused(data, name)
