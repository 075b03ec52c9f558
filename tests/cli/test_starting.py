"""``quizzer new``, as people run it, and what it asks on a terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quizzer import deckfile
from quizzer.authoring import starting
from quizzer.cli import cli
from quizzer.cli.starting import KINDS, new
from quizzer.core.errors import QuizzerError
from quizzer.core.kinds import Cloze, Plain, Statement

from ..program import run as quizzer

ARTICLE = Path(__file__).parent.parent / "data" / "articles" / "mine-rescue.txt"
Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(folder)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> str:
        """Run it, and return what it prints on standard error; raises what is refused."""
        done = CliRunner().invoke(cli, ["new", *(os.fspath(word) for word in words)])
        if done.exception is not None:
            raise done.exception
        assert done.stdout == ""
        return done.stderr

    return call


def test_a_title_is_enough_and_nothing_is_left_but_to_write_the_question(folder: Path) -> None:
    done = quizzer(["new", "After the vote"], folder=folder, environment={"LC_ALL": "en_US.UTF-8"})
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "wrote decks/after-the-vote.yaml",
        "next: write your questions there, in your editor or with `quizzer edit decks/after-the-vote.yaml`; `quizzer check` finds mistakes",
    ]
    deck = deckfile.load(folder / "decks" / "after-the-vote.yaml")
    assert (deck.id, deck.title, deck.language) == ("after-the-vote", "After the vote", "en-US")
    problems, _ = deckfile.check_all([folder / "decks"])
    assert [problem.code for problem in problems] == ["D317"]
    quizzer(["new", "All", *(word for kind in KINDS for word in ("--kind", kind))], folder=folder)
    assert quizzer(["fmt", "--check", "decks"], folder=folder).returncode == 0


def test_a_file_is_enough_too_and_a_title_in_any_alphabet_names_it(run: Run, folder: Path) -> None:
    run("decks/two_men-on-the-moon.yaml")
    assert deckfile.load(folder / "decks" / "two_men-on-the-moon.yaml").title == "Two men on the moon"
    run("После выборов")
    assert deckfile.load(folder / "decks" / "posle-vyborov.yaml").title == "После выборов"


def test_all_can_be_told_by_options(run: Run, folder: Path) -> None:
    told = ("--language", "de", "--description", "What it is about.", "--question", "Hauptstadt?", "--answer", "Lima")
    source = ("--publisher", "Example Wire", "--headline", "Lima wins", "--date", "2021-02", "--url", "https://example.org/lima")
    run("Peru", "-o", "peru.yaml", "--kind", "cloze", "--kind", "true/false", *told, *source, "--yes")
    deck = deckfile.load(folder / "peru.yaml")
    assert (deck.language, deck.description) == ("de", "What it is about.")
    assert [type(question) for question in deck.questions] == [Plain, Cloze, Statement]
    (found,) = deck.sources
    assert (found.id, found.date, found.url, found.sha256) == ("example-wire-lima-wins", "2021-02", "https://example.org/lima", "")


def test_an_article_becomes_a_source_as_it_would_in_generating(run: Run, folder: Path) -> None:
    run("Rescue", "--article", ARTICLE, "--publisher", "Example Wire", "--kind", "evidence")
    deck = deckfile.load(folder / "decks" / "rescue.yaml")
    (source,) = deck.sources
    assert (source.publisher, source.date, len(source.sha256)) == ("Example Wire", "2010-10-14", 64)
    assert deck.questions[0].evidence[0].source == source.id
    with pytest.raises(SystemExit):
        run("Two", "--article", ARTICLE, "--article", ARTICLE, "--url", "https://example.org")
    run("Two", "--article", ARTICLE, "--article", ARTICLE)
    assert len({source.id for source in deckfile.load(folder / "decks" / "two.yaml").sources}) == 2
    with pytest.raises(QuizzerError, match="there is no such file"):
        run("Three", "--article", "nowhere.txt")


def test_what_cannot_be_is_told_in_a_line_and_nothing_is_written(run: Run, folder: Path) -> None:
    run("Peru")
    before = (folder / "decks" / "peru.yaml").read_bytes()
    for words, told in {
        ("Peru",): "is there already",
        ("Peru", "-o", "peru.yaml"): "has the id 'peru' already",
        ("Chile", "-o", "chile.txt"): "a deck is a .yaml file. Name it 'chile.yaml'.",
        ("Chile", "-o", "nowhere/chile.yaml"): "Make its folder first",
        ("Chile", "--language", "spanish"): "is not a language tag",
        ("Chile", "--question", "Where?"): "go together",
        ("Chile", "--url", "https://example.org", "--date", "soon"): "D206 'soon' is not a date",
        (" ",): "needs a title",
    }.items():
        with pytest.raises(QuizzerError, match=told) as error:
            run(*words)
        assert str(error.value).count("\n") == 0
    done = quizzer(["new"], folder=folder)
    assert (done.returncode, done.stderr.startswith("quizzer: name the deck")) == (2, True)
    assert (folder / "decks" / "peru.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.rglob("*")) == [".deck.schema.json", "decks", "peru.yaml"]


def test_the_kinds_offered_are_the_samples_there_are() -> None:
    (kinds,) = [
        one.type.choices
        for one in new.params
        if isinstance(one, click.Option) and one.name == "kind" and isinstance(one.type, click.Choice)
    ]
    assert tuple(kinds) == KINDS == starting.KINDS


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de-AT"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "sr_RS@latin"}, "sr-RS"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en-GB"),
    ],
)
def test_the_language_is_the_terminal_s(environment: dict[str, str], tag: str) -> None:
    assert starting.language_of(environment) == tag


def at_a_terminal(folder: Path, typed: list[str | None]) -> tuple[int, str]:
    """Run ``quizzer new`` on a terminal, answer each of its prompts (None: interrupt it), and return its exit code and what was shown."""
    parent, child = pty.openpty()
    env = {**os.environ, "LC_ALL": "en_GB.UTF-8", "TERM": "dumb", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "quizzer", "new"], cwd=folder, env=env, stdin=child, stdout=child, stderr=child
    ) as process:
        os.close(child)
        shown, waiting, interrupted = "", list(typed), False
        while True:
            if not select.select([parent], [], [], 2 if interrupted else 60)[0]:
                if not interrupted or process.poll() is not None:
                    break
                process.send_signal(signal.SIGINT)  # one that comes just before it reads is seen with the next
                continue
            try:
                piece = os.read(parent, 4096)
            except OSError:  # it has ended
                break
            shown += piece.decode()
            if waiting and shown.endswith(": "):
                answer = waiting.pop(0)
                if answer is None:
                    interrupted = True
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(parent, answer.encode() + b"\n")
        else:
            process.terminate()  # where it waits for more than was typed
        code = process.wait(60)
    os.close(parent)
    assert "Traceback" not in shown, shown
    return code, shown.replace("\r\n", "\n")


def test_on_a_terminal_it_asks_and_asks_again_where_an_answer_cannot_be(folder: Path) -> None:
    (folder / "wire.txt").write_bytes(ARTICLE.read_bytes())
    (folder / "decks" / "rescued.yaml").write_text("title: T\nquestions: [{question: a, answer: b}]\n", "utf-8")
    typed: list[str | None] = ["Rescued", "", "decks/miners", "english", "", "none.txt", "wire.txt", "How many miners were trapped?", "33"]
    code, shown = at_a_terminal(folder, typed)
    assert code == 0
    assert "File [decks/rescued.yaml]: \n  decks/rescued.yaml: is there already." in shown
    assert "Language [en-GB]: english\n  'english' is not a language tag" in shown
    assert "none.txt\n  none.txt: there is no such file." in shown
    assert "wrote decks/miners.yaml\nnext: " in shown
    deck = deckfile.load(folder / "decks" / "miners.yaml")
    assert (deck.title, deck.language, len(deck.sources)) == ("Rescued", "en-GB", 1)
    (question,) = deck.questions
    assert isinstance(question, Plain)
    assert (question.question, question.answer) == ("How many miners were trapped?", "33")


def test_an_interrupt_leaves_nothing_behind(folder: Path) -> None:
    code, shown = at_a_terminal(folder, ["Peru", None])
    assert (code, "interrupted" in shown) == (130, True)
    assert list((folder / "decks").iterdir()) == []
