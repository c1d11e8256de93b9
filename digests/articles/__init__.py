"""A fetched page becomes an article's text, in paragraphs."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html
from trafilatura import extract

from digests.articles.boilerplate import without_boilerplate
from digests.articles.markup import Page, page_of
from digests.articles.prose import prose_of
from digests.articles.structured import Structured, structured_of
from digests.articles.walls import wall_of
from digests.charset import clean, text_of
from digests.errors import NoArticle
from digests.identity import is_open, shown_url
from digests.model import Article, Document, Entry

PAGE_LIMIT = 3 * 1024 * 1024  # bytes of a page, once decoded
LEAST = 80  # signs that an article has, on a page that a feed leads to
SHORTEST = 250  # signs; below, a second and slower look is worth it
_MUCH_MORE = 1.5  # times: what the publisher says elsewhere is taken where the page shows so much less
_LONGEST = 100_000  # signs of a text


# Invisible signs: soft hyphens, zero-width spaces, and what turns the direction of foreign text.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NEW_LINE = "\x1e"  # a line break that a parser takes for text
_BREAK = re.compile(
    r"</?(?:p|div|[uo]l|li|h[1-6]|blockquote|section|figure|table|tr)\b[^<>]{0,500}>|<br\s*/?>", re.IGNORECASE
)
_AMP = re.compile(r"^(?:www\.|m\.|mobile\.|amp\.)+")


def article_of(
    document: Document, entry: Entry, *, outlet: str, language: str = "en", least: int = LEAST
) -> Article:
    """Return the article on a page. For the sandbox: the bytes are foreign.

    `least` is the number of signs below which a text is taken for no article; of a page that a person hands
    over, any text is one. Title, date and author are the feed's, which knows them better; the page's where it
    has none.

    Raises:
        NoArticle: the page holds none; `code` says what instead: paywall, consent, challenge.
    """
    page = page_of(text_of(document))
    if page is None:
        raise NoArticle("the page is empty")
    told = structured_of(page.data)
    title = entry.title or plain_title(
        told.headline or page.meta.get("og:title") or page.heading or page.title
    )
    text = _text(page, told, titles=(title, page.heading, page.meta.get("og:title", ""), told.headline))
    wall = wall_of(text, title=page.title, free=_free(page, told))
    if wall:
        raise NoArticle(f"the page shows a {wall} instead of the article", code=wall)
    if len(text) < least:
        raise NoArticle("the page holds no article")
    url = _url(page, document.url)
    return Article(
        url=url,
        title=title,
        text=text,
        outlet=outlet,
        language=language,
        published=entry.published or _date(told.published or page.meta.get("article:published_time", "")),
        author=entry.author or told.author or page.meta.get("author") or None,
        of_feed=not is_open(document.url, shown=url),
    )


def article_told_by(entry: Entry, *, outlet: str, language: str = "en") -> Article:
    """Return what a feed itself tells of an entry: its full text, or its summary. For the sandbox."""
    return Article(
        url=shown_url(entry.url),
        title=entry.title,
        text=_content(entry) or entry.summary,
        outlet=outlet,
        language=language,
        published=entry.published,
        author=entry.author,
        of_feed=True,
    )


def fuller(article: Article, entry: Entry) -> Article:
    """Return `article` with the feed's own text of it, where its page shows so much less. For the sandbox."""
    content = _content(entry)
    if len(content) <= _MUCH_MORE * len(article.text):
        return article
    return replace(article, text=content, of_feed=True)


def plain_title(title: str) -> str:
    """Return a title as a page gives it, as plain text on one line."""
    return " ".join(_readable(html.unescape(title)).split())[:1_000]


def _text(page: Page, told: Structured, *, titles: Sequence[str]) -> str:
    shown = _extracted(page.tree)
    own = _paragraphs_of_body(told.body)
    if sum(map(len, own)) > _MUCH_MORE * sum(map(len, shown)):
        shown = own
    return "\n\n".join(_within_reason(without_boilerplate(shown, titles=titles)))


def _within_reason(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs up to what can be one article: a page may hold a book."""
    length = 0
    for paragraph in paragraphs:
        length += len(paragraph)
        if length > _LONGEST:
            return
        yield paragraph


def _extracted(tree: lxml_html.HtmlElement) -> list[str]:
    """Return the lines of a page's article: by three ways, each slower and looking closer than the last."""
    plain = prose_of(tree)
    if plain is not None:
        return _lines("\n".join(plain))
    quick = _lines(extract(tree, fast=True, include_comments=False))
    if sum(map(len, quick)) >= SHORTEST:
        return quick
    thorough = _lines(extract(tree, include_comments=False))
    return max(quick, thorough, key=lambda lines: sum(map(len, lines)))


def _paragraphs_of_body(body: str) -> list[str]:
    """Return the paragraphs of JSON-LD's `articleBody`, which may be plain, escaped or markup."""
    text = html.unescape(body)
    return _paragraphs_of_markup(text) if "<" in text else _lines(text)


def _paragraphs_of_markup(markup: str) -> list[str]:
    broken = _BREAK.sub(lambda tag: _NEW_LINE + tag.group(), markup)
    page = page_of(f"<body>{broken}</body>")
    if page is None:
        return []
    etree.strip_elements(page.tree, "figure", with_tail=False)
    return _lines("".join(page.tree.itertext()).replace(_NEW_LINE, "\n"))


def _content(entry: Entry) -> str:
    """Return an entry's full text, in paragraphs."""
    is_markup = _BREAK.search(entry.content)
    told = _paragraphs_of_markup(entry.content) if is_markup else _paragraphs_of_body(entry.content)
    own = without_boilerplate(told, titles=(entry.title,))
    return "\n\n".join(_within_reason(own))


def _lines(text: str | None) -> list[str]:
    lines = (" ".join(line.split()) for line in _readable(text or "").split("\n"))
    return [line for line in lines if line]


def _readable(text: str) -> str:
    return _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", clean(text))))


def _free(page: Page, told: Structured) -> bool | None:
    tier = page.meta.get("article:content_tier", "").lower()
    return {"free": True, "metered": None, "locked": False}.get(tier, told.free)


def _url(page: Page, url: str) -> str:
    """Return the page's own name for itself, if it is one of the same site, else where it was fetched."""
    try:
        canonical = urljoin(url, page.canonical or page.meta.get("og:url") or "")
        there, here = urlsplit(canonical), urlsplit(url)
        is_fit = (
            there.scheme in ("http", "https")
            and there.path not in ("", "/")
            and _site(there.netloc) == _site(here.netloc)
        )
    except ValueError:
        is_fit = False
    return shown_url(canonical if is_fit else url)


def _site(host: str) -> str:
    return _AMP.sub("", host.lower())


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
