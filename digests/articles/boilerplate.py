"""An article's paragraphs become those that belong to it: what a page puts around and between them goes."""

import re
from collections.abc import Sequence

from digests.articles.phrases import APPEALS, CREDITS, LABELS, SHOUTS
from digests.text import fold, squeeze

_LARGEST_TAIL = 0.2  # of the text: a longer list is what the article is about
_ODD_SIGNS = 2  # times a title's length: with marks and spaces more or less
_FEW = 12  # words: a title, a link or a label, rather than a paragraph

_LABEL = re.compile(f"(?:{'|'.join(LABELS)})", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\s*(?:[:：|»→>–—]|\.{3}|…|$)")
_APPEAL = re.compile(rf"(?:{'|'.join(APPEALS)})\b", re.IGNORECASE)
_LONGEST_APPEAL = 40  # words
_SHOUT = re.compile("|".join(SHOUTS), re.IGNORECASE)
_CREDIT = re.compile("|".join(CREDITS), re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»“'）)\]]*$|[\"”’»]$")


def without_boilerplate(paragraphs: Sequence[str], *, titles: Sequence[str]) -> list[str]:
    """Return those of `paragraphs` that are the article's own; not those that repeat one of its `titles`."""
    own = _without_titles(paragraphs, titles)
    own = [paragraph for paragraph in own if not (_is_appeal(paragraph) or _is_credit(paragraph))]
    return _without_tail(_without_labels(own))


def _without_titles(paragraphs: Sequence[str], titles: Sequence[str]) -> list[str]:
    known = {_bare(title) for title in titles if title}
    longest = _ODD_SIGNS * max(map(len, titles), default=0)
    head = [text for text in paragraphs[:4] if len(text) > longest or _bare(text) not in known]
    return [*head, *paragraphs[4:]]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(squeeze(text))).strip()


def _is_appeal(paragraph: str) -> bool:
    words = len(paragraph.split())
    if words > _LONGEST_APPEAL:
        return False
    return bool(_APPEAL.match(paragraph.lstrip("-–•*[( "))) or (
        words <= 25 and bool(_SHOUT.search(paragraph))
    )


def _is_credit(paragraph: str) -> bool:
    return len(paragraph.split()) <= 25 and bool(_CREDIT.search(paragraph))


def _without_labels(paragraphs: Sequence[str]) -> list[str]:
    """Drop labels; what one leads to stays only if it reads like a paragraph."""
    kept: list[str] = []
    leads_away = False
    for paragraph in paragraphs:
        if _is_label(paragraph):
            leads_away = True
        elif not (leads_away and _is_link(paragraph)):
            leads_away = False
            kept.append(paragraph)
    return kept


def _is_label(paragraph: str) -> bool:
    text = paragraph.lstrip("-–•*[( ▶►")
    label = _LABEL.match(text)
    return bool(label and _AFTER_LABEL.match(text, label.end())) and len(text.split()) <= 2 * _FEW


def _is_link(paragraph: str) -> bool:
    return len(paragraph.split()) <= 2 * _FEW and not _SENTENCE_END.search(paragraph)


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Drop a short list of links at the end: two or more paragraphs that are no sentences."""
    end = len(paragraphs)
    while end and _is_link(paragraphs[end - 1]):
        end -= 1
    tail = sum(map(len, paragraphs[end:]))
    is_list_of_links = len(paragraphs) - end >= 2 and tail <= _LARGEST_TAIL * sum(map(len, paragraphs))
    return paragraphs[:end] if is_list_of_links else paragraphs
