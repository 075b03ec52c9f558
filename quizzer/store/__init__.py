"""progress.db: what learners did, and what they remember. The only SQL.

The log is the truth and is only ever added to; memory state is a cache that replay rebuilds. To the store a card is an id.
Importing this loads no sqlite_utils: only a file that needs a migration does.
"""

from quizzer.store.deckindex import DeckIndex, Reading
from quizzer.store.failures import MovedError
from quizzer.store.progress import Pending, Place, Progress, Step

__all__ = ["DeckIndex", "MovedError", "Pending", "Place", "Progress", "Reading", "Step"]
