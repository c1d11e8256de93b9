"""Mentions by name become identities: one for each person, however the article writes the name."""

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field

from digests.people.lexicon import Lexicon
from digests.people.mentions import BY_NAME, ORGANISATION, PERSON, PLACE, Gender, Mention, PersonKind
from digests.text import Words, fold

_ARTICLES = frozenset(("al-", "el-"))  # of Arabic names, written now with the name, now apart
_APART = frozenset(("al", "el"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NEAR = 2  # letters by which two spellings of one long name may differ
_ALIKE = 40  # names with the same first letters that are compared
_LATELY = 400  # words back
_SPELT = 5  # letters of a name from which on one may be a slip
_LONG = 6  # letters; shorter names are compared as they are


@dataclass(slots=True)
class Identity:
    """A person or organisation while its mentions are being gathered."""

    tokens: tuple[str, ...]  # of the fullest name, folded
    name: str
    kind: PersonKind
    gender: Gender | None
    titled: bool = False
    titles: frozenset[str] = frozenset()  # that tell an office
    mentions: list[Mention] = field(default_factory=list)


def identities_of(
    found: list[Mention], words: Words, lexicon: Lexicon
) -> tuple[list[Identity], tuple[Mention, ...]]:
    """Return the identities in the order of their first mention, and all mentions with `person` filled in.

    Names in headlines make no identity of their own: there every word has a capital.
    """
    return _Gatherer(found, words, lexicon).gathered()


class _Gatherer:
    def __init__(self, found: list[Mention], words: Words, lexicon: Lexicon) -> None:
        self.found, self.words, self.lexicon = found, words, lexicon
        self.identities: list[Identity] = []
        self.by_token: defaultdict[str, list[int]] = defaultdict(list)
        self.by_start: defaultdict[str, list[int]] = defaultdict(
            list
        )  # first letters -> who is named like that
        # first letter and length of the last word of a full name -> who bears it
        self.by_shape: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self.met: defaultdict[int, list[int]] = defaultdict(list)  # identity -> words at which it is named
        self.place: dict[int, int] = {}  # index of a mention -> index of its identity

    def gathered(self) -> tuple[list[Identity], tuple[Mention, ...]]:
        names = [(index, m) for index, m in enumerate(self.found) if m.form is BY_NAME]
        known_tokens = {name: _tokens(name) for name in {m.text for _, m in names}}
        tokens = {index: known_tokens[m.text] for index, m in names}
        for index, m in names:
            if len(tokens[index]) > 1 and not m.heading:
                self._put(index, m, self._full(tokens[index], m), tokens[index])
        short = [(index, m) for index, m in names if len(tokens[index]) == 1 and not m.heading]
        told = [one for one in short if one[1].titled is not None and one[1].gender is not None]  # "Mrs Roe"
        for index, m in told:
            self._put(index, m, self._short(tokens[index][0], m), tokens[index])
        for index, m in short:
            if index not in self.place:
                self._put(index, m, self._short(tokens[index][0], m), tokens[index])
        for index, m in names:
            if m.heading and tokens[index]:
                known = self._known(tokens[index], m)
                if known is not None:
                    self.place[index] = known
        return self._in_order()

    def _put(self, index: int, mention: Mention, known: int | None, tokens: tuple[str, ...]) -> None:
        if known is None:
            known = len(self.identities)
            titled = mention.titled is not None
            self.identities.append(Identity(tokens, mention.text, mention.kind, mention.gender, titled))
            self._index(known, tokens)
        else:
            self._widen(known, tokens, mention)
        if mention.titled is not None:
            self.identities[known].titles |= self._titles(mention)
        self.place[index] = known
        insort(self.met[known], mention.first)

    def _index(self, known: int, tokens: tuple[str, ...]) -> None:
        last = _last(tokens)
        for start in {tokens[0][:3], last[: _LONG - 1]}:
            if len(self.by_start[start]) < _ALIKE:
                self.by_start[start].append(known)
        if len(tokens) > 1:
            self.by_shape[last[0], len(last)].append(known)
        for token in tokens:
            if len(self.by_token[token]) < _ALIKE and known not in self.by_token[token]:
                self.by_token[token].append(known)
        if len(tokens) > 1 and self.identities[known].kind is ORGANISATION:
            initials = "".join(
                word[0] for word in tokens if word not in self.lexicon.joiners and word != "the"
            )
            self.by_token[initials].append(known)
            if len(initials) > 2:
                self.by_token[initials[1:]].append(known)  # "HA" of the Eastmoor Harbour Association

    def _widen(self, known: int, tokens: tuple[str, ...], mention: Mention) -> None:
        identity = self.identities[known]
        if len(tokens) != len(identity.tokens) and self._is_fuller(tokens, mention, identity):
            identity.tokens, identity.name = tokens, mention.text
            self._index(known, tokens)
        unknown = identity.kind is PERSON and identity.gender is None and not identity.titled
        if unknown and mention.kind is ORGANISATION:
            identity.kind = mention.kind  # one place calls it a group
        identity.titled = identity.titled or mention.titled is not None
        if identity.gender is None or (mention.titled is not None and mention.gender):
            identity.gender = mention.gender or identity.gender

    def _is_fuller(self, tokens: tuple[str, ...], mention: Mention, identity: Identity) -> bool:
        """Say whether a name tells more: "Jane Mary Roe" does, "Sunny Jane Roe" is a word and the name."""
        known = identity.tokens
        if len(tokens) > len(known):
            return not self._is_before_name(tokens, known) and _are_spelt_alike(mention.text, identity.name)
        return self._is_before_name(known, tokens)

    def _is_before_name(self, long: tuple[str, ...], short: tuple[str, ...]) -> bool:
        """Say whether one name is the other behind words that no name begins with."""
        begins = 1 < len(short) < len(long) and long[-len(short) :] == short and self._is_given(short[0])
        return begins and len(long[0]) > 1 and not self._is_given(long[0])

    def _is_given(self, token: str) -> bool:
        return token in self.lexicon.male_names or token in self.lexicon.female_names

    def _full(self, tokens: tuple[str, ...], mention: Mention) -> int | None:
        for known in self.by_token.get(_last(tokens), ()):
            if _same(tokens, self.identities[known].tokens, mention, self.identities[known]):
                return known
        for known in self.by_token.get(tokens[0], ()):
            other = self.identities[known].tokens
            if len(other) == len(tokens) and other[:-1] == tokens[:-1] and _is_near(other[-1], tokens[-1]):
                return known
        return None

    def _short(self, token: str, mention: Mention) -> int | None:
        choices = [
            k for k in self.by_token.get(token, ()) if self._may_be(token, mention, self.identities[k])
        ]
        if not choices and mention.kind is ORGANISATION:
            choices = [k for k in self.by_start[token[:3]] if _begins(token, self.identities[k])]
        if not choices and len(token) >= _LONG and mention.kind is PERSON:
            choices = [
                k
                for k in self.by_start[token[: _LONG - 1]]
                if self.identities[k].kind is PERSON and _is_near(_last(self.identities[k].tokens), token)
            ]
        if not choices and mention.kind is PERSON:
            choices = self._misspelt(token, mention)
        if not choices:
            return None
        if len(choices) == 1:
            return choices[0]
        return max(choices, key=lambda k: self._nearness(k, token, mention))

    def _misspelt(self, token: str, mention: Mention) -> list[int]:
        """Return the one person whose last name `token` is but for a letter, if it is nobody else's."""
        if len(token) < _SPELT or self._is_given(token):
            return []
        found = [
            k
            for size in (len(token) - 1, len(token), len(token) + 1)
            for k in self.by_shape.get((token[0], size), ())[:_ALIKE]
            if _is_slip(token, _last(self.identities[k].tokens))
            and self.identities[k].kind is PERSON
            and _agree(mention.gender, self.identities[k].gender)
        ]
        return found if len(found) == 1 else []

    def _known(self, tokens: tuple[str, ...], mention: Mention) -> int | None:
        return self._full(tokens, mention) if len(tokens) > 1 else self._short(tokens[0], mention)

    def _may_be(self, token: str, mention: Mention, identity: Identity) -> bool:
        if len(identity.tokens) > 1 and identity.kind is ORGANISATION and token in identity.tokens:
            return mention.kind is not PLACE and self._shortens(token, mention.text, identity.tokens)
        if mention.kind is PLACE and mention.titled is None and len(identity.tokens) > 1:
            return False
        if len(identity.tokens) > 1 and token not in (_last(identity.tokens), identity.tokens[0]):
            return "-" not in token and len(identity.tokens) > 2
        return mention.titled is None or _agree(mention.gender, identity.gender)

    def _shortens(self, token: str, shown: str, full: tuple[str, ...]) -> bool:
        """Say whether `token`, `shown` so, is short for an organisation: "Church" of the Lantern, "EWTO"."""
        rest = [other for other in full if other != token]
        if all(other in self.lexicon.org_names or other in self.lexicon.joiners for other in rest):
            return True
        if token != full[0]:
            return False
        return shown.isupper() or (len(full) > 2 and full[1] in self.lexicon.joiners)

    def _titles(self, mention: Mention) -> frozenset[str]:
        """Return the words of the title before a name that tell an office: "president"."""
        before = self.words.lower[mention.titled : mention.first]
        return self.lexicon.titles.intersection(before) - self.lexicon.honorifics

    def _nearness(self, known: int, word: str, mention: Mention) -> tuple[bool, int, bool, int, int]:
        """Order those who bear a name: by its last word and title, then who was met before, often, lately."""
        identity = self.identities[known]
        met = self.met[known]
        before = bisect_left(met, mention.first)
        nearest = met[before - 1] if before else len(met)
        often = before - bisect_left(met, mention.first - _LATELY)
        told = self._titles(mention) if mention.titled is not None and identity.titles else None
        title = 0 if not told else 1 if told & identity.titles else -1
        return _last(identity.tokens) == word, title, before > 0, min(often, 3), nearest

    def _in_order(self) -> tuple[list[Identity], tuple[Mention, ...]]:
        order = list(dict.fromkeys(self.place[index] for index in sorted(self.place)))
        number = {known: place for place, known in enumerate(order)}
        mentions = []
        for index, mention in enumerate(self.found):
            known = self.place.get(index)
            if mention.form is BY_NAME and known is None:
                continue
            filled = mention
            if known is not None:
                identity = self.identities[known]
                thing = identity.kind is ORGANISATION
                filled = mention.of_person(number[known], identity.kind if thing else mention.kind)
                identity.mentions.append(filled)
            mentions.append(filled)
        return [self.identities[known] for known in order], tuple(mentions)


def _tokens(name: str) -> tuple[str, ...]:
    parts = fold(name).replace(".", " ").split()
    if "l" in name and ("l-" in name or "l " in name):
        parts = _without_articles(parts)
    return tuple(part for part in parts if part[0].isalnum()) or (name,)


def _without_articles(parts: list[str]) -> list[str]:
    """Return an Arabic name as it is with and without its article: "al-Masri", "Nour al Masri"."""
    parts = [part[3:] if part[:3] in _ARTICLES and len(part) > 4 else part for part in parts]
    return [part for at, part in enumerate(parts) if not (at and part in _APART)]


def _last(tokens: tuple[str, ...]) -> str:
    kept = [token for token in tokens if token not in _SUFFIXES]
    return kept[-1] if kept else tokens[-1]


def _same(tokens: tuple[str, ...], other: tuple[str, ...], mention: Mention, identity: Identity) -> bool:
    if _last(tokens) != _last(other):
        return False
    if len(other) == 1:
        return False
    if mention.kind is not identity.kind:
        return tokens == other
    if identity.kind is ORGANISATION:
        return set(tokens) <= set(other) or set(other) <= set(tokens)
    one, two = tokens[0], other[0]
    return (
        one == two
        or (one[0] == two[0] and (len(one) == 1 or len(two) == 1 or one[:3] == two[:3]))
        or set(tokens) <= set(other)
        or set(other) <= set(tokens)
    )


def _begins(token: str, identity: Identity) -> bool:
    """Say whether `token` is the cut first word of an organisation: "Prov" of "Provincial Union"."""
    first = identity.tokens[0]
    is_long = len(identity.tokens) > 1 and len(first) >= len(token) + 3
    return identity.kind is ORGANISATION and is_long and len(token) >= 3 and first.startswith(token)


def _agree(one: Gender | None, other: Gender | None) -> bool:
    return one is None or other is None or one is other


def _are_spelt_alike(name: str, other: str) -> bool:
    """Say whether no article is joined to the last name in one alone: "al Masri", "al-Masri"."""
    return (name.rpartition(" ")[2][2:3] == "-") == (other.rpartition(" ")[2][2:3] == "-") or " " not in other


def _is_slip(one: str, other: str) -> bool:
    """Say whether two words differ by one letter, or by two that have changed places."""
    if one[:2] != other[:2] and one[-2:] != other[-2:]:
        return False  # most
    same = 0
    while one[same : same + 1] == other[same : same + 1] != "":
        same += 1
    rest, other_rest = one[same:], other[same:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def _is_near(one: str, other: str) -> bool:
    """Say whether two spellings may be one long name: same start, few letters apart at the end."""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > _NEAR or one[0] != other[0]:
        return False
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    return max(len(one), len(other)) - common <= _NEAR and common >= _LONG - 1
