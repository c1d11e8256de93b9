"""A page's tree becomes its lines in order, each with the element that it stands in."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
TEXTS = HEADINGS | frozenset("p li blockquote pre".split())  # what holds text rather than other boxes
LISTS = frozenset("ul ol li blockquote".split())

_DEEPEST = 150  # elements in one another: deeper is nobody's article
_NEVER = (
    "aside figure figcaption nav footer head button dialog select label menu math template iframe object "
    "video audio noscript script style svg textarea"
).split()
_HOLDERS = (
    "html body div section article main header table caption thead tbody tfoot tr td th address details "
    "summary center fieldset hgroup form dl dt dd hr"
).split()
_IS_BOX = dict.fromkeys((*_HOLDERS, *TEXTS, *LISTS), True) | dict.fromkeys(_NEVER, False)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN = re.compile(r"(?<!\S)(?:(?:is-)?hidden(?!.*:)|sr-only|visually-?hidden|screen-reader-\w+)(?!\S)")


@dataclass(slots=True, eq=False)
class Box:
    """An element that begins a line of its own."""

    tag: str  # of a paragraph in a list or a quotation: theirs
    element: etree._Element
    parent: "Box | None"
    prose: int = 0  # signs in it: for who weighs it
    own: int = 0  # those of them that are not apart
    is_apart: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What is shown on a line of its own, until it wraps."""

    text: str
    box: Box
    linked: int  # signs of it that lead elsewhere


@dataclass(slots=True)
class Layout:
    """See `layout_of`."""

    boxes: list[Box] = field(default_factory=list)  # one that holds another stands before it
    lines: list[Line] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)  # of the line that has begun
    _linked: int = 0

    def fill(self, element: etree._Element, box: Box, *, is_link: bool, depth: int) -> None:
        """Add what `element` shows; raise RecursionError where it is too deep."""
        if depth > _DEEPEST:
            raise RecursionError
        self._add(element.text, is_link=is_link)
        for child in element:
            is_box = _IS_BOX.get(child.tag)
            if is_box:
                self._open(child, box, depth=depth + 1)
            elif child.tag == "br":
                self._end_line(box)
            elif is_box is None and not is_hidden(child):
                self.fill(child, box, is_link=is_link or child.tag == "a", depth=depth + 1)
            self._add(child.tail, is_link=is_link)
        if element is box.element:
            self._end_line(box)

    def _open(self, element: etree._Element, parent: Box, *, depth: int) -> None:
        self._end_line(parent)
        is_listed = element.tag == "p" and parent.tag in LISTS
        box = Box(parent.tag if is_listed else element.tag, element, parent)
        self.boxes.append(box)
        self.fill(element, box, is_link=False, depth=depth)

    def _add(self, text: str | None, *, is_link: bool) -> None:
        if text and (self._text or not text.isspace()):
            self._text.append(text)
            self._linked += len(text) if is_link else 0

    def _end_line(self, box: Box) -> None:
        if self._text:
            self.lines.append(Line(" ".join("".join(self._text).split()), box, self._linked))
            self._text.clear()
            self._linked = 0


def layout_of(tree: etree._Element) -> Layout | None:
    """Return what a page shows, and where; None where its elements lie in one another too deep."""
    page = Box("html", tree, None)
    layout = Layout([page])
    try:
        layout.fill(tree, page, is_link=False, depth=0)
    except RecursionError:
        return None
    return layout


def is_hidden(element: etree._Element) -> bool:
    """Return whether a browser would not show `element`, as far as can be told without its styles.

    What is only hidden from those who listen to a page is shown: a large first letter often is.
    """
    if not element.attrib:
        return False
    style, names = element.get("style"), element.get("class")
    return (
        (style is not None and _NO_DISPLAY.search(style) is not None)
        or (names is not None and _says_hidden(names))
        or element.get("hidden") is not None
    )


@lru_cache(4096)
def _says_hidden(names: str) -> bool:
    return _HIDDEN.search(names) is not None
