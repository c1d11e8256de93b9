"""A list of feeds becomes OPML, and OPML a list of feeds. opml.org/spec2.opml"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digests.charset import text_of
from digests.errors import Unreadable
from digests.model import Document, Feed
from digests.sources.plain import link_of, title_of

OPML_LIMIT = 1024 * 1024  # bytes of a document
MOST_OUTLINES = 500
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as a list names it."""

    url: str
    title: str = ""
    topic: str | None = None  # the folder it lies in


def read_opml(document: Document) -> tuple[Outline, ...]:
    """Return the feeds of an OPML document, each once. For the sandbox: the bytes are foreign.

    Raises:
        Unreadable: it is no OPML, holds more than `MOST_OUTLINES` outlines or goes deeper than `DEEPEST`.
    """
    body = _root(document).find("body")
    if body is None:
        raise Unreadable("this is no OPML", code="not_opml")
    found: dict[str, Outline] = {}
    for count, outline in enumerate(_outlines(body, topic=None, depth=1)):
        if count >= MOST_OUTLINES:
            raise Unreadable(f"the list holds more than {MOST_OUTLINES} outlines", code="too_many")
        if outline is not None:
            found.setdefault(outline.url, outline)
    return tuple(found.values())


def write_opml(feeds: Iterable[Feed], *, title: str) -> str:
    """Return `feeds` as OPML 2.0, in folders by topic."""
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    body = ElementTree.SubElement(root, "body")
    for topic, members in _by_topic(feeds):
        folder = ElementTree.SubElement(body, "outline", text=topic, title=topic) if topic else body
        for feed in members:
            ElementTree.SubElement(
                folder,
                "outline",
                type="rss",
                text=feed.title,
                title=feed.title,
                xmlUrl=feed.url,
                language=feed.language,
            )
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _root(document: Document) -> ElementTree.Element:
    text = text_of(document).lstrip()
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    try:
        root: ElementTree.Element = fromstring(text, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, RecursionError, ValueError) as error:
        raise Unreadable("this is no OPML", code="not_opml") from error
    return root


def _outlines(parent: ElementTree.Element, *, topic: str | None, depth: int) -> Iterator[Outline | None]:
    """Yield what each outline below `parent` names: a feed, or None for a folder."""
    if depth > DEEPEST:
        raise Unreadable(f"the list is nested deeper than {DEEPEST}", code="too_deep")
    for outline in parent.iterfind("outline"):
        title = title_of(outline.get("title") or outline.get("text"))
        url = link_of(outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url"), base="")
        yield Outline(url, title=title, topic=topic) if url else None
        yield from _outlines(outline, topic=topic if url else title or topic, depth=depth + 1)


def _by_topic(feeds: Iterable[Feed]) -> Iterable[tuple[str, list[Feed]]]:
    topics: dict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        topics[feed.topic or ""].append(feed)
    return sorted(topics.items())
