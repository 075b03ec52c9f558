"""Which quotations become questions, and which of their words."""

import pytest

from quizzer.news.article import Article
from quizzer.news.document import parse
from quizzer.news.entities import Entities, record
from quizzer.news.excerpts import normal
from quizzer.news.facts import Fact, Refusal, Saying, claims
from quizzer.news.facts.sayings import extract
from quizzer.news.language import load
from quizzer.news.search import scene_of
from quizzer.news.wording import ask

CLAIM = "The water mains of San Francisco broke in the first minute of the earthquake"


def found(text: str, *, date: str = "") -> list[Fact | Refusal]:
    (document,) = parse([Article(name="a.txt", text=f"The earthquake\n\n{text}\n", date=date)], load())
    own = record(document)
    return list(extract(scene_of(document, Entities([own]).part(own))))


def asked(text: str) -> list[tuple[str, str]]:
    facts = [fact for fact in found(text) if isinstance(fact, Fact) and fact.confidence >= 0.85]
    return [(fact.frame.words, fact.answer.text) for fact in facts if isinstance(fact.frame, Saying)]


def test_the_words_of_a_named_speaker_are_asked_for_the_speaker() -> None:
    assert asked(f"“{CLAIM},” Dennis Sullivan said.") == [(CLAIM, "Dennis Sullivan")]


@pytest.mark.parametrize(
    "text",
    [
        f"“{CLAIM},” Dennis Sullivan said. Sullivan denied it the next day.",
        f"“{CLAIM},” Dennis Sullivan said.\n\nSullivan rejected that report in May of the year. It was late.",
        f"A letter shows that Dennis Sullivan told the mayor: “{CLAIM}.”",
        f"Dennis Sullivan never said, “{CLAIM}.”",
        f"“{CLAIM},” Sullivan said.",
        f"“{CLAIM},” he said.",
        "“The Sullivan family lost every house in the first minute of the earthquake,” Dennis Sullivan said.",
    ],
)
def test_words_that_may_not_be_the_speakers_or_give_the_name_away_are_not_asked(text: str) -> None:
    assert not asked(text)
    assert any(isinstance(one, Refusal) and one.reason for one in found(text))


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("It is clear that the Navy saved the wharves of San Francisco", "It is clear that the Navy saved the wharves of San Francisco"),
        (
            "Yes, I should have kept two maps, one of the mains and one of the cisterns",
            "I should have kept two maps, one of the mains and one of the cisterns",
        ),
        ("What Oakland does matters to the bankers of San Francisco", "What Oakland does matters to the bankers of San Francisco"),
        (
            "People who build walls get a lot of bricks on their toes",
            "People who build walls get a lot of bricks on their toes",
        ),  # a picture, though it names nothing
        ("But dynamite doesn't stop a fire in the Mission District", "dynamite doesn't stop a fire in the Mission District"),
    ],
)
def test_a_sentence_that_stands_alone_is_asked_about(quotation: str, words: str) -> None:
    assert [shown for shown, _ in asked(f"“{quotation},” Dennis Sullivan said.")] == [words]


def test_he_is_shown_as_the_one_man_near_it_though_somebody_is_named_whom_nothing_calls_he_or_she() -> None:
    told = "Eugene Schmitz closed the saloons, and he opened the parks. Schmitz met Amadeo Peter Giannini at the wharf."
    assert asked(f"{told}\n\n“He has kept the water carts of Oakland in Golden Gate Park,” Dennis Sullivan said.") == [
        ("[Eugene Schmitz] has kept the water carts of Oakland in Golden Gate Park", "Dennis Sullivan")
    ]


@pytest.mark.parametrize("quotation", ["It was clear to the Navy", "We need a better way to see the problem of the whole year"])
def test_a_sentence_of_nothing_is_not_asked_about(quotation: str) -> None:
    assert not asked(f"“{quotation},” Dennis Sullivan said.")


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        (f"But {CLAIM[:1].lower()}{CLAIM[1:]}", f"{CLAIM[:1].lower()}{CLAIM[1:]}"),
        (
            "Every mother of San Francisco knew where her children slept before the fire",
            "Every mother of San Francisco knew where her children slept before the fire",
        ),
        (
            "The banks of San Francisco kept the money they had in iron boxes",
            "The banks of San Francisco kept the money they had in iron boxes",
        ),
        (f"[T]{CLAIM[1:]}", CLAIM),
    ],
)
def test_a_sentence_that_stands_by_itself_is_asked_about(quotation: str, words: str) -> None:
    assert [each for each, _ in asked(f"“{quotation},” Dennis Sullivan said.")] == [words]


