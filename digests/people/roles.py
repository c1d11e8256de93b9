"""The words around a name become the role of the person who bears it, and one phrase with the name."""

from collections.abc import Sequence
from dataclasses import replace

from digests.model import Span
from digests.people.lexicon import Lexicon
from digests.people.mentions import Form, Mention, PersonKind
from digests.text import Words

_BEFORE = 9  # words of a role before a name
_BEHIND = 22  # and behind it
_CORE = 8  # words of an apposition in which its noun stands
_BRACKET = 8  # words of one behind a name
_SOMEWHERE = 7  # words between a name and that of where the person belongs
_POSSESSIVES = frozenset(("'s", "’s"))
_ENDS = frozenset(',.;:!?\n"“”()—–')
_HALTS = frozenset('.!?\n,;:"“”‘’()')


def with_phrases(mentions: Sequence[Mention], words: Words, lexicon: Lexicon) -> list[Mention]:
    """Return `mentions`, each with the phrase it is part of and the role it is given there."""
    found: list[Mention] = []
    for place, mention in enumerate(mentions):
        if mention.form is Form.NAME:
            named = _named(mention, found[-3:], words, lexicon)
            found.append(_of_somewhere(named, mentions[place + 1 : place + 3], words, lexicon))
        elif mention.form is Form.NOUN:
            found.append(_described(mention, mentions[place + 1 : place + 4], words, lexicon))
        else:
            found.append(mention)
    return found


def role_of(mentions: Sequence[Mention], words: Words, lexicon: Lexicon) -> str | None:
    """Return the first role that `mentions` of one person give, in the article's words; None if none does.

    What somebody is comes before what he does and where: "harbour master", "who runs the port".
    """
    roles = [mention.role for mention in mentions if mention.role is not None]
    if not roles:
        return None
    return _text(words, *max(roles, key=lambda role: _is_noun(role, words, lexicon)))


