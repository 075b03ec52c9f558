"""The pictures in the README."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / ".github"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("study.svg", ("Right", "came down in the Sea of Tranquility", "1 Again", "3 Good", "10d")),
        ("proposals.svg", ("this-week.yaml", "1 kept · 1 dropped", "98% sure", "Jack London", "k Keep", "d Drop", "Accept")),
    ],
)
def test_they_need_nothing_from_elsewhere_and_show_a_question_with_its_evidence(name: str, parts: tuple[str, ...]) -> None:
    svg = (PICTURES / name).read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert "url(http" not in svg
    shown = " ".join("".join(ET.fromstring(svg).itertext()).replace("\xa0", " ").split())
    for part in parts:
        assert part in shown
    assert f"](.github/{name})" in (PICTURES.parent / "README.md").read_text("utf-8")
