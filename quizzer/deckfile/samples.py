"""What a new deck begins with: a first question to be written over, and a sample of every kind of question."""

from quizzer.core.kinds import Cloze, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import AnswerType, Evidence, Source

FIRST = Plain(id="first-question", question="What is your first question?", answer="Write its answer here")
SOURCE = Source(
    id="example-wire",
    publisher="Example Wire",
    title="Two men on the Moon",
    date="1969-07-21",
    url="https://example.org/two-men-on-the-moon",
)
SAMPLES: dict[str, tuple[str, Question]] = {
    "plain": (
        "A question and its answer; other wordings that are as right; what is shown after it",
        Plain(
            question="Which programme sent the first people to the Moon?",
            answer="Apollo",
            accept=("the Apollo programme", "Project Apollo"),
            explanation="Apollo 11 landed in July 1969; five more landings followed.",
            tags=("space",),
        ),
    ),
    "choice": (
        "A question with wrong options: it is asked as multiple choice while it is new",
        Plain(
            question="In which year did people first walk on the Moon?",
            answer="1969",
            type=AnswerType.DATE,
            distractors=("1961", "1967", "1972"),
        ),
    ),
    "cloze": (
        "A sentence with gaps, each a card of its own; other wordings stand after a bar",
        Cloze(cloze="The lunar module of Apollo 11 was called {{Eagle|the Eagle}}, the command module {{Columbia}}."),
    ),
    "true/false": ("A statement that is true or false", Statement(statement="Michael Collins walked on the Moon.", answer=False)),
    "order": (
        "Things to be put in order, listed in the right one",
        Order(question="Put these missions in the order in which they flew.", order=("Apollo 8", "Apollo 11", "Apollo 13")),
    ),
    "match": (
        "Pairs to be put together",
        Match(question="Which planet has which moon?", match=(("Mars", "Phobos"), ("Jupiter", "Europa"), ("Saturn", "Titan"))),
    ),
    "list": (
        "Several things to be named, in any order",
        List(
            question="Who were the three astronauts of Apollo 11?",
            answers=("Neil Armstrong", "Buzz Aldrin|Edwin Aldrin", "Michael Collins"),
        ),
    ),
    "evidence": (
        "A question whose answer can be traced: the words of a source that say it",
        Plain(
            question="Who was the first person to step onto the Moon?",
            answer="Neil Armstrong",
            type=AnswerType.PERSON,
            evidence=(Evidence(source=SOURCE.id, quote="Neil Armstrong climbed down first"),),
        ),
    ),
}
