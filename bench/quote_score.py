"""Quotes that we found and quotes that a person marked become figures: how many are found and rightly said.

One unit is one segment in marks. A found one matches a marked one where they share at least `NEAR` of their
characters, marks and signs at the ends trimmed. Passages that `ignore` names count neither way.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NEAR = 0.8  # of the characters of both together
Data = Mapping[str, Any]
Place = tuple[int, int]

_TRIM = " \t\n\r\"“”„«»'‘’`[](){}.,;:-–—…\u00a0"
_TITLES = frozenset(
    "mr mrs ms miss dr sen sens senator rep reps representative gov governor president vice prime "
    "minister secretary gen general col lt sgt capt judge justice chief director chairman chairwoman "
    "chair chairperson mayor king queen prince princess pope sir lord lady dame rev reverend father "
    "prof professor attorney speaker ambassador congressman congresswoman deputy former ex the a an "
    "officer detective sheriff coach ceo spokesman spokeswoman spokesperson".split()
)
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PRONOUNS = frozenset("he she they it i we you who him her them himself herself this that which one".split())
_SHORT_NAMES = tuple(
    frozenset(names.split())
    for names in (
        "bill william will", "bob robert rob bobby", "mike michael", "joe joseph", "jim james jimmy",
        "tom thomas", "dick richard rick", "tony anthony", "ted edward theodore ed", "chuck charles charlie",
        "liz elizabeth beth betsy", "kate katherine kathleen kathy", "steve stephen steven", "dan daniel",
        "dave david", "matt matthew", "chris christopher christine", "alex alexander alexandra",
        "ben benjamin", "sam samuel", "nick nicholas", "jeff jeffrey geoff", "ron ronald", "don donald",
        "ken kenneth", "larry lawrence", "greg gregory", "andy andrew drew", "pat patrick patricia",
        "tim timothy", "peggy margaret maggie", "doug douglas", "hank henry harry", "jack john johnny",
    )
)  # fmt: skip
_HEAD_ENDS = re.compile(
    r",|\b(?:of|for|from|in|on|at|by|with|to|about|who|that|which|whose|released|obtained|briefed|published|sent"
    r"|written|close)\b"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """How many of what we gave are right, and how many of what there was we gave."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A marked quote with what we found there; one of both may be missing."""

    article: str
    wanted: Data | None
    given: Data | None

    @property
    def names(self) -> list[str]:
        """The names that count as right; none where the passage has no known speaker."""
        return names_of(self.wanted) if self.wanted else []

    @property
    def right(self) -> bool:
        return bool(self.given and is_speaker(self.given.get("speaker"), self.names))


def names_of(quote: Data) -> list[str]:
    """Return all names that are right for a marked quote."""
    if quote.get("speaker_alts") is not None:
        return list(quote["speaker_alts"])
    return [quote["speaker"]] if quote.get("speaker") else []


def spans(matches: Sequence[Match]) -> Share:
    """Return how well the passages are found."""
    return Share(
        right=sum(m.wanted is not None and m.given is not None for m in matches),
        given=sum(m.given is not None for m in matches),
        wanted=sum(m.wanted is not None for m in matches),
    )


def speakers(matches: Sequence[Match]) -> Share:
    """Return how well passage and speaker are found; passages without a known speaker aside."""
    known = [m for m in matches if m.wanted is None or m.names]
    return Share(
        right=sum(m.right for m in known),
        given=sum(m.given is not None for m in known),
        wanted=sum(m.wanted is not None for m in known),
    )


def matches(articles: Sequence[Data], found: Mapping[str, Sequence[Data]], *, fewest: int = 0) -> list[Match]:
    """Return the matches of all articles; quotes of less than `fewest` words count neither way."""
    return [match for article in articles for match in _matches(article, found[article["id"]], fewest)]


