"""The article in a web page. The only module that knows trafilatura.

The text is what trafilatura extracts, the same for the same page; menus, captions, comments and boxes are left out of it.
"""

import logging
import warnings

from quizzer.core.errors import ArticleError

# The day it was first published, as the page's own metadata has it: nothing guessed, nothing that leans on today.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1800-01-01", "max_date": "2199-12-31"}


def read_page(text: str, where: str) -> tuple[str, dict[str, str]]:
    """Return the text of the article in an HTML page, and what the page says of it: title, publisher, date, url.

    Raises:
        ArticleError: there is no article in the page, or trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise ArticleError(f'{where}: to read HTML, first run: pip install "quizzer[news]"') from None
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its complaints of odd pages are no news to an author
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that are none
        found = trafilatura.bare_extraction(
            text, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
        )
    body = getattr(found, "text", None) or ""
    if not body.strip():
        raise ArticleError(f"{where}: no article found in this page. Save its text in a .txt file and give that.")
    return body, {
        "title": getattr(found, "title", None) or "",
        "publisher": getattr(found, "sitename", None) or "",
        "date": getattr(found, "date", None) or "",
        "url": getattr(found, "url", None) or "",
    }
