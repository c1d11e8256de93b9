"""A mention that names nobody becomes those whom it may mean, each with features for and against.

"She" means one of the persons before; "the agency" and "the report" mean an organisation, or nobody with a
name: then the words stand for themselves.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from digests.facts.quotes.scene import CUES, PRONOUN, Scene, Who, who_of
from digests.people import (
    BY_NAME,
    BY_PRONOUN,
    FEMALE,
    MALE,
    ORGANISATION,
    PERSON,
    PLACE,
    ROLE,
    Mention,
    People,
    Person,
)

_MOST = 7  # persons weighed
_REACH = 260  # items
_REMEMBERED = 8192  # groups of features
_CHAIN = 60  # items between a pronoun and the same one before
_TOLD = 24  # items between a document and who is said to have put it out
_OWNER_REACH = 3  # items between a document and who is said to have written it


@dataclass(frozen=True, slots=True)
class Known:
    """What is the same for all references of an article."""

    firsts: dict[int, int]  # sentence -> the item of its first mention
    speakers: Collection[int | None]  # persons who are the subject of a cue somewhere
    subjects: Collection[int]  # items that are


@dataclass(slots=True)
class Meant:
    """Somebody whom a mention may mean."""

    who: Who
    features: list[str]


def meant_by(
    scene: Scene,
    people: People,
    item: int,
    *,
    last: Who | None,
    since: int,
    said: Collection[str],
    known: "Known",
) -> list[Meant]:
    """Return whom the pronoun or phrase at `item` may mean, the nearest first.

    `last` said the quote before, which is the item `since`; -1 if there is none. `said` are the words of the
    quote in lower case: few speak of themselves by name.
    """
    return _Reference(scene, people, item, last, since, said, known).meant()


def is_open(mention: Mention) -> bool:
    """Say whether it takes a guess to tell whom `mention` means."""
    if mention.form is BY_PRONOUN:
        return True
    if mention.form is BY_NAME or mention.person is not None:
        return False
    return mention.document or (not mention.plural and mention.text[:4].lower() == "the ")


class _Reference:
    def __init__(
        self,
        scene: Scene,
        people: People,
        item: int,
        last: Who | None,
        since: int,
        said: Collection[str],
        known: Known,
    ) -> None:
        self.scene, self.people, self.item = scene, people, item
        self.last, self.since, self.said = last, since, said
        self.firsts, self.speakers, self.subjects = known.firsts, known.speakers, known.subjects
        self.mention = scene.mentions[scene.refs[item]]
        self.pronoun = self.mention.form is BY_PRONOUN
        self.fits = _fits(self.mention) if self.pronoun else _fits_phrase(self.mention)

        letters, words = scene.letters, scene.words
        self.cue = next((words[at] for at in (item + 1, item - 1) if letters[at : at + 1] in CUES), "")
        self.gap = self._gap()
        self.same = self._same() if self.pronoun else -1
        self.orgs: dict[Who, int] = {}  # those weighed, the nearest first
        self.owned = _possessor(self.mention)

    def meant(self) -> list[Meant]:
        nearest, seen = self._before()
        main = max(seen, key=lambda who: seen[who], default=None)
        owner = None if self.pronoun else self._owner(self.item)
        if owner is None and self.mention.document and self.owned is None:
            owner = self._owner_told()
        if owner is not None and owner not in nearest:
            nearest = {owner: self.item, **nearest}
        alone = self.mention.document and owner is None and self.owned is None
        author = self._author() if alone else None
        if author is not None:
            nearest.setdefault(*author)
        found = [
            Meant(who, self._features(who, at, rank, seen.get(who, 1), main, owner, len(nearest) == 1))
            for rank, (who, at) in enumerate(nearest.items())
        ]
        if author is not None:
            for one in found:
                one.features.append(f"@author{one.who == author[0]}")
        if owner is not None and self.mention.document:
            return [one for one in found if one.who == owner]  # who wrote it speaks in it
        if not self.pronoun:
            found.append(Meant(self.mention.text, self._itself(len(nearest))))
        return found

    def _gap(self) -> str:
        """Return how far the quote before is, in sentences and paragraphs."""
        sentence, paragraph = self.scene.sentence, self.scene.paragraph
        if self.since < 0:
            return "-"
        sentences, paragraphs = (
            numbers[self.item] - numbers[self.since] for numbers in (sentence, paragraph)
        )
        return f"{min(sentences, 3)}{min(paragraphs, 2)}"

    def _same(self) -> int:
        """Return where the same pronoun stood before; -1 if it did not."""
        words, letters = self.scene.words, self.scene.letters
        for at in range(self.item - 1, max(-1, self.item - _CHAIN), -1):
            if letters[at] == PRONOUN and words[at] == words[self.item]:
                return at
        return -1

    def _before(self) -> tuple[dict[Who, int], dict[Who, int]]:
        """Return who fits, each with its nearest item, and how often each was met."""
        scene, letters = self.scene, self.scene.letters
        nearest: dict[Who, int] = {}
        seen: dict[Who, int] = {}
        sentence = scene.sentence[self.item]
        named = scene.named
        place = bisect_left(named, self.item) - 1
        while place >= 0 and named[place] > self.item - _REACH:
            at = named[place]
            place -= 1
            mention = scene.mentions[scene.refs[at]]
            if letters[at] != "N" and not self.pronoun:
                employer = self._employer(scene.refs[at])
                if employer is None:
                    continue
                mention = employer
            if not self.fits(mention, self.people):
                continue
            who = who_of(mention)
            near = mention.form is BY_NAME or sentence - scene.sentence[at] <= 3
            if who not in nearest and len(nearest) < _MOST and near:
                nearest[who] = at
            seen[who] = seen.get(who, 0) + 1
        return nearest, seen

    def _employer(self, number: int) -> Mention | None:
        """Return whom a phrase speaks for: "a spokesman for the Harbour Trust"."""
        phrase, mentions = self.scene.mentions[number], self.scene.mentions
        for mention in mentions[number + 1 : number + 3]:
            if phrase.end < mention.first and mention.end <= phrase.outer_end:
                return mention
        return None

    def _owner(self, item: int) -> Who | None:
        """Return who is named in the phrase or right behind it: "Roe's letter", "a statement from Roe"."""
        scene, place = self.scene, self.scene.refs[item]
        phrase = scene.mentions[place]
        inside = [
            m
            for m in self.people.mentions[max(0, place - 3) : place + 5]
            if m.form is BY_NAME and m.person is not None
            if phrase.first <= m.first and m.end <= phrase.end
        ]
        if inside:
            return inside[-1].person
        if item + 2 < len(scene.letters) and scene.words[item + 1] in ("from", "by", "of"):
            for at in range(item + 2, min(len(scene.letters), item + 2 + _OWNER_REACH)):
                if scene.letters[at] == "N":
                    return scene.mentions[scene.refs[at]].person
        return None

    def _owner_told(self) -> Who | None:
        """Return who was named with the document before: "the Harbour Trust report", then "the report"."""
        scene, head = self.scene, self._head()
        if len(self.mention.text) != len("the ") + len(head):
            return None
        for place in range(bisect_left(scene.named, self.item) - 1, -1, -1):
            at = scene.named[place]
            if at < self.item - _REACH:
                return None
            if scene.letters[at] == "n" and scene.mentions[scene.refs[at]].text.lower().endswith(head):
                owner = self._owner(at)
                if isinstance(owner, int) and self.people.persons[owner].kind is not PLACE:
                    return owner
        return None

    def _author(self) -> tuple[Who, int] | None:
        """Return who put out the document that is meant, as the sentence that told of it first has it."""
        scene, letters, head = self.scene, self.scene.letters, self._head()
        for place in range(bisect_left(scene.named, self.item) - 1, -1, -1):
            at = scene.named[place]
            if at < self.item - _REACH:
                return None
            if letters[at] == "n" and scene.mentions[scene.refs[at]].text.lower().endswith(head):
                start = at
                while start > max(0, at - _TOLD) and scene.sentence[start - 1] == scene.sentence[at]:
                    start -= 1
                for one in range(start, at):
                    if letters[one] in "Nn" and letters[one - 1 : one] not in ("p", "b"):
                        return who_of(scene.mentions[scene.refs[one]]), one
        return None

    def _features(
        self, who: Who, at: int, rank: int, count: int, main: Who | None, owner: Who | None, alone: bool
    ) -> list[str]:
        scene, letters, item = self.scene, self.scene.letters, self.item
        mention = scene.mentions[scene.refs[at]] if at != item else None
        sentences = min(scene.sentence[item] - scene.sentence[at], 5)
        paragraphs = min(scene.paragraph[item] - scene.paragraph[at], 3)
        first = self.firsts.get(scene.sentence[at]) == at
        previous = letters[at - 1] if at else "^"
        following = letters[at + 1] if at + 1 < len(letters) else "$"
        person = self.people.persons[who] if isinstance(who, int) else None
        gender = person.gender is not None if person else mention is not None and mention.gender is not None
        kind = person.kind[0] if person else "n" + (mention.kind[0] if mention else "")
        count = count if count < 3 else 3 if count < 6 else 4
        me = self._shape()
        speaks = following in CUES
        subject, fresh, again = at in self.subjects, at > self.since, who == self.last
        firm = bool(person and (person.role or person.gender or " " in person.name))
        found = [
            *_of_place(me, kind, sentences, paragraphs, first, min(rank, 4)),
            *_of_count(me, kind, count, who == main, min(rank, 2), gender),
            *_of_neighbours(me, previous, following, speaks, first, alone, min(sentences, 2), min(rank, 2)),
            f"@S{me}{who in self.speakers}",
            *_of_subject(me, kind, subject, fresh, again, first, firm, min(sentences, 3)),
        ]
        if person is not None:
            found += self._of_person(me, kind, person, mention, rank, sentences)
        if self.last is not None:
            found += (f"@l{me}{again}", f"@ls{again}{min(sentences, 3)}", f"@lt{again}{self.gap}")
            found.append(f"@lc{again}{self.cue}")
        if self.pronoun and self.same >= 0:
            found.append(f"@ch{at < self.same}{min(rank, 2)}{first}")
        if not self.pronoun:
            found += self._of_phrase(me, kind, who, person, rank, sentences, who == owner)
        return found

    def _of_person(
        self, me: str, kind: str, person: Person, mention: Mention | None, rank: int, sentences: int
    ) -> list[str]:
        """Say whether a person is new, is told what he is, and is named in the quote itself."""
        told = mention is not None and (mention.role is not None or mention.titled is not None)
        new = mention is not None and person.mentions[0] == mention.span
        found = [f"@new{me}{new}{told}{min(sentences, 2)}", f"@nr{new}{told}{min(rank, 2)}"]
        if person.name.lower().rsplit(None, 1)[-1] in self.said:
            found += (f"@said{me}", f"@said{kind}")
        return found

    def _of_phrase(
        self,
        me: str,
        kind: str,
        who: Who,
        person: Person | None,
        rank: int,
        sentences: int,
        owns: bool,
    ) -> list[str]:
        """Say whether the noun of a phrase is in somebody's name or role, or is said of such a kind."""
        head = self._head()
        names = person.name.lower().split() if person else []
        role = person.role.lower().split() if person and person.role else []
        match = "name" if head in names else "role" if head in role else ""
        found = [f"@match{match}", f"@match{match}{kind}{me}"]
        if person is not None and person.kind is ORGANISATION:
            found.append(f"@org{me}{min(self.orgs.setdefault(who, len(self.orgs)), 3)}")
        found.append(f"@in{head in names}{kind}")
        found.append(f"@kd{me}{kind}{min(rank, 2)}{min(sentences, 2)}")
        found += (f"@h{head}{kind}", f"@w{me}{owns}", f"@wh{head}{owns}")
        if role:
            found.append(f"@R{head in role}")
        return found

    def _itself(self, others: int) -> list[str]:
        head, me = self._head(), self._shape()
        first = self.mention.text.split(None, 1)[0].lower()
        near = any(isinstance(who, int) for who in self.orgs)
        return [
            "@=",
            f"@=n{me}{near}",
            f"@={me}",
            f"@=h{head}",
            f"@=d{me}{first}",
            f"@=o{me}{min(others, 2)}",
            f"@=w{self._owner(self.item) is not None}{me}",
        ]

    def _head(self) -> str:
        return (self.owned or self.mention.text).rsplit(None, 1)[-1].lower()

    def _shape(self) -> str:
        if self.pronoun:
            word = self.scene.words[self.item]
            return "h" if word in ("he", "she") else word
        if self.owned is not None:
            return "theo"
        return "doc" if self.mention.document else "the" + self.mention.kind[0]


