"""The words around a name become the role of the person who bears it, and one phrase with the name."""

from collections.abc import Sequence

from digests.model import Span
from digests.people.lexicon import Lexicon
from digests.people.mentions import (
    BY_NAME,
    BY_NOUN,
    FEMALE,
    MALE,
    ORGANISATION,
    PERSON,
    ROLE,
    Gender,
    Mention,
)
from digests.text import Words, squeeze

_BEFORE = 9  # words of a role before a name
_BEHIND = 22  # and behind it
_CORE = 8  # words of an apposition in which its noun stands
_BRACKET = 8  # words of one behind a name
_SOMEWHERE = 7  # words between a name and that of where the person belongs
_ONE_OF = 7  # words in which "one of" comes to its noun
_POSSESSIVES = frozenset(("'s", "’s"))
_ENDS = frozenset(',.;:!?\n"“”()—–')
_COMMAS = frozenset(",–—-")
_BESIDE = _COMMAS | {"("}
_HALTS = frozenset('.!?\n,;:"“”‘’()')


def with_phrases(mentions: Sequence[Mention], words: Words, lexicon: Lexicon) -> list[Mention]:
    """Return `mentions`, each with the phrase it is part of and the role it is given there."""
    found: list[Mention] = []
    for place, mention in enumerate(mentions):
        if mention.form is BY_NAME:
            named = _named(mention, found[-3:], words, lexicon)
            found.append(_of_somewhere(named, mentions[place + 1 : place + 3], words, lexicon))
        elif mention.form is BY_NOUN:
            found.append(_described(mention, mentions[place + 1 : place + 4], words, lexicon))
        else:
            found.append(mention)
    return found


def role_of(mentions: Sequence[Mention], text: str, words: Words, lexicon: Lexicon) -> str | None:
    """Return the first role that `mentions` of one person give, in the words of `text`; None if none does.

    What somebody is comes before what he does and where: "harbour master", "who runs the port".
    """
    roles = [mention.role for mention in mentions if mention.role is not None]
    if not roles:
        return None
    return role_text(*max(roles, key=lambda role: _is_noun(role, words, lexicon)), text, words, lexicon)


def role_text(start: int, end: int, text: str, words: Words, lexicon: Lexicon) -> str | None:
    """Return the words from `start` to `end` as `text` has them, without an article in front."""
    texts = words.texts
    while start < end and texts[start].lower() in lexicon.leading and texts[start + 1 : start + 2] != ["of"]:
        start += 1
    role = squeeze(text[words.starts[start] : words.end(end - 1)]).strip(" ,;") if start < end else ""
    return role or None


