"""``generate`` and ``facts`` on files, folders and pipes: real processes, their output, their exit codes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from quizzer import deckfile

from ..program import run as quizzer

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
RUN = [sys.executable, "-m", "quizzer"]
FIELDS = {"article", "kind", "evidence_start", "evidence_end", "evidence", "answer", "confidence", "resolved_from"}
OF_QUOTATIONS = {"quote_start", "quote_end", "quote", "speaker", "form"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of good and bad articles, some in a folder within."""
    place = tmp_path / "news"
    (place / "more").mkdir(parents=True)
    for name in ("mine-rescue.txt", "earthquake.txt"):
        shutil.copyfile(ARTICLES / name, place / name)
    shutil.copyfile(ARTICLES / "lunar-crash.txt", place / "more" / "earthquake.txt")  # two of one name
    (place / "empty.txt").touch()
    (place / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (place / "german.txt").write_text("Der Minister sprach am Montag mit den Abgeordneten über den Haushalt und die Schulen.", "utf-8")
    return place


def run(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    done = quizzer(words, folder=Path.cwd(), stdin=stdin.encode(), news=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_folder_makes_one_deck_and_what_cannot_be_read_is_told(folder: Path, tmp_path: Path) -> None:
    done = run("generate", folder, "-o", tmp_path / "deck.yaml")
    assert done.returncode == 0
    assert done.stderr.count("left out: ") == 3
    for name in ("empty.txt", "binary.txt", "german.txt"):
        assert name in done.stderr
    deck = deckfile.load(tmp_path / "deck.yaml")
    assert len(deck.sources) == 3
    assert {one.source for question in deck.questions for one in question.evidence} <= {source.id for source in deck.sources}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
def test_a_file_whose_name_is_no_text_is_an_article_all_the_same(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"mine-\xff-rescue.txt")
    shutil.copyfile(ARTICLES / "mine-rescue.txt", odd)
    told = [json.loads(line) for line in run("facts", tmp_path, "--json").stdout.splitlines()]
    assert {one["article"] for one in told} == {"mine-\ufffd-rescue.txt"}
    assert "mine-\ufffd-rescue.txt" in run("facts", odd).stdout
    assert run("generate", odd, "-o", tmp_path / "deck.yaml").returncode == 0
    assert deckfile.load(tmp_path / "deck.yaml").questions


def test_a_deck_is_the_same_whoever_works(folder: Path) -> None:
    alone = run("generate", folder)
    many = run("generate", folder, "--jobs", "2")
    assert many.returncode == alone.returncode == 0
    assert many.stdout == alone.stdout
    assert "question" in alone.stdout


def test_articles_none_of_which_can_be_read_are_an_error(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).touch()
    done = run("generate", tmp_path, "-o", tmp_path / "deck.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("quizzer: None of the 2 articles could be read.")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "deck.yaml").exists()


def test_what_is_known_of_an_article_is_told_on_the_command_line(tmp_path: Path) -> None:
    given = ["--title", "Out of the mine", "--publisher", "Example Wire", "--date", "2010-10-14", "--url", "https://example.org/mine"]
    done = run("generate", ARTICLES / "mine-rescue.txt", "-o", tmp_path / "deck.yaml", *given)
    assert done.returncode == 0
    deck = deckfile.load(tmp_path / "deck.yaml")
    (source,) = deck.sources
    assert deck.title == source.title == "Out of the mine"
    assert (source.publisher, source.date, source.url) == ("Example Wire", "2010-10-14", "https://example.org/mine")


def test_one_address_is_not_given_to_several_articles(folder: Path) -> None:
    assert run("generate", folder, "--url", "https://example.org").returncode == 2


def test_facts_are_json_lines_whose_evidence_is_the_text_itself(folder: Path) -> None:
    done = run("facts", folder / "mine-rescue.txt", folder / "earthquake.txt", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"quotation", "when"} <= {row["kind"] for row in rows}
    order = []
    for row in rows:
        text = (folder / row["article"]).read_bytes().decode("utf-8")
        assert row.keys() == (FIELDS | OF_QUOTATIONS if row["kind"] == "quotation" else FIELDS)
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"] != ""
        assert 0 <= row["confidence"] <= 1
        for place in row["resolved_from"]:
            assert place.keys() == {"article", "start", "end", "text"}
            assert text[place["start"] : place["end"]] == place["text"]
        if row["kind"] == "quotation":
            assert text[row["quote_start"] : row["quote_end"]] == row["quote"] != ""
        order.append((["mine-rescue.txt", "earthquake.txt"].index(row["article"]), row["evidence_start"]))
    assert order == sorted(order)
    assert "Luis Urzúa" in {row.get("speaker") for row in rows}


def test_every_quotation_is_a_fact_with_or_without_a_speaker(tmp_path: Path) -> None:
    text = (
        "The council met in Dover on Monday to talk about the bridge.\n\n“We will mend the bridge before the winter comes,” it said on "
        "a sheet.\n\nThe so-called “iron bridge” had been closed in 2011."
    )
    (tmp_path / "bridge.txt").write_text(text, "utf-8")
    rows = [json.loads(line) for line in run("facts", tmp_path / "bridge.txt", "--json").stdout.splitlines()]
    quotes = [row for row in rows if row["kind"] == "quotation"]
    assert [(row["quote"].rstrip(","), row["speaker"]) for row in quotes] == [
        ("We will mend the bridge before the winter comes", ""),
        ("iron bridge", ""),
    ]


def test_facts_can_be_quotations_alone(folder: Path) -> None:
    every = [json.loads(line) for line in run("facts", folder / "mine-rescue.txt", "--json").stdout.splitlines()]
    alone = [json.loads(line) for line in run("facts", folder / "mine-rescue.txt", "--json", "--quotations").stdout.splitlines()]
    assert alone == [row for row in every if row["kind"] == "quotation"]
    assert 0 < len(alone) < len(every)


def test_facts_for_people_mark_the_words(folder: Path) -> None:
    done = run("facts", "-", stdin=(folder / "mine-rescue.txt").read_text("utf-8"))
    assert done.returncode == 0
    assert "«August 5, 2010" in done.stdout
    assert done.stdout.startswith("standard input")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_facts_name_what_cannot_be_read_and_go_on(folder: Path) -> None:
    done = run("facts", folder, "--json", "--jobs", "2")
    assert done.returncode == 0
    assert done.stderr.count("quizzer: ") == 3
    names = list(dict.fromkeys(json.loads(line)["article"] for line in done.stdout.splitlines()))
    assert len(names) == 3
    assert "mine-rescue.txt" in names


def test_a_reader_who_leaves_early_is_no_trouble(folder: Path) -> None:
    command = f"{sys.executable} -m quizzer facts {folder} --json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=100)
    assert done.stdout == "{"
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("hurry", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_file_and_no_worker(folder: Path, tmp_path: Path, hurry: signal.Signals) -> None:
    text = (folder / "mine-rescue.txt").read_text("utf-8")
    for number in range(60):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    spill = tmp_path / "spill"
    spill.mkdir()
    process = subprocess.Popen(
        [*RUN, "generate", str(folder), "-o", str(tmp_path / "deck.yaml"), "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(spill)}, start_new_session=True,
    )  # fmt: skip
    workers: list[int] = []
    for _ in range(200):
        workers = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        if len(workers) >= 3:  # with the tracker of shared things
            break
        time.sleep(0.05)
    assert len(workers) >= 2
    time.sleep(0.3)
    process.send_signal(hurry)
    _, told = process.communicate(timeout=60)
    assert process.returncode == (130 if hurry is signal.SIGINT else -signal.SIGKILL)
    assert b"Traceback" not in told
    assert (b"quizzer: interrupted." in told) == (hurry is signal.SIGINT)
    for _ in range(100):
        left = [worker for worker in workers if alive(worker)]
        if not left:
            break
        time.sleep(0.05)
    assert not left
    assert not (tmp_path / "deck.yaml").exists()
    assert list(spill.iterdir()) == []
