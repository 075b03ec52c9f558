"""A deck made again from its articles: ids and the author's words stay, evidence moves, what is new is proposed, what is gone is listed."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer import deckfile
from quizzer.authoring import Account, Decision, Sitting, Standing, offer, renew, write
from quizzer.authoring.placing import placed
from quizzer.core.kinds import Deck, Plain
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Reading
from quizzer.deckfile import load, revise, save

from .conftest import ARTICLE, evidence, made, proposals, reading

HAND_WRITTEN = Plain(id="mine", question="What is a krona?", answer="Iceland's money", explanation="By hand.")


def generate(path: Path, text: str = ARTICLE, *, passages: bool = True, name: str = "harbour.txt", id_: str = "harbour") -> Account:
    """What ``quizzer generate harbour.txt -o path`` does off a terminal."""
    read = reading(text, name=name, id_=id_)
    return write(path, offer(path, made(text), proposals(text), [read], passages=passages))


def change(path: Path, name: str, **fields: object) -> None:
    deck = load(path)
    revise(
        path,
        msgspec.structs.replace(
            deck, questions=tuple(msgspec.structs.replace(one, **fields) if one.id == name else one for one in deck.questions)
        ),
    )


@settings(max_examples=40, deadline=None)
@given(
    passages=st.booleans(),
    edits=st.dictionaries(
        st.sampled_from([f"q{number}" for number in range(8)]),
        st.sampled_from(
            [{"explanation": "Mine."}, {"answer": "another"}, {"question": "In other words?"}, {"accept": ("so",)}, {"evidence": ()}]
        ),
        max_size=4,
    ),
    comment=st.booleans(),
)
def test_an_unchanged_article_changes_no_byte(
    passages: bool, edits: dict[str, dict[str, object]], comment: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("renewal") / "deck.yaml"
    generate(path, passages=passages)
    for name, fields in edits.items():
        change(path, name, **fields)
    if comment:
        path.write_text(path.read_text("utf-8").replace("questions:", "# mine\nquestions:   # all"), "utf-8")
    before = path.read_bytes(), path.stat().st_mtime_ns
    account = generate(path, passages=passages)
    assert (account.new, account.moved, account.stale) == (0, 0, ())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


LINES = [
    "A correction was appended to this article.",
    "",
    "The port lies in the north.",
    "Work on it went on.",
    "It cost money; the harbour.",
]


@settings(max_examples=60, deadline=None)
@given(above=st.lists(st.sampled_from(LINES), max_size=4), wrap=st.booleans(), passages=st.booleans(), between=st.sampled_from(LINES))
def test_evidence_moves_with_its_words_and_a_second_run_changes_nothing(
    above: list[str], wrap: bool, passages: bool, between: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("renewal") / "deck.yaml"
    generate(path, passages=passages)
    before = load(path)
    text = "\n\n".join([*above, ARTICLE.replace("for four years.\n", f"for four years.\n{between}\n")])
    text = text.replace("The rock was taken from\nthe hill", "The rock was taken\nfrom the hill") if wrap else text
    account = generate(path, text, passages=passages)
    after = load(path)
    assert [question.id for question in after.questions] == [question.id for question in before.questions]
    assert account.stale == ()
    for question, old in zip(after.questions, before.questions, strict=True):
        for one, was in zip(question.evidence, old.evidence, strict=True):
            assert one.start is not None
            assert text[one.start : one.start + len(one.quote)] == one.quote
            assert one.quote.split() == was.quote.split()
            assert bool(one.passage) == passages
            if one.passage:
                assert one.passage_start is not None
                assert text.startswith(one.passage, one.passage_start)
                assert one.quote in one.passage
        assert msgspec.structs.replace(question, evidence=()) == msgspec.structs.replace(old, evidence=())
    assert after.sources[0].sha256 == reading(text).source.sha256
    once = path.read_bytes()
    again = generate(path, text, passages=passages)
    assert (again.new, again.moved) == (0, 0)
    assert path.read_bytes() == once


def test_evidence_that_moves_gets_the_passage_that_is_read_now_and_no_blanks_at_its_ends(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    text = ARTICLE.replace("was finished in 1917, the", "was finished in 1917,  \nthe")
    generate(path, text)
    again = text.replace("The old harbour", "The very old harbour").replace("said.\n", "said. \t\n")
    fresh = msgspec.structs.replace(
        evidence("was finished in 1917", again), passage="The very old harbour was finished in 1917", passage_start=12
    )
    first, *others = proposals(again)
    asked = (msgspec.structs.replace(first, question=msgspec.structs.replace(first.question, evidence=(fresh,))), *others)
    write(path, offer(path, made(again), asked, [reading(again)]))
    assert load(path).questions[0].evidence == (fresh,)
    write(path, offer(path, made(again), others, [reading(again.replace("REYK", "IN REYK"))]))
    (found,) = load(path).questions[0].evidence
    assert found.passage == "The very old harbour was finished in 1917"
    write(path, offer(path, made(again), others, [reading(again.replace("very old", "old"))]))
    (found,) = load(path).questions[0].evidence
    assert found.passage == found.passage.strip() != ""


def test_of_two_places_with_the_same_words_the_one_with_the_same_surroundings_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    text = "An account of how the railway was closed in 1928 follows.\n\n" + ARTICLE
    generate(path, text)
    one = next(question for question in load(path).questions if question.id == "q7").evidence[0]
    assert one.start == text.rindex("railway was closed in 1928")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("In 2018, the town announced it", "In 2018 the town announced it", "In 2018 the town announced it"),
        ('he said "we built it all"', "he said: “We built it all”", None),
        ('he said "we built it all"', "he said: “we built it all”", "he said: “we built it all"),
        ("it cost 2.5 million kronur then", "it cost 2,5 million kronur then", None),
        ("it cost 2.5 million kronur, then", "it cost 2.5 million kronur then", "it cost 2.5 million kronur then"),
        ("was finished, early", "was finished early", None),
        ("the mayor was re-elected in May", "the mayor was reelected in May", None),
    ],
)
def test_signs_may_change_between_words_but_not_within_numbers(old: str, new: str, found: str | None) -> None:
    moved = placed(Evidence(source="a", quote=old, start=0), f"Before. {new}, and so on.")
    assert (moved.quote if moved else None) == found


def test_the_account_counts_what_is_new_moved_and_stale_and_names_the_stale_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    old = ARTICLE.replace(" The railway was closed in 1928.", "")
    generate(path, old)
    account = generate(path, "Corrected.\n\n" + ARTICLE.replace("2.5 million kronur", "2.6 million kronur"))
    assert str(account) == "1 new, 7 moved, 1 stale"
    (stale,) = account.stale
    assert stale.id == "q6"
    assert "id: q6" in path.read_text("utf-8").splitlines()[stale.line - 1]
    assert load(path).questions[-1].id == "q7"
    assert "q6" in [question.id for question in load(path).questions]


def test_a_stale_question_whose_fact_changed_is_kept_and_the_new_one_proposed_under_another_id(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    text = ARTICLE.replace("cost 2.5 million kronur", "cost 2.6 million kronur")
    new = Plain(
        id="q6",
        question="How much did the old harbour of Reykjavik cost?",
        answer="2.6 million kronur",
        evidence=(evidence("cost 2.6 million kronur", text),),
    )
    proposed = (*proposals(text), msgspec.structs.replace(proposals()[0], question=new))
    found = renew(load(path), proposed, [reading(text)])
    assert [(proposal.question.id, proposal.question.evidence[0].quote) for proposal in found.new] == [("q6-2", "cost 2.6 million kronur")]
    assert found.stale == ("q6",)


def test_a_question_that_quotes_words_that_are_gone_is_stale_though_the_same_is_asked_again(tmp_path: Path) -> None:
    quoted = Plain(
        id="q5",
        question="Who said of the harbour, “We had never built anything like it”?",
        answer="Niels Monberg",
        evidence=(evidence('"We had never built anything like it," Monberg told'),),
    )
    text = ARTICLE.replace("never built anything", "seldom built anything")
    again = msgspec.structs.replace(
        quoted,
        question="Who said of the harbour, “We had seldom built anything like it”?",
        evidence=(evidence('"We had seldom built anything like it," Monberg told', text),),
    )
    deck = msgspec.structs.replace(made(), questions=(quoted,))
    found = renew(deck, [msgspec.structs.replace(proposals()[0], question=again)], [reading(text)])
    assert found.stale == ("q5",)
    assert [proposal.question.id for proposal in found.new] == ["q5-2"]


def test_the_authors_edits_win_over_what_is_generated(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    change(path, "q0", question="When was the harbour done?", answer="In 1917", accept=("1917",), tags=("mine",), distractors=())
    deck = load(path)
    revise(path, msgspec.structs.replace(deck, questions=(HAND_WRITTEN, *deck.questions), title="My harbour"))
    mine = {question.id: question for question in load(path).questions}
    generate(path, "Corrected.\n\n" + ARTICLE)
    after = load(path)
    assert after.title == "My harbour"
    for question in after.questions:
        assert msgspec.structs.replace(question, evidence=()) == msgspec.structs.replace(mine[question.id], evidence=())
    assert after.questions[0] == HAND_WRITTEN


def test_a_question_under_another_id_is_known_by_its_evidence_or_its_words(tmp_path: Path) -> None:
    deck = made()
    renamed = tuple(msgspec.structs.replace(one, id=f"mine-{one.id}") for one in deck.questions)
    in_other_words = tuple(
        msgspec.structs.replace(one, id="words", question=one.question.replace("In which", "In what"), evidence=())
        if isinstance(one, Plain) and one.id == "q0"
        else one
        for one in deck.questions
    )
    for questions in (renamed, in_other_words):
        assert renew(msgspec.structs.replace(deck, questions=questions), proposals(), [reading()]).new == ()


def test_what_was_dropped_is_not_proposed_again_until_it_is_taken_off_the_list(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    sitting = Sitting.begin(path, offer(path, made(), proposals(), [reading()]))
    sitting.decide(Decision(does="keep", ids=("q0", "q1")))
    sitting.decide(Decision(does="drop", ids=("q2", "q3", "q4", "q5", "q6", "q7", "order")))
    assert str(sitting.accept()) == "2 kept, 7 dropped"
    found = renew(load(path), proposals(), [reading()])
    assert (found.new, found.known, found.declined) == ((), 2, 7)
    path.write_text(path.read_text("utf-8").replace("declined: [q2, ", "declined: ["), "utf-8")
    assert [proposal.question.id for proposal in renew(load(path), proposals(), [reading()]).new] == ["q2"]


def test_what_is_undecided_is_neither_written_nor_declined(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    sitting = Sitting.begin(path, offer(path, made(), proposals(), [reading()]))
    sitting.decide(Decision(does="keep", ids=("q0",)))
    assert str(sitting.accept()) == "1 kept, 8 left undecided"
    assert load(path).declined == ()
    assert len(renew(load(path), proposals(), [reading()]).new) == 8


def test_a_stale_question_can_be_dropped_and_is_then_declined(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    text = ARTICLE.replace("The harbour cost 2.5 million kronur. ", "")
    sitting = Sitting.begin(path, offer(path, made(text), proposals(text), [reading(text)]))
    assert [(name, sitting.sifting.entry(name).sort) for name in sitting.sifting.ids] == [("q6", "stale")]
    sitting.decide(Decision(does="drop", ids=("q6",)))
    assert str(sitting.accept()) == "0 new, 1 moved, 0 stale, 1 removed"
    assert "q6" not in [question.id for question in load(path).questions]
    assert load(path).declined == ("q6",)


def test_articles_that_are_not_given_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    other = Plain(id="bridge", question="When?", answer="1901", evidence=(Evidence(source="bridge", quote="opened in 1901", start=4),))
    deck = made()
    sources = (*deck.sources, Source(id="bridge", sha256="ab" * 32))
    save(msgspec.structs.replace(deck, questions=(*deck.questions, other), sources=sources), path)
    generate(path, "Corrected.\n\n" + ARTICLE)
    assert load(path).questions[-1] == other
    assert load(path).sources[1] == sources[1]


def given_as(read: Reading, deck: Deck) -> bool:
    """Whether the deck's only article is taken for the one that was read."""
    found = renew(deck, (), [read])
    return [source.id for source in found.sources] == [source.id for source in deck.sources]


