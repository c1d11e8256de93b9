"""A fetched page becomes an article's text, in paragraphs."""

from trafilatura import extract

from digests.charset import text_of
from digests.errors import NoArticle
from digests.model import Article, Document, Entry

PAGE_LIMIT = 3 * 1024 * 1024  # bytes of a page, once decoded
SHORTEST = 250  # signs; below, a second and slower look is worth it


def article_of(document: Document, entry: Entry, *, outlet: str, language: str = "en") -> Article:
    """Return the article on a page. For the sandbox: the bytes are foreign.

    Title, date and author are the feed's, which knows them better than the page.

    Raises:
        NoArticle: the page holds no text that could be one.
    """
    text = _text(text_of(document))
    if not text:
        raise NoArticle("the page has no text")
    return Article(
        url=document.url,
        title=entry.title,
        text=text,
        outlet=outlet,
        language=language,
        published=entry.published,
        author=entry.author,
    )


def _text(page: str) -> str:
    quick = extract(page, fast=True, include_comments=False) or ""
    if len(quick) < SHORTEST:
        quick = max(quick, extract(page, include_comments=False) or "", key=len)
    return "\n\n".join(line for line in quick.split("\n") if line.strip())
