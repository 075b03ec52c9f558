"""A question and what came of the answer, as lines that are understood when each is read aloud by itself. Pure.

``aloud``: for somebody who hears them. What signs would mark, words tell then: speech leaves brackets out.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from quizzer.core.model import Card, Evidence, Image, Interval, Markup, Mode, Phase, Rating, Source, Verdict
from quizzer.core.printable import literal, one_line
from quizzer.plain.markdown import image_line, markdown_lines
from quizzer.plain.responses import TRUTHS, labels
from quizzer.study import Feedback, Prompt
from quizzer.study.matching import LETTERS, letters_of
from quizzer.study.prompts import Member
from quizzer.study.remarks import forgotten, is_surprise, note_of

_PILES: Final = {Phase.NEW: "new", Phase.LEARNING: "learning", Phase.REVIEW: "due", Phase.RELEARNING: "learning again"}
_UNITS: Final = {"m": "minute", "h": "hour", "d": "day", "mo": "month", "y": "year"}
_MARKS: Final = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_GAP = "[…]"
_HEARD_GAP = "[gap]"
_MOST_MEMBERS = 40  # lines for things that were to be named, and those that were


def counted(number: int, thing: str) -> str:
    """Return a number with its thing: ``1 card``, ``1,200 cards``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def closed(text: str) -> str:
    """Return ``text`` with a full stop, where it has no end of its own."""
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."


# The question


def question_lines(prompt: Prompt, *, writes: bool = True) -> list[str]:
    """Return the question: where one stands, the stem, hints taken, and what there is to choose, order or match."""
    card = prompt.card
    left = prompt.done + prompt.new + prompt.learning + prompt.due
    deck, about = one_line(prompt.deck_title), [f"Question {prompt.done + 1} of {left}"]
    if writes:
        about.append(_PILES[prompt.phase])
    else:
        deck = deck.removeprefix("Cramming: ")
        about += ["once more"] if prompt.phase is not Phase.REVIEW else []
    head = ", ".join([*about, f"from {deck}"])
    return [
        closed(head) + (" Flagged." if prompt.flagged else ""),
        *image_lines(card.image),
        *stem_lines(card),
        *_hints(prompt),
        *_means(prompt),
    ]


def _hints(prompt: Prompt) -> list[str]:
    if prompt.hints or not prompt.card.hints:
        return [hint_line(prompt, number) for number in range(len(prompt.hints))]
    return [f"{counted(len(prompt.card.hints), 'hint')} can be had: :hint tells the next."]


def image_lines(image: Image | None) -> list[str]:
    """Return what is said of an image: its words, and who made it; nothing where there is none."""
    if image is None:
        return []
    credit = one_line(image.credit)
    return [closed(image_line(image.alt)), *([closed(f"Credit of the image: {credit}")] if credit else [])]


def stem_lines(card: Card) -> list[str]:
    """Return the stem as lines; the gap of a cloze has a name."""
    stem = card.stem.replace(_GAP, _HEARD_GAP) if card.id.rpartition("/")[2] != card.question else card.stem
    return _written(stem, card)


def key_line(card: Card) -> str:
    """Return the right answer on one line, an order in words."""
    return one_line((", then " if card.answer.ordered else ", ").join(part.key for part in card.answer.parts))


def stem_line(card: Card) -> str:
    """Return the stem on one line."""
    return one_line(" ".join(stem_lines(card)))


def hint_line(prompt: Prompt, number: int) -> str:
    """Return the hint of that number, from 0, of those taken."""
    return f"Hint {number + 1} of {len(prompt.card.hints)}: {one_line(prompt.hints[number])}"


def _means(prompt: Prompt) -> list[str]:
    match prompt.mode:
        case Mode.CHOOSE:
            return option_lines(prompt.options)
        case Mode.ORDER:
            return [f"{number}. {one_line(thing)}" for number, thing in enumerate(prompt.options, start=1)]
        case Mode.MATCH:
            return [
                "Numbers:",
                *(f"{number}. {one_line(left)}" for number, (left, _) in enumerate(prompt.card.pairs, start=1)),
                "Letters:",
                *(f"{letter}. {one_line(right)}" for letter, right in zip(LETTERS, prompt.options, strict=False)),
            ]
        case Mode.TYPE | Mode.TYPE_THEN_CHOOSE | Mode.REVEAL:
            return []


