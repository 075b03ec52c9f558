"""Whom an article only asked in passing: somebody at a rally, told of by age, whose name nobody is to remember.

Newspapers give the age of those nobody knows ("NAME, 44, a nurse from Nashua"); of those who are spoken of again, they are known.
"""

import functools
import re

from quizzer.news.facts import Scene
from quizzer.news.people import Person

SPOKEN_OF = 5  # paragraphs that name somebody from which on one matters to the article, whatever the age
_AGED = re.compile(r",? (?:who is )?(?:an? )?[1-9]\d(?:,|\.|-year-old\b| (?:and|said|of)\b)")


@functools.lru_cache(maxsize=16)  # the same few people speak again and again
def is_bystander(scene: Scene, person: Person) -> bool:
    """Whether the article tells somebody's age beside the name, and little else of them."""
    named = [block.text for block in scene.document.blocks if person.surname in block.text]
    if len(named) >= SPOKEN_OF:
        return False
    return any(_AGED.match(text, at + len(person.name)) for text in named if (at := text.find(person.name)) >= 0)
