"""A page's lines become those of its article, where it is plain to see which they are.

Most articles are a row of paragraphs side by side, in an element that holds nearly all of the page's prose.
What is laid out in any other way is left to a reader that weighs more, and takes ten times as long.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, takewhile
from operator import not_

from lxml import etree

from digests.articles.layout import HEADINGS, LISTS, TEXTS, Box, Layout, Line, is_hidden, layout_of

_SENTENCE = 40  # signs: what is shorter is a label as often as not
_LINK = 0.75  # of a line: it is a link
_MOST = 0.85  # of the page's prose, which the article's own element holds
_TOLD_APART = 0.4  # of the page's prose: what holds more is the article's, whatever its name says
_SURELY_APART = 0.1  # of the page's prose: what holds less may be taken by its name

# What is plain to see. Shares are of the article.
_LEAST = 500  # signs
_FEWEST = 4  # paragraphs
_LOOSE = 0.1  # text outside of paragraphs
_LINKS = 0.15  # links among the paragraphs
_BESIDE = 0.6  # what stands apart within the article's element: captions, boxes, lists of links
_ROW = 0.8  # paragraphs side by side
_HEADED = 0.25  # headings a paragraph: more are those of teasers

_APART = "apart"  # a tag that HTML does not have
_WHOLE = frozenset("html body".split())
_CELLS = frozenset("td th dt dd caption".split())
_NAMED_APART = re.compile(
    r"(?<![^\W_])(?:shar(?:e|ing)|social|related|recirc\w*|recommend\w*|newsletter|sign-?up|subscri\w*|promo\w*|"
    r"comments?|disqus\w*|respond|side-?bar|banner|breadcrumbs?|authors?|byline|bio|tags?|tag-?list|topics|"
    r"meta|time-?stamp|date|dateline|captions?|credits?|footer|nav|navigation|menu|toolbar|widget|ads?|"
    r"advert\w*|sponsor\w*|outbrain|taboola|teasers?|trending|popular|most-?read|next|prev\w*|pagination|"
    r"more-?(?:on|from|stories|news)|cookies?|consent|modal|popup|overlay|hide|hidden|no-?print|print-none|gallery|"
    r"slide\w*|carousel|toc|read-?(?:more|next|also)|see-?also|infobox|embed\w*|tweet|twitter\w*|"
    r"instagram\w*|button|btn|disclaimer|copyright|donate|support|poll|rating|profile|skip\w*)(?![^\W_])",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"(?<![^\W_])(?:stand-?first|dec?k|sub-?(?:title|head\w*)|summary|intro\w*|lede|strap-?line|excerpt)(?![^\W_])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # in a name like relatedStories


@dataclass(frozen=True, slots=True)
class _Article:
    """What seems to be the article."""

    body: Box
    own: Sequence[Line]
    beside: Sequence[Line]  # in its element as well, but no part of it
    tags: Counter[str]  # of the boxes in its element

    def is_plain(self) -> bool:
        """Return whether there can be no doubt."""
        return self._is_long() and self._is_prose() and self._is_alone() and self._is_a_row()

    def _is_long(self) -> bool:
        paragraphs = [line for line in self.own if self._is_paragraph(line) and len(line.text) >= _SENTENCE]
        return len(paragraphs) >= _FEWEST and self._size >= _LEAST

    def _is_paragraph(self, line: Line) -> bool:
        return line.box.tag == "p" or (line.box is self.body and line.box.tag not in _WHOLE)

    def _is_prose(self) -> bool:
        outside = [line for line in self.own if line.box.tag not in TEXTS and not self._is_paragraph(line)]
        return _length(outside) <= _LOOSE * self._size and not any(line.box.tag in _CELLS for line in outside)

    def _is_alone(self) -> bool:
        beside = [line for line in self.beside if line.box.tag not in HEADINGS]
        links = _length(line for line in beside if line.box.parent is self.body)
        return (
            not self.tags["article"]
            and self.tags["h1"] <= 1
            and links <= _LINKS * self._size
            and _length(beside) - links <= _BESIDE * self._size
        )

    def _is_a_row(self) -> bool:
        rows: Counter[tuple[str, ...]] = Counter()
        for line in self.own:
            rows[_row(line.box, self.body)] += len(line.text)
        ((row, longest),) = rows.most_common(1)
        return longest >= _ROW * self._size and (not row or self._has_one_head())

    def _has_one_head(self) -> bool:
        """Return whether what lies in a row of boxes is one article, rather than many teasers."""
        headings = sum(self.tags[tag] for tag in HEADINGS)
        return not self.tags["h1"] and headings <= _HEADED * len(self.own)

    @property
    def _size(self) -> int:
        return _length(self.own)


def prose_of(tree: etree._Element) -> list[str] | None:
    """Return the article's lines, in order; None where somebody has to look more closely.

    What stands apart has been taken out of `tree` then: it would only cost time.
    """
    layout = layout_of(tree)
    body = _body(layout) if layout else None
    if layout is None or body is None:
        return None
    article = _article(layout, body)
    if not article.is_plain():
        _take_out_apart(layout)
        return None
    return [line.text for line in (*_standfirst(layout, before=article.own[0]), *article.own)]


def _body(layout: Layout) -> Box | None:
    """Return the innermost element that holds nearly all of the page's prose, but for what stands apart."""
    page, prose = layout.boxes[0], [line for line in layout.lines if _is_sentence(line)]
    for line in prose:
        for box in _around(line.box):
            box.prose += len(line.text)
    for line in prose:
        if not _is_apart(line.box, page):
            for box in _around(line.box):
                box.own += len(line.text)
    holders = [box for box in layout.boxes if box.own >= _MOST * page.own > 0 and box.tag not in TEXTS]
    return holders[-1] if holders else None


