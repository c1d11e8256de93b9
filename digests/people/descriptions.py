"""Sentences that tell what somebody is become the roles of those who are given none beside their name.

"Jane Roe is a harbour master", "She is also a diver", and "The Eastmoor diver said" of the person that the
sentence before is about.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count

from digests.people.identities import Identity
from digests.people.lexicon import Lexicon
from digests.people.mentions import (
    BY_NAME,
    BY_NOUN,
    BY_PRONOUN,
    ORGANISATION,
    PERSON,
    ROLE,
    Mention,
)
from digests.people.roles import head_of
from digests.text import Words

_NEAR = 60  # words between a person and what takes up his place
_ADVERBS = 2  # between "is" and what somebody is
_LONGEST = 16  # words of a role
_TITLE = 4  # words of an office without an article
_BACK = 90  # words in which a quotation mark that is open is looked for
_OPENS = frozenset("“«„")
_CLOSES = frozenset("”»")
_SENTENCE = frozenset(".!?\n")
_BEGINNINGS = _SENTENCE | {","}
_STOPS = frozenset(',.;:!?\n"“”()—–-')
_SHORT_IS = frozenset(("'s", "’s"))


def roles_told(
    identities: Sequence[Identity], mentions: Sequence[Mention], words: Words, lexicon: Lexicon
) -> dict[int, tuple[int, int]]:
    """Return the words that say what a person without a role is: index of the person -> first word, end."""
    return _Reader(identities, mentions, words, lexicon).told()


@dataclass(slots=True)
class _Reader:
    """Walks through the mentions and knows whom the sentences before were about."""

    identities: Sequence[Identity]
    mentions: Sequence[Mention]
    words: Words
    lexicon: Lexicon

    def told(self) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        bare = {n for n, one in enumerate(self.identities) if self._is_bare(one)}
        if not bare:
            return found
        heads = self._heads()
        topic: Mention | None = None
        for sentence in self._sentences():
            for mention in sentence:
                if mention.form is BY_NAME and mention.person in bare:
                    self._add(found, mention.person, self._after_is(mention.end))
            if topic is not None and topic.person in bare:
                self._add(found, topic.person, self._taken_up(sentence, topic, heads))
            topic = self._topic(sentence, topic)
        return found

    def _taken_up(
        self, sentence: Sequence[Mention], topic: Mention, heads: Mapping[str, int]
    ) -> tuple[int, int] | None:
        """Return what a sentence without a name says the person of the sentence before is."""
        for mention in sentence:
            if mention.form is BY_PRONOUN:
                return self._after_is(mention.end, short=True) if self._agree(mention, topic) else None
            if mention.form is BY_NAME and mention.kind is PERSON:
                return None
            if mention.form is BY_NOUN and self._opens(mention.first):
                if self._takes_up(mention, topic, heads):
                    return mention.first + 1, mention.outer_end
                if mention.plural or not self._agree(mention, topic):
                    return None
        return None

    def _topic(self, sentence: Sequence[Mention], before: Mention | None) -> Mention | None:
        """Return the one person whom a sentence is about: named in it, or meant by its pronouns."""
        if before is not None and sentence and sentence[0].form is BY_PRONOUN:
            return before if self._agree(sentence[0], before) else None
        named = [m for m in sentence if m.form is BY_NAME and m.kind is PERSON]
        if len({m.person for m in named}) != 1:
            return None
        others = [m for m in sentence if m.form is BY_NAME and m.kind is ORGANISATION]
        first = all(m.first > named[0].first or self._is_dateline(m) for m in others)
        return named[-1] if first and self._is_sure(named[-1]) else None

    def _is_dateline(self, name: Mention) -> bool:
        return self.words.texts[name.end : name.end + 1] == [")"]

    def _is_sure(self, name: Mention) -> bool:
        """Say whether a name is a person's, and no owner's: "Roe's plan"."""
        one = self.identities[name.person or 0]
        known = one.gender is not None or one.titled or len(one.tokens) > 1
        return known and self.words.texts[name.end : name.end + 1] not in (["'s"], ["’s"])

    def _opens(self, index: int) -> bool:
        """Say whether a sentence begins at word `index`, or goes on behind a comma."""
        return index == 0 or self.words.texts[index - 1] in _BEGINNINGS

    def _is_bare(self, one: Identity) -> bool:
        return one.kind is PERSON and all(mention.role is None for mention in one.mentions)

    def _heads(self) -> Mapping[str, int]:
        """Return the nouns by which persons with a role are known."""
        heads: dict[str, int] = {}
        for number, one in enumerate(self.identities):
            for mention in one.mentions:
                if mention.role is not None:
                    heads[head_of(self.words.texts[slice(*mention.role)], self.lexicon) or ""] = number
        return heads

    def _sentences(self) -> Iterator[list[Mention]]:
        """Yield the mentions of each sentence that has some."""
        sentence: list[Mention] = []
        stops = list(compress(count(), map(_SENTENCE.__contains__, self.words.texts)))
        stops.append(len(self.words.texts))
        place = 0
        for mention in self.mentions:
            if sentence and stops[place] < mention.outer_first:
                yield sentence
                sentence = []
            sentence.append(mention)
            place = bisect_left(stops, mention.outer_end, place)
        yield sentence

    def _add(
        self, found: dict[int, tuple[int, int]], person: int | None, role: tuple[int, int] | None
    ) -> None:
        if role is not None and person is not None:
            found.setdefault(person, role)

    def _after_is(self, at: int, *, short: bool = False) -> tuple[int, int] | None:
        """Return the phrase behind "is a" at word `at`, if it says what somebody is."""
        texts, lexicon, start = self.words.texts, self.lexicon, at
        if at + 3 >= len(texts) or not (
            texts[at].lower() in lexicon.is_words or (short and texts[at] in _SHORT_IS)
        ):
            return None
        at += 1
        for _ in range(_ADVERBS):
            at += texts[at].lower() in lexicon.still
        if texts[at].lower() not in lexicon.articles:
            at -= 1  # "is president of"
            if not self._holds_office(at + 1):
                return None
        if self._is_quoted(start):
            return None
        end = at + 1
        while end < len(texts) and end - at < _LONGEST and texts[end] not in _STOPS:
            low = texts[end].lower()
            if low in lexicon.who or low in lexicon.speech or low in lexicon.auxiliaries:
                break
            end += 1
        end -= texts[end - 1].lower() in lexicon.prepositions  # 'host of "Night Boat"'
        head = head_of(texts[at + 1 : end], lexicon)
        judged = texts[at].lower() in lexicon.articles and texts[at + 1].lower() in lexicon.praise
        return (at + 1, end) if head is not None and self._is_post(head) and not judged else None

    def _holds_office(self, at: int) -> bool:
        """Say whether a title stands at word `at`, and where it is held: "general counsel for"."""
        texts, lexicon, first = self.words.texts, self.lexicon, at
        while at < len(texts) and at - first < _TITLE and texts[at].lower() not in lexicon.of_words:
            if not texts[at].isalpha() or texts[at].lower() in lexicon.function:
                return False
            at += 1
        held = first < at < len(texts) and texts[at].lower() in lexicon.joiners
        return held and texts[at - 1].lower() in lexicon.titles

    def _is_post(self, head: str) -> bool:
        """Say whether a noun tells a post or a trade: "diver", but not "hero" or "woman"."""
        lexicon = self.lexicon
        known = head in lexicon.person_nouns or head in lexicon.titles or head.endswith(lexicon.role_suffixes)
        return known and head not in lexicon.praise and head not in lexicon.honorifics

    def _takes_up(self, noun: Mention, topic: Mention, heads: Mapping[str, int]) -> bool:
        """Say whether "the Eastmoor diver" is the person whom the sentences before are about."""
        texts = self.words.texts
        if noun.form is not BY_NOUN or noun.person is not None or noun.plural or noun.document:
            return False
        if any(text in _SHORT_IS for text in texts[noun.first : noun.end]):
            return False
        if noun.kind is not ROLE or texts[noun.first].lower() != "the" or noun.end - noun.first < 3:
            return False
        if texts[noun.outer_end : noun.outer_end + 1] == [","] and self._names(noun.outer_end + 1):
            return False  # "the Eastmoor diver, Jane Roe,"
        head = texts[noun.end - 1].lower()
        if not self._is_post(head) or head in heads or noun.first - topic.end > _NEAR:
            return False
        return self._agree(noun, topic) and not self._is_quoted(noun.first)

    def _names(self, at: int) -> bool:
        texts = self.words.texts
        return at < len(texts) and texts[at][0].isupper() and texts[at].lower() not in self.lexicon.function

    def _agree(self, mention: Mention, topic: Mention) -> bool:
        gender = None if topic.person is None else self.identities[topic.person].gender
        if mention.form is BY_PRONOUN:
            return mention.gender is not None and mention.gender is gender
        return mention.gender is None or gender is None or mention.gender is gender

    def _is_quoted(self, index: int) -> bool:
        """Say whether a quotation mark is open at word `index`."""
        straight = 0
        for at in range(index - 1, max(-1, index - _BACK), -1):
            text = self.words.texts[at]
            if text == "\n" or text in _CLOSES:
                break
            if text in _OPENS:
                return True
            straight += text == '"'
        return straight % 2 == 1
