"""An article becomes its quotes: every passage in marks that somebody said, and who.

`marks` finds what stands between marks, `scene` what stands around it, `candidates` and `references` who
may have said it, `speakers` decides by learnt weights, `ranking` says which a digest shows first.
"""

from digests.facts.quotes.candidates import Witness
from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.language import Language
from digests.facts.quotes.marks import passages_of
from digests.facts.quotes.model import Weights, weights
from digests.facts.quotes.scene import scene_of
from digests.facts.quotes.speakers import Attribution, attributions
from digests.model import Article, Quote, QuoteKind, SpeakerKind
from digests.people import People

LANGUAGES: dict[str, Language] = {"en": ENGLISH}


def quotes_of(article: Article, people: People, *, language: str = "en") -> tuple[Quote, ...]:
    """Return the quotes of `article` in the order of its text.

    A quote whose speaker is not sure enough has none; a passage that nobody said (a title, a scare quote)
    is left out. A `language` we have no words for is read as English: the marks are the same.
    """
    known = LANGUAGES.get(language, ENGLISH)
    passages = passages_of(article.text, known.pairs)
    if not passages:
        return ()
    witness = Witness(scene_of(article.text, passages, people, known), people, known)
    learnt = weights()
    return tuple(_quote(witness, found, learnt) for found in attributions(witness, learnt))


def _quote(witness: Witness, found: Attribution, learnt: Weights) -> Quote:
    passage = witness.scene.passages[found.passage]
    said = passage.span.of(witness.scene.text)
    person = witness.people.persons[found.who] if isinstance(found.who, int) else None
    sure = found.who is not None and found.probability >= learnt.unsure
    name = person.name if person else found.who if isinstance(found.who, str) else None
    return Quote(
        span=passage.span,
        text=said,
        speaker=name if sure else None,
        speaker_kind=(SpeakerKind.NAMED if person else SpeakerKind.ROLE) if sure else None,
        role=person.role if person and sure else None,
        cue=None,
        kind=QuoteKind.DIRECT if said[:1].isupper() else QuoteKind.PARTIAL,
        continues=found.chained,
        confidence=found.probability,
        rank=1 if sure else None,
    )
