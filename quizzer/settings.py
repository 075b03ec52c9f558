"""Settings: what a learner can set, and the only place that reads and writes config.toml.

config.toml is the learner's; quizzer changes only the values it is told to, and keeps its comments.
"""

import datetime as dt
import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from quizzer.core.errors import SettingsError
from quizzer.core.kinds import StudyOptions
from quizzer.core.leeches import Leeches
from quizzer.core.loads import Weekday
from quizzer.core.model import Images, Mode

Seconds = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0, le=1)]


class StudySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a deck is studied. Steps are in seconds here, and like ``["1m", "10m"]`` in config.toml."""

    retention: Annotated[float, Meta(ge=0.7, le=0.99)] = 0.9
    new_per_day: Annotated[int, Meta(ge=0)] = 20
    reviews_per_day: Annotated[int, Meta(ge=0)] = 200
    mode: Mode | None = None
    confidence: bool = False
    near_again: bool = True
    learning_steps: tuple[Seconds, ...] = (60, 600)
    relearning_steps: tuple[Seconds, ...] = (600,)
    maximum_days: Annotated[int, Meta(ge=3, le=36500)] = 36500
    test_date: dt.date | None = None
    load_balance: bool = True
    easy_days: dict[Weekday, Share] = {}
    leech: Leeches = Leeches.TAG
    leech_threshold: Annotated[int, Meta(ge=0)] = 8


class AppSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How quizzer shows itself: ``plain`` line by line; ``screen_reader`` so too, with what signs would mark told in words."""

    plain: bool = False
    screen_reader: bool = False
    images: Images = Images.AUTO


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a user can set. ``decks`` holds, by deck id, the study settings that differ there, and the name of one of the ``presets``
    it takes others from; ``keys`` remaps bindings by id.
    """

    learner: Annotated[str, Meta(min_length=1)] = "me"
    zone: str = ""
    cutoff_hour: Annotated[int, Meta(ge=0, le=23)] = 4
    theme: str = ""
    app: AppSettings = AppSettings()
    study: StudySettings = StudySettings()
    presets: dict[str, dict[str, Any]] = {}
    decks: dict[str, dict[str, Any]] = {}
    keys: dict[str, str] = {}

    def for_deck(self, deck: str, wishes: StudyOptions, *, formerly: Sequence[str] = ()) -> StudySettings:
        """Return how ``deck`` is studied: the learner's word for it, then for its preset, the author's wish, the learner's for all.

        Where they said nothing of it, what they said of it under an id it had ``formerly`` still holds.
        """
        authors = {name: value for name in wishes.__struct_fields__ if (value := getattr(wishes, name)) is not None}
        own = next((self.decks[name] for name in (deck, *formerly) if name in self.decks), {})
        if "preset" in own:
            own = {**self.presets.get(own["preset"], {}), **{name: value for name, value in own.items() if name != "preset"}}
        if not authors and not own:
            return self.study
        return msgspec.convert({**msgspec.to_builtins(self.study), **authors, **own}, StudySettings, strict=False)

    def tzinfo(self) -> dt.tzinfo:
        """Return the learner's zone, the system's when none is set.

        Raises:
            SettingsError: no zone of that name is known.
        """
        import zoneinfo

        if self.zone:
            try:
                return zoneinfo.ZoneInfo(self.zone)
            except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
                raise SettingsError(
                    f"setting zone: {self.zone!r} is not a time zone. Use a name such as Europe/Berlin, or leave it out for the system's."
                ) from None
        import tzlocal

        try:
            return tzlocal.get_localzone()
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return dt.UTC  # a machine whose own zone is not set up must not keep a learner from studying


def now() -> dt.datetime:
    """Return the present instant, aware UTC: the clock that is handed to whoever needs one."""
    return dt.datetime.now(dt.UTC)


# config.toml


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where config.toml is (or would be): ``QUIZZER_CONFIG``, else the user's configuration folder."""
    if named := environment.get("QUIZZER_CONFIG"):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_config_path("quizzer", appauthor=False) / "config.toml"