@pytest.mark.parametrize(
    "quotation",
    [
        "It was the worst thing that has ever been seen there",
        "That broke in the first minute of the earthquake",
        "They told him that he should leave the house to them",
        "Yes",
        "The mayor of San Francisco and the army knew that he was late for the meeting of the bankers",
        "Funston told her to leave the burning house and the street of the bankers before noon",
        "The water … of San Francisco",
    ],
)
def test_words_that_lean_on_what_was_said_before_are_not_asked(quotation: str) -> None:
    assert not asked(f"“{quotation},” Dennis Sullivan said.")


def test_a_sentence_too_long_for_a_question_is_broken_off_behind_a_noun_and_says_so() -> None:
    long = (
        "The chief engineer of San Francisco warned the supervisors about the cisterns of Market Street and the reservoirs on the hill "
        "above the harbor of the Golden Gate where the pumps of three companies stood ready for the men of the Presidio"
    )
    (words,) = [each for each, _ in asked(f"“{long},” Dennis Sullivan said.")]
    assert words.endswith("…")
    assert long.startswith(words[:-1])
    assert len(words.split()) <= 20


def test_he_or_she_points_at_nobody() -> None:
    words = "A stranger should not get a free pass because he or she crosses the border of the country with a child"
    assert asked(f"“{words},” Dennis Sullivan said.") == [(words, "Dennis Sullivan")]


def test_an_inspector_general_is_asked_for_beside_an_attorney_general() -> None:
    text = f"The attorney general came to San Francisco. “{CLAIM},” the inspector general wrote."
    assert asked(text) == [(CLAIM, "inspector general")]


def test_two_sentences_of_a_long_quotation_are_asked_about_one_of_a_short() -> None:
    second = "The fire companies of Oakland sent ninety men and forty horses over the bay before noon of that Wednesday"
    long = f"“{CLAIM}. {second}. The army of the Presidio shot two men in Market Street that night,” Dennis Sullivan said."
    assert len(asked(long)) == 2
    assert len(asked(f"“{CLAIM}. The fire companies of Oakland sent ninety men,” Dennis Sullivan said.")) == 1


def test_the_evidence_holds_the_words_and_who_says_them() -> None:
    text = f"The earthquake\n\n“{CLAIM},” Dennis Sullivan said.\n"
    (fact,) = [fact for fact in found(f"“{CLAIM},” Dennis Sullivan said.") if isinstance(fact, Fact)]
    (span,) = fact.evidence
    assert CLAIM in text[span.start : span.end]
    assert "Dennis Sullivan" in text[span.start : span.end]


@pytest.mark.parametrize(
    ("told", "opening"),
    [
        ("Dennis Sullivan said.", "Who was quoted in April 1906 as saying,"),
        ("Dennis Sullivan told reporters.", "Who was quoted in April 1906 as saying,"),
        ("Dennis Sullivan wrote.", "Who was quoted in April 1906 as writing,"),
        ("Dennis Sullivan said on Tuesday.", "Who said in April 1906,"),
        ("Dennis Sullivan told the San Francisco Chronicle.", "Who was quoted in April 1906 as telling the San Francisco Chronicle,"),
        ("Dennis Sullivan warned.", "Who was quoted in April 1906 as warning,"),
        ("Dennis Sullivan had said in 1903.", "Who said,"),
        ("Dennis Sullivan said at the time.", "Who said,"),
        ("Dennis Sullivan had said.", "Who said,"),
    ],
)
def test_in_a_dated_article_a_question_tells_the_month_of_the_words_or_of_their_being_quoted(told: str, opening: str) -> None:
    text = f"“{CLAIM},” {told}"
    (fact,) = [fact for fact in found(text, date="1906-04-19") if isinstance(fact, Fact)]
    assert ask(fact)[0].startswith(f"{opening} “")
    assert fact.as_of == ""


