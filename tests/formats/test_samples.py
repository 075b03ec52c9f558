"""Files as people have them, written by hand: what is taken, what is told, and in which line."""

from pathlib import Path

import pytest

from quizzer.core.errors import FormatError
from quizzer.core.kinds import Cloze, Deck, Plain, Question
from quizzer.core.model import Markup
from quizzer.formats import Options, Read, read, write

DATA = Path(__file__).parent.parent / "data" / "formats"


def sample(name: str, **options: object) -> Read:
    return read((DATA / name).read_bytes(), ending=Path(name).suffix, options=Options(**options))[1]


def keys(question: Question) -> str:
    return "; ".join(card.answer.key for card in question.deal("d"))


def told(found: Read) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in found.problems if one.skipped]


def test_csv_with_semicolons_letters_and_numbers_for_answers() -> None:
    found = sample("space.csv")
    assert [(line, one.kind, keys(one)) for line, one in zip(found.lines, found.deck.questions, strict=True)] == [
        (2, "plain", "Sputnik 1"),
        (3, "true/false", "False"),
        (4, "plain", "1961"),
        (6, "list", "Neil Armstrong, Buzz Aldrin, Michael Collins"),
        (7, "order", "Vostok 1 → Apollo 11 → Soyuz 11"),
        (8, "match", "Cassini – Saturn, Juno – Jupiter"),
        (9, "cloze", "December 1968"),
        (10, "plain", "=67P"),
    ]
    first, _, gagarin = found.deck.questions[:3]
    assert (first.id, first.tags, first.distractors) == ("first-satellite", ("space", "first"), ("Explorer 1", "Vanguard 1"))
    assert gagarin.evidence[0].quote == "on 12 April 1961\nhe flew once around the Earth"
    assert [(one.id, one.title, one.url) for one in found.deck.sources] == [("vostok-1", "Vostok 1", "https://example.org/vostok")]
    assert told(found) == [
        (11, "the kind 'essay' is none that decks have. Write plain, cloze, true/false, order, match or list."),
        (12, "this row has no answer. Write one."),
    ]


def test_quizlet_takes_what_has_two_sides() -> None:
    found = sample("capitals.tsv")
    assert [(line, one.text, keys(one)) for line, one in zip(found.lines, found.deck.questions, strict=True)] == [
        (1, "Capital of Peru", "Lima"),
        (2, "Capital of Chile", "Santiago de Chile"),
        (5, "Quito lies in Ecuador.", "True"),
    ]
    assert [line for line, _ in told(found)] == [4, 6]
    assert sample("capitals.tsv", swap=True).deck.questions[0].text == "Lima"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Peru - Lima\nChile - Santiago", {}),
        ("Peru,Lima\nChile,Santiago", {}),
        ("Peru,Lima;Chile,Santiago", {}),
        ("Peru\tLima\n\nChile\tSantiago", {}),
        ("Peru – Lima\rChile – Santiago\r", {}),
        ("Peru|Lima||Chile|Santiago", {"between": "|", "cards": "||"}),
    ],
)
def test_quizlets_marks_are_found_out_or_given(text: str, options: dict[str, str]) -> None:
    found = read(text.encode(), form="quizlet", options=Options(**options))[1]
    assert [(one.text, keys(one)) for one in found.deck.questions] == [("Peru", "Lima"), ("Chile", "Santiago")]


def test_hashcards() -> None:
    found = sample("berlin.md")
    assert (found.deck.title, found.deck.markup) == ("The Berlin Wall", Markup.MARKDOWN)
    assert [(line, one.kind, keys(one)) for line, one in zip(found.lines, found.deck.questions, strict=True)] == [
        (7, "plain", "9 November 1989"),
        (14, "cloze", "Bornholmer Straße; 11:30 pm"),
        (17, "list", "France, the United Kingdom, the United States, the Soviet Union"),
        (27, "plain", "28"),
    ]
    wall, crossing, _, code = found.deck.questions
    assert wall.explanation == "Günter Schabowski had said that travel was free *at once*."
    assert wall.evidence[0].quote == "on the night of 9 November"
    assert found.deck.sources[0].title == "The night of the ninth"
    assert [one.id for one in found.deck.questions] == ["", "first-crossing", "", ""]
    assert "see [the map](https://example.org/map)" in crossing.text
    assert code.text == "What does this print?\n\n```\nQ: is this a card?\nprint(1989 - 1961)\n```"
    assert [line for line, _ in told(found)] == [36, 37, 38]


