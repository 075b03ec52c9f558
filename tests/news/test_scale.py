"""What holds however many articles there are and whoever searches them: the same deck, every double found, memory that is bounded."""

import json
import multiprocessing
import pickle
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.cli import cli
from quizzer.core.errors import ArticleError
from quizzer.news import Article, Failed, Generated, Unread, archive, facts, generate, merge, nearness, thrift
from quizzer.news.archive import survey
from quizzer.news.crew import Crew, crew
from quizzer.news.document import pack, parse, unpack
from quizzer.news.entities import Entities, record
from quizzer.news.facts import Fact, Frame
from quizzer.news.language import load
from quizzer.news.nearness import Near
from quizzer.news.proposing import ids
from quizzer.news.ranking import Candidate
from quizzer.news.search import search
from quizzer.news.values import Span

BENCH = Path(__file__).parent.parent / "benchmarks" / "bench_archive.py"
ARTICLE = Path(__file__).parent.parent / "data" / "articles" / "mine-rescue.txt"
SURNAMED = (
    "{first} Calder opened the Fenwick library in Boston on May 3, 2011. Calder praised the readers.\n\nCalder left the library in 2014."
)
words = st.frozensets(st.sampled_from("abcdefghijklmnop"), max_size=9)


@given(st.lists(words, max_size=40), st.sampled_from([0.5, 0.6, 0.75, 1.0]))
@settings(max_examples=150, deadline=None)
def test_every_near_set_is_found(sets: list[frozenset[str]], share: float) -> None:
    loose, strict = Near(sets, share=share), Near(sets, share=share, both=True)
    for number, one in enumerate(sets):
        in_one = {at for at, other in enumerate(sets[:number]) if len(one & other) >= max(share * min(len(one), len(other)), 1)}
        in_both = {at for at, other in enumerate(sets[:number]) if len(one & other) >= max(share * len(one | other), 1)}
        assert in_one <= set(loose.of(one))
        assert in_both <= set(strict.of(one))
        loose.add(one, number)
        strict.add(one, number)


def test_a_word_of_every_set_leads_nowhere_in_a_large_deck() -> None:
    sets = [frozenset(("the", f"word{number}")) for number in range(2 * nearness.COMMON)]
    near = Near(sets, share=0.5, both=True)
    for number, one in enumerate(sets):
        near.add(one, number)
    assert near.of(sets[7]) == [7]


def all_facts(articles: dict[str, Article]) -> list[Fact]:
    documents = list(parse(articles.values(), load()))
    records = [record(document) for document in documents]
    table = Entities(records)
    return [
        fact for document, one in zip(documents, records, strict=True) for fact in search(document, table.part(one)).facts
    ]  # fmt: skip


