"""Decks as nobody should write them: every style, comments wherever YAML allows one, each labelled with what it belongs to."""

from typing import Any

from hypothesis import strategies as st

STEMS = ["Capital of Peru?", "Who wrote it: A or B?", "Is # a sign?", 'It\'s "so"', "No", "12:30", "Längste?", "a\nb", "[x]", "x " * 30]
WORDS = ["Lima", "4,000", "No", "true", "1.10", "a: b", "x #1", "it's", '"q"', "Ende.", "- x", "two words", "é", "w" * 45]
IGNORES = ["Q104", "Q110", "D304", "D208", "Q113, Q119", "Q115"]
PAD = st.sampled_from(["", "  ", "    "])


class Messy:
    """Draws a deck's text; ``labels`` are its comments, each with the question and, where it has one, the key it belongs to."""

    def __init__(self, draw: st.DrawFn, *, ignoring: bool) -> None:
        self.draw = draw
        self.ignoring = ignoring
        self.labels: list[tuple[str, str, str]] = []

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self, question: str = "", key: str = "") -> str:
        """A new comment, or (rarely) none."""
        if self.ignoring and self.one_of(True, False, False):
            return f"# quizzer: ignore {self.one_of(*IGNORES)} -- why"
        sign = f"#{self.one_of('', ' ', '# ', '	')}c{len(self.labels)}."
        self.labels.append((sign, question, key))
        return f"{sign} {self.one_of('', 'x: y', '[a, b', '- item', chr(39), '{')}".rstrip()

    def above(self, pad: str, question: str = "", key: str = "") -> list[str]:
        """Lines before a key, an item or a question: comments and blank lines, now and then."""
        lines: list[str] = []
        for _ in range(self.one_of(0, 0, 0, 1, 2)):
            lines += self.one_of([], [""], ["  ", ""])
            lines.append(pad + self.comment(question, key))
        return lines + self.one_of([], [], [""])

    def beside(self, question: str = "", key: str = "") -> str:
        return f"{self.one_of(' ', '   ')}{self.comment(question, key)}{self.one_of('', ' ')}" if self.one_of(True, False, False) else ""

    def in_line(self, text: str) -> str:
        """A text on one line, in quotes where it must be, or anyhow."""
        safe = text[0].isalnum() and not set(text) & set(",:#[]{}\n'\"") and text.strip() == text
        if safe and self.one_of(True, True, False):
            return text
        if "\n" in text or self.one_of(True, False):
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        return "'" + text.replace("'", "''") + "'"

    def pair(self, pad: str, key: str, text: str, question: str) -> list[str]:
        """Lines of a key and its text, in one of the ways to write it below a key."""
        deeper = pad + self.one_of(" ", "  ", "    ")
        way = self.one_of("line", "line", "line", "below", "literal", "folded", "wrapped", "long", "marked")
        if way in ("literal", "folded") and text.strip() == text:
            sign, rows = ("|", text.split("\n")) if way == "literal" or "\n" in text else (">", text.split(" "))
            sign += self.one_of("-", "-", "") if "\n" not in text and key == "explanation" else "-"
            inner = deeper if pad else "    "  # further in than a line of blanks, which would be text
            return [f"{pad}{key}: {sign}{self.beside(question, key)}", *(inner + row for row in rows), *self.one_of([], [""])]
        shown = self.in_line(text)
        if way == "below":
            return [
                f"{pad}{key}:{self.beside(question, key)}",
                *self.above(deeper, question, key),
                deeper + shown + self.beside(question, key),
            ]
        if way == "wrapped" and " " in shown.strip() and not shown.startswith(("'", '"')):
            first, _, rest = shown.partition(" ")
            return [f"{pad}{key}: {first}", f"{deeper} {rest}{self.beside(question, key)}"]
        if way == "marked":
            mark = self.one_of("&a", "&b-1 !!str", "!!str", "!")
            if self.one_of(True, False):
                return [f"{pad}{key}: {mark} {shown}{self.beside(question, key)}"]
            return [f"{pad}{key}: {mark}{self.beside(question, key)}", *self.above(deeper, question, key), deeper + shown]
        if way == "long":
            return [f"{pad}? {key}", *self.above(pad, question), f"{pad}: {shown}{self.beside(question, key)}"]
        return [f"{pad}{key}:{self.one_of(' ', '   ')}{shown}{self.beside(question, key)}"]

    def texts(self, pad: str, key: str, texts: list[str], question: str) -> list[str]:
        """Lines of a key and a list."""
        shown = [self.in_line(text) for text in texts]
        match self.one_of("flow", "flow", "block", "block", "open"):
            case "flow":
                return [f"{pad}{key}: [{', '.join(shown)}{self.one_of('', ',', ' ')}]{self.beside(question, key)}"]
            case "open":
                lines = [f"{pad}{key}: [{self.beside(question)}"]
                for one in shown:
                    lines += self.above(pad + "  ", question)
                    lines.append(f"{pad}    {one},{self.beside(question)}")
                return [*lines, *self.above(pad + "  ", question), f"{pad}  ]{self.beside(question)}"]
        dash = pad + self.one_of("", "  ", "   ")
        lines = [f"{pad}{key}:{self.beside(question, key)}"]
        for one in shown:
            lines += [*self.above(dash, question), f"{dash}-{self.one_of(' ', '   ')}{one}{self.beside(question)}"]
        return lines

    def question(self, name: str, pad: str) -> list[str]:
        """Lines of a question, its dash at ``pad``."""
        keys: dict[str, Any] = self.one_of(
            {"question": self.one_of(*STEMS), "answer": self.one_of(*WORDS)},
            {
                "question": self.one_of(*STEMS),
                "answer": "right",
                "distractors": self.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)),
            },
            {"statement": self.one_of(*STEMS), "answer": self.one_of("true", "no", "Yes")},
            {"order": ["one", "two: 2", "three"], "question": self.one_of(*STEMS)},
            {"question": self.one_of(*STEMS), "answers": ["Lima|Ciudad", "4,000"]},
        )
        keys = {
            **keys,
            **self.one_of({}, {"id": name}, {"id": name}),
            **self.one_of({}, {"tags": ["a", "b"]}, {"explanation": self.one_of(*STEMS)}),
        }
        keys = {key: keys[key] for key in self.draw(st.permutations(list(keys)))}
        if self.one_of(True, False, False, False):
            return self._in_braces(name, pad, keys)
        inner = pad + self.one_of("  ", "  ", "    ")
        lines: list[str] = []
        for number, (key, value) in enumerate(keys.items()):
            lines += self.above(inner, name, key) if number else []
            lines += self.pair(inner, key, value, name) if isinstance(value, str) else self.texts(inner, key, value, name)
        if self.one_of(True, False):
            lines[0] = f"{pad}-{lines[0][len(pad) + 1 :]}"
        else:
            lines = [f"{pad}-{self.beside(name)}", *self.above(inner, name), *lines]
        return [*lines, *([inner + self.comment(name)] if self.one_of(True, False, False) else [])]

    def _in_braces(self, name: str, pad: str, keys: dict[str, Any]) -> list[str]:
        def value(one: Any) -> str:
            return self.in_line(one) if isinstance(one, str) else f"[{', '.join(map(self.in_line, one))}]"

        shown = [f"{key}: {value(one)}" for key, one in keys.items()]
        if self.one_of(True, False):
            return [f"{pad}- {{{', '.join(shown)}}}{self.beside(name)}"]
        lines = [f"{pad}- {{{self.beside(name)}"]
        for key, one in zip(keys, shown, strict=True):
            lines += [*self.above(pad + "  ", name, key), f"{pad}    {one},{self.beside(name, key)}"]
        return [*lines, *self.above(pad + "   ", name), f"{pad}  }}{self.beside(name)}"]


