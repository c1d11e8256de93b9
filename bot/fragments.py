"""A passage of an article becomes a link that opens the page at its sentence.

The rules are those of the text directive, wicg.github.io/scroll-to-text-fragment: `#:~:text=start[,end]`,
where `&`, `-` and `,` of the words themselves are percent-encoded, white space counts as one space, letter
case does not matter, and the first match on the page wins.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from digests.model import Span
from digests.text import sentence_at, squeeze

WORDS = 5  # at each end of a long sentence; more only where these stand elsewhere on the page too
SHORT = 12  # words; a sentence of so many is given whole
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")  # marks at the edges differ between a page and our text of it


def sentence_url(url: str, text: str, span: Span, *, title: str = "") -> str:
    """Return `url` with a text directive for the sentence of `text` in which `span` begins.

    A page has its `title` above the text: words that stand there too do not open the sentence.
    """
    directive = _directive(text, sentence_at(text, span.start) or span, title=title)
    if not directive:
        return url
    page, _, fragment = url.partition("#")
    if ":~:" in fragment:
        return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"
    return f"{page}#{fragment}:~:text={directive}"


def _directive(text: str, sentence: Span, *, title: str) -> str:
    passage = squeeze(sentence.of(text))
    inner = _EDGES.sub("", passage)
    words = inner.split(" ")
    if len(words) <= SHORT:
        return _encoded(words)
    page = _page(title, text)
    before = _page(title, text[: sentence.start])
    place = len(before) + passage.casefold().find(inner.casefold())
    for count in range(WORDS, len(words) // 2):
        start, end = words[:count], words[-count:]
        if _opens_there(page, start, end, place=place):
            return f"{_encoded(start)},{_encoded(end)}"
    return _encoded(words)


@lru_cache(maxsize=8)  # several passages of one article are linked
def _page(title: str, text: str) -> str:
    """Return what stands on a page, or above a place of it: folded, a single space behind each word."""
    return "".join(f"{words} " for words in map(squeeze, (title, text)) if words).casefold()


def _opens_there(page: str, start: list[str], end: list[str], *, place: int) -> bool:
    """Say whether the page has `start` at `place` for the first time, and `end` somewhere after it."""
    head, tail = (_EDGES.sub("", " ".join(words)).casefold() for words in (start, end))
    return bool(head and tail) and page.find(head) == place and page.find(tail, place + len(head)) >= 0


def _encoded(words: list[str]) -> str:
    passage = _EDGES.sub("", " ".join(words))
    return quote(passage, safe="", errors="replace").replace("-", "%2D")
