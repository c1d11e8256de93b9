"""An article becomes its quotes: every passage in marks that somebody said, and who."""

import re

from digests.facts.quotes.marks import Passage, passages_of
from digests.model import Article, Quote, QuoteKind, Span, SpeakerKind
from digests.people import People, Person

_PAIRS = {
    '"': '"”“', "“": '”"', "”": '”"', "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    "‘": "’", "'": "'", "’": "’", "``": "''",
}  # fmt: skip
_CUE = re.compile(r"\b(said|says|told|added|adds|asked|wrote|warned|explained|tweeted|argued|noted)\b")


def quotes_of(article: Article, people: People, *, language: str = "en") -> tuple[Quote, ...]:
    """Return the quotes of `article` in the order of its text."""
    quotes: list[Quote] = []
    last: Person | None = None
    for passage in passages_of(article.text, _PAIRS):
        after = Span(passage.outer.end, min(len(article.text), passage.outer.end + 60))
        before = Span(max(0, passage.outer.start - 90), passage.outer.start)
        speaker, cue = None, None
        for place in (after, before):
            found = _CUE.search(place.of(article.text))
            if found:
                cue = found.group()
                speaker = people.at(place) or last
                break
        if cue is None and len(passage.span.of(article.text).split()) < 4:
            continue
        last = speaker = speaker or last
        quotes.append(_quote(article.text, passage, speaker, cue))
    return tuple(quotes)


def _quote(text: str, passage: Passage, speaker: Person | None, cue: str | None) -> Quote:
    said = passage.span.of(text)
    return Quote(
        span=passage.span,
        text=said,
        speaker=speaker.name if speaker else None,
        speaker_kind=SpeakerKind.NAMED if speaker else None,
        cue=cue,
        kind=QuoteKind.DIRECT if said[:1].isupper() else QuoteKind.PARTIAL,
        confidence=0.5 if speaker else 0.0,
        rank=1 if speaker else None,
    )
