"""What is written for hashcards and for Obsidian is read by those programs as the same cards: as many, of the same form, asking the same.

Their rules as their sources have them (hashcards' parser.rs; the plugin's parser.ts, question-type.ts and its cloze patterns), told anew
here: strict where ours are lenient.
"""

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

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

ROOT = Path(__file__).parent.parent.parent


class Card(NamedTuple):
    """A card as another program sees it: a front and a back, or a text and its gaps."""

    front: str
    back: str = ""
    gaps: tuple[str, ...] = ()


RUST_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
JS_BLANKS = RUST_BLANKS.replace("\x85", "\ufeff")


def by_hashcards(text: str) -> list[Card]:
    """The cards of a file; whatever hashcards refuses is an AssertionError."""
    lines = text.split("\n")
    assert lines[0] == "---"
    assert tomllib.loads("\n".join(lines[1 : lines.index("---", 1)])).keys() == {"name"}
    lines = lines[lines.index("---", 1) + 1 :]
    cards: list[Card] = []
    state, fence = "", ""
    sides: dict[str, str] = {}
    for line in [*lines, None]:
        if line is None:
            line, fence = "---", ""  # the end ends a fence, too
        start = line.lstrip(RUST_BLANKS)
        if fence:
            fence = "" if start.startswith(fence) else fence
            sides[state] = f"{sides.get(state, '')}\n{line}"
        elif start.startswith("~~~") or (start.startswith("```") and "`" not in start.lstrip("`")):
            fence = start[:3]
            sides[state] = f"{sides.get(state, '')}\n{line}"
        elif line[:2] in ("Q:", "C:", "T:") or line.strip(RUST_BLANKS) == "---":
            assert state not in ("Q", "T"), "a question without an answer"
            if state == "C":
                cards.append(cloze_by_hashcards(sides["C"].strip()))
            elif state:
                cards.append(Card(sides["Q"].strip(), sides["A"].strip()))
            state = "" if line.strip(RUST_BLANKS) == "---" else line[0]
            sides = {state: line[2:]}
        elif line.startswith("A:"):
            assert state == "Q", f"an answer while reading {state!r}"
            state = "A"
            sides["A"] = line[2:]
        else:
            sides[state] = f"{sides.get(state, '')}\n{line}"
    return cards


def cloze_by_hashcards(text: str) -> Card:
    gaps: list[str] = []
    begin = link = at = 0
    image, inside = False, False
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in ("[", "]"):
            at += 1
        elif sign == "!" and text[at + 1 : at + 2] == "[":
            image = True
        elif image:
            image = sign != "]"
        elif link:
            link += {"[": 1, "]": -1}.get(sign, 0)
        elif sign == "[" and opens_link(text, at):
            link = 1
        elif sign == "[":
            assert not inside, "nested cloze brackets"
            begin, inside = at + 1, True
        elif sign == "]" and inside:
            assert text[begin:at], "an empty gap"
            gaps.append(text[begin:at])
            inside = False
        at += 1
    assert gaps, "a cloze without a gap"
    assert not inside, "a gap that does not end"
    return Card(text, gaps=tuple(gaps))


def opens_link(text: str, at: int) -> bool:
    depth = 0
    while (at := at + 1) < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]" and not depth:
            return text[at + 1 : at + 2] == "("
        elif text[at] == "]":
            depth -= 1
    return False


def by_obsidian(text: str) -> list[Card]:
    """The cards of a note."""

    def has(line: str, mark: str) -> bool:
        at = line.find(mark)
        return at >= 0 and not (line[:at].count("`") % 2 == 1 and line[at + len(mark) :].count("`") % 2 == 1)

    cards: list[Card] = []
    form, card = "", ""

    def ended() -> None:
        if form in ("?", "??"):
            lines = card.split("\n")
            split = next(at for at, line in enumerate(lines) if line.strip(JS_BLANKS) == form)
            sides = "\n".join(lines[:split]), "\n".join(lines[split + 1 :])
            cards.extend([Card(*sides), Card(*sides[::-1])][: len(form)])
        elif form == "==":
            numbered = re.findall(r"==(?:\d+|[ash]+);;(.+?)(?:;;(.+?))?==", card)
            cards.append(Card(card, gaps=tuple(gap for gap, _ in numbered or re.findall(r"==(.+?)(?:;;(.+?))?==", card))))

    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("<!--"):
            while at + 1 < len(lines) and "-->" not in line:
                at += 1
            at += 1
        elif not line.strip(JS_BLANKS):
            ended()
            form = card = ""
        else:
            card = f"{card}\n{line.rstrip(JS_BLANKS)}" if card else line.rstrip(JS_BLANKS)
            if has(line, ":::"):
                front, _, back = line.partition(":::")
                cards += [Card(front, back), Card(back, front)]
                form = card = ""
            elif has(line, "::"):
                front, _, back = line.partition("::")
                cards.append(Card(front, back))
                form = card = ""
            elif line.strip(JS_BLANKS) in ("?", "??"):
                form = line.strip(JS_BLANKS) if len(card) > 1 else form
            elif fence := re.match("```+|~~~+", line):
                while at + 1 < len(lines) and not lines[at + 1].startswith(fence[0]):
                    at += 1
                    card += f"\n{lines[at]}"
                card += f"\n{fence[0]}"
                at += 1
            elif not form and re.search("==.+?==", line):
                form = "=="
        at += 1
    ended()
    return cards


def by_quizlet(text: str) -> list[Card]:
    """The cards of a paste, as Quizlet parts it when nothing else is said."""
    cards = [line.split("\t") for line in text.split("\n") if line]
    assert all(len(sides) == 2 and all(side.strip() for side in sides) for sides in cards)
    return [Card(*sides) for sides in cards]


def by_spreadsheet(text: str) -> list[Card]:
    """The questions of a table, as a spreadsheet shows it; a cell that it would reckon with is an AssertionError."""
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert all(len(row) == len(head) for row in rows)
    assert not any(re.match(r"\s*[=+\-@]", cell) for row in rows for cell in row)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    asked = [row for row in cells if row["kind"] not in ("deck", "source", "evidence")]
    return [Card(*(re.sub(r"^'(?='*(\s*[=+\-@]|[\t\r]))", "", row[name]) for name in ("question", "answer"))) for row in asked]


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
