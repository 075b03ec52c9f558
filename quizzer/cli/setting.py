"""``quizzer settings``: what is set, and setting it."""

from __future__ import annotations

import click

from quizzer.cli.given import Given
from quizzer.cli.printing import print_json, print_table
from quizzer.core.errors import QuizzerError


@click.command("settings", context_settings={"ignore_unknown_options": True})  # so that -1 is a value
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--deck", metavar="ID", help="For this deck only.")
@click.option("--unset", is_flag=True, help="Back to the default.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def settings_command(given: Given, name: str | None, value: str | None, deck: str | None, unset: bool, as_json: bool) -> None:
    """Print the settings, or set NAME to VALUE."""
    from quizzer import settings

    path = settings.config_path()
    if name is None or (value is None and not unset):
        rows = [row for row in settings.listing(settings.load(path)) if name is None or row[0] == name]
        if not rows:
            raise QuizzerError(f"there is no setting {name!r}. `quizzer settings` lists the names.")
        if as_json:
            print_json({row[0]: row[1] for row in rows})
        else:
            print_table(["setting", "value", ""], [[row[0], row[1], "" if row[2] else "set"] for row in rows])
            click.echo(f"from {path}" if path.exists() else f"{path} is not there yet: these are the defaults", err=True)
        return
    changed = settings.change(path, name, None if unset else value, deck=deck)
    full = f"decks.{deck}.{name.removeprefix('study.')}" if deck else name
    shown = next((row[1] for row in settings.listing(changed) if row[0] == full), "the default")
    click.echo(f"{full}: {shown or 'the default'} (in {path})", err=True)
