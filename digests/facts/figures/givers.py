"""Who gave a figure: the speaker of the quote around it, or whom its sentence names as saying it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.tokens import Sentence
from digests.model import Quote, Span
from digests.people import Gender, People, PersonKind

# Words of saying; `_REPORT` can also do other things ("the storm claimed 6 lives", "it added 20 jobs") and
# needs a sign that a statement follows or went before.
_SAY = frozenset("said says told tells announced announces".split())
_REPORT = frozenset(
    "reported reports estimated estimates added adds stated states confirmed confirms claimed claims "
    "predicted predicts forecast forecasts warned warns revealed reveals disclosed discloses declared "
    "noted notes acknowledged acknowledges argued argues showed shows found finds expects believes".split()
)
_AMOUNT_FOLLOWS = frozenset("reported reports estimates estimated puts".split())
_CUES = _SAY | _REPORT
_TELLING = _CUES | {"to"}  # words at which a giver may be found: "said", "according to"
_PASSIVE = lexicon.AUXILIARIES - {"has", "have", "had", "having"}
_SKIPPED = frozenset("has have had also later earlier then yesterday today".split())
_PRONOUNS = frozenset("he she it they who which that i we there".split())
_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}
_MEMORY = 400  # characters back to whom "she" may mean
_REACH = 12  # tokens between a name and its cue
_LONGEST = 6  # words of a speaker who goes without a name
# Those who give figures without a name.
_SPEAKERS = frozenset(
    "police official officials authority authorities government ministry spokesman spokeswoman spokesperson "
    "analyst analysts researcher researchers scientist scientists prosecutor prosecutors court report study "
    "survey poll company bank agency minister department doctor doctors expert experts economist economists "
    "source sources witness witnesses rescuers organisers organizers residents army military navy union "
    "unions charity regulator statement office officer officers mayor governor council group firm airline "
    "hospital commission committee institute campaigners lawyers lawyer investigators firefighters coroner "
    "judge operator organisation organization association federation fund lender chief executive estimates "
    "figures statistics data records service".split()
)


class Givers:
    """Answers who gave a figure, for one article."""

    def __init__(self, people: People, quotes: Sequence[Quote]) -> None:
        mentions = sorted(
            (mention.start, mention.end, person.name)
            for person in people.persons
            for mention in person.mentions
        )
        self._starts = [mention[0] for mention in mentions]
        self._mentions = mentions
        self._persons = {person.name: person for person in people.persons}
        self._quotes = sorted(quotes, key=lambda quote: quote.span)
        self._quote_starts = [quote.span.start for quote in self._quotes]

    def of(self, draft: Draft) -> str | None:
        """Return who gave the figure; None where the text does not say."""
        quote = self._quote_around(draft.span)
        if quote is not None and quote.speaker is not None:
            return quote.speaker
        return self._in_sentence(draft)

    def _quote_around(self, span: Span) -> Quote | None:
        at = bisect_right(self._quote_starts, span.start) - 1
        quote = self._quotes[at] if at >= 0 else None
        return quote if quote is not None and span.end <= quote.span.end else None

    def _in_sentence(self, draft: Draft) -> str | None:
        sentence = draft.sentence
        lower, low = sentence.lower, max(0, draft.first - 40)
        for at in range(draft.first - 1, low - 1, -1):
            if lower[at] not in _TELLING:
                continue
            if lower[at] in _CUES and _opens_statement(sentence, at):
                return self._subject_of(sentence, at, named_only=lower[at] in _AMOUNT_FOLLOWS)
            if _is_according(sentence, at):
                return self._named_after(sentence, at + 1)
        for at in range(draft.last, min(sentence.size, draft.last + 60)):
            if lower[at] not in _TELLING:
                continue
            if _is_according(sentence, at):
                return self._named_after(sentence, at + 1)
            if lower[at] in _CUES and _closes_statement(sentence, at):
                return self._subject_of(sentence, at) or self._named_after(sentence, at + 1)
        return None

    def _subject_of(self, sentence: Sentence, cue: int, *, named_only: bool = False) -> str | None:
        end = cue
        while sentence.word(end - 1) in _SKIPPED:
            end -= 1
        if end > 0 and sentence.lower[end - 1] in _GENDERS:
            return self._meant_by(sentence.starts[end - 1], _GENDERS[sentence.lower[end - 1]])
        if end == 0 or sentence.lower[end - 1] in _PRONOUNS | _PASSIVE:
            return None
        named = self._mention(sentence.starts[max(0, end - _REACH)], sentence.ends[end - 1])
        return named or (None if named_only else _noun_before(sentence, end))

    def _meant_by(self, at: int, gender: Gender) -> str | None:
        """Return the only person who can be "he" or "she" there; None where it might be either of two."""
        near = self._mentions[bisect_left(self._starts, at - _MEMORY) : bisect_right(self._starts, at)]
        persons = {name: self._persons[name] for _, _, name in near}
        fitting = [
            person
            for person in persons.values()
            if person.kind is PersonKind.PERSON and person.gender in (gender, None)
        ]
        return fitting[0].name if len(fitting) == 1 and fitting[0].gender is gender else None

    def _named_after(self, sentence: Sentence, index: int) -> str | None:
        while sentence.word(index) in ("the", "a", "an", "its", "their", "his", "her"):
            index += 1
        if index >= sentence.size:
            return None
        for at in range(index, min(index + _REACH, sentence.size)):
            name = self._mention_at(sentence.starts[at])
            if name is not None and not _goes_on(sentence, at):
                return name
            if at > index + 3 or sentence.lower[at] in (",", ".", ";", "and", "of", "for", "in"):
                break
        return _noun_after(sentence, index)

    def _mention(self, start: int, end: int) -> str | None:
        """Return the last person mentioned in `[start, end)`, if the mention ends there."""
        at = bisect_right(self._starts, end - 1) - 1
        if at < 0 or self._mentions[at][0] < start or self._mentions[at][1] < end:
            return None
        return self._mentions[at][2]

    def _mention_at(self, start: int) -> str | None:
        at = bisect_right(self._starts, start) - 1
        return self._mentions[at][2] if at >= 0 and self._mentions[at][0] == start else None


def _is_according(sentence: Sentence, at: int) -> bool:
    return sentence.lower[at] == "to" and sentence.word(at - 1) == "according"


def _opens_statement(sentence: Sentence, cue: int) -> bool:
    """Does what follows the cue have to be what was said: "warned that", "estimates 30 %"?"""
    word, following = sentence.lower[cue], sentence.word(cue + 1)
    return word in _SAY or following == "that" or word in _AMOUNT_FOLLOWS


def _closes_statement(sentence: Sentence, cue: int) -> bool:
    """Does the cue end the statement ("..., police said.") or come before its name (", said X")?"""
    before = sentence.lower[max(0, cue - _REACH) : cue]
    if not ("," in before or "”" in before or '"' in before):
        return False
    return sentence.lower[cue] in _SAY or sentence.word(cue + 1) in (".", ",", "")


def _noun_before(sentence: Sentence, end: int) -> str | None:
    first = end
    while first > 0 and end - first < _LONGEST and not is_stop(sentence.lower[first - 1]):
        first -= 1
    return _worded(sentence, first, end)


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Is the name at `at` the first word of a longer one, "Centers for Disease Control"?"""
    return sentence.word(at + 1) in ("for", "of") and sentence.raw(at + 2)[:1].isupper()


def _noun_after(sentence: Sentence, index: int) -> str | None:
    """Return "health ministry"; a name goes on over "for" and "of" ("Centers for Disease Control")."""
    last = index
    while last < sentence.size and last - index < _LONGEST:
        joins = sentence.lower[last] in ("for", "of", "and") and sentence.raw(last + 1)[:1].isupper()
        if is_stop(sentence.lower[last]) and not (joins and sentence.words[index][:1].isupper()):
            break
        last += 1
    return _worded(sentence, index, last)


def _worded(sentence: Sentence, first: int, last: int) -> str | None:
    """Return the words if they name somebody who can have spoken."""
    words = sentence.words[first:last]
    if not words:
        return None
    named = all(word[:1].isupper() or word in ("of", "for", "and") for word in words)
    return " ".join(words) if named or sentence.lower[last - 1] in _SPEAKERS else None