def test_an_article_is_known_by_its_text_its_id_its_address_or_the_name_of_its_file() -> None:
    url = "https://example.org/harbour"
    for source, same in (
        (Source(id="mine", sha256=reading().source.sha256), reading(name="x.txt", id_="x")),
        (Source(id="harbour"), reading("Other text.")),
        (Source(id="mine", url=url), Reading(name="x", text="t", source=Source(id="x", url=url, sha256="00" * 32))),
        (Source(id="old-harbour"), reading("Other text.", name="Old harbour.html", id_="gazette-how-the-port-grew")),
    ):
        assert given_as(same, Deck(id="d", title="t", sources=(source,)))
    assert not given_as(reading(id_="another", name="another.txt"), Deck(id="d", title="t", sources=(Source(id="mine"),)))


def test_an_article_that_is_read_under_another_title_is_known_by_the_evidence_in_it(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    text = ARTICLE.replace("The harbour cost 2.5 million kronur. ", "")
    account = generate(path, text, name="another.txt", id_="another-title")
    assert (account.new, len(account.stale)) == (0, 1)
    assert [source.id for source in load(path).sources] == ["harbour"]
    assert load(path).sources[0].sha256 == reading(text).source.sha256


def test_what_the_author_changes_in_the_file_while_deciding_stays(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path, ARTICLE.replace(" The railway was closed in 1928.", ""))
    sitting = Sitting.begin(path, offer(path, made(), proposals(), [reading()]))
    sitting.decide(Decision(does="keep", ids=("q7",)))
    path.write_text("# written meanwhile\n" + path.read_text("utf-8").replace("answer: 1913", "answer: 1913   # sure?"), "utf-8")
    sitting.accept()
    text = path.read_text("utf-8")
    assert text.startswith("# written meanwhile\n")
    assert "answer: 1913   # sure?" in text
    assert load(path).questions[-1].id == "q7"
    assert [problem for problem in deckfile.check(path) if problem.severity == "error"] == []


def test_the_sitting_shows_where_the_stale_stand(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    generate(path)
    text = ARTICLE.replace("was finished in 1917", "was finished early")
    sitting = Sitting.begin(path, offer(path, made(text), proposals(text), [reading(text)]))
    again = Sitting.reopen(path)
    for one in (sitting, again):
        assert [one.sifting.entry(name).standing for name in one.sifting.ids] == [Standing.OPEN] * len(one.sifting.ids)
        assert one.sifting.entry("q0").proposal is None
    assert again.offered == sitting.offered
