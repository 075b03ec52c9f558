"""The images of the card on show: read and decoded on a thread, while the learner reads the question and keys go on working."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizzer.core.errors import ImageError
from quizzer.tui.graphics import Way
from quizzer.tui.pictures import Picture, decode
from quizzer.tui.widgets.image_box import Sight

if TYPE_CHECKING:
    from quizzer.core.model import Image
    from quizzer.study import Prompt
    from quizzer.tui.guard import Guard
    from quizzer.tui.widgets.question import Question

_KEPT = 8  # images that are kept decoded


class Album:
    """Shows on a question's box what the card has: before the answer its image, afterwards that of the explanation, where it has one."""

    def __init__(self, question: "Question", guard: "Guard") -> None:
        self._question, self._guard = question, guard
        self._prompt: Prompt | None = None
        self._image: Image | None = None
        self._answered = False
        self._seen: OrderedDict[tuple[object, str], Picture | ImageError] = OrderedDict()

    def turn(self, prompt: "Prompt | None", *, answered: bool = False) -> None:
        """Show the image of this card, or none."""
        self._prompt, self._answered = prompt, answered
        card = prompt.card if prompt else None
        self._image = ((card.explanation_image if answered else None) or card.image) if card else None
        if prompt is None or self._image is None:
            self._question.show_image(None)
            return
        self._question.show_image(self._sight(self._image))
        self._fetch(prompt, self._image)

    @property
    def is_open(self) -> bool:
        """Whether there is an image to be seen."""
        return self._image is not None

    def sights(self) -> Sequence[Sight]:
        """What there is to be seen by now, the image on show first."""
        card = self._prompt.card if self._prompt else None
        images = [self._image, card.image if card and self._answered else None]
        return [self._sight(image) for image in dict.fromkeys(images) if image is not None]

    def _sight(self, image: "Image") -> Sight:
        seen = self._seen.get(self._key(image))
        note = f"({seen.brief})" if isinstance(seen, ImageError) else ""
        return Sight(seen if isinstance(seen, Picture) else None, image.told, image.credit, note)

    def _key(self, image: "Image") -> tuple[object, str]:
        return (self._prompt.folder if self._prompt else None), image.file

    def _fetch(self, prompt: "Prompt", image: "Image") -> None:
        key = self._key(image)
        if key in self._seen:
            self._seen.move_to_end(key)
        elif self._question.image_box.way is not Way.TEXT:
            self._question.run_worker(self._read(prompt, image, key), group="album")

    async def _read(self, prompt: "Prompt", image: "Image", key: tuple[object, str]) -> None:
        found: Picture | ImageError
        try:
            found = await asyncio.to_thread(lambda: decode(prompt.read_image(image)))
        except ImageError as error:
            found = error
        self._seen[key] = found
        while len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        if image == self._image and key == self._key(image) and self._question.is_attached:
            self._guard.turn()  # what was under the mouse may stand elsewhere now
            self._question.show_image(self._sight(image))
