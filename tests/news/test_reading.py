"""Reading articles: untouched text, what is known of them, and one clear line for what is no article."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizzer.core.errors import ArticleError
from quizzer.news import Article, find_articles, generate, read, read_bytes, read_text
from quizzer.news.prose import paragraphs

READING = Path(__file__).parent.parent / "data" / "reading"
ENGLISH = "The mayor of the city said that the bridge would open in the spring, and the people were glad of it.\n"


def test_text_is_kept_as_it_stands_line_ends_and_all(tmp_path: Path) -> None:
    file = tmp_path / "wire.txt"
    text = "First line of the story,\r\nwhich goes on in the second and is about the people of the town.\r\n\r\nThe end of it.\r\n"
    file.write_bytes(text.encode())
    article = read(file)
    assert article.text == text
    assert article.source().sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_character_of_the_text(encoding: str) -> None:
    assert read_bytes(ENGLISH.encode(encoding), name="a.txt").text == ENGLISH


def test_title_publisher_date_and_url_come_from_the_header(articles: dict[str, Article]) -> None:
    article = articles["moon-landing.txt"]
    assert (article.title, article.publisher, article.date, article.url) == (
        "Two men walk on the moon", "Example Wire", "1969-07-25", "https://example.org/moon-landing",
    )  # fmt: skip


def test_a_dateline_gives_date_and_publisher(articles: dict[str, Article]) -> None:
    assert (articles["mine-rescue.txt"].date, articles["mine-rescue.txt"].publisher) == ("2010-10-14", "Example Wire")


def test_a_leading_date_is_the_articles_date(articles: dict[str, Article]) -> None:
    assert articles["climate-accord.txt"].date == "2016-11-05"


def test_of_a_page_only_the_article_is_read(articles: dict[str, Article]) -> None:
    article = articles["first-flight.html"]
    assert "Orville Wright flew a powered airplane" in article.text
    assert "Subscribe" not in article.text
    assert "<p>" not in article.text
    assert article.publisher == "Example Herald"
    assert article.date == "1903-12-19" or article.date == ""
    assert article.title == "Brothers fly a powered machine"


def test_broken_lines_are_one_paragraph_and_headings_are_told_apart() -> None:
    text = "In 2004, the city \nannounced the new \nbridge, which the people liked.\nWhat came of it\nThe bridge opened in 2006.\n"
    found = paragraphs(text)
    assert [(paragraph.text, paragraph.heading) for paragraph in found] == [
        ("In 2004, the city announced the new bridge, which the people liked.", False),
        ("What came of it", True),
        ("The bridge opened in 2006.", False),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t \n", "is empty"),
        (b"text\0more", "NUL"),
        (b"%PDF-1.7 and then nothing", "is no PDF that can be read"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "UTF-8"),
        (
            "Der Bürgermeister der Stadt sagte am Montag, dass die Brücke im Frühjahr eröffnet wird und alle kommen.".encode(),
            "does not look English",
        ),
        ("Los vecinos del barrio llenaron la plaza de la ciudad desde el lunes por la mañana.".encode(), "does not look English"),
        (b"<html><body><script>1</script></body></html>", "no article found"),
        (ENGLISH.encode() * 12_000, "Split it"),
        (b"a" * 10_000_000, "Split it"),
    ],
    ids=["nothing", "white space", "NUL", "broken PDF", "picture", "German", "Spanish", "page without article", "too long", "10 MB"],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "strange.txt"
    file.write_bytes(data)
    with pytest.raises(ArticleError) as refused:
        read(file)
    message = str(refused.value)
    assert message.startswith(str(file))
    assert words in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="there is no such file"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(ArticleError, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("text", [ENGLISH, "Short note.", "The THE the."])
def test_short_english_is_read(text: str) -> None:
    try:
        assert read_text(text, name="note.txt").text == text
    except ArticleError as error:
        assert "English" in str(error)


def test_a_model_that_is_not_installed_is_named_with_the_remedy() -> None:
    with pytest.raises(ArticleError, match=r"en_core_web_none.*spacy download en_core_web_none"):
        generate([read_text(ENGLISH, name="a.txt")], deck_id="deck", model="en_core_web_none")


def test_no_article_and_two_of_one_name_are_refused() -> None:
    with pytest.raises(ArticleError, match="at least one file"):
        generate([], deck_id="deck")
    article = read_text(ENGLISH, name="a.txt")
    with pytest.raises(ArticleError, match=r"a\.txt: two articles"):
        generate([article, article], deck_id="deck")


def test_without_spacy_one_line_says_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules['spacy'] = None\n"
        "from quizzer.core.errors import ArticleError\nfrom quizzer.news import generate, read_text\n"
        f"article = read_text({ENGLISH!r}, name='a.txt')\n"
        "try:\n    generate([article], deck_id='deck')\nexcept ArticleError as error:\n    print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ})
    assert run.stdout.strip().endswith('Run: pip install "quizzer[news]"')


def test_importing_the_room_loads_no_spacy() -> None:
    heavy = ("spacy", "trafilatura", "names", "pypdfium2", "pyromark")
    script = f"import sys, quizzer.news; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"A bridge at last\n\n{ENGLISH}", "A bridge at last"),
        (f"\r\nWho will pay for the bridge?\r\n\r\n{ENGLISH}", "Who will pay for the bridge?"),
        (f"  A bridge\tfor “the people”\n \n{ENGLISH}", "A bridge for “the people”"),
        (f"Date: 2006-05-04\n\nA bridge at last\n\n{ENGLISH}", "A bridge at last"),
        (f"Title: The bridge\n\nA bridge at last\n\n{ENGLISH}", "The bridge"),
        (f"The bridge is open.\n\n{ENGLISH}", ""),
        (f"A bridge at last\n{ENGLISH}", ""),
        (f"By Jane Doe\n\n{ENGLISH}", ""),
        (f"May 4, 2006\n\n{ENGLISH}", ""),
        (ENGLISH, ""),
    ],
)
def test_the_heading_of_a_text_is_its_title(text: str, title: str) -> None:
    article = read_bytes(text.encode(), name="standard input")
    assert (article.title, article.source().title) == (title, title)


def test_a_deck_of_one_article_bears_its_title_one_of_several_does_not() -> None:
    one = read_text(f"A bridge at last\n\n{ENGLISH}", name="standard input")
    other = read_text(f"A tower at last\n\n{ENGLISH}", name="b.txt")
    assert generate([one], deck_id="standard-input").deck.title == "A bridge at last"
    assert generate([one, other], deck_id="the-news").deck.title == "The news"
    assert generate([one], deck_id="deck", title="Mine").deck.title == "Mine"


@pytest.mark.parametrize(
    ("name", "title", "publisher", "date", "url", "form"),
    [
        ("airship.md", "Airship burns at Lakehurst", "Example Courier", "1937-05-07", "https://example.org/airship", "markdown"),
        ("tower.html", "Tower opens after long delay", "Example Gazette", "1889-05-16", "https://example.org/news/tower-opens", "page"),
        ("columns.pdf", "Airship burns at Lakehurst", "Example Courier", "", "", "pdf"),
        ("printed.pdf", "Tower opens after long delay", "Example Gazette", "1889-05-16", "", "pdf"),
        ("wrapped.txt", "A dam bursts above the valley", "Example Wire", "", "", "text"),
    ],
)
def test_what_an_article_says_of_itself_is_found_in_every_format(
    name: str, title: str, publisher: str, date: str, url: str, form: str
) -> None:
    article = read(READING / name)
    assert (article.title, article.publisher, article.date, article.url, article.format) == (title, publisher, date, url, form)
    assert article == read(READING / name)


@pytest.mark.parametrize("name", ["airship.md", "tower.html", "columns.pdf", "wrapped.txt"])
@pytest.mark.parametrize("date", ["2021-01-14", "2021-01", "2021"])
def test_what_an_author_gives_wins_over_what_the_article_says(name: str, date: str) -> None:
    given = read(READING / name, name="news/one", title=" My \n title", publisher="Mine", date=date, url="https://example.org/mine")
    told = (given.name, given.title, given.publisher, given.date, given.url)
    assert told == ("news/one", "My title", "Mine", date, "https://example.org/mine")
    assert given.text == read(READING / name).text


@pytest.mark.parametrize("date", ["2021-02-30", "14 January 2021", "2021-1-4", "21", "2021-13", "0000", "2021-01-14T10:00", "٢٠٢١"])
def test_a_date_that_is_none_is_refused_by_the_options_name(date: str) -> None:
    with pytest.raises(ArticleError, match="--date") as refused:
        read_text(ENGLISH, name="a.txt", date=date)
    assert "\n" not in str(refused.value)


def test_the_files_name_gives_the_date_only_where_the_article_is_silent() -> None:
    assert read_text(ENGLISH, name="2016-05-03-bridge.txt").date == "2016-05-03"
    assert read_text(f"Date: 2016-05-02\n\n{ENGLISH}", name="2016-05-03-bridge.txt").date == "2016-05-02"
    assert read_text(f"LONDON, May 1, 2016 (Example Wire) — {ENGLISH}", name="2016-05-03-bridge.txt").date == "2016-05-01"
    assert (
        read_text(f"A bridge at last\n\nPublished on April 30, 2016 at 10:15 a.m.\n\n{ENGLISH}", name="2016-05-03.txt").date == "2016-04-30"
    )
    assert read_text(ENGLISH, name="2016-05-03-bridge.txt", date="2015").date == "2015"


def test_a_folders_articles_are_found_in_order_and_hidden_ones_are_not(tmp_path: Path) -> None:
    names = [
        "b.txt",
        "a/z.md",
        "a/b/c.HTML",
        "a.pdf",
        "notes.text",
        ".hidden.txt",
        ".git/x.txt",
        "deck.yaml",
        "picture.png",
        "a/y.markdown",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ENGLISH, "utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in find_articles(tmp_path)]
    assert found == ["a/b/c.HTML", "a/y.markdown", "a/z.md", "a.pdf", "b.txt", "notes.text"]


def test_a_folder_without_articles_and_one_that_is_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").touch()
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "deck.yaml"):
        with pytest.raises(ArticleError) as refused:
            find_articles(folder)
        assert str(refused.value).startswith(f"{folder}: ")
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "words"), [("locked.pdf", "is locked by a password"), ("scan.pdf", "holds no text")], ids=["locked", "pictures only"]
)
def test_a_pdf_without_readable_text_is_refused_in_one_line(name: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as refused:
        read(READING / name)
    assert str(refused.value).startswith(str(READING / name))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    text = f"{ENGLISH}“It’s open — at last,” said André Müller of Curaçao, who paid £5 at José’s “Étoile” café…\n"
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    assert read_bytes(data, name="a.txt").text == text


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "koi8-r", "cp1253", "gb18030"])
def test_an_encoding_that_cannot_be_told_is_refused(encoding: str) -> None:
    text = {"shift_jis": "橋は開いた。", "gb18030": "桥已经开放。", "cp1253": "Η γέφυρα άνοιξε."}.get(encoding, "Мэр города открыл мост.")
    with pytest.raises(ArticleError, match="UTF-8"):
        read_bytes(f"{ENGLISH}{text}\n".encode(encoding), name="a.txt")


def test_boxes_captions_and_comments_of_a_page_are_no_part_of_its_text() -> None:
    text = read(READING / "tower.html").text
    for words in ("Share on Facebook", "seen from the river", "Ten bridges", "newsletter", "uncle", "Home"):
        assert words not in text


def test_one_page_gives_one_text_however_often_and_wherever_it_is_read() -> None:
    script = f"from pathlib import Path; from quizzer.news import read; print(read(Path({str(READING / 'tower.html')!r})).source().sha256)"
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert runs == {read(READING / "tower.html").source().sha256 + "\n"}


@pytest.mark.parametrize(
    ("front", "told"),
    [
        (
            "title: The bridge\ndate: 2006-05-04\nsource: Example Wire\nlink: https://example.org",
            ("The bridge", "Example Wire", "2006-05-04", "https://example.org"),
        ),
        ("title: 'It''s open'\npublished: May 4, 2006\nsite: \"Example: Wire\"", ("It's open", "Example: Wire", "2006-05-04", "")),
        ("Title: Open # at last\nsource: https://example.org/x\ntags:\n  - one\nbroken", ("Open", "", "", "https://example.org/x")),
        ("description: |\n  title: no\nauthor: {a: b}", ("A bridge at last", "", "", "")),
    ],
)
def test_front_matter_is_read_line_by_line(front: str, told: tuple[str, str, str, str]) -> None:
    article = read_text(f"---\n{front}\n---\n\n# A bridge at *last*\n\n{ENGLISH}", name="a.md")
    assert (article.title, article.publisher, article.date, article.url) == told


def test_the_markdown_article_of_the_manual_is_read_as_the_manual_says() -> None:
    manual = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
    example = manual.split("```markdown\n")[1].split("```\n")[0]
    article = read_text(example, name="article.md")
    told = (article.title, article.publisher, article.date, article.url)
    assert told == ("A bridge at last", "Example Courier", "1937-05-28", "https://example.org/bridge")
    (paragraph,) = paragraphs(article.text, article.format)
    assert paragraph.text == "The Golden Gate Bridge was opened in San Francisco on May 27, 1937."
    start, end = paragraph.home(0, paragraph.text.index("1937") + len("1937"))
    quoted = manual.split("included: here\n`")[1].split("`")[0]
    assert article.text[start:end] == quoted


@pytest.mark.parametrize("name", ["airship.md", "columns.pdf", "tower.html", "wrapped.txt"])
def test_questions_are_free_of_the_marks_of_their_format_and_their_evidence_stands_in_the_text(name: str) -> None:
    article = read(READING / name)
    questions = generate([article], deck_id="deck").deck.questions
    assert questions
    for question in questions:
        shown = " ".join(
            str(getattr(question, field, "")) for field in ("question", "answer", "statement", "cloze", "accept", "distractors")
        )
        assert not re.search(r"\*\*|\]\(|&\w+;|<\w|\\n|Getty|newsletter", shown), shown
        for evidence in question.evidence:
            assert evidence.start is not None
            assert article.text[evidence.start :].startswith(evidence.quote)
