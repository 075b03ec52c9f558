"""What may stand after an option, refused in plain words; and what is wrong with a command line, in one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click


class Day(click.ParamType):  # type: ignore[type-arg]  # not generic where it runs
    """A day of the calendar."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the date that ``value`` writes as 2027-03-12."""
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day. Write it like 2027-03-12.", param, ctx)


class Whole(click.IntRange):
    """A whole number within a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is no whole number from {self.min} to {self.max}.", param, ctx)


class Share(click.FloatRange):
    """A share within a range, such as 0.9."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is no number from {self.min:.2f} to {self.max:.2f}.", param, ctx)


def wrong_use(error: click.UsageError) -> str:
    """Return what is wrong with the command line in one line: where, what, and what to do."""
    command = error.ctx.command_path if error.ctx else "quizzer"
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        hint = error.param_hint or (error.param.opts[0] if error.param else "")
        return f"quizzer: {hint}: {error.message}"
    said = " ".join(error.format_message().split())
    return f"quizzer: {said[:1].lower()}{said[1:]} `{command} --help` tells what goes here."
