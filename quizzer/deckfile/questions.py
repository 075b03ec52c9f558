"""Which kind a question is, told by its keys, and the question itself.

A kind's tell is its required key that no other kind requires (``cloze``, ``statement``, ``order``, ``answers``); a question
without a tell is a plain one. So a kind added to ``Question`` is read without a change here.
"""

from typing import get_args

import msgspec

from quizzer.core.kinds import Question
from quizzer.deckfile.log import Log
from quizzer.deckfile.nodes import Node, Table, Text
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.shapes import Shape, described, key_node, pick, unknown_keys

KINDS: tuple[type[msgspec.Struct], ...] = get_args(Question)
SHAPES = {kind: Shape(kind) for kind in KINDS}
ALL_KEYS = {key for shape in SHAPES.values() for key in shape.readers}


def _tell(kind: type[msgspec.Struct]) -> str | None:
    others = {key for other in KINDS if other is not kind for key in SHAPES[other].readers}
    return next((key for key in SHAPES[kind].required if key not in others), None)


TELLS = {tell: kind for kind in KINDS if (tell := _tell(kind))}
(PLAIN,) = (kind for kind in KINDS if kind not in TELLS.values())


def read_question(node: Node, log: Log) -> Question | None:
    """Return the question written at ``node``; None when something it cannot do without is missing or wrong, which is noted."""
    if not isinstance(node, Table):
        remedy = "Write `question:` before it, and `answer:` on the next line." if isinstance(node, Text) else "Remove a dash or bracket."
        log.add("D103", node, f"a question is {described(node)}; keys and values are wanted. {remedy}")
        return None
    found = pick(node, log)
    tells = [key for key in found if key in TELLS]
    if len(tells) > 1:
        message = f"this question has both `{tells[0]}` and `{tells[1]}`, which are two kinds. Make two questions of it."
        log.add("D302", key_node(node, tells[1]), message)
        return None
    kind = TELLS[tells[0]] if tells else PLAIN
    shape = SHAPES[kind]
    for key in ALL_KEYS & found.keys() - shape.readers.keys():
        message = f"this question has both `{tells[0]}` and `{key}`, which do not go together. Remove one of the two."
        log.add("D302", key_node(node, key), message)
    guesses: set[str] = set()
    if not found.keys() <= ALL_KEYS:
        guesses = unknown_keys(node, shape.readers if tells else ALL_KEYS, log, passed=ALL_KEYS)
    values = shape.values(node, found, log)
    missing = [key for key in shape.required if key not in found and key not in guesses]
    if missing and not guesses & set(TELLS):
        log.add("D301", node, _lacking(missing, found))
    if any(key not in values for key in shape.required):
        return None
    return shape.struct(**values)  # type: ignore[return-value]


def _lacking(missing: list[str], found: dict[str, Node]) -> str:
    lacks = " and no ".join(f"`{key}`" for key in missing)
    text = found.get("question")
    which = f"the question {quoted(text.value)}" if isinstance(text, Text) and text.value else "this question"
    if set(missing) == {"question", "answer"}:
        return f"{which} has no {lacks}. Write them; or one of {', '.join(f'`{tell}`' for tell in TELLS)}."
    return f"{which} has no {lacks}. Write it."
