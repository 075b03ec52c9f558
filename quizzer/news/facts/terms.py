"""What something is called: a policy, plan or programme with its name in quotation marks, as the object of a statement."""

from collections.abc import Iterator

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Refusal, Scene, Sort
from quizzer.news.facts.frames import asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.quotes import Form
from quizzer.news.values import Value


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the named terms that dated statements are about."""
    for clause in asked_clauses(scene):
        if clause.day() is None:
            continue
        for part in clause.parts:
            if part.role != "object" or part.head.pos_ != "NOUN":
                continue
            quotes = {quote for token in part.tokens if (quote := clause.block.quote_at(token.idx)) and quote.form is Form.TERM}
            if len(quotes) != 1 or part.head.idx < max(quote.end for quote in quotes):
                continue
            quote = quotes.pop()
            name = clause.block.text[quote.inner_start : quote.inner_end].strip(" ,.")
            frame, why = make_frame(scene, clause, gap="object", taken=part)
            span = clause_span(clause, part)
            if frame is None:
                yield Refusal(reason=f"{Sort.TERM}: {why}", span=span)
                continue
            frame = msgspec.structs.replace(frame, counted=part.head.lower_, weight=frame.weight + 2)
            value = Value(text=name, type=AnswerType.TEXT, same=name.lower(), accept=(f"{name} {part.head.lower_}",))
            key = clause_key(Sort.TERM, frame)
            yield Fact(sort=Sort.TERM, key=key, answer=value, frame=frame, evidence=(span,), confidence=0.9)
