"""The words around a name become the role of the person who bears it."""

from collections.abc import Sequence

from digests.people.lexicon import Lexicon
from digests.people.mentions import Mention
from digests.text import Words

_BEFORE = 9  # words of a role before a name
_BEHIND = 22  # and behind it
_MOST = 4  # mentions that are looked at


def role_of(mentions: Sequence[Mention], words: Words, lexicon: Lexicon) -> str | None:
    """Return the role that the first mentions give, in the article's own words; None if none does."""
    for mention in mentions[:_MOST]:
        role = _before(mention, words, lexicon) or _behind(mention, words, lexicon)
        if role:
            return role
    return None


def _before(mention: Mention, words: Words, lexicon: Lexicon) -> str | None:
    texts = words.texts
    first = mention.first if mention.titled is None else mention.titled
    end = mention.first
    if first > 0 and texts[first - 1] == "," and mention.titled is None:
        return _phrase_before_comma(first - 1, mention, words, lexicon)
    start = _left_edge(first, words, lexicon)
    while end > start and texts[end - 1] == ".":
        end -= 1
    while end > start and texts[end - 1].lower() in lexicon.honorifics and end - start > 0:
        end -= 1
        while end > start and texts[end - 1] == ".":
            end -= 1
    if end <= start or not _is_role(texts[end - 1].lower(), lexicon):
        return None
    return _text(words, start, end)


def _left_edge(first: int, words: Words, lexicon: Lexicon) -> int:
    """Return where the words before a name that belong to its role begin."""
    start = first
    while start > 0 and first - start < _BEFORE:
        low = words.texts[start - 1].lower()
        if low in ("'s", "’s"):
            start -= 1
            continue
        if (
            not low[0].isalnum()
            or low in lexicon.function
            or low in lexicon.prepositions
            or low in lexicon.speech
        ):
            break
        if low in lexicon.determiners or low in lexicon.calendar:
            break
        start -= 1
    while start < first and words.texts[start].lower() in ("'s", "’s"):
        start += 1
    return start


def _phrase_before_comma(comma: int, mention: Mention, words: Words, lexicon: Lexicon) -> str | None:
    """ "The president of Ukraine, Volodymyr Zelensky, called on": a phrase from the start of its clause."""
    texts = words.texts
    start = comma
    while start > 0 and comma - start < _BEHIND and texts[start - 1] not in '.!?\n,;:"“”':
        start -= 1
    if (
        mention.end < len(texts)
        and texts[mention.end] not in ",("
        and texts[mention.end].lower() not in lexicon.speech
    ):
        return None
    while start < comma and texts[start].lower() in lexicon.determiners | lexicon.function:
        start += 1
    head = _head(texts[start:comma], lexicon)
    return _text(words, start, comma) if head is not None and _is_role(head, lexicon) else None


def _behind(mention: Mention, words: Words, lexicon: Lexicon) -> str | None:
    """Return what stands between commas behind a name: ", 54, the director of the institute,"."""
    texts, at = words.texts, mention.end
    if at >= len(texts) or texts[at] not in (",", "–", "—", "-"):
        return None
    at += 1
    if at + 1 < len(texts) and texts[at][:1].isdigit() and texts[at + 1] == ",":
        at += 2
    if (
        at < len(texts)
        and texts[at].lower() in ("who", "which")
        and at + 1 < len(texts)
        and texts[at + 1].lower() in ("is", "was")
    ):
        at += 2
    while at < len(texts) and texts[at].lower() in ("the", "a", "an"):
        at += 1
    end = _right_edge(at, words, lexicon)
    head = _head(texts[at:end], lexicon)
    if head is None or not _is_role(head, lexicon):
        return None
    return _text(words, at, end)


def _right_edge(at: int, words: Words, lexicon: Lexicon) -> int:
    texts, end = words.texts, at
    while end < len(texts) and end - at < _BEHIND:
        low = texts[end].lower()
        if low in ',.;:!?\n"“”()—–' or low in lexicon.speech:
            break
        if low in ("who", "which", "whose") and end > at:
            break
        end += 1
    return end


def _head(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the last noun before the first preposition that is a role."""
    head = None
    for text in texts:
        low = text.lower()
        if low in lexicon.prepositions or low in ("representing", "leading", "based", "working", "and"):
            break
        if low in lexicon.calendar:
            return None
        head = low
    return head


def _is_role(low: str, lexicon: Lexicon) -> bool:
    return (
        low in lexicon.person_nouns
        or low in lexicon.titles - lexicon.honorifics
        or low.split("-")[-1] in lexicon.person_nouns
        or low.endswith(("ologist", "woman", "person"))
    )


def _text(words: Words, start: int, end: int) -> str | None:
    if end <= start:
        return None
    text = " ".join(words.texts[start:end])
    for mark in ("'s", "’s", ".", ","):
        text = text.replace(f" {mark}", mark)
    return text.strip(" ,;") or None
