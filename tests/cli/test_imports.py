"""What may not be loaded before it is needed."""

import subprocess
import sys

import pytest

from quizzer.core import grading

HEAVY = (
    "textual",
    "spacy",
    "sqlite_utils",
    "fsrs_rs_python",
    "yaml",
    "ruamel",
    "trafilatura",
    "rapidfuzz",
    "tabulate",
    "tomlkit",
    "anyascii",
    "jinja2",
    "markdown_it",
    "plutoprint",
)


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return {name.partition(".")[0] for name in done.stdout.splitlines()}


@pytest.mark.parametrize(
    "code",
    [
        "import quizzer.cli",
        "from quizzer.cli import cli; cli.main(['--help'], standalone_mode=False)",
        "from quizzer.cli import cli; cli.main(['generate', '--help'], standalone_mode=False)",
        "from quizzer.cli import cli; cli.main(['import', '--help'], standalone_mode=False)",
        "from quizzer.cli import cli; cli.main(['print', '--help'], standalone_mode=False)",
        "from quizzer.cli import cli; cli.main(['new', '--help'], standalone_mode=False)",
    ],
)
def test_help_and_the_command_line_load_nothing_heavy(code: str) -> None:
    assert loaded_after(code).isdisjoint(HEAVY)


def test_the_command_line_does_not_load_the_grader() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, quizzer.cli; print('quizzer.core.grading' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "False"


def test_checking_decks_loads_neither_textual_nor_spacy_nor_sql() -> None:
    assert loaded_after("import quizzer.deckfile").isdisjoint({"textual", "spacy", "sqlite3", "sqlite_utils"})


def test_printing_html_loads_no_maker_of_pdf_and_neither_textual_nor_spacy_nor_sql() -> None:
    loaded = loaded_after("import quizzer.paper, quizzer.paper.pages, quizzer.paper.parts")
    assert loaded.isdisjoint({"textual", "spacy", "sqlite3", "sqlite_utils", "plutoprint"})


def test_deciding_on_proposals_loads_neither_spacy_nor_sql() -> None:
    assert loaded_after("import quizzer.authoring").isdisjoint({"textual", "spacy", "sqlite3", "sqlite_utils"})
    assert loaded_after("import quizzer.tui.proposing").isdisjoint({"spacy", "sqlite3", "sqlite_utils"})


def test_a_session_opens_without_the_grader_which_knows_all_its_names_all_the_same() -> None:
    code = "import sys, quizzer.study; print([name for name in sys.modules if name.startswith('quizzer.core.grading.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
    assert all(hasattr(grading, name) for name in grading.__all__)
    assert not hasattr(grading, "nothing_of_the_kind")
