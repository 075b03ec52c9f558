"""A deck written into its file with questions that come from other files, to the letter."""

from collections.abc import Mapping
from pathlib import Path

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck
from quizzer.deckfile import beside, blocks, files, writing
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.reading import parse, sound


def rearrange(path: Path, deck: Deck, texts: Mapping[str, str], *, base: Path | None = None) -> None:
    """See ``quizzer.deckfile.rearrange``."""
    deck = writing.named(deck, stem=path.stem)
    if path.exists():
        data, file = files.taken(path)
    else:
        data, file = b"", files.taken(base)[1] if base else DeckText(writing.dumps(deck))
    sound(parse(file, path))
    text = blocks.assembled(file.text, deck, texts, path)
    draft = parse(DeckText(text), path)
    errors = [problem for problem in draft.log.problems() if problem.severity == "error"]
    if errors or draft.deck != deck:
        said = f"{errors[0].code} {errors[0].message}" if errors else "it would not read back equal."
        raise DeckError(f"{path}: not written, for it could not be studied then: {said}")
    if path.exists() or data:
        files.put(path, file.encode(text), instead_of=data)
    else:
        files.replace(path, file.encode(text))
        beside.keep(path, deck, make=f"./{beside.NAME}" in text)
