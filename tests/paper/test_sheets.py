"""A sheet asks every question and tells no answer; its key tells all, under the same numbers; nothing that an author wrote is obeyed."""

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.errors import QuizzerError
from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Statement
from quizzer.core.model import Evidence, Markup, Mode, Source
from quizzer.paper import Form, Paper, Wishes, print_html
from quizzer.paper.items import letter
from quizzer.paper.parts import parts_of
from quizzer.paper.words import LANGUAGES, words_of

from ..deckfile.test_round_trip import decks

ROOT = Path(__file__).parent.parent.parent
KINDS = ROOT / "tests" / "data" / "kinds"
SHIPPED = [(deckfile.load(path), path.parent) for path in sorted((ROOT / "decks").glob("*.yaml"))]
SAMPLES = [(deckfile.load(path), path.parent) for path in sorted(KINDS.glob("*.yaml"))]
few = settings(max_examples=10, suppress_health_check=list(HealthCheck))
many = settings(max_examples=1_500, suppress_health_check=list(HealthCheck))
NO_KEY = Wishes(key=False)


class Reader(HTMLParser):
    """Reads a document as a browser would: its tags, their attributes, and the text that is seen."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.seen: list[str] = []
        self._hidden = 0
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.seen).split())


def printed(deck: Deck, wishes: Wishes = NO_KEY, folder: Path = KINDS) -> str:
    return print_html([(deck, folder)], wishes).data.decode()


def squeezed(text: str) -> str:
    return "".join(text.split())


@few
@given(decks(), st.sampled_from(Form))
def test_no_deck_gets_a_tag_an_address_or_a_handler_into_the_page(deck: Deck, form: Form) -> None:
    nothing_is_obeyed(deck, form)


def nothing_is_obeyed(deck: Deck, form: Form) -> None:
    hostile = msgspec.structs.replace(
        deck,
        title=deck.title + "</title></style><script>alert(1)</script>",
        language='en" onload="alert(1)',
        questions=tuple(msgspec.structs.replace(one, explanation=one.explanation + HOSTILE) for one in deck.questions),
        sources=tuple(msgspec.structs.replace(one, url="javascript:alert(1)") for one in deck.sources),
    )
    reader = Reader(printed(hostile, Wishes(form=form, versions=1 if form is Form.CARDS else 2)))
    assert {tag for tag, _ in reader.tags} <= OURS
    for tag, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match("data:image/", attributes.get("src") or "data:image/"), (tag, attributes)
        assert re.match("https?://", attributes.get("href") or "https://"), (tag, attributes)


HOSTILE = """<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://example.org/track.png) [ok](https://example.org/a"b)