def test_doubles_are_those_that_comparing_each_with_each_finds(articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch) -> None:
    found = all_facts(articles)
    found += random.Random(3).sample(found, len(found) // 2)
    quick = merge.merge(found)

    class Everything:
        def __init__(self, all_facts: list[Fact]) -> None:
            self._kept: list[int] = []

        def add(self, fact: Fact, number: int) -> None:
            self._kept.append(number)

        def of(self, fact: Fact) -> list[int]:
            return sorted(set(self._kept))

    monkeypatch.setattr(merge, "_Likely", Everything)
    assert merge.merge(found) == quick
    assert quick.pairs


def test_a_parsed_article_comes_back_as_it_was(articles: dict[str, Article]) -> None:
    nlp = load()
    for article in articles.values():
        (document,) = parse([article], nlp)
        again = unpack(article, pack(document), nlp)
        for block, other in zip(document.blocks, again.blocks, strict=True):
            assert (block.paragraph, block.quotes, block.index) == (other.paragraph, other.quotes, other.index)
            assert [(t.text, t.whitespace_, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_) for t in block.doc] == [
                (t.text, t.whitespace_, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_) for t in other.doc
            ]
            assert [(s.start, s.end) for s in block.doc.sents] == [(s.start, s.end) for s in other.doc.sents]
            assert [(e.start, e.end, e.label_) for e in block.doc.ents] == [(e.start, e.end, e.label_) for e in other.doc.ents]


def test_a_deck_is_the_same_when_its_articles_wait_on_the_disk(
    articles: dict[str, Article], decks: dict[str, Generated], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FEW", 0)
    monkeypatch.setattr(archive, "IN_MEMORY", 1)
    assert generate(list(articles.values()), deck_id="deck") == decks["all"]


def test_a_deck_is_the_same_from_two_processes(articles: dict[str, Article], decks: dict[str, Generated]) -> None:
    assert generate(list(articles.values()), deck_id="deck", jobs=2) == decks["all"]
    assert multiprocessing.active_children() == []


def test_a_deck_is_the_same_from_a_cluster(articles: dict[str, Article], decks: dict[str, Generated], tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster:
        assert generate(list(articles.values()), deck_id="deck", dask=cluster.scheduler_address) == decks["all"]
        for words in (["generate", "--yes", "-o", str(tmp_path / "deck.yaml")], ["facts"]):
            done = CliRunner().invoke(cli, [*words, str(ARTICLE), "--dask", cluster.scheduler_address])
            assert done.exit_code == 0, done.output
        assert "when · August 5, 2010" in done.output


def test_a_cluster_that_is_not_there_is_told_in_one_line(articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzer.news.crew.PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense", "nonsense::::", "tcp://a:b"):
        with pytest.raises(ArticleError, match=r"--dask '[^\n]*$"):
            generate(list(articles.values()), deck_id="deck", dask=address)


def test_workers_below_none_are_refused(articles: dict[str, Article]) -> None:
    with pytest.raises(ArticleError, match="--jobs -1"):
        generate(list(articles.values()), deck_id="deck", jobs=-1)


def test_results_come_in_order_and_values_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def values() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    with crew(jobs=2) as workers:
        results = workers.each(abs, values())
        assert next(results) == 0
        assert len(taken) <= 6
        assert list(results) == list(range(1, 40))


def test_no_id_comes_twice_however_many_questions_begin_alike(articles: dict[str, Article]) -> None:
    fact = next(fact for fact in all_facts(articles) if isinstance(fact.frame, Frame))
    stems = [f"On what date did the council of the city open hall {number}?" for number in range(700)]
    chosen = [Candidate(fact, stem, stem) for stem in stems]
    made = ids(chosen)
    assert len(set(made)) == len(made)
    assert made == ids(chosen)


def test_one_bad_article_never_stops_the_rest(tmp_path: Path, articles: dict[str, Article]) -> None:
    good = list(articles.values())
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\x00\xff" * 99)
    bad = [Unread(path=str(tmp_path / name), name=name) for name in ("empty.txt", "binary.txt", "gone.txt")]
    made = generate([bad[0], *good, *bad[1:]], deck_id="deck")
    assert made.deck == generate(good, deck_id="deck").deck
    assert [note.article for note in made.notes if note.action == "unread"] == ["empty.txt", "binary.txt", "gone.txt"]
    assert [one.name for one in facts([*bad, good[0]]) if isinstance(one, Failed)] == ["empty.txt", "binary.txt", "gone.txt"]


def test_a_file_of_gigabytes_is_refused_unread(tmp_path: Path, articles: dict[str, Article]) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(8 * 2**30)  # no blocks on the disk
    good = articles["earthquake.txt"]
    made = generate([Unread(path=str(huge), name="huge.txt"), good], deck_id="deck")
    assert [note.article for note in made.notes if note.action == "unread"] == ["huge.txt"]


def test_the_account_counts_what_it_does_not_list(articles: dict[str, Article], decks: dict[str, Generated]) -> None:
    short = generate(list(articles.values()), deck_id="deck", explain=False)
    assert short.deck == decks["all"].deck
    assert short.counts == decks["all"].counts
    assert short.notes == ()
    assert sum(short.counts.values()) == len(decks["all"].notes)


def test_every_question_comes_with_its_proposal(decks: dict[str, Generated]) -> None:
    made = decks["all"]
    assert [proposal.question for proposal in made.proposals] == list(made.deck.questions)
    ids = {question.id for question in made.deck.questions}
    for proposal in made.proposals:
        assert proposal.why
        assert 0.85 <= proposal.confidence <= 1
        assert set(proposal.alike) <= ids - {proposal.question.id}
        assert all(one.passage for one in proposal.question.evidence)
        for other in made.proposals:
            assert (other.question.id in proposal.alike) == (proposal.question.id in other.alike)


def calders(texts: dict[str, str]) -> dict[str, set[str]]:
    """Whom the name Calder means in each text of a deck."""
    documents = list(parse([Article(name=name, text=text) for name, text in texts.items()], load()))
    records = [record(document) for document in documents]
    table = Entities(records)
    return {
        document.article.name: {
            mention.person.name for block in document.blocks for mention in table.part(one).people.mentions(block).values()
        }
        for document, one in zip(documents, records, strict=True)
    }


def test_a_surname_means_whom_its_own_article_names() -> None:
    """Where an article names nobody so in full, it means the deck's one holder, and nobody where there are two."""
    martin, robert = ({name: SURNAMED.format(first=name)} for name in ("Martin", "Robert"))
    bare = {"bare": "Calder opened the Norwood museum in Denver on June 8, 2012. “It was time,” Calder said."}
    assert calders(martin | bare) == {"Martin": {"Martin Calder"}, "bare": {"Martin Calder"}}
    assert calders(martin | robert | bare) == {"Martin": {"Martin Calder"}, "Robert": {"Robert Calder"}, "bare": set()}


def test_an_article_sees_of_the_table_only_what_it_may_mean(articles: dict[str, Article]) -> None:
    """What goes to a worker does not grow with the archive."""
    nlp = load()
    names = [f"Cal{chr(97 + number)}er" for number in range(20)]
    crowd = [Article(name=name, text=SURNAMED.format(first="Ann").replace("Calder", name)) for name in names]
    small = list(articles.values())[:1]
    sizes = []
    for deck in (small, small + crowd):
        records = [record(document) for document in parse(deck, nlp)]
        sizes.append(len(pickle.dumps(Entities(records).part(records[0]))))
    assert sizes[1] <= 1.1 * sizes[0]


def test_a_full_disk_is_told_in_one_line(articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FEW", 0)
    monkeypatch.setattr(archive, "IN_MEMORY", 1)
    least, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, most))
    try:
        with pytest.raises(ArticleError, match=r"^[^\n]*waits there cannot be written[^\n]*$"):
            generate(list(articles.values()), deck_id="deck")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (least, most))


@given(st.lists(words, max_size=6), st.dictionaries(st.text(max_size=3), st.integers(), max_size=3))
def test_sharing_equal_parts_changes_no_value(sets: list[frozenset[str]], numbers: dict[str, int]) -> None:
    spans = tuple(Span("".join(sorted(one)), len(one), len(one) + 1) for one in sets)
    tree = (tuple(sets), spans, spans, numbers, 1, 1.0, True, None)
    made = thrift.shared(pickle.loads(pickle.dumps(tree)))
    assert made == tree
    assert [type(one) for one in made] == [type(one) for one in tree]


def test_equal_words_of_what_comes_from_elsewhere_are_one(articles: dict[str, Article]) -> None:
    found = tuple(all_facts(articles))
    one, other = (thrift.shared(pickle.loads(pickle.dumps(found))) for _ in range(2))
    assert one == found
    for fact, twin in zip(one, other, strict=True):
        assert fact.key is twin.key


def test_nothing_is_left_of_an_archive_that_was_given_up(articles: dict[str, Article]) -> None:
    with survey(list(articles.values()), Crew()) as opened:
        found = opened.found()
        assert next(found).article == next(iter(articles))
        found.close()
        assert [kept.name for kept in opened.articles] == list(articles)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_memory_is_bounded_on_ten_thousand_articles() -> None:
    """The table of names and the facts themselves grow; what is parsed does not stay in memory."""
    done = subprocess.run([sys.executable, str(BENCH), "1000", "10000", "--json"], capture_output=True, text=True, check=True)
    small, large = map(json.loads, done.stdout.splitlines())
    assert large["megabytes"] < 4 * small["megabytes"]
    assert large["seconds"] < 20 * small["seconds"]
