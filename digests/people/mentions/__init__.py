"""Words become mentions: names, phrases that stand for somebody, and pronouns.

`runs` says where a name begins and ends, `titles` and `kinds` what its words are, `names` takes it;
`phrases` takes what has a noun as its head, `subjects` who speaks without a noun that is known, `headlines`
knows where capitals tell nothing.
"""

from functools import lru_cache
from itertools import compress, count
from operator import ne, or_

from digests.model import Span
from digests.people.lexicon import Lexicon
from digests.people.mentions.model import (
    BY_NAME,
    BY_NOUN,
    BY_PRONOUN,
    FEMALE,
    MALE,
    ORGANISATION,
    PERSON,
    PLACE,
    ROLE,
    Form,
    Gender,
    Mention,
    PersonKind,
)
from digests.people.mentions.names import Names
from digests.people.mentions.phrases import phrase_at
from digests.people.mentions.reading import Reading, is_capital, nouns_of
from digests.people.mentions.runs import is_surname_here, run_at
from digests.people.mentions.subjects import opening_subject, subject_before, subject_behind
from digests.text import Words

__all__ = [
    "BY_NAME",
    "BY_NOUN",
    "BY_PRONOUN",
    "FEMALE",
    "MALE",
    "ORGANISATION",
    "PERSON",
    "PLACE",
    "ROLE",
    "Form",
    "Gender",
    "Mention",
    "PersonKind",
    "mentions_of",
]


def mentions_of(words: Words, lexicon: Lexicon) -> list[Mention]:
    """Return all mentions in the order of the text."""
    return _Finder(words, lexicon).found()


class _Finder:
    """One walk from left to right; looks a bounded number of words ahead and back."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.texts, self.lower, self.lexicon = words.texts, words.lower, lexicon
        self.pronouns = lexicon.subject_pronouns
        self.reading = Reading(words, lexicon)
        self.nouns = self.reading.nouns
        self.names = Names(self.reading)
        self.out: list[Mention] = []

    def found(self) -> list[Mention]:
        capitals = map(ne, self.texts, self.lower)
        begins = map(or_, capitals, map(_marked(self.lexicon).__contains__, self.lower))
        following = 0
        for index in compress(count(), begins):
            if index >= following:
                following = self._step(index)
        return sorted(self._without_works(), key=lambda mention: mention.span.start)

    def _step(self, index: int) -> int:
        """Take what begins at word `index`; return where to go on."""
        text, low = self.texts[index], self.lower[index]
        if text != low and is_capital(text):
            if low in self.pronouns:
                self._take_pronoun(index)
                return index + 1
            if low not in self.lexicon.function or self._is_name(index):
                return self._take_run(index)
            if low in self.lexicon.somebody or low in self.lexicon.several:
                self._take(opening_subject(self.reading, index))
        elif low in self.pronouns:
            self._take_pronoun(index)
        elif low in self.nouns:
            self._take(phrase_at(self.reading, index))
        elif index and self.lower[index - 1] in self.lexicon.quoting:
            if low in self.lexicon.male_pronouns or low in self.lexicon.female_pronouns:
                self._take_pronoun(index)
        elif low in self.lexicon.uttering:
            self._take_unknown_speaker(index)
        return index + 1

    def _is_name(self, index: int) -> bool:
        """Say whether a small word with a capital is a name here: "Will" of George Will, or of Will Roe."""
        reading = self.reading
        if is_surname_here(reading, index):
            return True
        if not reading.is_given(index) or index + 1 == reading.size or reading.opens_sentence(index):
            return False
        return is_capital(self.texts[index + 1]) and self.lower[index + 1] not in self.lexicon.function

    def _take_pronoun(self, index: int) -> None:
        low, lexicon = self.lower[index], self.lexicon
        start = self.reading.words.starts[index]
        gender = MALE if low in lexicon.male_pronouns else FEMALE if low in lexicon.female_pronouns else None
        self.out.append(
            Mention(
                span=Span(start, start + len(low)),
                text=self.texts[index],
                first=index,
                end=index + 1,
                outer_first=index,
                outer_end=index + 1,
                form=BY_PRONOUN,
                kind=ORGANISATION if low in lexicon.thing_pronouns else PERSON,
                gender=gender,
                plural=low in lexicon.plural_pronouns,
            )
        )

    def _take_run(self, index: int) -> int:
        """Take the words with a capital from `index` on; return where they end."""
        first, end = run_at(self.reading, index)
        if first < end:
            self._take(self.names.mention_of(first, end))
        return end

    def _take(self, mention: Mention | None) -> None:
        """A name inside a phrase ("the Trump campaign") stays; a phrase inside one does not."""
        if mention is None:
            return
        if mention.form is BY_NOUN:
            while self.out and self.out[-1].form is BY_NOUN and self.out[-1].end > mention.first:
                self.out.pop()
        self.out.append(mention)

    def _take_unknown_speaker(self, verb: int) -> None:
        """Take "one questioner" in "one questioner said", whatever the noun is."""
        last = self.out[-1].end if self.out else 0
        if last >= verb:
            return
        before = subject_before(self.reading, verb)
        if before is not None and last < before.end:
            self._take(before)
        else:
            self._take(subject_behind(self.reading, verb))

    def _without_works(self) -> list[Mention]:
        """Leave out names that are the titles of works, unless a person bears the name."""
        if not self.names.works:
            return self.out
        borne = {
            self.lower[m.end - 1]
            for m in self.out
            if m.form is BY_NAME and (m.titled is not None or m.end - m.first == 1)
        }
        works = {work for work in self.names.works if work[-1] not in borne}
        return [
            m for m in self.out if m.form is not BY_NAME or tuple(self.lower[m.first : m.end]) not in works
        ]


@lru_cache(maxsize=8)
def _marked(lexicon: Lexicon) -> frozenset[str]:
    """Return all small words at which something may begin."""
    pronouns = lexicon.subject_pronouns | lexicon.male_pronouns | lexicon.female_pronouns
    return nouns_of(lexicon) | pronouns | lexicon.uttering
