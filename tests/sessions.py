"""README's console sessions: what is typed, what it shows, and what of the program that makes use of.

What else is typed than ``quizzer`` goes to the shell.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click

from quizzer.cli import cli

from . import program

Shown = list[str]


def commands(session: str) -> list[tuple[str, Shown]]:
    """Return a console block as (command, lines it shows)."""
    found: list[tuple[str, Shown]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def parted(command: str) -> tuple[bytes, list[str]] | None:
    """Return what ``command`` reads from standard input, and the words after ``quizzer``; None: it is no quizzer's."""
    words = shlex.split(command)
    if words[0] == "printf" and "|" in words:
        return words[1].encode().decode("unicode_escape").encode("latin-1"), words[words.index("|") + 2 :]
    return (b"", words[1:]) if words[0] == "quizzer" else None


def run(command: str, *, folder: Path) -> tuple[str, int]:
    """Do what is typed and return what it prints, on either stream, and its exit code."""
    own = parted(command)
    if own is None:
        done = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        return done.stdout.decode(), done.returncode
    stdin, words = own
    return program.run_here(words, folder=folder, stdin=stdin)


def shows(line: str, printed: list[str]) -> bool:
    """Whether one of the lines printed is ``line``, in which an ellipsis stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in line.split("…"))
    return any(re.fullmatch(pattern, one.rstrip()) for one in printed)


def knows() -> dict[str, list[str]]:
    """Return every command of the program, its arguments, options and the words that these may be, each with how it is written."""
    return {name: written for words, command in _commands() for name, written in _parts(words, command)}


def _commands(command: click.Command = cli, words: str = "quizzer") -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _commands(one, f"{words} {name}")


def _parts(words: str, command: click.Command) -> Iterator[tuple[str, list[str]]]:
    yield words, [words]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield f"{words} {parameter.human_readable_name}", []
            continue
        for options in (parameter.opts, parameter.secondary_opts):
            if options:
                yield f"{words} {_long(options)}", options
        if isinstance(parameter.type, click.Choice):
            yield from ((f"{words} {_long(parameter.opts)} {choice}", [str(choice)]) for choice in parameter.type.choices)


def _long(options: list[str]) -> str:
    return max(options, key=len)


def uses(command: str) -> set[str]:
    """Return what of :func:`knows` the command line makes use of, read as click reads it."""
    own = parted(command)
    rest, name, reader = own[1] if own else [], "quizzer", cli
    used = {name} if own else set()
    while own:
        values, rest, _ = reader.make_parser(click.Context(reader)).parse_args(list(rest))
        for parameter in reader.params:
            value = values.get(parameter.name)
            if value in (None, (), []):
                continue
            if isinstance(parameter, click.Argument):
                used.add(f"{name} {parameter.human_readable_name}")
            elif parameter.secondary_opts and value is False:
                used.add(f"{name} {_long(parameter.secondary_opts)}")
            else:
                option = f"{name} {_long(parameter.opts)}"
                used.add(option)
                used |= {f"{option} {one}" for one in (value if isinstance(value, list | tuple) else [value])} & KNOWN.keys()
        if not (isinstance(reader, click.Group) and rest):
            break
        reader, name = reader.commands[rest[0]], f"{name} {rest[0]}"
        used.add(name)
        rest = rest[1:]
    return used


KNOWN = knows()