def test_without_the_articles_day_a_question_tells_no_month() -> None:
    (fact,) = [fact for fact in found(f"“{CLAIM},” Dennis Sullivan said.") if isinstance(fact, Fact)]
    assert ask(fact)[0] == f"Who said, “{CLAIM}”?"


def test_words_compare_alike_whatever_their_marks() -> None:
    assert normal("[T]he mayor’s men (sic) came, “late”") == normal("The mayor's men came late")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Eugene Schmitz ordered looters shot.\n\n“Schmitz signed the order of San Francisco without a judge,” Dennis Sullivan said.",
            "[Eugene] Schmitz signed the order of San Francisco without a judge",
        ),
        (
            "Eugene Schmitz ordered looters shot. “Eugene signed the order of San Francisco without a judge,” Dennis Sullivan said.",
            "Eugene [Schmitz] signed the order of San Francisco without a judge",
        ),
        (
            "Mary Kelly led the camp. Kelly marched on.\n\n“She fed nine hundred families of San Francisco,” Dennis Sullivan said.",
            "[Mary Kelly] fed nine hundred families of San Francisco",
        ),
    ],
)
def test_a_name_told_by_half_is_told_in_full_in_brackets_and_the_evidence_stays(text: str, shown: str) -> None:
    (fact,) = [fact for fact in found(text) if isinstance(fact, Fact)]
    assert isinstance(fact.frame, Saying)
    assert fact.frame.words == shown
    assert "[" not in fact.key


def test_she_is_nobody_where_two_women_are_near() -> None:
    text = "Mary Kelly met Gertrude Atherton. Kelly wept.\n\n“She fed nine hundred families of San Francisco,” Dennis Sullivan said."
    assert not asked(text)


def test_a_sentence_parted_by_its_speaker_is_asked_about_whole() -> None:
    text = f"“{CLAIM},” Dennis Sullivan said, “but the cisterns of Telegraph Hill held.”"
    (fact,) = [fact for fact in found(text) if isinstance(fact, Fact)]
    assert isinstance(fact.frame, Saying)
    assert fact.frame.words == f"{CLAIM}, but the cisterns of Telegraph Hill held"
    (span,) = fact.evidence
    assert f"The earthquake\n\n{text}\n"[span.start : span.end].endswith("Telegraph Hill held.")


@pytest.mark.parametrize(
    "told", ["Dennis Sullivan, 54, a fireman from Oakland, said.", "said Dennis Sullivan, a 54-year-old from Oakland."]
)
def test_somebody_asked_in_passing_is_not_asked_for(told: str) -> None:
    assert not asked(f"“{CLAIM},” {told}")


@pytest.mark.parametrize("words", ["We need very, very strong leadership in our lives", "I want to run for something of my own"])
def test_what_anybody_might_say_is_not_asked(words: str) -> None:
    assert not asked(f"“{words},” Dennis Sullivan said.")


def test_an_editors_word_in_brackets_stays_in_the_quotation() -> None:
    words = "The water of [Spring Valley] never reached the mains of San Francisco"
    assert asked(f"“{words},” Dennis Sullivan said.") == [(words, "Dennis Sullivan")]


def test_a_claim_with_a_word_of_its_speaker_is_asked_for_without_the_reporters_for_instance() -> None:
    said = "Theodore Roosevelt said that the bankers of Wall Street were “malefactors of great wealth,” for instance."
    (document,) = parse([Article(name="a.txt", text=f"The earthquake\n\n{said}\n", date="")], load())
    own = record(document)
    facts = [fact for fact in claims.extract(scene_of(document, Entities([own]).part(own))) if isinstance(fact, Fact)]
    assert [(ask(fact)[0], fact.answer.text) for fact in facts] == [
        ("Who said that the bankers of Wall Street were “malefactors of great wealth”?", "Theodore Roosevelt")
    ]


def test_plain_words_are_asked_about_when_the_article_comes_back_to_them() -> None:
    once = "Dennis Sullivan told San Francisco firemen “we need to take away houses.”"
    assert not asked(once)
    assert ("we need to take away houses", "Dennis Sullivan") in asked(
        f"{once}\n\nThe words “we need to take away houses” were long remembered."
    )