<script>alert(1)</script>
"""
OURS = {
    *("html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "div", "span", "sup", "table", "tr", "td", "p", "img", "a"),
    *("br", "ol", "ul", "li", "em", "strong", "s", "code", "pre", "blockquote", "hr", "h3", "h4", "h5", "h6", "thead", "tbody", "th"),
}


@few
@given(decks())
def test_what_is_told_after_the_answer_does_not_change_the_sheet(deck: Deck) -> None:
    nothing_shines_through(deck)


def nothing_shines_through(deck: Deck) -> None:
    def bare(one: msgspec.Struct) -> msgspec.Struct:
        told = {"evidence": (), "explanation": "", "explanation_image": None, "as_of": "", "hints": (), "tags": (), "accept": ()}
        return msgspec.structs.replace(one, **{name: value for name, value in told.items() if name in one.__struct_fields__})

    questions = tuple(bare(one) for one in deck.questions)
    assert printed(deck) == printed(msgspec.structs.replace(deck, questions=questions, sources=()))


def other(key: str) -> str:
    """Another key of the same width."""
    return re.sub(r"\w", lambda match: "x" if match[0] != "x" else "y", key)


@pytest.mark.parametrize("markup", Markup)
def test_a_sheet_is_the_same_whatever_is_to_be_written_on_it(markup: Markup) -> None:
    keys = ["Lima", "1883", "a *b* c", "<b>", "long answer of many words " * 4]
    asked = Deck(
        id="d",
        title="T",
        markup=markup,
        questions=(
            *(Plain(id=f"p{at}", question="Which?", answer=key) for at, key in enumerate(keys)),
            *(Plain(id=f"t{at}", question="Which?", answer=key, distractors=("1", "2"), mode=Mode.TYPE) for at, key in enumerate(keys)),
            *(Cloze(id=f"c{at}", cloze=f"It was *{{{{{key}|also}}}}* then {{{{{key}}}}}.") for at, key in enumerate(keys)),
            List(id="l", question="Name them.", answers=tuple(keys)),
            Statement(id="s", statement="So it is.", answer=True),
        ),
    )

    def turned(one: msgspec.Struct) -> msgspec.Struct:
        match one:
            case Plain():
                return msgspec.structs.replace(one, answer=other(one.answer))
            case Cloze():
                return msgspec.structs.replace(one, cloze=re.sub(r"\{\{.+?\}\}", lambda match: other(match[0]), one.cloze))
            case List():
                return msgspec.structs.replace(one, answers=tuple(map(other, one.answers)))
            case Statement():
                return msgspec.structs.replace(one, answer=not one.answer)
        raise AssertionError(one)

    changed = msgspec.structs.replace(asked, questions=tuple(map(turned, asked.questions)))
    assert printed(asked) == printed(changed)
    assert printed(asked, Wishes()) != printed(changed, Wishes())


@few
@given(decks(), st.integers(1, 3), st.none() | st.text(max_size=3))
def test_what_the_key_names_is_what_the_sheet_has_under_that_number_and_letter(deck: Deck, versions: int, seed: str | None) -> None:
    sheet_and_key_agree(deck, versions, seed)


@pytest.mark.soak
@many
@given(decks(), st.sampled_from(Form), st.integers(1, 3), st.none() | st.text(max_size=3))
def test_all_of_this_many_times(deck: Deck, form: Form, versions: int, seed: str | None) -> None:
    nothing_is_obeyed(deck, form)
    nothing_shines_through(deck)
    sheet_and_key_agree(deck, versions, seed)


def sheet_and_key_agree(deck: Deck, versions: int, seed: str | None) -> None:
    made = parts_of([(deck, KINDS)], Wishes(versions=versions, seed=seed)).parts
    sheets, keys = made[:versions], made[versions:]
    by_stem = {id(one): one for one in deck.questions}
    for sheet, key in zip(sheets, keys, strict=True):
        assert (sheet.form, key.form, sheet.version) == ("sheet", "key", key.version)
        assert sheet.items == key.items
        assert len(sheet.items) == len(by_stem)
        for item in sheet.items:
            if item.shape in ("choose", "truth"):
                ((mark, words),) = item.key.answers
                assert (mark, words) in item.options
            elif item.shape == "match":
                rights = dict(item.options)
                for number, (mark, words) in enumerate(item.key.answers):
                    assert mark.startswith(f"{number + 1} – ")
                    assert words.endswith(f"{rights[mark.split()[-1]]})")
            elif item.shape == "order":
                (numbers, _), *inorder = item.key.answers
                for number, (_, words) in zip(numbers.split(", "), item.options, strict=True):
                    assert inorder[int(number) - 1][1] == words


@pytest.mark.parametrize(("deck", "folder"), [*SHIPPED, *SAMPLES], ids=lambda value: getattr(value, "id", ""))
def test_every_stem_is_on_the_sheet_and_every_key_with_its_evidence_on_the_key(deck: Deck, folder: Path) -> None:
    sheet = squeezed(Reader(printed(deck, NO_KEY, folder)).text)
    key = squeezed(Reader(printed(deck, Wishes(form=Form.KEY), folder)).text)
    for question in deck.questions:
        for card in question.deal(deck.id):
            for part in card.answer.parts:
                assert squeezed(part.key) in key
                assert all(squeezed(one) in key for one in part.accept)
            for evidence in card.evidence:
                assert squeezed(evidence.quote) in key
            assert squeezed(card.explanation) in key
            assert squeezed(card.as_of) in key
        pieces = re.split(r"\{\{.+?\}\}", question.text, flags=re.DOTALL)
        assert all(squeezed(piece) in sheet for piece in pieces)
    used = {one.source for question in deck.questions for one in question.evidence}
    for source in deck.sources:
        if source.id in used:
            assert all(squeezed(part) in key for part in (source.publisher, source.title, source.date, source.url))


@pytest.mark.parametrize("form", Form)
def test_the_same_seed_gives_the_same_page_and_another_one_another(form: Form) -> None:
    pages = [print_html(SHIPPED, Wishes(form=form, seed=seed)).data for seed in ("7", "7", "8")]
    assert pages[0] == pages[1] != pages[2]


def test_versions_ask_the_same_questions_each_in_its_own_order() -> None:
    a, b, c, *_ = parts_of(SHIPPED[:1], Wishes(versions=3, questions=9)).parts
    stems = [[str(item.stem) for item in part.items] for part in (a, b, c)]
    assert sorted(stems[0]) == sorted(stems[1]) == sorted(stems[2])
    assert len(stems[0]) == 9
    assert stems[0] != stems[1] != stems[2] != stems[0]


def test_without_a_seed_questions_stand_as_in_the_deck_and_an_added_one_stirs_no_options() -> None:
    deck = SHIPPED[0][0]
    added = msgspec.structs.replace(deck, questions=(Plain(id="new", question="New?", answer="yes"), *deck.questions))
    (before,), (after,) = (parts_of([(one, KINDS)], NO_KEY).parts for one in (deck, added))
    assert after.items[1:] == before.items
    assert [str(item.stem) for item in before.items] == [str(item.stem) for item in parts_of([(deck, KINDS)], NO_KEY).parts[0].items]


def test_things_to_be_ordered_do_not_stand_in_their_order() -> None:
    questions = tuple(Order(id=f"o{at}", order=("one", "two", "three")) for at in range(40))
    (sheet,) = parts_of([(Deck(id="d", title="T", questions=questions), KINDS)], NO_KEY).parts
    orders = ["".join(re.findall(r">(\w+)<", "".join(str(text) for _, text in item.options))) for item in sheet.items]
    assert "onetwothree" not in orders
    assert len(set(orders)) == 5


def test_key_and_distractors_stand_at_any_letter_alike() -> None:
    questions = tuple(Plain(id=f"q{at}", question="?", answer="key", distractors=("b", "c", "d")) for at in range(200))
    (key,) = parts_of([(Deck(id="d", title="T", questions=questions), KINDS)], Wishes(form=Form.KEY)).parts
    marks = [item.key.answers[0][0] for item in key.items]
    assert all(30 <= marks.count(mark) <= 70 for mark in "abcd")


def test_gaps_of_a_question_are_of_one_width_and_numbered_on_the_key() -> None:
    deck = Deck(id="d", title="gap0z", questions=(Cloze(id="c", cloze="gap0z GAPQ {{Krakatoa|K.}} erupted in {{1883}}."),))
    reader = Reader(printed(deck))
    gaps = [attributes["class"] for tag, attributes in reader.tags if (attributes.get("class") or "").startswith("gap")]
    assert gaps == ["gap gap30", "gap gap30"]
    assert "gap0z GAPQ 1" in reader.text
    assert "1. Krakatoa 2. 1883 also right: K." in Reader(printed(deck, Wishes(form=Form.KEY))).text


def test_markdown_is_obeyed_where_the_deck_says_so_and_html_never() -> None:
    question = Plain(id="q", question="What does **this** do?\n\n```\nx < 1\n```\n\n- <b>a</b>", answer="*nothing*")
    deck = Deck(id="d", title="T", questions=(question,), markup=Markup.MARKDOWN)
    page = printed(deck, Wishes())
    assert "<strong>this</strong>" in page
    assert "<code>x &lt; 1" in page
    assert "&lt;b&gt;a&lt;/b&gt;" in page
    assert "*nothing*" in page  # keys are text
    assert "<strong>" not in printed(msgspec.structs.replace(deck, markup=Markup.PLAIN), Wishes())


def test_images_are_in_the_page_and_one_that_is_missing_is_told_in_its_words() -> None:
    deck = next(deck for deck, _ in SAMPLES if deck.id == "plain-sample")
    assert 'src="data:image/png;base64,' in printed(deck)
    made = print_html([(deck, ROOT)], NO_KEY)
    assert "[Image: Three shapes side by side" in Reader(made.data.decode()).text
    assert [line for line in made.told if "plain-sample: there is no image 'images/shapes.png'" in line]


def test_text_written_from_right_to_left_runs_so() -> None:
    page = printed(Deck(id="d", title="T", language="he", questions=(Plain(id="q", question="מהי בירת צרפת?", answer="פריז"),)))
    assert '<html lang="he" dir="rtl">' in page
    assert '<span class="t" dir="rtl">מהי בירת צרפת?</span>' in page
    assert '<span class="t" dir="rtl">مصر؟</span>' in printed(
        Deck(id="d", title="T", questions=(Plain(id="q", question="مصر؟", answer="x"),))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_of_the_decks_language(language: str) -> None:
    questions = (
        Order(id="o", order=("1", "2", "3")),
        Match(id="m", match=(("a", "1"), ("b", "2"))),
        Statement(id="s", statement="x", answer=True),
    )
    deck = Deck(id="d", title="T", language=f"{language}-XX", questions=questions)
    text, words = Reader(printed(deck, Wishes())).text, words_of(language)
    shown = (
        words.name,
        words.group,
        words.date,
        words.points,
        words.instructions,
        words.order,
        words.match,
        words.true,
        words.false,
        words.key,
    )
    assert [word for word in shown if word not in text] == []
    assert Reader(printed(deck, Wishes(instructions="Be quick."))).text.count("Be quick.") == 1


def test_points_count_what_is_to_be_written_or_picked_and_can_be_left_away() -> None:
    made = parts_of(SAMPLES, NO_KEY).parts[0]
    assert made.points == 37
    assert {item.shape: item.points for item in made.items if item.shape in ("choose", "truth", "write")} == {
        "choose": 1,
        "truth": 1,
        "write": 1,
    }
    assert "/ 37" in Reader(print_html(SAMPLES, NO_KEY).data.decode()).text
    assert "___" not in Reader(print_html(SAMPLES, Wishes(key=False, points=False)).data.decode()).text


def test_a_mode_wished_for_counts_more_than_the_decks() -> None:
    def shapes(mode: Mode | None) -> list[str]:
        return [item.shape for item in parts_of([plain], Wishes(key=False, mode=mode)).parts[0].items]

    plain = next(one for one in SAMPLES if one[0].id == "plain-sample")
    assert shapes(None) == ["choose", "choose", "choose", "write"]
    assert shapes(Mode.TYPE) == ["write"] * 4
    pinned = (msgspec.structs.replace(plain[0], study=msgspec.structs.replace(plain[0].study, mode=Mode.TYPE)), plain[1])
    assert [item.shape for item in parts_of([pinned], NO_KEY).parts[0].items] == ["write"] * 4


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (Wishes(ids=("nope",)), "there is no question 'nope' in plain-sample."),
        (Wishes(tags=("nope",)), "plain-sample: there is no question with the tag 'nope' to be printed."),
    ],
)
def test_what_is_not_there_is_told_in_one_line(wishes: Wishes, told: str) -> None:
    plain = next(one for one in SAMPLES if one[0].id == "plain-sample")
    with pytest.raises(QuizzerError, match=re.escape(told)):
        print_html([plain], wishes)


def test_questions_are_chosen_by_tag_by_id_and_by_number() -> None:
    def asked(wishes: Wishes) -> int:
        return print_html(SAMPLES, wishes).questions

    assert asked(Wishes(tags=("Space",))) == 1
    assert asked(Wishes(ids=("blue-shape", "benelux"))) == 2
    assert asked(Wishes(questions=3)) == 3
    assert print_html(SAMPLES, Wishes(questions=99)).told == ("there are 17 questions, and not 99: all are printed.",)


def test_evidence_names_its_source_once_with_a_number_and_an_address_of_the_web() -> None:
    sources = (Source(id="a", publisher="Wire", title="Head", date="2021-01-14", url="https://example.org/?a=1&b=2"), Source(id="b"))
    evidence = (Evidence(source="a", quote="in El Paso"), Evidence(source="a", quote="five months"))
    questions = tuple(Plain(id=f"q{at}", question="?", answer="x", evidence=evidence) for at in range(2))
    reader = Reader(printed(Deck(id="d", title="T", questions=questions, sources=sources), Wishes(form=Form.KEY)))
    assert reader.text.count("“in El Paso” [1]") == 2
    assert reader.text.endswith("Sources [1] Wire, Head, 2021-01-14https://example.org/?a=1&b=2")
    assert [attributes["href"] for tag, attributes in reader.tags if tag == "a"] == ["https://example.org/?a=1&b=2"]


def test_options_go_on_after_the_last_letter() -> None:
    assert [letter(at) for at in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_the_page_is_of_the_paper_that_is_wished_for() -> None:
    assert "size: 210.0mm 297.0mm" in printed(SAMPLES[0][0])
    assert "size: 215.9mm 279.4mm" in printed(SAMPLES[0][0], Wishes(paper=Paper.LETTER))


def test_a_sheet_tells_which_of_its_questions_give_the_answers_of_others_away() -> None:
    """A fact asked from two sides is sound in a deck, where the two are kept apart; not on one page."""
    proof = (Evidence(source="wire", quote="Orville Wright flew in 1903", start=10),)
    who = Plain(id="who", question="Who flew a plane at Kitty Hawk in 1903?", answer="Orville Wright", evidence=proof)
    when = Plain(id="when", question="When did Orville Wright fly a plane at Kitty Hawk?", answer="In 1903", evidence=proof)
    deck = Deck(id="d", title="D", language="en", sources=(Source(id="wire"),), questions=(who, when))
    both, one, cards = (parts_of([(deck, ROOT)], wishes) for wishes in (Wishes(), Wishes(ids=("who",)), Wishes(form=Form.CARDS)))
    (told,) = both.told
    assert told.startswith("the answer to one question stands in another of the sheet: 'who' in 'when'. Print one of each pair;")
    assert one.told == cards.told == ()
    assert parts_of([(msgspec.structs.replace(deck, language="de"), ROOT)], Wishes()).told == ()
