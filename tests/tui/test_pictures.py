"""The picture in the README."""

import xml.etree.ElementTree as ET
from pathlib import Path

PICTURE = Path(__file__).parents[2] / ".github" / "study.svg"


def test_it_needs_nothing_from_elsewhere_and_shows_an_answer_with_its_evidence() -> None:
    svg = PICTURE.read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert "url(http" not in svg
    shown = " ".join("".join(ET.fromstring(svg).itertext()).replace("\xa0", " ").split())
    for part in ("Right", "came down in the Sea of Tranquility", "1 Again", "3 Good", "10d"):
        assert part in shown
