"""A news sitemap becomes entries.

developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import re
from collections.abc import Iterable

from lxml import etree

from digests.charset import text_of
from digests.errors import NotAFeed
from digests.model import Document, Entry, FeedDocument
from digests.sources.plain import date_of, language_of, link_of, title_of

_ROOT = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(urlset|sitemapindex)\b")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_MOST_SITEMAPS = 10  # of an index, offered instead


class NewsSitemap:
    """See `Source`."""

    name = "sitemap"

    def recognises(self, document: Document) -> bool:
        """See `Source`."""
        return bool(_ROOT.search(document.body[:4096].replace(b"\0", b"")))

    def read(self, document: Document) -> FeedDocument:
        """See `Source`."""
        root = _root(document)
        if _name(root) == "sitemapindex":
            raise NotAFeed("this is a list of sitemaps", feeds=_sitemaps(root, base=document.url))
        pages = [_fields(page) for page in root if _name(page) == "url"]
        first = next((page for page in pages if page.get("name")), {})
        return FeedDocument(
            title=title_of(first.get("name")),
            entries=tuple(_entries(pages, base=document.url)),
            language=language_of(first.get("language")),
        )


def _root(document: Document) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    text = _DECLARATION.sub("", text_of(document), count=1)
    root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        raise NotAFeed("this is no sitemap")
    return root


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _fields(page: etree._Element) -> dict[str, str]:
    """Return the texts of a `url` by their tags' names: loc, title, publication_date, name, language."""
    return {_name(field): field.text.strip() for field in page.iter() if field.text and field.text.strip()}


def _entries(pages: Iterable[dict[str, str]], *, base: str) -> Iterable[Entry]:
    for page in pages:
        url, title = link_of(page.get("loc"), base=base), title_of(page.get("title"))
        if url and title:  # without a title it is a page of the site, but no news
            yield Entry(guid=None, url=url, title=title, published=date_of(page.get("publication_date")))


def _sitemaps(index: etree._Element, *, base: str) -> list[str]:
    locations = [link_of(_fields(item).get("loc"), base=base) for item in index]
    found = [url for url in locations if url]
    return sorted(found, key=lambda url: "news" not in url)[:_MOST_SITEMAPS]
