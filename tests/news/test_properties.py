"""What holds for every text: exact offsets, determinism, no stem that leans on its article, no exception."""

import itertools
import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.core.errors import ArticleError
from quizzer.core.model import AnswerType
from quizzer.news import Article, Failed, Generated, Quoted, facts, generate, read_text
from quizzer.news.prose import paragraphs
from quizzer.news.quotes import find_quotes

from .conftest import plain_questions

RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|last|next) (?:week|month|year))\b", re.I
)
PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|we|us|I|you)\b")
QUOTED = re.compile(r"“[^”]*”")
PIECES = [
    "In 2004, ", "On May 3, 2011, ", "Mary Smith said ", "“", "”", "\"", "''", "he said. ", "the mayor of Boston, ",
    "John Brown, ", "\n", "\n\n", "  ", "more than 300 people ", "were arrested ", "in Boston. ",
    "according to the report, ", "$5 million ", "51 percent ", "so-called ", "[T]he ", "(sic) ", "—", "\r\n",
    "The company paid ", "between 2001, when it began, and 2005. ", "did not ", "would ", "é", "\u200b", "’s ", "...",
    "ACLU ", "Mr. Brown ", "\u2028", "which the city had built in 1990 ", "and ", "told reporters that ", ",", ".",
    "?",
]  # fmt: skip


deck_questions = plain_questions


def demand_exact(made: Generated, articles: list[Article]) -> None:
    by_source = {source.id: article for source, article in zip(made.deck.sources, articles, strict=True)}
    for question in made.deck.questions:
        assert question.evidence
        for evidence in question.evidence:
            text = by_source[evidence.source].text
            assert evidence.start is not None
            assert text[evidence.start : evidence.start + len(evidence.quote)] == evidence.quote
            assert evidence.quote.strip()
            assert evidence.passage_start is not None
            assert text[evidence.passage_start :].startswith(evidence.passage)
            assert evidence.mark is not None


def test_every_span_is_the_exact_text_at_its_offset(decks: dict[str, Generated], articles: dict[str, Article]) -> None:
    for name, made in decks.items():
        demand_exact(made, list(articles.values()) if name == "all" else [articles[name]])


def demand_exact_facts(articles: list[Article]) -> None:
    texts = {article.name: article.text for article in articles}
    for leaf in facts(articles):
        assert not isinstance(leaf, Failed)
        order = []
        for told, (start, end) in zip(leaf.told, leaf.passages, strict=True):
            text = texts[told.article]
            assert 0 <= start < end <= len(text)
            assert 0 <= told.evidence_start < told.evidence_end <= len(text)
            assert text[told.evidence_start : told.evidence_end] == told.evidence
            assert told.evidence.strip()
            assert 0 <= told.confidence <= 1
            for place in told.resolved_from:
                assert texts[place.article][place.start : place.end] == place.text != ""
            if isinstance(told, Quoted):
                assert told.evidence_start <= told.quote_start < told.quote_end <= told.evidence_end
                assert text[told.quote_start : told.quote_end] == told.quote
                assert told.kind == "quotation"
            order.append(told.evidence_start)
        assert order == sorted(order)


def test_every_fact_is_the_exact_text_at_its_offset(articles: dict[str, Article]) -> None:
    demand_exact_facts(list(articles.values()))