def load(path: Path) -> Settings:
    """Return the settings of the file at ``path``; the defaults when there is none.

    Raises:
        SettingsError: it cannot be read, is not TOML, or holds an unknown name or an unusable value.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({_reason(error)}). Mend or remove it.") from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}. Mend that line.") from None
    return _convert(raw, str(path))


def _convert(raw: dict[str, Any], where: str) -> Settings:
    _refuse_unknown(raw, Settings, where, "")
    if isinstance(app := raw.get("app"), dict):
        _refuse_unknown(app, AppSettings, where, "app.")
    for prefix, table in (
        ("study", raw.get("study")),
        *((f"presets.{name}", t) for name, t in _tables(raw, where, "presets").items()),
        *((f"decks.{name}", t) for name, t in _tables(raw, where, "decks").items()),
    ):
        if isinstance(table, dict):
            own = _without_preset(table, raw.get("presets", {}), where, prefix)
            _refuse_unknown(own, StudySettings, where, f"{prefix}.")
            _steps_to_seconds(table, where, prefix)
            try:
                msgspec.convert({name: table[name] for name in own}, StudySettings)
            except msgspec.ValidationError as error:
                raise _unusable(error, where, f"{prefix}.", table) from None
    if isinstance(raw.get("app"), dict):
        _refuse_unknown(raw["app"], AppSettings, where, "app.")
    raw["keys"] = _flat(raw.get("keys", {}))
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as error:
        raise _unusable(error, where, "", raw) from None


def _tables(raw: dict[str, Any], where: str, name: str) -> dict[str, Any]:
    tables = raw.get(name, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingsError(
            f"{where}: {name} holds a table a {name[:-1]}, such as [{name}.{'zero-tolerance' if name == 'decks' else 'exam'}]."
        )
    return tables


def _without_preset(table: dict[str, Any], presets: dict[str, Any], where: str, prefix: str) -> dict[str, Any]:
    """Return the deck's own settings: the preset it names is none of them, but must be there."""
    if "preset" not in table or not prefix.startswith("decks."):
        return table
    if table["preset"] not in presets:
        known = ", ".join(presets) or "none; write one as [presets.exam]"
        raise SettingsError(f"{where}: {prefix}.preset: there is no preset {table['preset']!r}. There are: {known}.")
    return {name: value for name, value in table.items() if name != "preset"}


def _flat(keys: Any, prefix: str = "") -> Any:
    """Bindings have dotted ids: ``[keys.study] good = "g"`` and ``[keys] "study.good" = "g"`` mean the same."""
    if not isinstance(keys, dict):
        return keys
    flat: dict[str, Any] = {}
    for name, value in keys.items():
        flat.update(_flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value})
    return flat


def _refuse_unknown(table: dict[str, Any], struct: type[msgspec.Struct], where: str, prefix: str) -> None:
    for name in table:
        if name not in struct.__struct_fields__:
            close = difflib.get_close_matches(name, struct.__struct_fields__, n=1)
            remedy = f"Did you mean {prefix}{close[0]}?" if close else "`quizzer settings` lists the names."
            raise SettingsError(f"{where}: there is no setting {prefix + name!r}. {remedy}")


def _unusable(error: msgspec.ValidationError, where: str, prefix: str, table: dict[str, Any]) -> SettingsError:
    text, _, place = str(error).partition("`$.")
    name = place.rstrip("`").removesuffix("[...]")
    value: Any = table
    for step in re.split(r"[.\[]", name):
        value = value.get(step) if isinstance(value, dict) else value
    return SettingsError(f"{where}: {prefix}{name}: {value!r} will not do. {_remedy(f'{name}: {text}')}")


_REMEDIES = (
    (r"`(?:int|float)` <= ([\d.]+)", "Write {} or less."),
    (r"`(?:int|float)` >= ([\d.]+)", "Write {} or more."),
    (r"Expected `bool`", "Write true or false."),
    (r"Expected `int`", "Write a whole number."),
    (r"Expected `float`", "Write a number, such as 0.9."),
    (r"Expected `str` of length", "Write something."),
    (r"Expected `str`", "Put it in quotes."),
    (r"Invalid enum value .*at `key`", "Days are monday to sunday."),
    (r"Expected `date`|Invalid RFC3339", "Write a day, such as 2027-03-12."),
    (r"leech: Invalid enum value", "Write tag or suspend."),
    (r"images: Invalid enum value", "Write auto, graphics, blocks or text."),
    (r"Invalid enum value", "Write choose, type, type-then-choose, reveal, order or match."),
    (r"Expected `bool`", "Write true or false."),
    (r"Expected `object`", "Write shares, such as {{saturday = 0.5, sunday = 0}}."),
)


def _remedy(text: str) -> str:
    """What to do, in the learner's words, about what msgspec says is wrong."""
    for pattern, words in _REMEDIES:
        if match := re.search(pattern, text):
            return words.format(*match.groups())
    return "Mend it or leave it out."


_STEP = re.compile(r"(\d+)\s*([smhd]?)")
_SECONDS = {"s": 1, "m": 60, "": 60, "h": 3600, "d": 86400}


