"""Mentions by name become identities: one for each person, however the article writes the name."""

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field

from digests.people.lexicon import Lexicon
from digests.people.mentions import BY_NAME, ORGANISATION, PERSON, PLACE, Gender, Mention, PersonKind
from digests.text import fold

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NEAR = 2  # letters by which two spellings of one long name may differ
_ALIKE = 40  # names with the same first letters that are compared
_LATELY = 400  # words back
_LONG = 6  # letters; shorter names are compared as they are


@dataclass(slots=True)
class Identity:
    """A person or organisation while its mentions are being gathered."""

    tokens: tuple[str, ...]  # of the fullest name, folded
    name: str
    kind: PersonKind
    gender: Gender | None
    titled: bool = False
    mentions: list[Mention] = field(default_factory=list)


def identities_of(found: list[Mention], lexicon: Lexicon) -> tuple[list[Identity], tuple[Mention, ...]]:
    """Return the identities in the order of their first mention, and all mentions with `person` filled in.

    Names in headlines make no identity of their own: there every word has a capital.
    """
    return _Gatherer(found, lexicon).gathered()


class _Gatherer:
    def __init__(self, found: list[Mention], lexicon: Lexicon) -> None:
        self.found, self.lexicon = found, lexicon
        self.identities: list[Identity] = []
        self.by_token: defaultdict[str, list[int]] = defaultdict(list)
        self.by_start: defaultdict[str, list[int]] = defaultdict(
            list
        )  # first letters -> who is named like that
        self.met: defaultdict[int, list[int]] = defaultdict(list)  # identity -> words at which it is named
        self.place: dict[int, int] = {}  # index of a mention -> index of its identity

    def gathered(self) -> tuple[list[Identity], tuple[Mention, ...]]:
        names = [(index, m) for index, m in enumerate(self.found) if m.form is BY_NAME]
        known_tokens = {name: _tokens(name) for name in {m.text for _, m in names}}
        tokens = {index: known_tokens[m.text] for index, m in names}
        for index, m in names:
            if len(tokens[index]) > 1 and not m.heading:
                self._put(index, m, self._full(tokens[index], m), tokens[index])
        for index, m in names:
            if len(tokens[index]) == 1 and not m.heading:
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
        self.place[index] = known
        insort(self.met[known], mention.first)

    def _index(self, known: int, tokens: tuple[str, ...]) -> None:
        for start in {tokens[0][:3], _last(tokens)[: _LONG - 1]}:
            if len(self.by_start[start]) < _ALIKE:
                self.by_start[start].append(known)
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
        if len(tokens) > len(identity.tokens):
            identity.tokens, identity.name = tokens, mention.text
            self._index(known, tokens)
        unknown = identity.kind is PERSON and identity.gender is None and not identity.titled
        if unknown and mention.kind is ORGANISATION:
            identity.kind = mention.kind  # one place calls it a group
        identity.titled = identity.titled or mention.titled is not None
        if identity.gender is None or (mention.titled is not None and mention.gender):
            identity.gender = mention.gender or identity.gender

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
        if not choices:
            return None
        if len(choices) == 1:
            return choices[0]
        return max(choices, key=lambda k: self._nearness(k, token, mention))

    def _known(self, tokens: tuple[str, ...], mention: Mention) -> int | None:
        return self._full(tokens, mention) if len(tokens) > 1 else self._short(tokens[0], mention)

    def _may_be(self, token: str, mention: Mention, identity: Identity) -> bool:
        if len(identity.tokens) > 1 and identity.kind is ORGANISATION and token in identity.tokens:
            return mention.kind is not PLACE and self._shortens(token, identity.tokens)
        if mention.kind is PLACE and mention.titled is None and len(identity.tokens) > 1:
            return False
        if len(identity.tokens) > 1 and token not in (_last(identity.tokens), identity.tokens[0]):
            return "-" not in token and len(identity.tokens) > 2
        return mention.titled is None or _agree(mention.gender, identity.gender)

    def _shortens(self, token: str, full: tuple[str, ...]) -> bool:
        """Say whether `token` is short for an organisation: "Church" for the Church of the Lantern."""
        rest = [other for other in full if other != token]
        if all(other in self.lexicon.org_names or other in self.lexicon.joiners for other in rest):
            return True
        return token == full[0] and len(full) > 2 and full[1] in self.lexicon.joiners

    def _nearness(self, known: int, word: str, mention: Mention) -> tuple[bool, bool, int, int]:
        """Order those who bear a name: by its last word, then who was met before, often and lately."""
        identity = self.identities[known]
        met = self.met[known]
        before = bisect_left(met, mention.first)
        nearest = met[before - 1] if before else -met[0]
        often = before - bisect_left(met, mention.first - _LATELY)
        return _last(identity.tokens) == word, before > 0, min(often, 3), nearest

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
    return tuple(part for part in parts if part[0].isalnum()) or (name,)


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


def _is_near(one: str, other: str) -> bool:
    """Say whether two spellings may be one long name: same start, few letters apart at the end."""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > _NEAR or one[0] != other[0]:
        return False
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    return max(len(one), len(other)) - common <= _NEAR and common >= _LONG - 1
