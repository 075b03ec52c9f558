from pathlib import Path

import pytest

from quizzer.core.kinds import Plain
from quizzer.news import Article, Generated, generate, read

ARTICLES = Path(__file__).parent.parent / "data" / "articles"


def plain_questions(made: Generated) -> list[Plain]:
    return [question for question in made.deck.questions if isinstance(question, Plain)]


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    return {path.name: read(path) for path in sorted(ARTICLES.iterdir())}


@pytest.fixture(scope="session")
def decks(articles: dict[str, Article]) -> dict[str, Generated]:
    """The deck of each article by itself, and of all together as "all"."""
    made = {name: generate([article], deck_id="deck") for name, article in articles.items()}
    made["all"] = generate(list(articles.values()), deck_id="deck")
    return made
