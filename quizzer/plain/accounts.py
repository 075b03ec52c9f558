"""How things stand, as lines: a session's beginning and end, a card's history, the figures. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizzer.core.model import Card, Rating, Verdict
from quizzer.core.printable import one_line
from quizzer.plain.telling import closed, counted, key_line, spoken, stem_line
from quizzer.study.remarks import times

if TYPE_CHECKING:
    from quizzer.core.stats import DeckFigures
    from quizzer.study import CardPast, DeckRow, Figures, Prompt, Summary
    from quizzer.study.past import Did

_MOST_CHANGED = 6  # cards whose change is told one by one


def opening_lines(title: str, prompt: "Prompt | None", *, writes: bool = True) -> list[str]:
    """Return what a session begins with: the decks, and what waits in them."""
    lines = []
    if prompt is not None and writes:
        lines.append(f"{closed(one_line(title))} New: {prompt.new}, learning: {prompt.learning}, due: {prompt.due}.")
    elif prompt is not None:
        lines.append(f"{closed(one_line(title))} {counted(prompt.due + prompt.learning, 'card')}, each until you know it.")
        lines.append("Nothing is written: your schedule stays as it is.")
    if prompt is not None:
        lines.append("Type :help for the commands, :leave to leave.")
    return lines


def changed_lines(cards: Sequence[Card]) -> list[str]:
    """Return which keys changed, and what can be done about it."""
    many = len(cards) > 1
    lines = [f"The answer of {len(cards)} cards has changed since you last gave it." if many else "The answer of a card has changed."]
    for card in cards[:_MOST_CHANGED]:
        lines += [stem_line(card), f"It is now: {key_line(card)}"]
    if len(cards) > _MOST_CHANGED:
        lines.append(f"And {len(cards) - _MOST_CHANGED} more.")
    return [*lines, "1. Keep what I have learnt: it means the same", "2. Start over: it is another answer now"]


def waiting_line(seconds: float) -> str:
    """Say that what is being learnt comes back in ``seconds``."""
    return f"Nothing to ask for {_span(seconds)}: then comes back what you are learning."


def summary_lines(summary: "Summary", *, writes: bool = True) -> list[str]:
    """Return what the session came to."""
    if not summary.reviews:
        return [f"Nothing was answered. Next: {summary.next_due}." if summary.next_due else "Nothing was answered."]
    new = f", {counted(summary.new, 'new card')} met" if summary.new else ""
    lines = [
        f"{counted(summary.reviews, 'review')} in {_span(summary.seconds)}, {summary.right} recalled{new}.",
        ", ".join(f"{rating.name.capitalize()}: {summary.by_rating.get(rating, 0)}" for rating in Rating) + ".",
    ]
    lines += [f"To look at again: {closed(stem_line(card))} The answer: {key_line(card)}" for card in summary.missed]
    for leech in summary.leeches:
        lines.append(f"Forgotten {times(leech.lapses)}{' and now suspended' if leech.suspended else ''}: {stem_line(leech.card)}")
    if summary.leeches:
        lines.append("Better questions are kept better: have them reworded or split. `quizzer leeches` lists them.")
    if summary.next_due:
        lines.append(f"Next: {one_line(summary.next_due)}.")
    if summary.streak and writes:
        lines.append(f"Streak: {counted(summary.streak, 'day')} in a row.")
    return lines


def history_lines(past: "CardPast", *, answered: bool) -> list[str]:
    """Return all that was done to a card, the oldest first; before it is ``answered`` no response, which could tell the key."""
    if not past.did:
        return ["Nothing was done to this card yet."]
    lines = [_did(did, answered=answered) for did in past.did]
    if not answered and any(did.response for did in past.did):
        lines.append("What you answered is told once the card is answered.")
    return lines


def _did(did: "Did", *, answered: bool) -> str:
    if did.rating is None:
        parts = [did.what]
    else:
        parts = [did.rating.name.capitalize(), *([did.verdict.value] if did.verdict else [])]
        if answered and did.response:
            parts.append(f"you answered {one_line(did.response)}")
        if did.granted is not None:
            parts.append(f"next in {spoken(did.granted)}")
        if did.recall is not None:
            parts.append(f"chance to recall it then {_share(did.recall)}")
        if did.stability is not None:
            parts.append(f"stability {did.stability:.2g} days" if did.stability < 1 else f"stability {did.stability:.1f} days")
    return f"{did.when:%Y-%m-%d %H:%M}: {', '.join(parts)}{', taken back' if did.taken_back else ''}."


def stats_lines(figures: "Figures") -> list[str]:
    """Return the figures of all decks, then a line for each."""
    all_decks = figures.overall
    lines = [f"All decks: {_cards(all_decks)}."]
    lines.append(
        f"Reviews: {all_decks.reviews_today:,} today, {all_decks.reviews_30_days:,} in 30 days, {all_decks.reviews:,} ever; "
        f"to come in 7 days: {all_decks.next_7_days:,}."
    )
    if all_decks.retention is not None:
        kept = ((all_decks.retention_7_days, "in 7 days"), (all_decks.retention_30_days, "in 30 days"), (all_decks.retention, "ever"))
        lines.append("Kept: " + ", ".join(f"{_share(share)} {when}" for share, when in kept if share is not None) + ".")
    lines.append(f"Streak: {counted(figures.streak, 'day')}, longest {counted(figures.longest_streak, 'day')}.")
    lines += [f"{closed(one_line(deck.title))} {_cards(deck)}, {deck.due:,} due." for deck in figures.decks]
    lines += [f"{closed(one_line(test.title))} {test.told.capitalize()}." for test in figures.tests]
    if figures.leeches:
        lines.append(f"Forgotten again and again: {counted(len(figures.leeches), 'card')}; `quizzer leeches` lists them.")
    return lines


def home_lines(rows: "Sequence[DeckRow]") -> list[str]:
    """Return the decks, numbered, with what waits in each."""
    lines = []
    for number, row in enumerate(rows, start=1):
        lines.append(f"{number}. {closed(one_line(row.title))} New: {row.new}, learning: {row.learning}, due: {row.due}.")
        if row.test:
            lines.append(f"{one_line(row.title)}: {row.test}.")
    return lines


def verdict_word(verdict: Verdict) -> str:
    """Return how an overruled answer counts now."""
    return f"It counts as {verdict.value} now."


def _cards(row: "DeckFigures") -> str:
    parts = (("new", row.new), ("learning", row.learning), ("young", row.young), ("mature", row.mature), ("suspended", row.suspended))
    return f"{counted(row.total, 'card')}, {', '.join(f'{number:,} {name}' for name, number in parts if number) or 'none of them met'}"


def _share(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _span(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return counted(whole, "second")
    hours, minutes = divmod(round(whole / 60), 60)
    return " ".join(counted(number, unit) for number, unit in ((hours, "hour"), (minutes, "minute")) if number)
