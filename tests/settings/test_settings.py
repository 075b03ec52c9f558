"""config.toml."""

import datetime as dt
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer import settings
from quizzer.core.errors import SettingsError
from quizzer.core.kinds import StudyOptions
from quizzer.core.model import Mode


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "config.toml") == settings.Settings()


def test_steps_are_written_as_people_write_them(tmp_path: Path) -> None:
    found = settings.load(write(tmp_path / "c.toml", '[study]\nlearning_steps = ["30s", "5m", "2h"]\nrelearning_steps = []\n'))
    assert found.study.learning_steps == (30, 300, 7200)
    assert found.study.relearning_steps == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lerner = 'x'", "Did you mean learner?"),
        ("[study]\nretension = 0.9", "Did you mean study.retention?"),
        ("[study]\nretention = 1.5", "1.5 will not do"),
        ("[study]\nretention = 'high'", "'high' will not do"),
        ("[study]\nlearning_steps = ['1m', 'soon']", "'soon' is not a step"),
        ("[study]\nlearning_steps = ['10m', '1m']", "the steps must grow"),
        ("[decks.x]\nnew_per_day = -1", "decks.x.new_per_day: -1 will not do"),
        ("[decks.x]\nnewperday = 1", "Did you mean decks.x.new_per_day?"),
        ("decks = 1", "a table a deck"),
        ("cutoff_hour = 24", "24 will not do"),
        ("learner = ", "not TOML"),
        ("[keys]\n'study.good' = 3", "will not do"),
        ("[study]\neasy_days = {funday = 0.5}", "Days are monday to sunday."),
        ("[study]\neasy_days = {sunday = 5}", "Write 1.0 or less."),
        ("[study]\neasy_days = 5", "such as {saturday = 0.5, sunday = 0}."),
        ("[study]\ntest_date = 'soon'", "study.test_date: 'soon' will not do. Write a day, such as 2027-03-12."),
        ("[study]\nload_balance = 3", "Write true or false."),
        ("[decks.x]\npreset = 'exam'", "decks.x.preset: there is no preset 'exam'. There are: none"),
        ("[presets.exam]\nretention = 0.9\n[decks.x]\npreset = 'exan'", "There are: exam."),
        ("[presets]\nexam = 3", "presets holds a table a preset"),
        ("[presets.exam]\nretension = 0.9", "Did you mean presets.exam.retention?"),
        ("[presets.exam]\npreset = 'exam'", "there is no setting 'presets.exam.preset'"),
        ("[study]\npreset = 'exam'", "there is no setting 'study.preset'"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_with_the_file_and_the_remedy(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path / "config.toml", text)
    with pytest.raises(SettingsError) as error:
        settings.load(path)
    message = str(error.value)
    assert told in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        settings.load(path)


def test_the_learners_word_for_a_deck_beats_the_authors_wish_which_beats_the_rest() -> None:
    own = settings.Settings(study=settings.StudySettings(retention=0.8, new_per_day=5), decks={"a": {"new_per_day": 7}})
    wishes = StudyOptions(retention=0.95, new_per_day=6, mode=Mode.TYPE)
    assert own.for_deck("a", wishes).new_per_day == 7
    assert own.for_deck("a", wishes).retention == 0.95
    assert own.for_deck("a", wishes).mode is Mode.TYPE
    assert own.for_deck("b", StudyOptions()) == own.study


presets = st.dictionaries(st.sampled_from(["retention", "new_per_day", "reviews_per_day"]), st.sampled_from([0.8, 0.9]))


@given(own=presets, preset=presets, wishes=presets)
def test_a_deck_goes_before_its_preset_before_the_author_before_the_rest(
    own: dict[str, float], preset: dict[str, float], wishes: dict[str, float]
) -> None:
    def some(values: dict[str, float], number: int) -> dict[str, float]:
        return {name: value if name == "retention" else number for name, value in values.items()}

    tables = [some(own, 1), some(preset, 2), some(wishes, 3), {"retention": 0.7, "new_per_day": 4, "reviews_per_day": 4}]
    mine = settings.Settings(
        study=settings.StudySettings(**tables[3]),
        presets={"exam": tables[1], "other": {"new_per_day": 99}},
        decks={"d": {**tables[0], "preset": "exam"}},
    )
    found = mine.for_deck("d", StudyOptions(**tables[2]))
    for name in tables[3]:
        assert getattr(found, name) == next(table[name] for table in tables if name in table)


def test_days_shares_and_presets_are_set_from_the_command_line(tmp_path: Path) -> None:
    path = write(tmp_path / "config.toml", "")
    settings.change(path, "presets.exam.retention", "0.95")
    settings.change(path, "preset", "exam", deck="d")
    settings.change(path, "decks.d.test_date", "2027-03-12")
    settings.change(path, "study.easy_days", "Saturday = 0.5, sunday=0")
    found = settings.change(path, "study.load_balance", "false")
    deck = found.for_deck("d", StudyOptions())
    assert (deck.retention, deck.test_date, deck.load_balance) == (0.95, dt.date(2027, 3, 12), False)
    assert deck.easy_days == {"saturday": 0.5, "sunday": 0}
    rows = {name: value for name, value, _ in settings.listing(found)}
    assert (rows["study.easy_days"], rows["study.load_balance"]) == ("saturday = 0.5, sunday = 0", "false")
    assert (rows["decks.d.preset"], rows["decks.d.test_date"], rows["presets.exam.retention"]) == ("exam", "2027-03-12", "0.95")
    for name, value in (("decks.d.preset", "none"), ("decks.d.test_date", "soon"), ("study.easy_days", "sunday"), ("presets", "1")):
        with pytest.raises(SettingsError):
            settings.change(path, name, value)


def test_changing_a_setting_keeps_comments_and_other_values(tmp_path: Path) -> None:
    path = write(tmp_path / "config.toml", '# mine\ntheme = "nord"  # dark\n\n[study]\n# few\nnew_per_day = 3\n')
    settings.change(path, "study.retention", "0.85")
    settings.change(path, "new_per_day", "4", deck="quiz.deck")
    text = path.read_text("utf-8")
    assert "# mine" in text
    assert "# dark" in text
    assert "# few" in text
    found = settings.load(path)
    assert (found.theme, found.study.new_per_day, found.study.retention) == ("nord", 3, 0.85)
    assert found.for_deck("quiz.deck", StudyOptions()).new_per_day == 4


@pytest.mark.parametrize("name", ["plain", "screen_reader"])
def test_the_plain_form_is_chosen_with_a_word(tmp_path: Path, name: str) -> None:
    path = tmp_path / "config.toml"
    assert getattr(settings.load(path).app, name) is False
    assert getattr(settings.change(path, f"app.{name}", "true").app, name) is True
    assert getattr(settings.load(path).app, name) is True
    with pytest.raises(SettingsError, match="Write true or false"):
        settings.change(path, f"app.{name}", "perhaps")
    with pytest.raises(SettingsError, match=f"Did you mean app.{name}?"):
        settings.change(path, f"app.{name[:-1]}", "true")


def test_true_and_false_are_written_as_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert settings.change(path, "study.confidence", "true").study.confidence
    assert "confidence = true" in path.read_text("utf-8")
    assert ("study.confidence", "true", False) in settings.listing(settings.load(path))
    assert not settings.change(path, "confidence", "False", deck="d").for_deck("d", StudyOptions()).confidence
    with pytest.raises(SettingsError, match="'perhaps' will not do"):
        settings.change(path, "study.confidence", "perhaps")


def test_an_unusable_value_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = write(tmp_path / "config.toml", "cutoff_hour = 5\n")
    for name, value in (("cutoff_hour", "99"), ("study.retention", "yes"), ("nonsense", "1"), ("study", "1"), ("study.mode", "sing")):
        with pytest.raises(SettingsError):
            settings.change(path, name, value)
    assert path.read_text("utf-8") == "cutoff_hour = 5\n"
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


@given(theme=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), binding=st.text(string.ascii_lowercase + ".", min_size=1))
def test_what_is_set_is_read_back_and_unsetting_takes_it_away(tmp_path_factory: pytest.TempPathFactory, theme: str, binding: str) -> None:
    path = tmp_path_factory.mktemp("c") / "config.toml"
    settings.change(path, "theme", theme)
    settings.change(path, f"keys.{binding}", "ctrl+g")
    assert settings.load(path).theme == theme
    assert settings.load(path).keys == {binding: "ctrl+g"}
    settings.change(path, "theme", None)
    assert settings.load(path).theme == ""