def test_obsidian() -> None:
    found = sample("volcanoes.md")
    assert found.deck.title == "Volcanoes"
    assert [(line, one.text, keys(one), one.tags) for line, one in zip(found.lines, found.deck.questions, strict=True)] == [
        (8, "In which year did Krakatoa erupt?", "1883", ("geography",)),
        (9, "Vesuvius buried Pompeii in the year", "79", ("geography",)),
        (9, "79", "Vesuvius buried Pompeii in the year", ("geography",)),
        (10, "Where is Mount Pinatubo?", "in the Philippines", ("pinatubo",)),
        (14, "Which volcano erupted\non 18 May 1980?", "Mount St. Helens", ("The twentieth century", "geography")),
        (20, "Mount {{Pinatubo}} erupted in {{June 1991}}.", "Pinatubo; June 1991", ("The twentieth century", "geography")),
        (33, "Eyjafjallajökull closed the airspace of Europe in", "April 2010", ("The twentieth century",)),
        (33, "April 2010", "Eyjafjallajökull closed the airspace of Europe in", ("The twentieth century",)),
    ]
    assert found.deck.questions[0].id == "krakatoa-year"
    assert found.deck.questions[4].explanation == "Its north side slid away."
    assert found.deck.questions[5].hints == ("in the Philippines",)
    assert told(found) == [(29, "this card has no back. Write it, on the line beside the mark.")]


@pytest.mark.parametrize(("note", "text", "hints", "lines"), [
    ("Mercury - the planet::Hermes", "Mercury - the planet", (), []),
    ("- [ ] Mercury::Hermes", "Mercury", (), []),
    ("==1;;Hermes;;a god== is ==2;;Mercury==", "{{Hermes}} is {{Mercury}}", ("a god",), [1, 1]),
    ("Hermes is ==Mercury;;a planet==", "Hermes is {{Mercury}}", ("a planet",), []),
    ("Which\n?\nHermes::Mercury", "Hermes", (), [1]),
    ("Which\n??\nor\n?\nHermes", "Which\n??\nor", (), []),
])  # fmt: skip
def test_obsidian_is_read_as_its_plugin_reads_it(note: str, text: str, hints: tuple[str, ...], lines: list[int]) -> None:
    found = read(note.encode(), form="obsidian")[1]
    assert [(one.text, one.hints) for one in found.deck.questions] == [(text, hints)]
    assert [one.line for one in found.problems] == lines


@pytest.mark.parametrize(("form", "begins", "goes_on"), [
    ("obsidian", "#flashcards\n\n", "==a==^[" + "x" * 93),
    ("obsidian", "#flashcards\n\na::b", " <!--SR:" + "x" * 92),
    ("obsidian", "#flashcards\n\na::b\n\n# a", " \t#" * 5),
    ("hashcards", "Q: a\nA: b", " \t" * 8),
], ids=["hints", "schedules", "heading", "blanks"])  # fmt: skip
def test_a_long_line_of_what_is_begun_and_not_ended_is_read_at_once(form: str, begins: str, goes_on: str) -> None:
    """It would take minutes, were all that follows looked through at every beginning."""
    found = read(f"{begins}{goes_on * 20_000}x\n".encode(), form=form)[1]
    assert len(found.deck.questions) == 1


def test_text2qti() -> None:
    found = sample("quiz.txt")
    assert (found.deck.title, found.deck.description) == ("Two world wars", "Dates and places.")
    assert [(line, one.kind, keys(one)) for line, one in zip(found.lines, found.deck.questions, strict=True)] == [
        (6, "plain", "11 November 1918"),
        (16, "true/false", "True"),
        (20, "list", "Churchill, Roosevelt, Stalin"),
        (26, "plain", "50"),
        (29, "plain", "Juno"),
        (33, "plain", "33.3"),
        (52, "plain", "the United States"),
    ]
    armistice = found.deck.questions[0]
    assert [one.id for one in found.deck.questions] == ["armistice", *[""] * 6]
    assert armistice.text == "On which day was the armistice of Compiègne\nsigned?"
    assert armistice.explanation == "It took effect at eleven o'clock."
    assert armistice.evidence[0].quote == "signed on the morning of 11 November"
    assert found.deck.questions[4].accept == ("Juno Beach",)
    assert [line for line, _ in told(found)] == [36, 44, 47]
    assert [one.line for one in found.problems if not one.skipped] == [6, 20, 33, 50, 51]


