"""A deck file, read: text to nodes to Deck, with everything that is wrong noted on the way.

Reading never raises for what a file holds. ``load`` does, for whoever needs a sound deck.
"""

import re
from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import choice, files, ignoring, images, lint, naming, rules, truth, whole, wording
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.codes import CODES
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.log import Log
from quizzer.deckfile.nodes import Items, Node, Table, Text, compose, paused_gc
from quizzer.deckfile.problems import Lines, Problem, Unreadable, quoted
from quizzer.deckfile.questions import TELLS, read_question
from quizzer.deckfile.shapes import Shape, described, key_node, pick, unknown_keys
from quizzer.deckfile.truth import Articles

FORMAT = 1
_MARKER = re.compile(r"^<{7,}(?: |$)", re.MULTILINE)
DECK = Shape(Deck, without=["questions"])
_OF_ARTICLES = ("Q201", "Q202", "Q210")  # looked for where articles are at hand
ELSEWHERE = (*_OF_ARTICLES, *ignoring.OF_IMAGES)  # what the text of a deck alone does not tell
KEYS = ("format", *DECK.readers, "questions")


def read(path: Path) -> Draft:
    """Return the file as a draft; whatever is wrong with it is in the draft's log."""
    try:
        file = files.read(path)
    except Unreadable as error:
        log = Log(str(path), "")
        log.stop(error)
        return Draft(path, log)
    return parse(file, path)


def parse(file: DeckText, path: Path, *, judge: bool = True) -> Draft:
    """Return the text as a draft, read as if it stood at ``path``; without ``judge`` no rule is held against what was read."""
    draft = Draft(path, Log(str(path), file.text), file)
    with paused_gc():
        try:
            root = compose(file.text, draft.log.at)
        except Unreadable as error:
            draft.log.stop(_of_git(file.text) or error)
            return draft
        if root is None or (isinstance(root, Text) and not root.value):
            draft.log.stop(Unreadable("D009", "nothing is in this file. The smallest deck is a `title:` and `questions:`."))
        elif isinstance(root, Table):
            _read_deck(root, draft)
            if judge and draft.deck is not None:
                rules.BOOK.judge(draft)
        else:
            message = f"a deck is keys and values (`title:`, `questions:`); this is {described(root)}."
            if isinstance(root, Items):
                message += " Write `questions:` above the list."
            draft.log.add("D103", root, message)
    return draft


def _of_git(text: str) -> Unreadable | None:
    """Return what is wrong with a file in which a merge left both versions of something."""
    found = _MARKER.search(text)
    if not found or not all(re.search(f"^{mark}", text, re.MULTILINE) for mark in ("={7}", ">{7}")):
        return None
    more = len(_MARKER.findall(text)) - 1
    others = f" So it is in {more} more {'place' if more == 1 else 'places'}." if more else ""
    message = f"git's conflict marker: two versions stand here. Keep one of them, or of both, and remove the marked lines.{others}"
    line, column = Lines(text).at(found.start())
    return Unreadable("D013", message, line=line, column=column)


def load(path: Path) -> Deck:
    """See ``quizzer.deckfile.load``."""
    return sound(read(path))


def sound(draft: Draft, *, empty: bool = False) -> Deck:
    """Return the draft's deck; with ``empty``, one that has no questions yet will do.

    Raises:
        DeckError: the draft's log holds errors.
    """
    errors = [problem for problem in draft.log.problems() if problem.severity == "error" and not (empty and problem.code == "D201")]
    if not errors and draft.deck is not None:
        return draft.deck
    more = f" (and {len(errors) - 1} more: `quizzer check {draft.path}` shows them)" if len(errors) > 1 else ""
    raise DeckError(f"{errors[0]}{more}")


def check(path: Path, *, asked: Choice | None = None, articles: Articles | None = None) -> list[Problem]:
    """See ``quizzer.deckfile.check``."""
    return problems_of(read(path), with_images=True, asked=asked, articles=articles)


def check_all(paths: list[Path], *, asked: Choice | None = None, articles: Articles | None = None) -> tuple[list[Problem], int]:
    """See ``quizzer.deckfile.check_all``."""
    wanted: dict[Path, Path] = {}  # by what it is, so that a file named twice is read once
    for path in paths:
        for file in files.find(path) if path.is_dir() else [path]:
            wanted.setdefault(_real(file), file)
    problems: list[Problem] = []
    first: dict[str, Path] = {}
    for path in wanted.values():
        draft = read(path)
        if draft.deck is not None and draft.root is not None and draft.deck.id:
            if draft.deck.id in first:
                key = key_node(draft.root, "id")
                draft.log.add("D205", key, f"the deck id {quoted(draft.deck.id)} is also that of {first[draft.deck.id]}. Change one.")
            first.setdefault(draft.deck.id, path)
        problems += problems_of(draft, with_images=True, asked=asked, articles=articles)
    return sorted(problems), len(wanted)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a ring of links, a NUL in the name: reading it will say so
        return path


