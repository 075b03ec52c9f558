"""What is written for hashcards and for Obsidian is read by those programs as the same cards: as many, of the same form, asking the same.

Their rules as their sources have them (hashcards' parser.rs; the plugin's parser.ts, question-type.ts and its cloze patterns), retold
in ``peers``: strict where ours are lenient.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.core.kinds import GAP, Cloze, Deck, List, Plain, Question, Statement
from quizzer.core.model import Evidence, Markup, Source
from quizzer.deckfile.rules import folded
from quizzer.formats import read, write
from quizzer.formats.markings import answer_of, stem_of
from quizzer.formats.plainly import as_plain

from ..deckfile.test_round_trip import decks
from .peers import Card, by_hashcards, by_obsidian, by_quizlet, by_spreadsheet

ROOT = Path(__file__).parent.parent.parent


def shown(text: str) -> str:
    """What is to be seen of Markdown, less blanks and what is escaped."""
    text = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)
    return "".join(re.sub(r"[\\\s\ufeff\x1c-\x1f]", "", text))


def same(card: Card, question: Question, deck: Deck, name: str) -> None:
    """The card asks what the question asks, and answers what it answers."""
    front = re.sub(r"^(?:#[^\s#]+ +)+", "", card.front) if name == "obsidian" else card.front
    if isinstance(question, Cloze):
        assert list(map(shown, card.gaps)) == [shown(found[1].split("|")[0]) for found in GAP.finditer(question.cloze)]
    else:
        assert shown(front) == shown(stem_of(question, deck))
        assert shown(card.back).startswith(shown(answer_of(question)))


def agree(deck: Deck) -> None:
    for name, cards_of in (("hashcards", by_hashcards), ("obsidian", by_obsidian)):
        text = write(deck, name).data.decode()
        ours = read(text.encode(), form=name)[1].deck
        theirs = cards_of(text)
        assert [bool(card.gaps) for card in theirs] == [isinstance(one, Cloze) for one in ours.questions], name
        for card, question in zip(theirs, ours.questions, strict=True):
            same(card, question, ours, name)
    carried = [question for question in write(deck, "quizlet").carried if question]
    pairs = [(one.text, one.answer) for one in map(as_plain, carried)]
    assert [(card.front.strip(), card.back.strip()) for card in by_quizlet(write(deck, "quizlet").data.decode())] == pairs
    written = write(deck, "csv")
    rows = by_spreadsheet(written.data.decode())
    assert [shown(row.front) for row in rows] == [shown(one.text) for one in written.carried if one]


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "tests/data/kinds").glob("*.yaml"), *(ROOT / "decks").glob("*.yaml")]), ids=lambda path: path.stem
)
def test_they_see_the_cards_of_our_decks(path: Path) -> None:
    agree(deckfile.load(path))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks())
def test_they_see_the_cards_of_any_deck(deck: Deck) -> None:
    agree(deck)


FENCED = "```\nA: x\n```"
EXAMPLES: list[tuple[Markup, str, str, str]] = [  # markup, stem or cloze, answer (none of a cloze), explanation
    (Markup.PLAIN, "Q", "b", "a::b"),
    (Markup.PLAIN, "Q", "b", "Source: x, http://example.org/ lead:: “q”"),
    (Markup.MARKDOWN, "Q", "b", "in code `a::b`, and ``c::d``"),
    (Markup.PLAIN, "a:", "b", ""),
    (Markup.PLAIN, "a", ":b", ""),
    (Markup.PLAIN, "a `", "b `", ""),
    (Markup.MARKDOWN, "a ``b::c``", "d", ""),
    (Markup.MARKDOWN, "a `b::c` or", "d", ""),
    (Markup.PLAIN, "a\n?", "?", ""),
    (Markup.MARKDOWN, "a\n ?\nb", "??", ""),
    (Markup.PLAIN, "b\n\ufeff?", "\ufeff??", ""),
    (Markup.MARKDOWN, "```a``` is\nQ: what", "b", ""),
    (Markup.MARKDOWN, f"What is\n{FENCED}\nthis", "b", ""),
    (Markup.MARKDOWN, "What is\n```\nthat", "b", ""),
    (Markup.MARKDOWN, "a\n# b\n#c\n\ufeff\nd", "e", ""),
    (Markup.PLAIN, "- a, 2 - 1, > b", "1. c", ""),
    (Markup.PLAIN, "if a == b and c == {{d}} == e", "", "f == g == h"),
    (Markup.MARKDOWN, "if a == b and c == {{d}} == e", "", "f == g == h and [i], [j](k)"),
    (Markup.PLAIN, "a={{=b=}}=c", "", ""),
    (Markup.MARKDOWN, "a=={{==b==}}==c", "", ""),
    (Markup.PLAIN, "a {{b;;c}} {{1;;d}} {{ash;;e}}", "", ""),
    (Markup.PLAIN, "`{{a}}` b `{{c\nd}}`", "", "e::f"),
    (Markup.MARKDOWN, "- a", "b", ""),
    (Markup.MARKDOWN, "1. a", "- b", ""),
    (Markup.PLAIN, "<!--SR:--> is", "<!--SR:-->", "<!--SR:-->"),
    (Markup.MARKDOWN, "is <!--SR:-->", "<!--SR:-->", "<!--SR:-->"),
    (Markup.PLAIN, "a\\{{b}} c\\\\{{d\\}}", "", ""),
    (Markup.MARKDOWN, "a\\{{b}} c\\\\{{d\\}}", "", ""),
    (Markup.PLAIN, "Hello!{{World}}!!{{a!}}", "", ""),
    (Markup.MARKDOWN, "Hello!{{World}}\\!{{a}}", "", ""),
    (Markup.PLAIN, "{{a}}(b) [c]{{d}}(e)", "", ""),
    (Markup.MARKDOWN, "{{a}}(b) [c](d) ![e](f) [{{g}}] {{h\n> i}}", "", ""),
]


@pytest.mark.parametrize(("markup", "text", "answer", "explanation"), EXAMPLES)
@pytest.mark.parametrize("form", ["hashcards", "obsidian"])
def test_they_see_what_we_mean(form: str, markup: Markup, text: str, answer: str, explanation: str) -> None:
    shared: dict[str, Any] = {"id": "q", "explanation": explanation}
    question: Question = Plain(question=text, answer=answer, **shared) if answer else Cloze(cloze=text, **shared)
    deck = Deck(id="d", title="What is a::b == c == d", markup=markup, questions=(question, Plain(id="next", question="e", answer="f")))
    written = write(deck, form)
    *cards, after = (by_hashcards if form == "hashcards" else by_obsidian)(written.data.decode())
    assert after.front.strip() == "e"
    lost = {loss.field for loss in written.losses if loss.question == "q"}
    assert lost == TOLD.get((form, markup, text), set())
    assert len(cards) == ("" not in lost)
    for card in cards:
        same(card, question, deck, form)


TOLD = {  # what no rule of theirs carries as it is
    ("hashcards", Markup.MARKDOWN, "What is\n```\nthat"): {""},
    ("hashcards", Markup.MARKDOWN, "a\\{{b}} c\\\\{{d\\}}"): {"cloze"},
    ("hashcards", Markup.MARKDOWN, "Hello!{{World}}\\!{{a}}"): {"cloze"},
    ("hashcards", Markup.MARKDOWN, "{{a}}(b) [c](d) ![e](f) [{{g}}] {{h\n> i}}"): {"cloze"},
    ("obsidian", Markup.PLAIN, "`{{a}}` b `{{c\nd}}`"): {"cloze"},
    ("obsidian", Markup.MARKDOWN, "a\n# b\n#c\n\ufeff\nd"): {"question"},
    ("obsidian", Markup.MARKDOWN, "{{a}}(b) [c](d) ![e](f) [{{g}}] {{h\n> i}}"): {"cloze"},
}


@pytest.mark.parametrize("text", ["\ufeff", "\ufeffx"])
def test_a_paste_begins_with_a_text(text: str) -> None:
    deck = Deck(id="d", title="T", questions=(Plain(id="a", question=text, answer="b"), Plain(id="c", question="d", answer="e")))
    written = write(deck, "quizlet")
    assert written.data.decode() == ("x\tb\n" if "x" in text else "") + "d\te\n"
    assert {loss.field for loss in written.losses if loss.question == "a"} == ({"question"} if "x" in text else {""})


def test_a_paste_has_no_card_without_a_side() -> None:
    empty, full = Plain(id="a", question=":", answer="\ufeff"), Plain(id="c", question="&#61;:", answer=":")
    assert write(Deck(id="d", title="T", questions=(empty, full)), "quizlet").data.decode() == "&#61;:\t:\n"
    written = write(Deck(id="d", title="T", questions=(empty,)), "quizlet")
    assert (written.data, written.carried) == (b"", (None,))


MARKS = [
    *(
        ":",
        "::",
        ":::",
        "?",
        "??",
        "=",
        "==",
        ";",
        ";;",
        "`",
        "```",
        "~~~",
        "    ",
        "\n",
        "\n\n",
        " ",
        "\\",
        "!",
        "[",
        "]",
        "(",
        ")",
        "[x]",
    ),
    *(
        "[x](y)",
        "Q:",
        "A:",
        "C:",
        "T:",
        "---",
        "#",
        "#tag",
        "# ",
        "<!--",
        "-->",
        "%%",
        "> ",
        "- ",
        "1. ",
        "^id",
        "{",
        "}",
        "&#61;",
        "$",
        "*",
    ),
    *("<!--SR:-->", "<!--SR:!2026-01-01,3,250-->", "\x03"),
    *("_", "\ufeff", "\x85", "\x1c", "1", "a", "b", "ash", "word", "Source: A: “b”", "As of: 2021", "True"),
]
marked = st.lists(st.sampled_from(MARKS), min_size=1, max_size=8).map("".join).filter(lambda text: text.strip() != "")


@st.composite
def decks_of_marks(draw: st.DrawFn) -> Deck:
    """Decks whose texts are made of what means something to those programs."""
    questions: list[Question] = []
    for at in range(draw(st.integers(1, 3))):
        quoted = (Evidence(source="w", quote=draw(marked)),) if draw(st.booleans()) else ()
        shared: dict[str, Any] = {
            "id": f"q{at}",
            "explanation": draw(st.just("") | marked),
            "evidence": quoted,
            "tags": draw(st.sampled_from([(), ("t",)])),
        }
        match draw(st.integers(0, 4)):
            case 0:
                questions.append(Plain(question=draw(marked), answer=draw(marked), **shared))
            case 1:
                key, *wrong = draw(st.lists(marked, min_size=2, max_size=4, unique_by=folded))
                questions.append(Plain(question=draw(marked), answer=key, distractors=tuple(wrong), **shared))
            case 2:
                questions.append(Statement(statement=draw(marked), answer=draw(st.booleans()), **shared))
            case 3:
                several = tuple(draw(st.lists(marked, min_size=2, max_size=3, unique_by=folded)))
                questions.append(List(question=draw(marked), answers=several, **shared))
            case _:
                around = st.just("") | marked.map(lambda text: text.replace("{", "(").replace("}", ")"))
                inner = marked.map(lambda text: text.replace("{", "(").replace("}", ")").replace("|", "/"))
                gaps = draw(st.lists(inner, min_size=1, max_size=2))
                questions.append(Cloze(cloze="".join(f"{draw(around)}{{{{{gap}}}}}" for gap in gaps) + draw(around), **shared))
    source = Source(id="w", publisher=draw(marked), title=draw(st.just("") | marked))
    return Deck(id="d", title=draw(marked), markup=draw(st.sampled_from(Markup)), sources=(source,), questions=tuple(questions))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(deck=decks_of_marks())
def test_they_see_the_cards_of_any_deck_of_marks(deck: Deck) -> None:
    agree(deck)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("some", [decks(), decks_of_marks()], ids=["decks", "marks"])
def test_they_see_the_cards_of_any_deck_many_times(some: st.SearchStrategy[Deck]) -> None:
    @settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])
    @given(deck=some)
    def they_agree(deck: Deck) -> None:
        agree(deck)

    they_agree()