@st.composite
def messy_decks(draw: st.DrawFn, *, ignoring: bool = False) -> tuple[str, list[tuple[str, str, str]]]:
    """A deck's text, and its comments: how each begins, the question it belongs to and the key."""
    made = Messy(draw, ignoring=ignoring)
    head = made.one_of([], [], ["---"], ["%YAML 1.1", "---"], ["# yaml-language-server: $schema=x.json"], ["# deck", "", "# $schema: x"])
    pad = draw(PAD)
    parts: list[list[str]] = [[*made.above(""), *made.pair("", "title", "Title: a test", "")]]
    parts += made.one_of([], [["id: mine" + made.beside()]], [["description: >", "  folded", "  text # no comment"]])
    parts += made.one_of([], [[*made.above(""), "study:" + made.beside(), "  mode: type" + made.beside(), "  retention: '0.90'"]])
    questions = ["questions:" + made.beside()]
    for number in range(made.one_of(1, 2, 3)):
        name = f"q{number}"
        questions += [*made.above(made.one_of(pad, pad, ""), name), *made.question(name, pad), *made.one_of([], [""], ["", "", ""])]
    parts.append(questions)
    lines = [
        *head,
        *made.above(""),
        *(line for part in draw(st.permutations(parts)) for line in part),
        *made.one_of([], [made.comment()], ["", "..."]),
    ]
    text = "\n".join(lines) + made.one_of("", "\n", "\n\n")
    return text, [label for label in made.labels if label[0] in text]  # not all that was drawn was used