def problems_of(draft: Draft, *, with_images: bool = False, asked: Choice | None = None, articles: Articles | None = None) -> list[Problem]:
    """Return all that is wrong with a draft, warnings among it, less what the deck or ``asked`` leaves out.

    ``with_images``: and what is wrong with the images beside its file; ``articles``: and with its evidence.
    """
    if draft.deck is None:
        return draft.log.problems()
    wanted = choice.of_deck(draft.deck.lint, asked)
    with paused_gc():
        if with_images:
            images.judge(draft)
        english = draft.deck.language.lower().startswith("en")
        for module in (lint, wording, whole):
            module.BOOK.judge(draft, wanted.wants)
        for module in (lint, wording, whole, truth) if english else ():
            module.ENGLISH.judge(draft, wanted.wants)
        if articles is not None:
            for code, node, message in truth.judge_sources(draft, articles):
                draft.log.add(code, node, message)
    problems = [problem for problem in draft.log.problems() if _is_told(problem.code, wanted, asked)]
    judged = {code for code in CODES if wanted.wants(code) and (articles is not None or code not in _OF_ARTICLES)}
    return [
        problem
        for problem in ignoring.without_ignored(draft, problems, judged=judged)
        if problem.code != ignoring.CODE or wanted.wants(ignoring.CODE)
    ]


def _is_told(code: str, wanted: Choice, asked: Choice | None) -> bool:
    """Whether a problem is told: a deck cannot leave out what keeps it from being studied, and nothing can a file that is not read."""
    if code.startswith("D0"):
        return True
    return wanted.wants(code) or (not ignoring.can_be_ignored(code) and (asked or Choice()).wants(code))


def _read_deck(root: Table, draft: Draft) -> None:
    log = draft.log
    found = pick(root, log)
    if "format" in found and not _knows_format(found["format"], draft):
        return
    strays = [] if "questions" in found else [key for key in ("question", "answer", *TELLS) if key in found]
    for key in strays:
        message = f"`{key}` belongs to a question. Write `questions:` and the question below it: `- {key}: …`."
        log.add("D102", key_node(root, key), message)
    guesses = unknown_keys(root, KEYS, log, passed=strays)
    values = DECK.values(root, found, log)
    if "title" not in found and "title" not in guesses:
        log.add("D109", root, "this deck has no `title`. Write what learners should see.")
    draft.root = root
    draft.items = _read_questions(root, found, guesses, log)
    draft.named = "id" in found
    name = values.pop("id", "") or naming.deck_id(draft.path.stem)
    _name_questions(draft.items)
    values.setdefault("title", "")
    draft.deck = Deck(id=name, questions=tuple([item.question for item in draft.items]), **values)


def _knows_format(node: Node, draft: Draft) -> bool:
    value: Any = node.value if isinstance(node, Text) else ""
    if value.isascii() and value.isdigit() and len(value) < 10 and int(value) > FORMAT:
        message = f"this deck is of format {int(value)}, written for a newer quizzer; this one reads format {FORMAT}. Update quizzer."
        draft.log.add("D010", node, message)
        return False
    if value != str(FORMAT):
        shown = quoted(value) if isinstance(node, Text) else described(node)
        draft.log.add("D011", node, f"`format` is {FORMAT}, not {shown}.")
    return True


def _read_questions(root: Table, found: dict[str, Node], guesses: set[str], log: Log) -> list[Item]:
    node = found.get("questions")
    if node is None:
        if "questions" not in guesses:
            log.add("D201", root, "this deck has no `questions`. Write one: `- question: …` and `answer: …` below `questions:`.")
        return []
    if isinstance(node, Table):
        log.add("D103", node, "`questions` is keys and values; a list is wanted. Begin every question with a dash: `- question: …`.")
        return []
    if isinstance(node, Text):
        if node.value.strip():
            log.add("D103", node, f"`questions` is {described(node)}; a list is wanted. Begin every question with a dash: `- question: …`.")
        else:
            log.add("D201", node, "this deck has no questions yet. Write one: `- question: …` and `answer: …` below `questions:`.")
        return []
    if not node.nodes:
        log.add("D201", node, "this deck has no questions yet. Write one: `- question: …` and `answer: …`.")
    items = []
    seen: set[int] = set()
    for one in node.nodes:
        if id(one) in seen:
            log.add("D309", one, "this question is in the list twice, by an alias. Remove the alias.")
            continue
        seen.add(id(one))
        question = read_question(one, log)
        if question is not None and isinstance(one, Table):
            items.append(Item(question, one, bool(question.id)))
    return items


def _name_questions(items: list[Item]) -> None:
    """Give the questions that have no id theirs."""
    unnamed = [item for item in items if not item.named]
    taken = [item.question.id for item in items if item.named]
    for item, name in zip(unnamed, naming.question_ids([item.question.text for item in unnamed], taken=taken), strict=True):
        item.question = msgspec.structs.replace(item.question, id=name)
