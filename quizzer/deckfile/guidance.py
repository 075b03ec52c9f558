"""What an editor tells the author of a deck: what to write where, examples of it, whole questions to start from, and what is wrong.

The words alone; ``jsonschema`` puts them where they belong.
"""

from typing import Any

from quizzer.core.model import AnswerType, Markup, Mode

CHOICES: dict[type, dict[str, str]] = {
    Mode: {
        Mode.REVEAL: "Think, look, judge yourself.",
        Mode.CHOOSE: "Pick one of the options; needs distractors.",
        Mode.TYPE: "Type the answer.",
        Mode.TYPE_THEN_CHOOSE: "Type the answer; where that is not right, pick an option.",
        Mode.ORDER: "Put the things in order; for `order`.",
        Mode.MATCH: "Put the pairs together; for `match`.",
    },
    AnswerType: {
        AnswerType.PERSON: "A name: the surname is enough where it is unique in the deck.",
        AnswerType.PLACE: "A place: short and old names of countries are right too.",
        AnswerType.ORGANISATION: "An organisation: its initials are right too.",
        AnswerType.NUMBER: "A number, with its unit: 5 km is 5,000 m.",
        AnswerType.PERCENTAGE: "A percentage: 42 % is 0.42.",
        AnswerType.DATE: "A date, however it is written; the year alone is near.",
        AnswerType.RANGE: "From one to another: three to seven days.",
        AnswerType.DURATION: "A time that passes: 2 weeks is 14 days.",
        AnswerType.MONEY: "An amount with its currency.",
        AnswerType.TEXT: "Anything else: words.",
    },
    Markup: {
        Markup.PLAIN: "Every character is shown as it is written.",
        Markup.MARKDOWN: "Emphasis, code, lists, quotations and tables.",
    },
}

EXAMPLES: dict[str, list[Any]] = {
    "language": ["en", "en-GB", "en-US", "de", "es", "fr"],
    "retention": [0.9, 0.95],
    "date": ["2021-01-14", "2021-01", "2021"],
    "as_of": ["2021-01-14", "2021-01", "2021"],
    "image": ["flags/peru.png"],
    "explanation_image": ["maps/peru.png"],
    "file": ["flags/peru.png"],
    "cloze": ["Peru's capital is {{Lima}}, its currency the {{sol|Peruvian sol}}."],
    "match": [{"Peru": "Lima", "Chile": "Santiago"}],
}

A_TEXT = "A text is wanted here; one that begins with a bracket, or holds a colon and a blank, must stand in quotes."
NOT_EMPTY = "This is empty. Write it, or remove the key."
A_LIST = "A list is wanted here: [one, two], or lines that begin with a dash."
QUESTIONS = "The questions are a list, and each begins with a dash: `- question: …`."
A_QUESTION = "A question is keys and values: `question: …`, and `answer: …` on the next line."
SPANS = "Evidence is keys and values, or a list of such: {source: …, quote: …}."
PAIRS = "Pairs are wanted here, each on a line of its own: `left: right`."
TRUE_OR_FALSE = "A statement's `answer` is true or false."
AN_ID = "An id is made of letters from a to z, digits, `-`, `_` and `.`, and begins with a letter or digit."
AN_IMAGE = (
    "An image is a PNG, JPEG, GIF or WebP file in the deck's folder or below it: no address on the web, no path from the root, no `..`."
)
NO_DATE = "A date is written YYYY-MM-DD, YYYY-MM or YYYY."
NO_HASH = "A sha256 is 64 hexadecimal digits."
UNANSWERED = "This question has no `answer`. Write it; or {others}."
UNASKED = "This question has no `question` and no `answer`. Write them; or one of {others}."

# Of each kind one, to start from. Their labels are no keys: an editor would take the two for one.
SNIPPETS: list[tuple[str, str, Any]] = [
    ("plain question", "A question and its answer", {"question": "$1", "answer": "$2"}),
    ("multiple choice", "A question with distractors", {"question": "$1", "answer": "$2", "distractors": ["$3", "$4"]}),
    ("cloze question", "A sentence with a gap", {"cloze": '"$1 {{${2:key}}} $3"'}),
    ("true/false question", "A statement that is true or false", {"statement": "$1", "answer": "^${2|true,false|}"}),
    ("order question", "Things to be put in order, in the right one", {"question": "$1", "order": ["$2", "$3", "$4"]}),
    ("match question", "Pairs to be put together", {"question": "$1", "match": {"$2": "$3", "$4": "$5"}}),
    ("list question", "Several things to be named", {"question": "$1", "answers": ["$2", "$3"]}),
]
DECK = ("a whole deck", "A title and a first question", {"format": 1, "title": "$1", "questions": [{"question": "$2", "answer": "$3"}]})
SOURCE = (
    "a whole source",
    "An article, and where it can be read",
    {"id": "$1", "publisher": "$2", "title": "$3", "date": "$4", "url": "$5"},
)
