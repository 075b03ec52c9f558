"""The images beside deck files: may they be shown, and their bytes.

The only module that imports ``imagesize``. An image is read where it lies in the deck's own folder or below, links followed, and
only when it is of a known format and of a bearable size: a deck from a stranger can neither show another file nor fill the memory.
"""

import re
import stat
from pathlib import Path
from typing import BinaryIO

from quizzer.core.errors import ImageError
from quizzer.core.kinds import Question
from quizzer.core.model import IMAGE_FILES, Image
from quizzer.deckfile.draft import Draft
from quizzer.deckfile.problems import quoted

KEYS = ("image", "explanation_image")
MOST_BYTES = 10_000_000
MOST_PIXELS = 25_000_000
_HEADS = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP", re.DOTALL)
_FORMATS = "Write it as PNG, JPEG, GIF or WebP."


def images_of(question: Question) -> dict[str, Image]:
    """Return the images of a question by their keys."""
    if question.image is None and question.explanation_image is None:
        return {}
    return {key: image for key in KEYS if (image := getattr(question, key)) is not None}


def is_beside(file: str) -> bool:
    """Say whether ``file`` names a file in the deck's folder or below it, on every system; links are not looked into."""
    parts = file.split("/")
    return all(part.strip() and part not in (".", "..") for part in parts) and not re.search(r"[\\:\x00-\x1f\x7f]", file)


def read(folder: Path, file: str) -> bytes:
    """Return the bytes of the image ``file`` of a deck in ``folder``.

    Raises:
        ImageError: it is not there, not in the folder, not an image that can be shown, or too large.
    """
    with _opened(folder, file) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:  # it grew meanwhile
        raise _too_large(file, f"{len(data)} bytes")
    return data


def folder_of(path: Path) -> Path:
    """Return the folder that the images of the deck file at ``path`` are looked for in: that of the file itself, where it is a link."""
    try:
        return path.resolve().parent
    except (OSError, RuntimeError, ValueError):  # a ring of links: the deck cannot be read either
        return path.parent


def _opened(folder: Path, file: str) -> BinaryIO:
    """Return the file, open at its beginning, once all is found well with it."""
    if not is_beside(file):
        raise outside(file)
    if not file.lower().endswith(IMAGE_FILES):
        raise ImageError("D503", f"the image {quoted(file)} is none that can be shown. {_FORMATS}", brief="it cannot be shown here")
    try:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise outside(file)
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise ImageError("D502", f"the image {quoted(file)} is no file. Name the file of an image.", brief="it is missing")
        stream = path.open("rb")
    except FileNotFoundError:
        message = f"there is no image {quoted(file)} beside this deck. Is the name spelled right?"
        raise ImageError("D502", message, brief="it is missing") from None
    except (OSError, RuntimeError, ValueError) as error:  # not to be read, a ring of links, a name that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ImageError("D502", f"the image {quoted(file)} cannot be read: {reason}.", brief="it cannot be read") from None
    try:
        if kind.st_size > MOST_BYTES:
            raise _too_large(file, f"{kind.st_size} bytes")
        width, height = _size(stream)
        if width < 1 or height < 1:
            message = f"{quoted(file)} is no image that can be shown, whatever its name. {_FORMATS}"
            raise ImageError("D503", message, brief="it cannot be shown here")
        if width * height > MOST_PIXELS:
            raise _too_large(file, f"{width} x {height} pixels")
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return stream


def _size(stream: BinaryIO) -> tuple[int, int]:
    """Return width and height as the head of the file gives them; 0, 0 when it is of no known format or broken."""
    head = stream.read(16)
    if not _HEADS.match(head):
        return 0, 0
    stream.seek(0)
    import imagesize  # seldom needed, and with a client for the web in it

    try:
        width, height = imagesize.get(stream)
    except (ArithmeticError, LookupError, OSError, TypeError, ValueError):  # what a broken head makes of its reader
        return 0, 0
    return int(width), int(height)


def outside(file: str) -> ImageError:
    """Return the error that ``file`` does not lie beside its deck."""
    web = "://" in file
    remedy = "Save the image beside the deck, and name it." if web else "Put it in the deck's folder, or one below, written with `/`."
    return ImageError("D501", f"the image {quoted(file)} is not beside this deck. {remedy}", brief="it is not beside its deck")


def _too_large(file: str, size: str) -> ImageError:
    most = f"{MOST_BYTES // 1_000_000} MB and {MOST_PIXELS // 1_000_000} million pixels"
    message = f"the image {quoted(file)} is too large ({size}). Make it smaller: {most} at the most."
    return ImageError("D504", message, brief="it is too large")


def judge(draft: Draft) -> None:
    """Note the images whose files are not there, no images, or too large. A deck with such can be studied, its images told in words."""
    folder = folder_of(draft.path)
    for item in draft.items:
        for key, image in images_of(item.question).items():
            if is_beside(image.file):  # else the deck is refused for it
                try:
                    _opened(folder, image.file).close()
                except ImageError as error:
                    draft.log.add(error.code, item.at(key, "file"), str(error))
