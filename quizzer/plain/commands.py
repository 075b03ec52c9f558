"""The commands of the plain form: begun with a colon or a slash, so that no answer is taken for one."""

from typing import Final, NamedTuple

from quizzer.core.printable import one_line

SIGNS: Final = (":", "/")


class Command(NamedTuple):
    """A command: its name, the short form (the app's key for it, where there is one), and what one uses it to do."""

    name: str
    short: str
    does: str


COMMANDS: Final = (
    Command("help", "?", "hear the commands"),
    Command("again", ".", "hear once more what was said last: the question, or what came of the answer"),
    Command("hint", "h", "get the next hint"),
    Command("show", "s", "give up and hear the answer"),
    Command("undo", "u", "take back your answer if it is not rated yet, else what you did last"),
    Command("redo", "r", "do again what you took back"),
    Command("overrule", "o", "count the answer the other way, where the grader is wrong about you"),
    Command("accept", "a", "have the deck accept what you wrote, once it is overruled to be right"),
    Command("evidence", "e", "hear the passages of the answer; :evidence off and :evidence on are for those to come"),
    Command("mode", "m", "hear how the card can be asked; :mode type asks so from now on, :mode auto as it suits each card"),
    Command("bury", "-", "leave the card alone until tomorrow"),
    Command("skip", "", "do the same as :bury"),
    Command("suspend", "!", "never be asked the card again"),
    Command("flag", "f", "flag the card, or take its flag away"),
    Command("history", "i", "hear all that was done to the card"),
    Command("summary", "", "hear what the session came to so far"),
    Command("stats", "", "hear the statistics of all decks"),
    Command("leave", "q", "leave; the place is kept"),
)


class Order(NamedTuple):
    """What the learner commands, with what else stands in the line."""

    name: str
    rest: str = ""


class Unknown(NamedTuple):
    """A line that looks like a command and is none; ``why`` says what to do."""

    why: str


def read(line: str) -> Order | Unknown | str:
    """Return what a line is: a command, something like one, or an answer.

    A name can be cut short where one command alone begins so. Who means an answer that begins with a sign writes that twice.
    """
    text = line.strip()
    sign = text[:1]
    if sign not in SIGNS:
        return text
    if text[1:2] == sign:
        return text[1:]
    word, _, rest = text[1:].partition(" ")
    name = word.casefold()
    if found := next((command for command in COMMANDS if name and name in (command.name, command.short)), None):
        return Order(found.name, rest.strip())
    beginning = [command.name for command in COMMANDS if name and command.name.startswith(name)]
    if len(beginning) == 1:
        return Order(beginning[0], rest.strip())
    shown = one_line(word)[:40]
    if beginning:
        return Unknown(f"{sign}{shown} may be {' or '.join(sign + one for one in beginning)}. Write more of it.")
    return Unknown(
        f"There is no command {sign}{shown}. {sign}help tells them; an answer that begins with {sign} is written with two: {sign * 2}"
    )


def help_lines() -> list[str]:
    """Return the commands, one a line."""
    lines = ["Commands begin with a colon or a slash, and may be cut short:"]
    for command in COMMANDS:
        short = f" or :{command.short}" if command.short else ""
        lines.append(f":{command.name}{short} to {command.does}.")
    lines.append("An answer that begins with a colon or a slash is written with that sign twice.")
    return lines
