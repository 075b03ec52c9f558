"""Who said each quotation: one short article for each way of telling it, and for each trap."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.news.article import Article
from quizzer.news.attribution import Attribution, attributions
from quizzer.news.document import parse
from quizzer.news.entities import Entities, record
from quizzer.news.language import load
from quizzer.news.search import scene_of

VIEW = "The view of the Earth was worth every hour of training"
FLIGHT = "A day in orbit\n\n"


def attributed(text: str, *others: str) -> tuple[Attribution, ...]:
    """Return the quotations of the first of several articles that make one deck."""
    articles = [Article(name=f"{number}.txt", text=each) for number, each in enumerate((text, *others))]
    documents = list(parse(articles, load()))
    records = [record(document) for document in documents]
    return attributions(scene_of(documents[0], Entities(records).part(records[0])))


def speakers(text: str, *others: str) -> list[str]:
    return [said.name for said in attributed(text, *others) if said.form in ("full", "partial")]


@pytest.mark.parametrize(
    ("text", "sieve"),
    [
        (f"“{VIEW},” John Glenn said after the flight in Florida.", "name and verb"),
        (f"“{VIEW},” said John Glenn, the first American in orbit.", "verb and name"),
        (f"“{VIEW}!” John Glenn said flatly.", "name and verb"),
        (f"John Glenn, who flew again in 1998, told students: “{VIEW}.”", "colon"),
        (f"John Glenn said, “{VIEW}.”", "before"),
        ("John Glenn called the flight over the sea “a day like no other in the life of a man.”", "in the clause"),
        (f"“{VIEW}.” — John Glenn", "dash"),
        (f"JOHN GLENN: “{VIEW}.”", "label"),
        (f"John Glenn’s answer: “{VIEW}.”", "label"),
        ("According to John Glenn, “the view of the Earth was worth every hour of training.”", "according to"),
        ("In the words of John Glenn, “the view of the Earth was worth every hour of training.”", "in the words of"),
        (f"“{VIEW},” as John Glenn put it.", "as put"),
        ("John Glenn was quoted as saying “the view of the Earth was worth every hour of training.”", "before"),
        (f"John Glenn did not complain.\n\n“{VIEW}.”", "introduced"),
        (f"John Glenn's adviser spoke first.\n\nHis friend Scott Carpenter said, “{VIEW}.”", "before"),
    ],
)
def test_each_way_of_telling_who_speaks_is_read(text: str, sieve: str) -> None:
    (said,) = attributed(FLIGHT + text + "\n")
    assert (said.name.split()[-1], said.sieve) == ("Carpenter" if "Carpenter" in text else "Glenn", sieve)


@pytest.mark.parametrize(
    "text",
    [
        f"John Glenn never said, “{VIEW}.”",
        f"John Glenn would say, “{VIEW}.”",
        f"If John Glenn had said, “{VIEW},” nobody would have heard it.",
        f"A spokesman for John Glenn said, “{VIEW}.”",
        f"John Glenn's spokesman said, “{VIEW}.”",
        f"One point prepared for John Glenn ahead of the flight read: “{VIEW}.”",
        f"John Glenn and Scott Carpenter said, “{VIEW}.”",
        f"“{VIEW},” John Glenn, the pilot, and Scott Carpenter, his friend, said in a letter.",
        f"John Glenn talked to a clerk. “{VIEW},” the clerk said.",
        f"The office of John Glenn said, “{VIEW}.”",
        f"“{VIEW},” he said.",
        f"John Glenn flew home. “{VIEW},” the report said.",
    ],
)
def test_nobody_is_named_where_nobody_is_known_to_have_said_it(text: str) -> None:
    assert speakers(FLIGHT + text + "\n") == [""]


def test_a_quotation_that_is_interrupted_has_one_speaker() -> None:
    assert (
        speakers(FLIGHT + "“The view of the Earth,” said John Glenn, “was worth every hour of all our training.”\n") == ["John Glenn"] * 2
    )


def test_a_speaker_goes_on_in_the_next_sentence_and_in_the_next_paragraph() -> None:
    text = f"“The food was bad,” John Glenn said. “{VIEW}.\n\n“And the Earth is small when you look at it from up there.”\n"
    assert speakers(FLIGHT + text) == ["John Glenn"] * 3


def test_a_quotation_of_several_paragraphs_is_its_speakers_who_is_named_last() -> None:
    text = f"“{VIEW}.\n\n“The Earth is small when you look at it from up there.\n\n“And it is blue,” said John Glenn.\n"
    assert speakers(FLIGHT + text) == ["John Glenn"] * 3


def test_in_a_transcript_each_turn_is_its_speakers() -> None:
    text = (
        "John Glenn and Scott Carpenter spoke over the radio that morning.\n\nGLENN: The view of the Earth is worth all of it.\n\n"
        "CARPENTER: The wind over the sea is low today.\n\nGLENN: The fuel will last for three orbits.\n\nCARPENTER: We see your light.\n"
    )
    assert speakers(FLIGHT + text) == ["John Glenn", "Scott Carpenter"] * 2


def test_two_who_ask_and_answer_are_not_mixed_up() -> None:
    text = (
        "“Who will fly the capsule home to us today?” asked John Glenn. “I will fly it home to Florida,” Scott Carpenter said. "
        "When John Glenn asked “who will pay for the boat,” Scott Carpenter answered “the Navy will pay for all of it.”\n"
    )
    assert speakers(FLIGHT + text) == ["John Glenn", "Scott Carpenter", "John Glenn", "Scott Carpenter"]


def test_a_name_after_a_role_explains_who_it_is() -> None:
    text = f"John Glenn flew in 1962. His wife's spokeswoman, Ann Lee, said, “{VIEW}.”\n"
    assert speakers(FLIGHT + text) == ["Ann Lee"]


def test_a_bare_surname_is_its_own_articles_before_the_decks() -> None:
    other = "Another flight\n\nJane Glenn of Ohio opened a school. Jane Glenn said it was the best day of the year.\n"
    text = FLIGHT + f"John Glenn flew in 1962.\n\n“{VIEW},” Glenn said.\n"
    assert speakers(text, other) == ["John Glenn"]


def test_a_surname_that_its_article_never_gives_in_full_is_the_decks_one_holder() -> None:
    other = "Another flight\n\nJohn Glenn flew in 1962. John Glenn was a senator of Ohio, too.\n"
    assert speakers(FLIGHT + f"“{VIEW},” Glenn said.\n", other) == ["John Glenn"]


def test_a_surname_of_two_people_means_whom_the_article_has_called_by_it() -> None:
    known = f"John Glenn flew in 1962. Glenn was a pilot before. He married Annie Glenn in 1943.\n\n“{VIEW},” Glenn said.\n"
    pair = f"John Glenn and Annie Glenn came to Florida.\n\n“{VIEW},” Glenn said.\n"
    titled = f"John Glenn and Annie Glenn came to Florida.\n\n“{VIEW},” Mrs. Glenn said.\n"
    assert [speakers(FLIGHT + text) for text in (known, pair, titled)] == [["John Glenn"], [""], ["Annie Glenn"]]


@pytest.mark.parametrize(
    ("named", "surname", "full"),
    [
        ("Tony Hall, a congressman from Ohio, spoke", "Hall", "Tony Hall"),
        ("Robert “Bob” Crippen spoke", "Crippen", "Robert Crippen"),
        ("Vincent van Gogh spoke", "van Gogh", "Vincent van Gogh"),
        ("Margaret Chase-Smith, 52, spoke", "Chase-Smith", "Margaret Chase-Smith"),
        ("Sandra O’Connor spoke", "O’Connor", "Sandra O’Connor"),
    ],
)
def test_a_name_is_found_whatever_it_looks_like(named: str, surname: str, full: str) -> None:
    text = f"The debate\n\n{named} to the workers of the town on Monday.\n\n“The hungry of this country vote as well,” {surname} said.\n"
    assert speakers(text) == [full]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pope Francis came to the town. “The poor of this world wait for all of us,” Francis said.", "Pope Francis"),
        ("Pope Francis came to the town. “The poor of this world wait for all of us,” the pope said.", "Pope Francis"),
        ("Scott Carpenter quoted John Glenn as saying “the poor of this world wait for all of us.”", "John Glenn"),
        ("“The poor of this world wait for all of us,” said Glenn's lawyer, Ann Lee. John Glenn was silent.", "Ann Lee"),
        ("Scott Carpenter took a swipe at “the men in Washington who never flew.”", "Scott Carpenter"),
        ("Adele came. Adele sang. Adele waved. Adele laughed. “The poor of this world wait for all of us,” Adele said.", "Adele"),
        ("Bill and Hillary Clinton met a clerk in Ohio. Bill Clinton wrote, “The poor of this world wait for us.”", "Bill Clinton"),
    ],
)
def test_the_one_who_speaks_is_told_from_the_one_who_is_only_named(text: str, name: str) -> None:
    assert speakers(FLIGHT + text + "\n") == [name]


def test_what_is_no_person_is_described() -> None:
    text = FLIGHT + (
        "“The engine was cold for an hour,” the report of the accident board said.\n\n"
        "“The pilot did all that a pilot can do,” the inspector general wrote.\n"
    )
    assert [(said.by, said.name) for said in attributed(text)] == [("document", ""), ("position", "")]
    assert all(said.described for said in attributed(text))


def test_to_whom_it_was_said_is_told() -> None:
    (said,) = attributed(FLIGHT + f"John Glenn told the Senate of Ohio, “{VIEW}.”\n")
    assert said.to == "the Senate of Ohio"


SENTENCES = st.sampled_from(
    [f"“{VIEW},” John Glenn said.", "He smiled.", "Scott Carpenter, a pilot, said: “We were ready for the sea.”", "“Yes.”", '"No,', "- “a",
     "''Well,'' she said, ''it was cold in there.''", "The “zero gravity” flight was long.", "JOHN GLENN: “Go!”", "— Annie Glenn", "“"]
)  # fmt: skip


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.sampled_from([" ", "\n\n", "\r\n\r\n"]))
@settings(max_examples=60, deadline=None)
def test_every_quotation_is_listed_once_in_order_and_its_words_are_there(sentences: list[str], gap: str) -> None:
    text = FLIGHT + gap.join(sentences) + "\n"
    end = 0
    for said in attributed(text):
        assert end <= said.quote.start < said.quote.end <= len(text)
        assert text[said.quote.start : said.quote.end].strip("“”\"'")
        assert not said.name or (said.speaker is not None and said.by == "person" and 0 < said.confidence <= 1)
        end = said.quote.end


@given(st.text(alphabet="abI HeShe said. ,:—-\"“”''‘’«»`()!?\n5", max_size=90))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    for said in attributed(FLIGHT + "John Glenn said: “Go.” " + text + "\n"):
        assert 0.0 <= said.confidence <= 1.0


def test_marks_and_line_ends_do_not_change_who_speaks() -> None:
    text = FLIGHT + f"John Glenn flew in 1962.\n\n“{VIEW},” he said. “It was cold in there.”\n\nScott Carpenter agreed: “It was.”\n"
    straight = text.replace("“", '"').replace("”", '"')
    doubled = text.replace("“", "''").replace("”", "''")
    assert [said.name for said in attributed(text)] == ["John Glenn", "John Glenn", "Scott Carpenter"]
    assert {tuple(said.name for said in attributed(each)) for each in (text, straight, doubled, text.replace("\n", "\r\n"))} == {
        ("John Glenn", "John Glenn", "Scott Carpenter")
    }