def option_lines(options: Sequence[str]) -> list[str]:
    """Return the options with their labels; true and false need none."""
    if tuple(options) == TRUTHS:
        return []
    return [f"{label}. {one_line(option)}" for label, option in zip(labels(options), options, strict=True)]


def wanted(prompt: Prompt) -> str:
    """Return what is asked for at the place where the answer is written."""
    match prompt.mode:
        case Mode.CHOOSE:
            return choice_wanted(prompt.options)
        case Mode.ORDER:
            return f"Their order, as {len(prompt.options)} numbers:"
        case Mode.MATCH:
            return "A letter for each number, such as 1b 2a:"
        case Mode.REVEAL:
            return "Think, then press Enter to hear the answer:"
        case Mode.TYPE | Mode.TYPE_THEN_CHOOSE:
            several = len(prompt.card.answer.parts) > 1
            return f"All {len(prompt.card.answer.parts)} answers, with commas between:" if several else "Your answer:"


def choice_wanted(options: Sequence[str]) -> str:
    """Return what is asked for where an option is to be chosen."""
    shown = labels(options)
    return "True or false, t or f:" if tuple(options) == TRUTHS else f"Your choice, {shown[0]} to {shown[-1]}:"


# What came of the answer


def answer_lines(prompt: Prompt, feedback: Feedback, *, given: str = "", aloud: bool = False, passages: bool = True) -> list[str]:
    """Return verdict, key, passages, explanation; ``given`` is what was written, in order and match mode.

    Passages that are not wanted are only counted, unless the learner was sure and wrong, or the card is a leech.
    """
    card = prompt.card
    lines = [verdict_line(feedback), *_answer(prompt, feedback, given=given, aloud=aloud)]
    if prompt.leech:
        lines.append(f"{forgotten(prompt.leech, passage=bool(feedback.evidence))} A question so hard to keep is best reworded or split.")
    if passages or prompt.leech or is_surprise(feedback):
        lines += passage_lines(feedback, aloud=aloud)
    elif feedback.evidence:
        lines.append(f"{counted(len(feedback.evidence), 'passage')}: :evidence tells what stands there.")
    if card.explanation:
        first, *rest = _written(card.explanation, card)
        lines += [f"Explanation: {first}", *rest]
    lines += image_lines(card.explanation_image)
    if card.as_of:
        lines.append(f"As of {one_line(card.as_of)}.")
    return [line for line in lines if line]


def verdict_line(feedback: Feedback) -> str:
    """Return the verdict with its reason; "" where the learner is the judge."""
    if feedback.verdict is None:
        return ""
    note = one_line(note_of(feedback))
    return closed(f"{feedback.verdict.value.capitalize()}: {note}" if note else feedback.verdict.value.capitalize())


def _answer(prompt: Prompt, feedback: Feedback, *, given: str, aloud: bool) -> list[str]:
    if prompt.mode is Mode.ORDER:
        said = one_line(feedback.response or "").replace(" → ", ", then ")
        yours = [f"Your order: {said}"] if said and feedback.verdict is not Verdict.RIGHT else []
        right = [f"{number}. {one_line(part.key)}" for number, part in enumerate(prompt.card.answer.parts, start=1)]
        return [*yours, "The right order:", *right]
    if prompt.mode is Mode.MATCH:
        return ["What goes with what:", *_pairs(prompt, given)]
    if feedback.members:
        return [_member(member) for member in feedback.members[:_MOST_MEMBERS]]
    lines = []
    if feedback.chosen is not None:
        if feedback.verdict is Verdict.WRONG:
            lines.append(f"You chose: {one_line(prompt.options[feedback.chosen])}")
    else:
        lines += _difference(feedback, aloud=aloud)
    return [*lines, f"The answer: {key_line(prompt.card)}"]


def _pairs(prompt: Prompt, given: str) -> list[str]:
    letters = letters_of(given, len(prompt.card.pairs))
    lines = []
    for number, (left, right) in enumerate(prompt.card.pairs, start=1):
        at = LETTERS.index(letters[number]) if number in letters else len(prompt.options)
        said = prompt.options[at] if at < len(prompt.options) else ""
        told = "" if not said else ", as you said" if said == right else f", not {one_line(said)}"
        lines.append(f"{number}. {one_line(left)}: {one_line(right)}{told}")
    return lines