def head_of(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the last word before the first preposition, in lower case."""
    head = None
    for text in texts:
        low = text.lower()
        if low in lexicon.prepositions or low in lexicon.role_ends:
            break
        if low in lexicon.calendar:
            return None
        head = low
    return head


def _is_noun(role: tuple[int, int], words: Words, lexicon: Lexicon) -> bool:
    """Say whether a role says what somebody is: no clause, nor the name of an employer alone."""
    first = words.texts[role[0]].lower()
    return first not in lexicon.holding and first not in lexicon.who and first not in lexicon.of_words


def _named(mention: Mention, lately: Sequence[Mention], words: Words, lexicon: Lexicon) -> Mention:
    start = mention.first if mention.titled is None else mention.titled
    left = _before(start, mention, words, lexicon)
    comma = start > 0 and words.texts[start - 1] == ","
    before = next((one for one in reversed(lately) if one.outer_end == start - 1), None) if comma else None
    if left is None and before is not None:
        left = _noun_and_comma(before, mention, words, lexicon)
    if left is None and comma:
        left = _phrase_before_comma(start - 1, mention, words, lexicon)
    right = _behind(mention, words, lexicon)
    possessed = left is None and start > 1 and words.texts[start - 1] in _POSSESSIVES
    role = left or right
    if left is not None and right is not None:
        role = max(left, right, key=lambda one: (_is_noun(one, words, lexicon), one[1] - one[0]))
    if possessed:
        owner = start - 1
        start = _left_edge(start, words, lexicon)
        if role is None and any(m.end == owner and m.kind is PersonKind.ORGANISATION for m in lately):
            role = (start, owner)
    if role is None and mention.outer_first == start:
        return mention
    closed = right is not None and right[1] < len(words.texts) and words.texts[right[1]] == ","
    return replace(
        mention,
        role=role,
        outer_first=min(left[0], start) if left is not None else start,
        outer_end=mention.end if right is None else right[1] + closed,
    )


def _described(mention: Mention, nearby: Sequence[Mention], words: Words, lexicon: Lexicon) -> Mention:
    """Join "a spokesman" and "for the ministry" where a name follows the preposition."""
    texts, at = words.texts, mention.end
    if mention.document or at + 1 >= len(texts) or texts[at].lower() not in lexicon.of_words:
        return mention
    first = at + 2 if texts[at + 1].lower() == "the" else at + 1
    after = next((one for one in nearby if one.first == first and one.form is Form.NAME), None)
    if after is None:
        return mention
    end = after.end
    if end < len(texts) and texts[end].lower() in lexicon.joiners:
        end = next((one.end for one in nearby if one.first == end + 1 and one.form is Form.NAME), end)
    text = f"{mention.text} {_text(words, mention.end, end)}"
    return replace(mention, span=Span(mention.span.start, words.end(end - 1)), text=text, outer_end=end)


def _of_somewhere(mention: Mention, nearby: Sequence[Mention], words: Words, lexicon: Lexicon) -> Mention:
    """Join "Jane Roe" and "of the harbour council Eastmoor" into one phrase."""
    texts, at = words.texts, mention.end
    if mention.kind is not PersonKind.PERSON or mention.outer_end != at or at + 1 >= len(texts):
        return mention
    if texts[at].lower() not in lexicon.belonging:
        return mention
    after = next((one for one in nearby if one.form is Form.NAME), None)
    if after is None or not all(word.isalpha() and word.islower() for word in texts[at : after.first]):
        return mention
    if after.first - at > _SOMEWHERE:
        return mention
    employed = mention.role is None and after.kind is PersonKind.ORGANISATION
    return replace(mention, outer_end=after.end, role=(at, after.end) if employed else mention.role)


def _before(start: int, mention: Mention, words: Words, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the words right before a name that are its role: "US Defense Secretary"."""
    texts, end = words.texts, mention.first
    left = _left_edge(start, words, lexicon)
    while end > left and (texts[end - 1] == "." or texts[end - 1].lower() in lexicon.honorifics):
        end -= 1
    if end <= left:
        return None
    heads = head_of(texts[left:end], lexicon), texts[end - 1].lower()
    able = any(head and (_is_role(head, lexicon) or head in lexicon.org_nouns) for head in heads)
    return (left, end) if able else None


def _left_edge(first: int, words: Words, lexicon: Lexicon) -> int:
    """Return where the words before a name that belong to its role begin."""
    texts, start = words.texts, first
    while start > 0 and first - start < _BEFORE:
        text = texts[start - 1]
        low = text.lower()
        if low in _POSSESSIVES:
            start -= 1
            continue
        if low == "of" and start > 1 and start < first and _is_part(texts[start - 2], texts[start]):
            start -= 1
            continue
        plain = low in lexicon.function and not (text.isupper() and len(text) > 1)
        if not low[0].isalnum() or plain or low in lexicon.prepositions or low in lexicon.speech:
            break
        if low in lexicon.determiners or low in lexicon.calendar or low.endswith("ly"):
            break
        start -= 1
    while start < first and texts[start].lower() in _POSSESSIVES:
        start += 1
    return start


def _is_part(before: str, after: str) -> bool:
    """Say whether "of" stands inside a name: "Bank of England"."""
    return before[0].isupper() and after[0].isupper()


def _noun_and_comma(
    before: Mention, mention: Mention, words: Words, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return the phrase in "the study's author, Jane Roe, said"."""
    if before.form is not Form.NOUN or before.plural or before.document:
        return None
    if before.kind is not PersonKind.ROLE or not _is_closed(mention, words, lexicon):
        return None
    first = before.first
    if words.texts[first].lower() in lexicon.articles:
        first += 1
    return first, before.outer_end


def _phrase_before_comma(
    comma: int, mention: Mention, words: Words, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return the phrase in "The president of the senate, Jane Roe, said", from the start of its clause."""
    texts, start = words.texts, comma
    while start > 0 and comma - start < _BEHIND and texts[start - 1] not in _HALTS:
        start -= 1
    if not _is_closed(mention, words, lexicon):
        return None
    while start < comma and texts[start].lower() in lexicon.articles | lexicon.function:
        start += 1
    owned = max((at for at in range(start, comma) if texts[at] in _POSSESSIVES), default=start - 1)
    head = head_of(texts[owned + 1 : comma], lexicon)
    return (start, comma) if head is not None and _is_role(head, lexicon) else None


def _is_closed(mention: Mention, words: Words, lexicon: Lexicon) -> bool:
    """Say whether a comma, a full stop or a verb of speech follows a name."""
    if mention.end >= len(words.texts):
        return True
    after = words.texts[mention.end]
    return after in _ENDS or after.lower() in lexicon.speech


def _behind(mention: Mention, words: Words, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return what stands between commas behind a name: ", 54, the director of the institute,"."""
    texts, at = words.texts, _behind_bracket(mention.end, words)
    if at + 2 >= len(texts) or texts[at] not in (",", "–", "—", "-"):
        return None
    at += 1
    if texts[at].lower() in lexicon.who and texts[at + 1].lower() in lexicon.holding:
        return at, _right_edge(at + 1, words, lexicon)
    if at + 1 < len(texts) and texts[at][:1].isdigit() and texts[at + 1] == ",":
        at += 2
    if at + 1 < len(texts) and texts[at].lower() in lexicon.who and texts[at + 1].lower() in lexicon.is_words:
        at += 2
    while at < len(texts) and texts[at].lower() in lexicon.articles:
        at += 1
    if at + 1 < len(texts) and texts[at].lower() in lexicon.degrees and texts[at + 1] == ",":
        at += 2
    end = _right_edge(at, words, lexicon)
    if (
        end < len(texts)
        and texts[end].lower() in lexicon.speech
        and _is_subject(texts[at - 1 : end], lexicon)
    ):
        return None
    if _belongs(texts[at:end], lexicon):
        return at, end
    things = lexicon.org_nouns if mention.kind is PersonKind.ORGANISATION else frozenset()
    core = _core(texts[at:end], lexicon)
    return (at, end) if any(_is_role(low, lexicon) or low in things for low in core) else None


def _is_subject(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether what runs into a verb of speech is a speaker of its own: ", the harbour report said"."""
    return texts[0].lower() in lexicon.articles or any(_is_given(text, lexicon) for text in texts)


def _is_given(text: str, lexicon: Lexicon) -> bool:
    low = text.lower()
    return low != text and (low in lexicon.male_names or low in lexicon.female_names)


def _belongs(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a phrase tells by which organisation somebody is: "from the Harbour Forum"."""
    if len(texts) < 2 or texts[0].lower() not in lexicon.of_words:
        return False
    return any(text[0].isupper() and text.lower() in lexicon.org_names for text in texts[1:])


def _behind_bracket(at: int, words: Words) -> int:
    """Return where a bracket at `at` is over: "Roe (R-FL), chair of the panel"."""
    if at >= len(words.texts) or words.texts[at] != "(":
        return at
    near = words.texts[at : at + _BRACKET]
    return at + near.index(")") + 1 if ")" in near else at


def _core(texts: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the words before the first preposition in lower case; none where the phrase tells a time."""
    core: list[str] = []
    for text in texts[:_CORE]:
        low = text.lower()
        if low in lexicon.calendar:
            return []
        if low in lexicon.prepositions or low in lexicon.role_ends:
            break
        core.append(low)
    return core


def _right_edge(at: int, words: Words, lexicon: Lexicon) -> int:
    texts, end = words.texts, at
    while end < len(texts) and end - at < _BEHIND:
        low = texts[end].lower()
        if low in _ENDS or low in lexicon.speech or (low in lexicon.who and end > at):
            break
        end += 1
    return end


def _is_role(low: str, lexicon: Lexicon) -> bool:
    return (
        low in lexicon.person_nouns
        or f"{low}s" in lexicon.group_nouns
        or (low in lexicon.titles and low not in lexicon.honorifics)
        or low.split("-")[-1] in lexicon.person_nouns
        or low.endswith(lexicon.role_suffixes)
    )


def _text(words: Words, start: int, end: int) -> str:
    text = " ".join(words.texts[start:end])
    for mark in ("'s", "’s", ".", ","):
        text = text.replace(f" {mark}", mark)
    return text.strip(" ,;")
