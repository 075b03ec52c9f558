"""An article, what could be asked of it, and a deck made from it."""

import hashlib

from quizzer.core.kinds import Deck, Order, Plain, Question
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal, Reading

ARTICLE = """\
REYKJAVIK — The old harbour was finished in 1917, the port authority said.

Work had begun in 1913 under the engineer Niels Monberg. The rock was taken from
the hill Oskjuhlid, and a railway carried it to the sea for four years.

"We had never built anything like it," Monberg told the town council in 1918.

The harbour cost 2.5 million kronur. The railway was closed in 1928.
"""
ASKED = (
    ("when", "In which year was the old harbour of Reykjavik finished?", "1917", "was finished in 1917", 0.99),
    ("when", "In which year did work on the harbour of Reykjavik begin?", "1913", "Work had begun in 1913", 0.97),
    ("role", "Which engineer built the old harbour of Reykjavik?", "Niels Monberg", "under the engineer Niels Monberg", 0.95),
    ("role", "Under which engineer did work on the old harbour begin in 1913?", "Monberg", "engineer Niels Monberg", 0.9),
    ("where", "From which hill was the rock for the harbour taken?", "Oskjuhlid", "from\nthe hill Oskjuhlid", 0.93),
    (
        "who said",
        "Who said of the harbour that nothing like it had ever been built?",
        "Niels Monberg",
        "Monberg told the town council",
        0.96,
    ),
    ("how many", "How much did the old harbour of Reykjavik cost?", "2.5 million kronur", "cost 2.5 million kronur", 0.98),
    ("when", "In which year was the harbour railway closed?", "1928", "railway was closed in 1928", 0.94),
)


def reading(text: str = ARTICLE, *, name: str = "harbour.txt", id_: str = "harbour") -> Reading:
    return Reading(name=name, text=text, source=Source(id=id_, sha256=hashlib.sha256(text.encode()).hexdigest()))


def evidence(quote: str, text: str = ARTICLE, *, source: str = "harbour", passages: bool = True) -> Evidence:
    start = text.index(quote)
    if not passages:
        return Evidence(source=source, quote=quote, start=start)
    begin = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    end = text.find("\n\n", start)
    return Evidence(source=source, quote=quote, start=start, passage=text[begin : end if end > 0 else len(text)], passage_start=begin)


def proposals(text: str = ARTICLE) -> tuple[Proposal, ...]:
    """What a generator would propose from ``text``, with stable ids."""
    found: list[Proposal] = []
    for number, (sort, stem, answer, quote, confidence) in enumerate(ASKED):
        if quote in text:
            question: Question = Plain(
                id=f"q{number}",
                question=stem,
                answer=answer,
                evidence=(evidence(quote, text),),
                tags=(sort.replace(" ", "-"),),
                distractors=("Other",),
            )
            alike = ("q3",) if number == 2 else ()
            found.append(Proposal(question=question, sort=sort, confidence=confidence, why=("the verb has a year",), alike=alike))
    if all(quote in text for quote in ("was finished in 1917", "Work had begun in 1913")):
        order = Order(
            id="order",
            question="Put these events in order.",
            order=("Work begins", "The harbour is finished"),
            evidence=(evidence("Work had begun in 1913", text), evidence("was finished in 1917", text)),
        )
        found.append(Proposal(question=order, sort="order", confidence=0.91))
    return tuple(found)


def made(text: str = ARTICLE) -> Deck:
    """The deck that the generator makes of all of them."""
    return Deck(
        id="harbour", title="The harbour", sources=(reading(text).source,), questions=tuple(one.question for one in proposals(text))
    )
