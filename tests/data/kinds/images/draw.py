"""Draw the images of the sample decks: ``python tests/data/kinds/images/draw.py``."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent


def shapes() -> Image.Image:
    """A red disc, a blue square and a green triangle, side by side on nothing."""
    image = Image.new("RGBA", (360, 140), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((15, 20, 115, 120), fill=(208, 60, 60))
    draw.rectangle((130, 20, 230, 120), fill=(52, 96, 200))
    draw.polygon([(295, 20), (345, 120), (245, 120)], fill=(40, 150, 80))
    return image


def bars() -> Image.Image:
    """A chart of three bars on white: a low one, the highest, a middling one."""
    image = Image.new("RGB", (300, 200), "white")
    draw = ImageDraw.Draw(image)
    for number, (height, colour) in enumerate([(60, (208, 60, 60)), (170, (52, 96, 200)), (110, (40, 150, 80))]):
        draw.rectangle((40 + number * 80, 190 - height, 90 + number * 80, 190), fill=colour)
    draw.line((20, 190, 290, 190), fill="black", width=3)
    return image


if __name__ == "__main__":
    shapes().save(FOLDER / "shapes.png", optimize=True)
    shapes().convert("RGB").save(FOLDER / "shapes.webp", quality=80)
    bars().convert("P", palette=Image.Palette.ADAPTIVE, colors=8).save(FOLDER / "bars.gif")
    bars().save(FOLDER / "bars.jpg", quality=80)