@pytest.mark.parametrize(
    ("name", "form"),
    [("space.csv", "csv"), ("capitals.tsv", "quizlet"), ("berlin.md", "hashcards"), ("volcanoes.md", "obsidian"), ("quiz.txt", "text2qti")],
)
def test_the_form_is_told_by_the_text_alone(name: str, form: str) -> None:
    assert read((DATA / name).read_bytes())[0].name == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, line_end: str) -> None:
    text = "question,answer\nWhere is the Straße?,“Berlin”\nGrüße?,Köln\n".replace("\n", line_end)
    found = read(text.encode(encoding), ending=".csv")[1]
    assert [(one.text, keys(one)) for one in found.deck.questions] == [("Where is the Straße?", "“Berlin”"), ("Grüße?", "Köln")]
    assert found.lines == (2, 3)
    assert [one.line for one in found.problems] == ([2] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"question,answer\na\0b,c", "^2: holds NUL"),
        (b"PK\x03\x04\0\0", "^1: holds NUL"),
        (b"\xff\xfe\x00", "^1: begins like UTF-16"),
        (b"question,answer\n\x81,b", "^2: byte 0x81 is not UTF-8"),
        (b"", "^1: the form of this cannot be told"),
        (b"x" * (64 * 1024 * 1024 + 1), "^1: this is larger than 64 MB"),
    ],
    ids=["NUL", "archive", "UTF-16", "no UTF-8", "nothing", "too large"],  # else all 64 MB were the name of a test, told to every worker
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_several_right_options_make_a_list() -> None:
    text = "question,option1,option2,option3,answer\nWho flew?,Armstrong,Aldrin,Glenn,A; B\nWhich?,a,b,c,1\nYear?,1,2,,2\n"
    found = read(text.encode(), ending=".csv")[1]
    assert [(one.kind, keys(one)) for one in found.deck.questions] == [("list", "Armstrong, Aldrin"), ("plain", "a"), ("plain", "2")]
    assert [(one.line, one.skipped) for one in found.problems] == [(2, False)]


@pytest.mark.parametrize("between", ["ab", "\n", '"'])
def test_what_cannot_part_cells_is_refused(between: str) -> None:
    with pytest.raises(FormatError, match=r"^1: one character parts the cells"):
        read(b"question,answer\na,b\n", ending=".csv", options=Options(between=between))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("question;remark\nCapital of Peru?;x\n", []),
        ("Front,Back\nCapital of Peru?,Lima\n", ["Lima"]),
        ("Capital of Peru?,Lima\nCapital of Chile?,Santiago,by the Mapocho\n", ["Lima", "Santiago"]),
        ("Which letter?,key\nCapital of Peru?,Lima\n", ["key", "Lima"]),
        ('"Question" , "Correct Answer", "Choice 1", "Choice 2"\n"Capital of Peru?", "Lima", "Lima", "Cusco"\n', ["Lima"]),
    ],
)
def test_columns_are_known_by_other_names_or_by_their_place(text: str, wanted: list[str]) -> None:
    found = read(text.encode(), ending=".csv")[1]
    assert [keys(one) for one in found.deck.questions] == wanted


def test_columns_that_nothing_names_are_refused() -> None:
    with pytest.raises(FormatError, match=r"^1: no column is called question: the first row has 'a', 'b', 'c', 'd'\."):
        read(b"a,b,c,d\n1,2,3,4\n", ending=".csv")


def test_a_description_of_uneven_lines_is_written_even() -> None:
    deck = Deck(id="d", title="T", description="One\n   two\nthree", questions=(Plain(id="q", question="Capital?", answer="Lima"),))
    written = write(deck, "text2qti")
    assert read(written.data)[1].deck.description == "One\ntwo\nthree"
    assert [loss.field for loss in written.losses] == ["description"]


@pytest.mark.parametrize("gap", ["\0", "\0|b", "b|\0"])
@pytest.mark.parametrize("form", ["csv", "quizlet", "hashcards", "obsidian", "text2qti"])
def test_a_gap_of_what_no_text_file_holds_is_left_out_and_told(form: str, gap: str) -> None:
    questions = (Cloze(id="gap", cloze=f"a {{{{{gap}}}}} c {{{{d}}}}"), Plain(id="q", question="Capital of Peru?", answer="Lima"))
    written = write(Deck(id="d", title="t", questions=questions), form)
    assert [one is None for one in written.carried] == [True, False]
    assert [(loss.question, loss.field) for loss in written.losses if loss.question == "gap"] == [("gap", "")]


@pytest.mark.parametrize("questions", [(), (Plain(id="q", question="\ufeff", answer="Lima"),)], ids=["none", "one that is left out"])
def test_of_a_deck_of_which_no_question_can_be_told_none_is_written(questions: tuple[Question, ...]) -> None:
    written = write(Deck(id="d", title="t", questions=questions), "quizlet")
    assert read(b"Capital of Peru\tLima\n" + written.data, form="quizlet")[1].deck.questions[1:] == ()
    assert written.carried == (None,) * len(questions)


def test_a_formula_behind_blanks_comes_back_from_a_spreadsheet_as_it_was() -> None:
    questions = tuple(Plain(id=f"q{at}", question=text, answer="b") for at, text in enumerate(["    =1", "'@", "\t0", "'x", "a"]))
    written = write(Deck(id="d", title="t", questions=questions), "csv")
    assert [one.text.strip() for one in written.carried if one] == [one.text.strip() for one in questions]
