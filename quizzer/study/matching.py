"""Grading pairs: what the learner put on the right of each left. Total for any text."""

import re

from quizzer.core.grading import Grade
from quizzer.core.model import Verdict
from quizzer.study.prompts import Prompt

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAIR = re.compile(r"([0-9]{1,3})\s*[-–—=:.)>]*\s*([a-zA-Z])(?![a-zA-Z])")
_LETTERS_ALONE = re.compile(r"[a-zA-Z](?:[\s,;]*[a-zA-Z])*")


def matched(response: str, prompt: Prompt) -> tuple[str, Grade]:
    """Return what was matched in words, and its grade.

    ``response`` gives a letter for each number ("1b 2a 3c"; of a number given twice the last counts), or the letters alone in
    the order of the numbers ("bac"). Right when all pairs are, near when half of them or more.
    """
    pairs, rights, key = prompt.card.pairs, prompt.options, prompt.card.answer.key
    given = letters_of(response, len(pairs))
    chosen = {
        number: rights[at] for number, letter in given.items() if 1 <= number <= len(pairs) and (at := LETTERS.index(letter)) < len(rights)
    }
    if not chosen:
        note = f"a letter for each number from 1 to {len(pairs)}: 1b 2a" if response.strip() else ""
        return response, Grade(verdict=Verdict.WRONG, matched=key, note=note)
    right = sum(chosen.get(number) == wanted for number, (_, wanted) in enumerate(pairs, start=1))
    words = ", ".join(f"{left} – {chosen[number]}" for number, (left, _) in enumerate(pairs, start=1) if number in chosen)
    if right == len(pairs):
        return words, Grade(verdict=Verdict.RIGHT, matched=key)
    verdict = Verdict.NEAR if 2 * right >= len(pairs) else Verdict.WRONG
    return words, Grade(verdict=verdict, matched=key, note=f"{right} of {len(pairs)}")


def letters_of(response: str, lefts: int) -> dict[int, str]:
    """Return the letter given for each number, as ``matched`` reads it; of numbers or letters that do not exist as well."""
    if found := _PAIR.findall(response):
        return {int(number): letter.lower() for number, letter in found}
    text = response.strip()
    letters = [letter.lower() for letter in text if letter.isalpha()]
    alone = len(letters) == lefts and _LETTERS_ALONE.fullmatch(text)
    return dict(enumerate(letters, start=1)) if alone else {}