# A few things tell the most of who may be meant, and come up again and again: they are put into words once.


@lru_cache(maxsize=_REMEMBERED)
def _of_place(me: str, kind: str, sentences: int, paragraphs: int, first: bool, rank: int) -> tuple[str, ...]:
    near = min(sentences, 3)
    return (
        f"@{me}{kind}",
        f"@d{me}{sentences}{min(paragraphs, 2)}",
        f"@p{paragraphs}{first}",
        f"@r{me}{rank}",
        f"@rf{min(rank, 3)}{first}{near}",
        f"@1{first}{near}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _of_count(me: str, kind: str, count: int, main: bool, rank: int, gender: bool) -> tuple[str, ...]:
    return f"@c{count}{kind}", f"@m{me}{main}{rank}", f"@g{gender}{kind}"


@lru_cache(maxsize=_REMEMBERED)
def _of_neighbours(
    me: str, previous: str, following: str, speaks: bool, first: bool, alone: bool, sentences: int, rank: int
) -> tuple[str, ...]:
    return (
        f"@b{previous}",
        f"@a{following}",
        f"@v{speaks}{sentences}",
        f"@o{alone}",
        f"@q{me}{first}{speaks}{rank}",
        f"@br{previous in ('p', 'b')}{following == 's'}{rank}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _of_subject(
    me: str, kind: str, subject: bool, fresh: bool, again: bool, first: bool, firm: bool, sentences: int
) -> tuple[str, ...]:
    return (
        f"@sub{me}{subject}{sentences}",
        f"@fresh{me}{fresh}{subject}{again}",
        f"@fs{fresh}{subject}{first}{min(sentences, 2)}",
        f"@firm{me}{firm}{kind}",
    )


def _possessor(mention: Mention) -> str | None:
    """Return "the group" of "the group's website": who is meant by the one speaks in the other."""
    text = mention.text.replace("’", "'")
    owned = mention.document and text.lower().startswith("the ") and "'s " in text
    return text.split("'s ", 1)[0] if owned else None


def _fits(pronoun: Mention) -> Callable[[Mention, People], bool]:
    if pronoun.plural:
        return lambda mention, people: mention.plural or mention.kind is not PERSON
    if pronoun.gender is None:
        return lambda mention, people: not mention.plural and mention.kind is not PERSON
    other = FEMALE if pronoun.gender is MALE else MALE

    def fits(mention: Mention, people: People) -> bool:
        if mention.plural or mention.kind is PLACE:
            return False
        if mention.person is None:
            return mention.kind is ROLE and mention.gender is not other and not mention.document
        person = people.persons[mention.person]
        return person.gender is not other and person.kind is not PLACE

    return fits


def _fits_phrase(phrase: Mention) -> Callable[[Mention, People], bool]:
    if phrase.plural:
        return lambda mention, people: False
    if phrase.kind is ORGANISATION or phrase.document:
        return lambda mention, people: mention.kind is not PLACE
    other = {MALE: FEMALE, FEMALE: MALE, None: None}[phrase.gender]

    def fits(mention: Mention, people: People) -> bool:
        if mention.person is None or mention.kind is not PERSON:
            return False
        return other is None or people.persons[mention.person].gender is not other

    return fits