def _matches(article: Data, found: Sequence[Data], fewest: int) -> Iterator[Match]:
    text, ignored = article["text"], [tuple(place) for place in article.get("ignore", ())]
    wanted: list[tuple[Place, Data]] = []
    for quote in article["quotes"]:
        place = trimmed(text, quote["start"], quote["end"])
        if quote.get("type") == "indirect" or place[0] >= place[1]:
            continue
        if _words(text, place) < fewest:
            ignored.append(place)
        else:
            wanted.append((place, quote))
    given = [(trimmed(text, quote["start"], quote["end"]), quote) for quote in found]
    given = [(place, quote) for place, quote in given if place[0] < place[1]]
    pairs = _pairs([place for place, _ in wanted], [place for place, _ in given])
    for i, (_, quote) in enumerate(wanted):
        yield Match(article["id"], quote, given[pairs[i]][1] if i in pairs else None)
    taken = set(pairs.values())
    for j, (place, quote) in enumerate(given):
        left_out = _words(text, place) < fewest or any(_mostly_in(place, other) for other in ignored)
        if j not in taken and not left_out:
            yield Match(article["id"], None, quote)


def _pairs(wanted: Sequence[Place], given: Sequence[Place]) -> dict[int, int]:
    near = (
        (overlap(one, other), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(given)
        if one[0] < other[1] and other[0] < one[1]
    )
    pairs: dict[int, int] = {}
    for share, i, j in sorted(near, key=lambda pair: -pair[0]):
        if share >= NEAR and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def trimmed(text: str, start: int, end: int) -> Place:
    """Return the place without marks, brackets, signs and white space at its ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def overlap(one: Place, other: Place) -> float:
    """Return which share of both together two places have in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def _mostly_in(place: Place, other: Place) -> bool:
    return min(place[1], other[1]) - max(place[0], other[0]) >= 0.5 * (place[1] - place[0])


def _words(text: str, place: Place) -> int:
    return len(re.findall(r"\w[\w'’-]*", text[slice(*place)]))


def is_speaker(name: str | None, right: Sequence[str]) -> bool:
    """Say whether `name` means one of the `right` speakers: same name, or the same in a shorter form."""
    given = _tokens(name) if name else []
    if not name or not given or (len(given) == 1 and given[0] in _PRONOUNS):
        return False
    return any(_is_same(name, given, other) for other in right)


def _is_same(name: str, given: list[str], other: str) -> bool:
    wanted = _tokens(other)
    one, two = ([t for t in tokens if t not in _SUFFIXES] for tokens in (given, wanted))
    if not one or not two:
        return False
    if set(one) == set(two):
        both = set(given) & _SUFFIXES, set(wanted) & _SUFFIXES
        return not (both[0] and both[1] and both[0] != both[1])
    if other.strip()[:1].isupper() and len(two) <= 4:
        return _is_same_name(one, two)
    return _is_same_phrase(name, other)


def _is_same_name(one: list[str], two: list[str]) -> bool:
    short, long = sorted((one, two), key=len)
    if set(short) <= set(long) and (short[-1] == long[-1] or len(short) >= 2):
        return True
    if one[-1] != two[-1]:
        return False
    firsts = len(one) >= 2 and len(two) >= 2
    return not firsts or any(_is_short(a, b) for a in one[:-1] for b in two[:-1])


def _is_short(one: str, two: str) -> bool:
    if one == two or (one[0] == two[0] and (len(one) == 1 or len(two) == 1)):
        return True
    return one[:3] == two[:3] or any(one in names and two in names for names in _SHORT_NAMES)


def _is_same_phrase(name: str, other: str) -> bool:
    one, two = _head(other), _head(name)
    if one and two and one[-1] == two[-1] and (set(one) <= set(two) or set(two) <= set(one)):
        return True
    all_one, all_two = set(_tokens(other, cut=False)), set(_tokens(name, cut=False))
    return bool(all_one and all_two) and len(all_one & all_two) / len(all_one | all_two) > 0.5


def _head(phrase: str) -> list[str]:
    before = _HEAD_ENDS.split(phrase.strip().lower(), maxsplit=1)[0]
    return _tokens(before if before.strip() else phrase)


def _tokens(name: str, *, cut: bool = True) -> list[str]:
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    folded = folded.replace("’", "'")
    if cut and folded.split(",")[0].strip():
        folded = folded.split(",")[0]
    plain = re.sub(r"\(.*?\)", " ", re.sub(r"'s\b", "", folded.lower()))
    words = [word.strip("'-") for word in re.sub(r"[^\w\s'-]", " ", plain).split()]
    words = [word for word in words if word]
    return [word for word in words if word not in _TITLES] or words
