"""How rules are kept: one function a rule, under its code, for decks or for questions of some kinds."""

from collections.abc import Callable, Iterator
from typing import get_args

from quizzer.core.kinds import Question
from quizzer.deckfile.codes import CODES
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.nodes import Node

Found = Iterator[tuple[Node, str]]  # where, and what is wrong and what to do
QuestionRule = Callable[[Item], Found]
DeckRule = Callable[[Draft], Found]


class Rulebook:
    """Rules that are judged together. Every code must have its prose in ``CODES``."""

    def __init__(self) -> None:
        self._of_kind: dict[type, list[tuple[str, QuestionRule]]] = {kind: [] for kind in get_args(Question)}
        self._of_deck: list[tuple[str, DeckRule]] = []

    def question(self, code: str, *kinds: type) -> Callable[[QuestionRule], QuestionRule]:
        """Take the function as the rule ``code`` for questions of these kinds (none named: of all)."""
        assert code in CODES, code

        def keep(rule: QuestionRule) -> QuestionRule:
            for kind in kinds or self._of_kind:
                self._of_kind[kind].append((code, rule))
            return rule

        return keep

    def deck(self, code: str) -> Callable[[DeckRule], DeckRule]:
        """Take the function as the rule ``code`` for whole decks."""
        assert code in CODES, code

        def keep(rule: DeckRule) -> DeckRule:
            self._of_deck.append((code, rule))
            return rule

        return keep

    def judge(self, draft: Draft, wants: Callable[[str], bool] = bool) -> None:
        """Note in the draft's log whatever its rules find, those of which ``wants`` says no to the code left out."""
        for code, deck_rule in self._of_deck:
            if wants(code):
                for node, message in deck_rule(draft):
                    draft.log.add(code, node, message)
        wanted = {kind: [(code, rule) for code, rule in rules if wants(code)] for kind, rules in self._of_kind.items()}
        for item in draft.items:
            for code, question_rule in wanted[type(item.question)]:
                for node, message in question_rule(item):
                    draft.log.add(code, node, message)