def head_of(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the last word before the first preposition, in lower case."""
    head = None
    for text in texts:
        low = text.lower()
        if low in lexicon.prepositions or low in lexicon.role_ends:
            break
        if low in lexicon.calendar:
            return None
        head = low if low[0].isalnum() else head
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
        if role is None and any(m.end == owner and m.kind is ORGANISATION for m in lately):
            role = (start, owner)
    if role is None and mention.outer_first == start:
        return mention
    gender = mention.gender
    if gender is None and role is not None and mention.kind is PERSON:
        gender = _gender_in(words.texts[slice(*role)], lexicon)
    closed = right is not None and right[1] < len(words.texts) and words.texts[right[1]] == ","
    return mention.in_phrase(
        min(left[0], start) if left is not None else start,
        mention.end if right is None else right[1] + closed,
        role=role,
        gender=gender,
    )


def _gender_in(role: Sequence[str], lexicon: Lexicon) -> Gender | None:
    """Return the gender that the noun of a role tells: "spokeswoman for the harbour"."""
    head = head_of(role, lexicon)
    if head in lexicon.male_words:
        return MALE
    return FEMALE if head in lexicon.female_words else None


def _is_whole(mention: Mention) -> bool:
    """Say whether a name is too long to stand before a noun: "Roe aide", but not "Jane Roe aide"."""
    person = mention.form is BY_NAME and mention.kind is PERSON
    return person and (mention.end - mention.first > 1 or mention.titled is not None)


def _described(mention: Mention, nearby: Sequence[Mention], words: Words, lexicon: Lexicon) -> Mention:
    """Join "a spokesman" and "for the ministry" where a name follows the preposition."""
    texts, at = words.texts, mention.end
    if mention.document or at + 1 >= len(texts) or texts[at].lower() not in lexicon.of_words:
        return mention
    first = at + 2 if texts[at + 1].lower() == "the" else at + 1
    after = next((one for one in nearby if one.first == first and one.form is BY_NAME), None)
    if after is None:
        return mention
    end = after.end
    if end < len(texts) and texts[end].lower() in lexicon.joiners:
        end = next((one.end for one in nearby if one.first == end + 1 and one.form is BY_NAME), end)
    text = f"{mention.text} {_text(words, mention.end, end)}"
    return mention._replace(span=Span(mention.span.start, words.end(end - 1)), text=text, outer_end=end)


def _of_somewhere(mention: Mention, nearby: Sequence[Mention], words: Words, lexicon: Lexicon) -> Mention:
    """Join "Jane Roe" and "of the harbour council Eastmoor" into one phrase."""
    texts, at = words.texts, mention.end
    if at + 1 >= len(texts) or texts[at].lower() not in lexicon.belonging:
        return mention
    if mention.kind is not PERSON or mention.outer_end != at:
        return mention
    after = next((one for one in nearby if one.form is BY_NAME), None)
    if after is None or not all(word.isalpha() and word.islower() for word in texts[at : after.first]):
        return mention
    if after.first - at > _SOMEWHERE:
        return mention
    employed = mention.role is None and _is_whole(mention) and after.kind is ORGANISATION
    return mention._replace(outer_end=after.end, role=(at, after.end) if employed else mention.role)


# Before a name


def _before(start: int, mention: Mention, words: Words, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the words right before a name that are its role: "US Defense Secretary"."""
    texts, end = words.texts, mention.first
    if start == end and (start == 0 or texts[start - 1] in _ENDS or texts[start - 1] in _POSSESSIVES):
        return None
    left = _left_edge(start, words, lexicon)
    if texts[end - 1] in _POSSESSIVES:
        return None
    while end > left and texts[end - 1 - (texts[end - 1] == ".")].lower() in lexicon.honorifics:
        end -= 1 + (texts[end - 1] == ".")
    placed = _with_place(left, end, words, lexicon)
    if placed is not None:
        return placed, end
    if end <= left:
        return None
    last = texts[end - 2] if texts[end - 1] == "." and end - 1 > left else texts[end - 1]
    if last.isdigit():
        return (left, end) if [text.lower() for text in texts[end - 3 : end - 1]] == ["no", "."] else None
    heads = head_of(texts[left:end], lexicon), last.lower()
    able = any(head and (_is_role(head, lexicon) or head in lexicon.org_nouns) for head in heads)
    return (left, end) if able else None


def _with_place(left: int, end: int, words: Words, lexicon: Lexicon) -> int | None:
    """Return where a role with its place begins: "MP for Mid Vandia Jane Roe", "priest in Vandia Fr Roe"."""
    texts = words.texts
    place = [text for text in texts[left:end] if text[0].isalnum()]
    if left < 2 or not place or texts[left - 1].lower() not in lexicon.of_words:
        return None
    if not all(text[0].isupper() for text in place) or _is_role(place[-1].lower(), lexicon):
        return None
    start = _left_edge(left - 1, words, lexicon)
    return start if start < left - 1 and _is_role(texts[left - 2].lower(), lexicon) else None


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
        if low.isdigit() and [word.lower() for word in texts[start - 3 : start - 1]] == ["no", "."]:
            start -= 3  # "world No. 1"
            continue
        if _ends_role(text, low, lexicon):
            break
        start -= 1
    if start < first and start > 0 and texts[start - 1].lower() in lexicon.before_verbs:
        start += _may_be_verb(texts[start], lexicon)  # "to defeat incumbent"
    while start < first and texts[start].lower() in _POSSESSIVES:
        start += 1
    return start


def _ends_role(text: str, low: str, lexicon: Lexicon) -> bool:
    """Say whether a word before a name is no part of its role."""
    plain = low in lexicon.function and low not in lexicon.once and not (text.isupper() and len(text) > 1)
    if not low[0].isalnum() or low.isdigit() or plain or low in lexicon.prepositions:
        return True
    if low in lexicon.speech or low in lexicon.determiners or low in lexicon.calendar:
        return True
    return low.endswith("ly") or _is_done(text, lexicon)


def _may_be_verb(text: str, lexicon: Lexicon) -> bool:
    return text.islower() and text != "no" and (text in lexicon.also_verbs or not _is_role(text, lexicon))


def _is_past(low: str, lexicon: Lexicon) -> bool:
    """Say whether a small word tells what was done, not what somebody is: "met", but not "retired"."""
    if low in lexicon.pasts:
        return True
    return low.endswith(lexicon.past_endings) and low not in lexicon.participles and "-" not in low


def _is_part(before: str, after: str) -> bool:
    """Say whether "of" stands inside a name: "Bank of England"."""
    return before[0].isupper() and after[0].isupper()


def _noun_and_comma(
    before: Mention, mention: Mention, words: Words, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return the phrase in "the study's author, Jane Roe, said"."""
    if before.form is not BY_NOUN or before.plural or before.document:
        return None
    if before.kind is not ROLE or not _is_closed(mention, words, lexicon):
        return None
    return before.first, before.outer_end


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
    if _is_clause(texts[start:comma], lexicon) or any(_is_done(text, lexicon) for text in texts[start:comma]):
        return None
    owned = max((at for at in range(start, comma) if texts[at] in _POSSESSIVES), default=start - 1)
    head = head_of(texts[owned + 1 : comma], lexicon)
    return (start, comma) if head is not None and _is_role(head, lexicon) else None


def _is_clause(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether words are a clause and no phrase: "the harbour master was told"."""
    for text in texts:
        low = text.lower()
        if low in lexicon.who or low in lexicon.auxiliaries:
            return low in lexicon.auxiliaries
    return False


def _is_done(text: str, lexicon: Lexicon) -> bool:
    return text.islower() and _is_past(text, lexicon)


def _is_closed(mention: Mention, words: Words, lexicon: Lexicon) -> bool:
    """Say whether a comma, a full stop or a verb of speech follows a name."""
    if mention.end >= len(words.texts):
        return True
    after = words.texts[mention.end]
    return after in _ENDS or after.lower() in lexicon.speech


# Behind a name


def _behind(mention: Mention, words: Words, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return what stands between commas behind a name: ", 54, the director of the institute,"."""
    texts, at = words.texts, mention.end
    if at + 2 >= len(texts) or texts[at] not in _BESIDE:
        return None
    at = _behind_bracket(at, words)
    if at + 2 >= len(texts) or texts[at] not in _COMMAS:
        return None
    at += 1
    if texts[at].lower() in lexicon.who and texts[at + 1].lower() in lexicon.holding:
        return at, _right_edge(at + 1, words, lexicon)
    at = _behind_age(at, words, lexicon)
    end = _right_edge(at, words, lexicon)
    if (
        end < len(texts)
        and texts[end].lower() in lexicon.speech
        and _is_subject(texts[at - 1 : end], lexicon)
    ):
        return None
    if _belongs(texts[at:end], lexicon) or _is_one_of(texts[at:end], lexicon):
        return at, end
    if _opens_clause(texts[at:end], lexicon):
        return None
    things = lexicon.org_nouns if mention.kind is ORGANISATION else frozenset()
    core = _core(texts[at:end], lexicon)
    if _ends_in_name(texts[at : at + len(core)], lexicon):
        return None
    return (at, end) if any(_is_role(low, lexicon) or low in things for low in core) else None


def _behind_age(at: int, words: Words, lexicon: Lexicon) -> int:
    """Return where a role begins behind an age, "who is", an article, or a degree."""
    texts = words.texts
    if at + 1 < len(texts) and texts[at][:1].isdigit() and texts[at + 1] == ",":
        at += 2
    if at + 1 < len(texts) and texts[at].lower() in lexicon.who and texts[at + 1].lower() in lexicon.is_words:
        at += 2
    while at < len(texts) and texts[at].lower() in lexicon.articles:
        at += 1
    if at + 1 < len(texts) and texts[at].lower() in lexicon.degrees and texts[at + 1] == ",":
        at += 2
    return at


def _opens_clause(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether words behind a comma go on with a clause: ", met the minister", ", but the minister"."""
    if not texts:
        return True
    first = texts[0]
    low = first.lower()
    if low in lexicon.function and low not in lexicon.leading and low not in lexicon.once:
        return True
    if _is_done(first, lexicon) or low in lexicon.holding:
        return True
    governs = low.endswith("s") and len(texts) > 1 and texts[1].lower() in lexicon.determiners
    return (governs and first == low) or _is_clause(texts, lexicon)


def _ends_in_name(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether what stands behind a comma is the next one of a list: ", Minister Jane Roe"."""
    return len(texts) > 1 and texts[-1][0].isupper() and any(_is_given(text, lexicon) for text in texts[:-1])


def _is_one_of(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether somebody is one of several: "one of some 40 farmers who marched"."""
    if len(texts) < 3 or texts[0].lower() != "one" or texts[1].lower() != "of":
        return False
    return any(text.lower() in lexicon.group_nouns for text in texts[2:_ONE_OF])


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
        if low in _ENDS and not (low == "." and end > at and texts[end - 1].lower() in lexicon.abbreviated):
            break
        if low in lexicon.speech or (low in lexicon.who and end > at):
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