def test_no_stem_leans_on_its_article(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in deck_questions(made):
            bare = QUOTED.sub("", question.question)
            assert not RELATIVE.search(bare), question.question
            assert not PRONOUN.search(bare.replace("US", "")), question.question
            assert question.question.endswith("?")
            assert re.search(r"\b(?:who|which|what|when|where|how)\b", bare, re.I), question.question


def test_no_answer_stands_in_its_own_question(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in deck_questions(made):
            assert question.answer.lower() not in question.question.lower()


def test_wrong_options_differ_from_the_key_and_from_each_other(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in deck_questions(made):
            options = [text.lower() for text in (question.answer, *question.distractors)]
            assert len(set(options)) == len(options)
            assert not {text.lower() for text in question.accept} & set(options[1:])
            assert len(question.distractors) <= 3
            for option in question.distractors:
                assert option.lower() not in question.question.lower()


def test_a_person_is_never_offered_where_another_sort_is_asked(decks: dict[str, Generated]) -> None:
    people = {q.answer for q in deck_questions(decks["all"]) if q.type is AnswerType.PERSON}
    for question in deck_questions(decks["all"]):
        if question.type is not AnswerType.PERSON:
            assert not people & set(question.distractors)


def test_ids_are_unique_and_come_back_when_the_deck_is_made_again(decks: dict[str, Generated], articles: dict[str, Article]) -> None:
    for name, article in articles.items():
        again = generate([article], deck_id="deck")
        assert again == decks[name]
    ids = [question.id for question in decks["all"].deck.questions]
    assert len(set(ids)) == len(ids)


def test_another_seed_changes_options_only(articles: dict[str, Article], decks: dict[str, Generated]) -> None:
    article = articles["moon-landing.txt"]
    other = generate([article], deck_id="deck", seed=1)
    assert [(q.id, q.question, q.answer) for q in deck_questions(other)] == [
        (q.id, q.question, q.answer) for q in deck_questions(decks["moon-landing.txt"])
    ]


def test_global_dice_are_left_alone(articles: dict[str, Article]) -> None:
    random.seed(7)
    state = random.getstate()
    generate([articles["earthquake.txt"]], deck_id="deck")
    assert random.getstate() == state


def test_no_two_neighbours_ask_about_one_span(decks: dict[str, Generated]) -> None:
    questions = decks["all"].deck.questions
    for one, other in itertools.pairwise(questions):
        for a in one.evidence:
            for b in other.evidence:
                assert a.start is not None
                assert b.start is not None
                assert a.source != b.source or a.start + len(a.quote) <= b.start or b.start + len(b.quote) <= a.start


def test_who_said_is_at_most_a_quarter_where_there_is_enough_else(decks: dict[str, Generated]) -> None:
    questions = deck_questions(decks["all"])
    assert len(questions) >= 20
    assert sum("who-said" in question.tags for question in questions) <= max(3, len(questions) / 4)


def test_without_passages_only_the_span_and_its_place_stay(articles: dict[str, Article]) -> None:
    made = generate([articles["earthquake.txt"]], deck_id="deck", passages=False)
    for question in deck_questions(made):
        assert all(not evidence.passage and evidence.passage_start is None for evidence in question.evidence)


def test_progress_only_grows_and_ends_at_one(articles: dict[str, Article]) -> None:
    told: list[tuple[float, str]] = []
    generate(list(articles.values())[:2], deck_id="deck", progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(what for _, what in told)


ugly = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=300))


@given(ugly)
@settings(max_examples=150, deadline=None)
def test_paragraphs_trace_every_character_home(text: str) -> None:
    for paragraph in paragraphs(text):
        assert list(paragraph.offsets) == sorted(paragraph.offsets)
        assert len(paragraph.offsets) == len(paragraph.text) + 1
        for char, offset in zip(paragraph.text, paragraph.offsets, strict=False):
            assert text[offset] == char or char == " " or paragraph.ends  # what several characters spell: see test_prose


@given(ugly)
@settings(max_examples=150, deadline=None)
def test_quotations_lie_in_their_paragraph_and_never_overlap(text: str) -> None:
    found = paragraphs(text)
    for paragraph, quotes in zip(found, find_quotes(found), strict=True):
        end = 0
        for quote in quotes:
            assert end <= quote.start <= quote.inner_start < quote.inner_end <= quote.end <= len(paragraph.text)
            end = quote.end


def survives(text: str) -> None:
    article = Article(name="ugly.txt", text=text, date="2012-02-03")
    made = generate([article], deck_id="deck")
    demand_exact(made, [article])
    demand_exact_facts([article])


def test_a_gap_that_is_no_longer_in_its_sentence_stops_nothing() -> None:
    text = (
        "Grace Selerick founded the Torowell museum in Austin in 1986.\n\n"
        "“Our engineers have found 43 cracks in the Torowell tunnel this spring,” Selerick told reporters in Austin. "
        "In November 1986, the Water Board bought 43 buses from a firm in Austin.\n\n"
        "In November 1986, the Water Board bought 43 buses from a firm in Austin. "
        "“Our engineers have found 43 cracks in the Torowell tunnel this spring,” Selerick told reporters in Austin.\n\n"
        "“Our engineers have found 43 cracks in the Torowell tunnel this spring,” Selerick told reporters in Austin. "
        "Olivia Ulormere, the architect of the Torowell museum, resigned in November 2005.\n"
    )
    assert generate([Article(name="museum.txt", text=text)]).deck.questions


@given(ugly)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_is_too_ugly_to_search(text: str) -> None:
    survives(text)


@pytest.mark.parametrize("marks", ["''", "“", "[ ] "])
def test_thousands_of_marks_take_no_time(marks: str) -> None:
    """spaCy alone would take a minute over them."""
    generate([Article(name="warm.txt", text="The mayor of Boston opened the bridge.")])
    began = time.process_time()
    made = generate([Article(name="marks.txt", text="The mayor of Boston opened the bridge. " + marks * 100_000)])
    assert not made.deck.questions
    assert time.process_time() - began < 20


@given(st.binary(max_size=300), st.sampled_from(["latin-1", "utf-16", "cp437"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_decoded_are_too_ugly_to_search(data: bytes, encoding: str) -> None:
    survives(data.decode(encoding, "replace"))


def test_a_date_that_begins_inside_a_token_is_no_event() -> None:
    survives("On April 18,''1906,\"an earthquake shook San Francisco at 5:12 in the morning.")


@pytest.mark.soak
@pytest.mark.timeout(3600)
@given(ugly)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_is_too_ugly_to_search_at_length(text: str) -> None:
    survives(text)


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    from quizzer.news import read_bytes

    try:
        read_bytes(data, name="some.txt")
    except ArticleError as error:
        assert "\n" not in str(error)
        assert str(error).startswith("some.txt: ")


def mutated(text: str, dice: random.Random) -> str:
    chars = list(text)
    for _ in range(dice.randint(1, 40)):
        at = dice.randrange(len(chars))
        chars[at] = dice.choice(["", " ", "\n", '"', "”", "x", chars[at] * 2, ".", "\n\n", "“", "''", "\u00a0", chars[at].upper()])
    return "".join(chars)


def survives_mutation(articles: dict[str, Article], dice: random.Random, name: str) -> None:
    try:
        article = read_text(mutated(articles[name].text, dice), name="mutated.txt")
    except ArticleError:
        return
    demand_exact(generate([article], deck_id="deck"), [article])
    demand_exact_facts([article])


MUTABLE = st.sampled_from(["moon-landing.txt", "mine-rescue.txt", "climate-accord.txt", "earthquake.txt", "lunar-crash.txt"])
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(st.randoms(use_true_random=False), MUTABLE)
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
def test_mutated_articles_keep_exact_spans(articles: dict[str, Article], dice: random.Random, name: str) -> None:
    survives_mutation(articles, dice, name)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@given(st.randoms(use_true_random=False), MUTABLE)
@settings(max_examples=500, deadline=None, suppress_health_check=SLOW)
def test_mutated_articles_keep_exact_spans_at_length(articles: dict[str, Article], dice: random.Random, name: str) -> None:
    survives_mutation(articles, dice, name)