def _steps_to_seconds(table: dict[str, Any], where: str, prefix: str) -> None:
    for name in ("learning_steps", "relearning_steps"):
        if name not in table:
            continue
        steps = table[name] if isinstance(table[name], list) else [table[name]]
        seconds = []
        for step in steps:
            match = _STEP.fullmatch(str(step).strip())
            if not match or int(match[1]) == 0 or len(match[1]) > 6:
                raise SettingsError(f'{where}: {prefix}.{name}: {step!r} is not a step. Write minutes or hours, such as ["1m", "10m"].')
            seconds.append(int(match[1]) * _SECONDS[match[2]])
        if seconds != sorted(seconds):
            raise SettingsError(f"{where}: {prefix}.{name}: the steps must grow. Put the shortest first.")
        table[name] = seconds


def change(path: Path, name: str, value: str | None, *, deck: str | None = None) -> Settings:
    """Set ``name`` (dotted; ``deck``: for that deck only) to ``value`` in config.toml, or leave it out (None); return the new settings.

    Comments and order of the file are kept; the write is atomic, and nothing is written that could not be read again.

    Raises:
        SettingsError: as ``load``, or the file cannot be written.
    """
    import tomlkit

    load(path)
    document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    table: Any = document
    first, _, rest = name.partition(".")
    if deck is not None:
        steps, last = ["decks", deck], name.removeprefix("study.")
    elif first == "keys" and rest:
        steps, last = ["keys"], rest
    elif first in ("presets", "decks") and "." in rest:
        steps, last = [first, rest.rpartition(".")[0]], rest.rpartition(".")[2]
    elif rest:
        steps, last = [first], rest
    else:
        steps, last = [], name
        if name in ("app", "study", "presets", "decks", "keys"):
            raise SettingsError(f"{name!r} is a table of settings. `quizzer settings` lists their names.")
    for step in steps:
        if step not in table:
            if value is None:
                return load(path)
            table[step] = tomlkit.table(is_super_table=step in ("decks", "presets"))
        table = table[step]
    if value is None:
        table.pop(last, None)
    else:
        table[last] = _typed(last, value)
    text = tomlkit.dumps(document)
    settings = _convert(tomllib.loads(text), "setting")
    settings.tzinfo()
    _write(path, text)
    return settings


def _typed(name: str, value: str) -> Any:
    """A value from the command line is TOML where its setting is a number or a list, and text elsewhere."""
    if name.endswith("_steps"):
        return [step for step in re.split(r"[\s,]+", value.strip("[] ").replace('"', "")) if step]
    if name == "easy_days":
        days = (day.partition("=") for day in re.split(r"[\s,]+(?=[a-zA-Z])", value.strip("{} ")) if day)
        return {day.strip().lower(): _typed("retention", share.strip()) for day, _, share in days}
    if name in ("confidence", "near_again", "plain", "screen_reader"):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if name in ("retention", "new_per_day", "reviews_per_day", "maximum_days", "cutoff_hour", "leech_threshold"):
        for number in (int, float):
            try:
                return number(value)
            except ValueError:
                continue
    return {"true": True, "false": False}.get(value, value) if name == "load_balance" else value


def _write(path: Path, text: str) -> None:
    import tempfile  # slow to load, and seldom needed

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".toml")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({_reason(error)}). Nothing was changed.") from None


def listing(settings: Settings) -> list[tuple[str, str, bool]]:
    """Return (name, value, is it the default) of every setting, preset and deck tables and keys included, as one would write them."""
    rows = []
    for prefix, struct, plain in (
        ("", settings, Settings()),
        ("app.", settings.app, AppSettings()),
        ("study.", settings.study, StudySettings()),
    ):
        for name in struct.__struct_fields__:
            value = getattr(struct, name)
            if name not in ("app", "study", "presets", "decks", "keys"):
                rows.append((prefix + name, _shown(value), value == getattr(plain, name)))
    for where, tables in (("presets", settings.presets), ("decks", settings.decks)):
        named = [(f"{where}.{table}.{name}", value) for table, own in tables.items() for name, value in own.items()]
        rows += [(name, _shown(tuple(value) if isinstance(value, list) else value), False) for name, value in named]
    rows += [(f"keys.{binding}", keys, False) for binding, keys in settings.keys.items()]
    return rows


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{s // 3600}h" if s % 3600 == 0 else f"{s // 60}m" if s % 60 == 0 else f"{s}s" for s in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} = {share:g}" for name, share in value.items())
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _reason(error: Exception) -> str:
    return error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