def test_keys_may_be_nested_or_dotted(tmp_path: Path) -> None:
    nested = settings.load(write(tmp_path / "a.toml", '[keys.study]\ngood = "g"\n'))
    dotted = settings.load(write(tmp_path / "b.toml", '[keys]\n"study.good" = "g"\n'))
    assert nested.keys == dotted.keys == {"study.good": "g"}


def test_every_setting_is_listed_once() -> None:
    names = [row[0] for row in settings.listing(settings.Settings(decks={"d": {"retention": 0.9}}, keys={"study.good": "g"}))]
    assert len(names) == len(set(names))
    assert {"learner", "zone", "study.retention", "decks.d.retention", "keys.study.good"} <= set(names)


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'Mars/Olympus'"):
        settings.Settings(zone="Mars/Olympus").tzinfo()


def test_how_images_are_shown_can_be_set_and_is_one_of_four_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert settings.change(path, "app.images", "blocks").app.images == "blocks"
    assert path.read_text("utf-8") == '[app]\nimages = "blocks"\n'
    with pytest.raises(SettingsError, match=r"'sixel' will not do\. Write auto, graphics, blocks or text"):
        settings.change(path, "app.images", "sixel")
    path.write_text('[app]\nimage = "text"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"Did you mean app\.images\?"):
        settings.load(path)