def _is_sentence(line: Line) -> bool:
    return len(line.text) >= _SENTENCE and not _is_link(line)


def _is_link(line: Line) -> bool:
    return line.linked > _LINK * len(line.text)


def _around(box: Box | None) -> Iterator[Box]:
    while box is not None:
        yield box
        box = box.parent


def _is_apart(box: Box, page: Box) -> bool:
    """Return whether `box` is none of the article's by its name, or that of a box around it."""
    if box.is_apart is None:
        is_small = box.prose < _TOLD_APART * page.prose
        box.is_apart = box.parent is not None and (
            _is_apart(box.parent, page) or (is_small and _is_named_apart(box.element))
        )
    return box.is_apart


def _is_named_apart(element: etree._Element) -> bool:
    if element.tag == "blockquote":  # of a network's: said by somebody
        return False
    names = [name for name in map(element.get, ("class", "id", "role")) if name]
    is_silent = element.tag == "form" or element.get("aria-hidden") == "true"
    return is_silent or is_hidden(element) or bool(names and _says_apart(" ".join(names)))


@lru_cache(4096)
def _says_apart(names: str) -> bool:
    return _NAMED_APART.search(_HUMP.sub("-", names)) is not None


def _article(layout: Layout, body: Box) -> _Article:
    page = layout.boxes[0]
    inside = [line for line in layout.lines if body in _around(line.box)]
    is_own = [not (_is_apart(line.box, page) or _is_link(line)) for line in inside]
    own = list(compress(inside, is_own))
    while own and own[-1].box.tag in HEADINGS:
        own.pop()
    tags = Counter(box.tag for box in layout.boxes if box is not body and body in _around(box))
    return _Article(body, own, list(compress(inside, map(not_, is_own))), tags)


def _take_out_apart(layout: Layout) -> None:
    page = layout.boxes[0]
    for box in layout.boxes:
        if box.tag not in TEXTS and box.prose < _SURELY_APART * page.prose and _is_apart(box, page):
            box.element.tag = _APART
    etree.strip_elements(page.element, _APART, with_tail=False)


def _standfirst(layout: Layout, *, before: Line) -> Iterator[Line]:
    """Yield what sums up the article above it."""
    page = layout.boxes[0]
    for line in layout.lines[: layout.lines.index(before)]:
        if _is_sentence(line) and not _is_apart(line.box, page) and _is_standfirst(line.box):
            yield line


def _is_standfirst(box: Box) -> bool:
    around = (box.element, *box.element.iterancestors("div", "header"))[:2]
    return any(_STANDFIRST.search(element.get("class") or "") for element in around)


def _row(box: Box, body: Box) -> tuple[str, ...]:
    """Return the tags between `body` and the paragraph, the list or the quotation that `box` is."""
    between = takewhile(lambda around: around is not body, _around(box))
    return tuple(one.tag for one in between if one.tag not in TEXTS and one.tag not in LISTS)


def _length(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)