def _member(member: Member) -> str:
    if not member.key:
        return f"{one_line(member.given)}: not one of them"
    if not member.given:
        return f"{one_line(member.key)}: missing"
    same = one_line(member.given).casefold() == one_line(member.key).casefold()
    return f"{one_line(member.key)}: {member.verdict.value}" + ("" if same else f", you wrote {one_line(member.given)}")


def _difference(feedback: Feedback, *, aloud: bool) -> list[str]:
    """Return where the response differs from the wording it was held against, as `quizzer grade` prints it or in words."""
    grade = feedback.grade
    if grade is None or not (feedback.response or "").strip() or all(op == "=" for op, _ in grade.diff):
        return []
    pieces = [(op, literal(text).replace("\n", " ")) for op, text in grade.diff]
    if not aloud:
        lines = ["Difference: " + "".join(text.join(_MARKS[op]) for op, text in pieces)]
    else:
        lines = ["You wrote: " + one_line("".join(text for op, text in pieces if op != "+"))]
        for name, sign in (("Not in the answer", "-"), ("In the answer, and not written", "+")):
            if found := [one_line(text) or "a space" for op, text in pieces if op == sign]:
                lines.append(f"{name}: {'; '.join(found)}")
    if one_line(grade.matched) != one_line(feedback.key):
        lines.append(f"Read as: {one_line(grade.matched)}")
    return lines


def tried_line(feedback: Feedback) -> str:
    """Return what is said of what was typed first, before one chooses."""
    if not feedback.response:
        return "Which is it?"
    return "Close, but not it. Which is it?" if feedback.verdict is Verdict.NEAR else "That is not it. Which is it?"


def passage_lines(feedback: Feedback, *, aloud: bool = False) -> list[str]:
    """Return the passages, the words that support the key marked, each with its source."""
    lines = []
    many = len(feedback.evidence) > 1
    for number, shown in enumerate(feedback.evidence, start=1):
        lead = f"Passage {number} of {len(feedback.evidence)}" if many else "Passage"
        lines += _passage(lead, shown.evidence, aloud=aloud)
        if shown.source is not None:
            lines.append(f"Source: {_source(shown.source)}")
    return lines


def _passage(lead: str, evidence: Evidence, *, aloud: bool) -> list[str]:
    mark = evidence.mark
    quote = one_line(evidence.quote)
    if mark is None:
        return [f"{lead}: {quote}"]
    text, (start, end) = evidence.passage, mark
    if aloud:
        return [f"{lead}: {one_line(text)}", f"Its words for the answer: {quote}"]
    opening, closing = "«»" if re.search(r"[\[\]]", text) else "[]"
    return [f"{lead}: {one_line(f'{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}')}"]


def _source(source: Source) -> str:
    title = f"“{source.title}”" if source.title else ""
    named = [one_line(part) for part in (source.publisher, title, source.date) if part] or [one_line(source.id)]
    if source.url.startswith(("https://", "http://")):
        named.append(one_line(source.url))
    return ", ".join(named)


# Ratings


def rating_line(intervals: Mapping[Rating, Interval | str]) -> str:
    """Return the four ratings with what each grants."""
    told = []
    for rating, granted in sorted(intervals.items()):
        joined = ":" if isinstance(granted, str) else " in"
        told.append(f"{int(rating)} {rating.name.capitalize()}{joined} {spoken(granted)}")
    return ", ".join(told) + "."


def rating_wanted(suggested: Rating) -> str:
    """Return what is asked for where the rating is written."""
    return f"Rating 1 to 4, or Enter for {suggested.name.capitalize()}:"


def spoken(interval: Interval | str) -> str:
    """Return an interval as its short form says it, in whole words: ``10 minutes`` for ``10m``."""
    found = re.fullmatch(r"([\d.]+)([a-z]+)", str(interval))
    if isinstance(interval, str) or found is None:
        return str(interval)
    return f"{found[1]} {_UNITS[found[2]]}{'' if found[1] == '1' else 's'}"


def _written(text: str, card: Card) -> list[str]:
    """Return text of the deck as lines that say something."""
    lines = markdown_lines(text) if card.markup is Markup.MARKDOWN else literal(text).split("\n")
    return [line.rstrip() for line in lines if line.strip()] or [""]
