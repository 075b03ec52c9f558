"""The pictures in the README."""

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / ".github"
_spec = importlib.util.spec_from_file_location("make_pictures", PICTURES / "make_pictures.py")
make_pictures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_pictures)


def words(svg: str) -> str:
    """What stands on a picture, and the colours it has; not the names of its classes, which are a sum over all that is drawn."""
    svg = re.sub(r"terminal-\d+-", "", svg)
    return " ".join("".join(ET.fromstring(svg).itertext()).replace("\xa0", " ").split())


DRAWN = [("study.svg", make_pictures.study), ("proposals.svg", make_pictures.propose), ("editor.svg", make_pictures.edit)]


@pytest.mark.parametrize(("name", "draw"), DRAWN)
async def test_they_show_the_app_as_it_is(name: str, draw, tmp_path: Path) -> None:
    drawn = make_pictures.for_github(await draw(tmp_path))
    assert words(drawn) == words((PICTURES / name).read_text("utf-8")), "draw them anew: python .github/make_pictures.py"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("study.svg", ("Right", "came down in the Sea of Tranquility", "1 Again", "3 Good", "8d")),
        ("editor.svg", ("apollo.yaml", "On which plain", "Wrong options", "D303", "choose", "while it is new", "Tab".lower())),
        ("proposals.svg", ("this-week.yaml", "1 kept · 1 dropped", "95% sure", "Giannini", "k Keep", "d Drop", "Accept")),
    ],
)
def test_they_need_nothing_from_elsewhere_and_show_a_question_with_its_evidence(name: str, parts: tuple[str, ...]) -> None:
    svg = (PICTURES / name).read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert "url(http" not in svg
    shown = words(svg)
    for part in parts:
        assert part in shown
    assert f"](.github/{name})" in (PICTURES.parent / "README.md").read_text("utf-8")
