"""What is asked of a mention that names nobody, and what an answer is."""

from collections.abc import Collection
from dataclasses import dataclass

from digests.facts.quotes.scene import CUES, PRONOUN, Scene, Who
from digests.people import BY_PRONOUN, Mention, People

_CHAIN = 60  # items between a pronoun and the same one before


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


class Reference:
    """A mention that names nobody, the pronoun or phrase at `item`, with what stands around it.

    `last` said the quote before, which is the item `since`; -1 if there is none. `said` are the words of the
    quote in lower case: few speak of themselves by name.
    """

    def __init__(
        self,
        scene: Scene,
        people: People,
        item: int,
        *,
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
        letters, words = scene.letters, scene.words
        self.cue = next((words[at] for at in (item + 1, item - 1) if letters[at : at + 1] in CUES), "")
        self.gap = self._gap()
        self.same = self._same() if self.pronoun else -1
        self.orgs: dict[Who, int] = {}  # those weighed, the nearest first
        self.owned = _possessor(self.mention)

    def head(self) -> str:
        """Return the noun of a phrase, or of its owner."""
        return (self.owned or self.mention.text).rsplit(None, 1)[-1].lower()

    def shape(self) -> str:
        """Return in short what kind of pronoun or phrase it is."""
        if self.pronoun:
            word = self.scene.words[self.item]
            return "h" if word in ("he", "she") else word
        if self.owned is not None:
            return "theo"
        return "doc" if self.mention.document else "the" + self.mention.kind[0]

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


def _possessor(mention: Mention) -> str | None:
    """Return "the group" of "the group's website": who is meant by the one speaks in the other."""
    text = mention.text.replace("’", "'")
    owned = mention.document and text.lower().startswith("the ") and "'s " in text
    return text.split("'s ", 1)[0] if owned else None
