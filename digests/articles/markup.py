"""A page's markup becomes a tree with only what can be part of an article, and what its head says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

_HIDDEN_START = re.compile(r"<(?:(script|style|svg|SCRIPT|STYLE)\b|!--)")
_DATA = re.compile(r"\btype\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
_IS_DATA = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\[])")
_BLOCKS_OF_DATA = 20
# Never part of a text. Taken out at once, they save each of the extractor's many searches their share.
_NEVER_TEXT = (
    "nav footer template canvas iframe select button svg source link input noscript script style picture "
    "video audio object embed textarea map"
).split()
_UNUSED = ("href src srcset data-src data-srcset sizes onclick content value target rel style d").split()
_LONGEST_HEADER = (
    1_000  # signs: a header holds title, byline and captions; a longer one holds the text as well
)
_META = frozenset(
    "og:title og:url og:locale twitter:title author article:published_time article:author date "
    "article:content_tier language content-language".split()
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, taken apart."""

    tree: html.HtmlElement  # pruned
    meta: dict[str, str]  # of the head, by property or name in lower case; the first of each
    data: tuple[str, ...]  # JSON-LD blocks, unparsed
    title: str  # of the head
    heading: str  # the first h1
    canonical: str | None
    language: str | None  # as the root element says


def page_of(text: str) -> Page | None:
    """Return the page, or None where there is nothing to take apart: no text, or data for programs."""
    if _IS_DATA.match(text):
        return None
    shown, data = _without_hidden(text)
    tree = _tree(shown)
    if tree is None:
        return None
    meta, canonical = dict(_meta(tree)), _canonical(tree)
    title, heading = _text_at(tree, ".//title"), _text_at(tree, ".//h1")
    language = tree.get("lang") or tree.get("xml:lang")
    return Page(_pruned(tree), meta, data, title, heading, canonical, language)


def _without_hidden(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` without scripts, styles and comments, and apart from it the scripts that are JSON-LD.

    In one walk: the length of the hidden parts is most of a page's, and none of them is ever parsed.
    """
    shown: list[str] = []
    data: list[str] = []
    at = 0
    while start := _HIDDEN_START.search(text, at):
        kind = start.group(1) or ""
        end = text.find(f"</{kind}" if kind else "-->", start.end())
        if end < 0:
            break
        if kind.lower() == "script" and len(data) < _BLOCKS_OF_DATA:
            opened, _, content = text[start.end() : end].partition(">")
            data += [content] if _DATA.search(opened) else []
        shown.append(text[at : start.start()])
        at = text.find(">", end) + 1 or len(text)
    return "".join([*shown, text[at:]]), tuple(data)


def _tree(text: str) -> html.HtmlElement | None:
    if "<pre" not in text:
        text = text.replace("\n", " ").replace("\r", " ")  # what they mean in HTML; the extractor keeps them
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)
    parser.set_element_class_lookup(_ALIKE)
    try:
        tree: html.HtmlElement | None = etree.fromstring(_DECLARED.sub("", text, count=1), parser)
    except (etree.LxmlError, ValueError):  # empty, or nothing that is markup
        return None
    return tree


_ALIKE = etree.ElementDefaultClassLookup(element=html.HtmlElement)  # lxml.html asks for each anew, in Python
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")  # lxml refuses it in a str


def _meta(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    seen = set()
    for element in tree.iterfind(".//meta"):
        name = (element.get("property") or element.get("name") or element.get("http-equiv") or "").lower()
        content = (element.get("content") or "").strip()
        if name in _META and content and name not in seen:
            seen.add(name)
            yield name, content[:1_000]


def _canonical(tree: html.HtmlElement) -> str | None:
    for link in tree.iterfind(".//link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href")).strip()
    return None


def _text_at(tree: html.HtmlElement, path: str) -> str:
    element = tree.find(path)
    return "" if element is None else " ".join("".join(element.itertext()).split())[:1_000]


def _pruned(tree: html.HtmlElement) -> html.HtmlElement:
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    etree.strip_attributes(tree, *_UNUSED)
    for header in list(tree.iter("header")):
        if header.getparent() is not None and _is_short(header):
            header.drop_tree()
    return tree


def _is_short(element: html.HtmlElement) -> bool:
    return sum(len(text) for text in element.itertext()) <= _LONGEST_HEADER
