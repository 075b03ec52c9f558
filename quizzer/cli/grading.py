"""``quizzer grade``: what the grader makes of a response, or of a file of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from quizzer.core.errors import QuizzerError

if TYPE_CHECKING:
    from quizzer.core.grading import Grade

BAD_LINES = 2  # exit code
_MARKS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"right": "green", "near": "yellow", "wrong": "red"}


@click.command(context_settings={"ignore_unknown_options": True})  # so that -5 is a response
@click.argument("response", required=False)
@click.option("--key", "keys", multiple=True, metavar="K", help="The right answer; several of them are a list to be named.")
@click.option("--type", "sort", metavar="T", help="What sort of answer it is, as in decks, or list; told from the key when left out.")
@click.option("--accept", multiple=True, metavar="A", help="Another wording that is as right.")
@click.option("--other", "others", multiple=True, metavar="O", help="A wrong answer to the question, such as an option.")
@click.option("--language", default="", metavar="L", help="The deck's language, as en-GB: it tells how 5/11 is read.")
@click.option("--batch", metavar="FILE", help="Grade JSON lines {key, type?, accept?, others?, response}; - is standard input.")
@click.pass_context
def grade(
    ctx: click.Context,
    response: str | None,
    keys: tuple[str, ...],
    sort: str | None,
    accept: tuple[str, ...],
    others: tuple[str, ...],
    language: str,
    batch: str | None,
) -> None:
    """Grade RESPONSE as an answer whose key is K: print the verdict, its reason, and where the two differ.

    Where they differ, [-…-] is typed and not in the answer, {+…+} in the answer and not typed.
    """
    if batch is not None:
        if response is not None or keys or sort or accept or others:
            raise click.UsageError("--batch FILE takes the keys and responses from the file; leave the others out.")
        ctx.exit(_grade_lines(batch, language))
    if not keys or response is None:
        raise click.UsageError("give a key and a response: quizzer grade --key 'El Paso' 'el paso'. Or --batch FILE.")
    from quizzer.core.grading import LIST, Trial, try_out

    sort = sort and sort.strip().lower()
    try:
        trial = Trial(key=keys[0] if len(keys) == 1 else keys, type=sort, accept=accept, others=others, language=language)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    if len(keys) > 1 and sort == LIST:
        trial = Trial(key=keys, accept=accept, others=others, language=language)
    _print(try_out(response, trial))


def _print(found: Grade) -> None:
    colour = sys.stdout.isatty()
    word = click.style(found.verdict.value, fg=_COLOURS[found.verdict.value], bold=True) if colour else found.verdict.value
    click.echo(f"{word}: {found.reason}")
    if any(op != "=" for op, _ in found.diff):
        pieces = (_styled(op, text) if colour else text.join(_MARKS[op]) for op, text in found.diff)
        click.echo("".join(pieces).replace("\n", " "))


def _styled(op: str, text: str) -> str:
    if op == "=":
        return text
    return click.style(text, fg="red", strikethrough=True) if op == "-" else click.style(text, fg="green", underline=True)


def _opened(name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise QuizzerError(f"{name}: cannot be read ({error.strerror}). Name a file of JSON lines, or - for standard input.") from error


def _grade_lines(name: str, language: str) -> int:
    """Print each line of a file with its verdict and reason, as it is read; return the exit code."""
    import msgspec

    place = "standard input" if name == "-" else name
    code = 0
    with _opened(name) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                graded = _graded(line.removeprefix(b"\xef\xbb\xbf"), language)
            except (msgspec.MsgspecError, ValueError) as error:  # what is not UTF-8 is a ValueError
                told = str(error).replace("\n", " ").rstrip(".")
                click.echo(f'quizzer: {place}:{number}: {told}. A line is {{"key": …, "response": …}}.', err=True)
                code = BAD_LINES
                continue
            sys.stdout.buffer.write(graded + b"\n")
            sys.stdout.buffer.flush()
    return code


def _as_text(value: object) -> object:
    """Return a number as it is written; anything else as it is."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _refuse_twins(line: bytes) -> None:
    """Refuse an object that says the same field twice.

    Raises:
        ValueError: It does; its text names the field.
    """
    import json

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"`{twice}` is given twice")
        return dict(pairs)

    json.loads(line, object_pairs_hook=once)


def _graded(line: bytes, language: str) -> bytes:
    import msgspec

    from quizzer.core.grading import Trial, try_out

    try:
        told = msgspec.json.decode(line, type=dict[str, object])
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except msgspec.DecodeError as error:
        if "surrogate" in str(error) or ("truncated" in str(error) and b"\\ud" in line.lower()):
            raise ValueError("half of a character stands in it, a \\ud… without its other half") from error
        raise
    if any(line.count(b'"%s"' % name) > 1 for name in (b"key", b"response", b"type")):
        _refuse_twins(line)
    response = _as_text(told.get("response"))
    if not isinstance(response, str):
        raise ValueError("there is no `response`" if response is None else f"`response` is {_short(response)}, not a text")
    if told.get("key") is None:
        raise ValueError("there is no `key`")
    fields = {name: _as_text(value) for name, value in told.items() if value is not None}
    if isinstance(sort := fields.get("type"), str):
        fields["type"] = sort.strip().lower()
    for name in ("accept", "others"):
        if isinstance(fields.get(name), str):
            fields[name] = [fields[name]]
    trial = msgspec.convert({"language": language} | fields, Trial)
    found = try_out(response, trial)
    return msgspec.json.encode({**told, "verdict": found.verdict, "reason": found.reason})
