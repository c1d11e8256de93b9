"""Who gave a figure: the speaker of the quote around it, or whom its sentence names as saying it."""

from bisect import bisect_right
from collections.abc import Sequence

from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.tokens import Sentence
from digests.model import Quote, Span
from digests.people import People

_CUES = frozenset(
    "said says announced announces told tells reported reports estimated estimates added adds stated "
    "states confirmed confirms claimed claims predicted predicts forecast forecasts warned warns "
    "revealed reveals disclosed discloses declared noted notes acknowledged acknowledges argued argues "
    "showed shows found finds expects believes".split()
)
_PRONOUNS = frozenset("he she it they who which that i we there".split())
_REACH = 12  # tokens between a name and its cue


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
        self._quotes = sorted(quotes, key=lambda quote: quote.span)
        self._quote_starts = [quote.span.start for quote in self._quotes]

    def of(self, draft: Draft) -> str | None:
        """Return who gave the figure; None where the text does not say."""
        quote = self._quote_around(draft.span)
        if quote is not None:
            return quote.speaker
        return self._in_sentence(draft)

    def _quote_around(self, span: Span) -> Quote | None:
        at = bisect_right(self._quote_starts, span.start) - 1
        quote = self._quotes[at] if at >= 0 else None
        return quote if quote is not None and span.end <= quote.span.end else None

    def _in_sentence(self, draft: Draft) -> str | None:
        sentence = draft.sentence
        low, high = max(0, draft.first - 40), min(sentence.size, draft.last + 60)
        for at in range(draft.first - 1, low - 1, -1):
            if sentence.lower[at] in _CUES:
                return self._subject_of(sentence, at)
            if sentence.lower[at] == "to" and sentence.word(at - 1) == "according":
                return self._named_after(sentence, at + 1)
        for at in range(draft.last, high):
            if sentence.lower[at] == "to" and sentence.word(at - 1) == "according":
                return self._named_after(sentence, at + 1)
            if sentence.lower[at] in _CUES and self._closes(sentence, at):
                return self._subject_of(sentence, at) or self._named_after(sentence, at + 1)
        return None

    def _closes(self, sentence: Sentence, cue: int) -> bool:
        """Does the cue end the sentence ("..., police said.") or come before its name (", said X")?"""
        before = sentence.lower[max(0, cue - _REACH) : cue]
        return "," in before or "”" in before or '"' in before

    def _subject_of(self, sentence: Sentence, cue: int) -> str | None:
        end = cue
        while end > 0 and sentence.lower[end - 1] in (
            "has",
            "have",
            "had",
            "also",
            "would",
            "later",
            "earlier",
        ):
            end -= 1
        if end == 0 or sentence.lower[end - 1] in _PRONOUNS:
            return None
        named = self._mention(sentence.starts[max(0, end - _REACH)], sentence.ends[end - 1])
        return named or self._noun_before(sentence, end)

    def _named_after(self, sentence: Sentence, index: int) -> str | None:
        if index >= sentence.size:
            return None
        last = min(index + _REACH, sentence.size) - 1
        for at in range(index, last + 1):
            name = self._mention_at(sentence.starts[at])
            if name is not None:
                return name
            if sentence.lower[at] in (",", ".", ";", "and"):
                break
        return self._noun_after(sentence, index)

    def _mention(self, start: int, end: int) -> str | None:
        """Return the last person mentioned in `[start, end)`, if the mention ends there."""
        at = bisect_right(self._starts, end - 1) - 1
        if at < 0 or self._mentions[at][0] < start or self._mentions[at][1] < end:
            return None
        return self._mentions[at][2]

    def _mention_at(self, start: int) -> str | None:
        at = bisect_right(self._starts, start) - 1
        return self._mentions[at][2] if at >= 0 and self._mentions[at][0] == start else None

    def _noun_before(self, sentence: Sentence, end: int) -> str | None:
        first = end
        while first > 0 and end - first < 5 and not is_stop(sentence.lower[first - 1]):
            first -= 1
        return " ".join(sentence.words[first:end]) or None

    def _noun_after(self, sentence: Sentence, index: int) -> str | None:
        while sentence.word(index) in ("the", "a", "an", "its", "their", "his", "her"):
            index += 1
        last = index
        while last < sentence.size and last - index < 5 and not is_stop(sentence.lower[last]):
            last += 1
        return " ".join(sentence.words[index:last]) or None
