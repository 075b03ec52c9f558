"""What the learner wrote, as the response a session takes. Pure; whatever cannot be an answer gets a line that says what can."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quizzer.core.model import Confidence, Mode, Rating
from quizzer.core.printable import one_line
from quizzer.study import Prompt
from quizzer.study.matching import LETTERS, letters_of

TRUTHS: Final = ("True", "False")  # the options of a statement, in the order they are shown
_SURE: Final = {
    Confidence.GUESS: ("1", "g", "guess", "i guess"),
    Confidence.THINK: ("2", "t", "think", "i think so"),
    Confidence.SURE: ("3", "s", "sure", "i am sure"),
}


class Response(NamedTuple):
    """What ``Session.check`` takes."""

    value: str | int | None


class Amiss(NamedTuple):
    """The line is no answer; ``why`` says what one looks like."""

    why: str


NOTHING: Final = Amiss("Nothing was written. :show gives up and tells the answer.")


def labels(options: Sequence[str]) -> list[str]:
    """Return what stands before each option: its number; its letter, where some option is itself such a number (and none such a letter)."""
    numbers = [str(number) for number in range(1, len(options) + 1)]
    letters = list(LETTERS[: len(options)])
    texts = {_plain(option) for option in options}
    return letters if len(letters) == len(options) and texts & set(numbers) and not texts & set(letters) else numbers


def response(prompt: Prompt, line: str) -> Response | Amiss:
    """Return the response that ``line`` is to ``prompt``; an empty line is none, but where the answer is only thought of."""
    if prompt.mode is Mode.REVEAL:
        return Response(None) if not line else Amiss("Think of the answer, then press Enter to hear it.")
    if not line:
        return NOTHING
    match prompt.mode:
        case Mode.CHOOSE:
            return chosen(prompt.options, line)
        case Mode.ORDER:
            return _order(prompt.options, line)
        case Mode.MATCH:
            return _pairs(prompt, line)
        case _:
            return Response(line)


def given_up(prompt: Prompt) -> Response:
    """Return the response of who does not know."""
    return Response(None if prompt.mode in (Mode.CHOOSE, Mode.REVEAL) else "")


def chosen(options: Sequence[str], line: str) -> Response | Amiss:
    """Return the index of the option that ``line`` names: by its label, its words, or (where no option reads so) its letter."""
    text, bare = _plain(line), _plain(line).strip("#().:")
    shown = labels(options)
    if bare in shown:
        return Response(shown.index(bare))
    texts = [_plain(option) for option in options]
    if line in options:
        return Response(list(options).index(line))
    if texts.count(text) == 1:
        return Response(texts.index(text))
    if tuple(options) == TRUTHS and bare in ("t", "f"):
        return Response("tf".index(bare))
    for others in (list(LETTERS[: len(options)]), [str(number) for number in range(1, len(options) + 1)]):
        if bare in others and bare not in texts:
            return Response(others.index(bare))
    if tuple(options) == TRUTHS:
        return Amiss("Write t for true or f for false.")
    return Amiss(f"“{_short(line)}” is none of the options. Write one of {shown[0]} to {shown[-1]}, or an option's own words.")


def sure(line: str) -> Confidence | None:
    """Return how sure the learner says they are; None where the line says nothing of that."""
    text = _plain(line).rstrip(".")
    return next((confidence for confidence, words in _SURE.items() if text in words), None)


def rating(line: str, *, suggested: Rating) -> Rating | None:
    """Return the rating that ``line`` gives: its number, its name or the name's first letter; an empty line is the one suggested."""
    text = _plain(line).rstrip(".")
    if not text:
        return suggested
    return next((one for one in Rating if text in (str(int(one)), one.name.casefold(), one.name[0].casefold())), None)


def _order(things: Sequence[str], line: str) -> Response | Amiss:
    words = re.findall(r"[0-9]+|[^\W\d_]+", line)
    if len(words) == 1 and len(words[0]) == len(things) < 10:
        words = list(words[0])
    if all(len(word) == 1 and word.casefold() in LETTERS for word in words):
        words = [str(LETTERS.index(word.casefold()) + 1) for word in words]
    if sorted(words) != sorted(str(number) for number in range(1, len(things) + 1)):
        example = " ".join(str(number) for number in [*range(2, len(things) + 1), 1])
        return Amiss(f"Write each number from 1 to {len(things)} once, in the order that is right, such as {example}.")
    return Response(" ".join(words))


def _pairs(prompt: Prompt, line: str) -> Response | Amiss:
    lefts, rights = len(prompt.card.pairs), len(prompt.options)
    given = {left: letter for left, letter in letters_of(line, lefts).items() if 1 <= left <= lefts and LETTERS.index(letter) < rights}
    missing = [str(left) for left in range(1, lefts + 1) if left not in given]
    if not missing:
        return Response(" ".join(f"{left}{letter}" for left, letter in sorted(given.items())))
    if not given:
        return Amiss(f"Write a letter from a to {LETTERS[rights - 1]} for each number from 1 to {lefts}, such as 1b 2a.")
    return Amiss(f"There is no letter yet for {', '.join(missing)}. Write all of them in one line, such as 1b 2a.")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _short(line: str) -> str:
    text = one_line(line)
    return text if len(text) <= 60 else text[:59] + "…"
