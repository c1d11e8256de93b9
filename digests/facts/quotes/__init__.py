"""An article becomes its quotes: every passage in marks that somebody said, and who.

`marks` finds what stands between marks, `scene` what stands around it, `cues` who the words of speech are
said of, `views` the quote in its sentence. `candidates` lists who may have said it, with what tells for and
against (`mentioned`, `before`, `nobody`), `references` whom a pronoun means; `speakers` decides by learnt
weights, `ranking` says which a digest shows first.
"""

from collections.abc import Iterable
from dataclasses import replace

from digests.facts.quotes.candidates import Witness
from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.language import Language
from digests.facts.quotes.marks import passages_of
from digests.facts.quotes.model import Weights, confidence, weights
from digests.facts.quotes.ranking import ranks
from digests.facts.quotes.scene import scene_of
from digests.facts.quotes.spanish import SPANISH
from digests.facts.quotes.speakers import Attribution, attributions
from digests.model import Article, Quote, QuoteKind, SpeakerKind
from digests.people import BY_NOUN, ORGANISATION, Mention, People, Person

LANGUAGES: dict[str, Language] = {"en": ENGLISH, "es": SPANISH}
_ARTICLES = frozenset(("a", "an", "the", "one"))
_NAMED, _ROLE, _UNNAMED = SpeakerKind  # looked up once: see `digests.facts.figures.kinds`
_DIRECT, _PARTIAL = QuoteKind
_CLAUSE = 14  # items at most between the parts of a split quote


def quotes_of(article: Article, people: People, *, language: str = "en") -> tuple[Quote, ...]:
    """Return the quotes of `article` in the order of its text.

    A quote whose speaker is not sure enough has none; a passage that nobody said (a title, a scare quote)
    is left out. A `language` we have no words for is read as English: the marks are the same.
    """
    if not any(mark in article.text for mark in LANGUAGES.get(language, ENGLISH).pairs):
        return ()
    learnt = weights()
    witness = witness_of(article.text, people, language)
    quotes = quotes_from(witness, attributions(witness, learnt), learnt)
    places = ranks(quotes, people, article, LANGUAGES.get(language, ENGLISH), learnt)
    return tuple(
        quote if rank is None else replace(quote, rank=rank)
        for quote, rank in zip(quotes, places, strict=True)
    )


def witness_of(text: str, people: People, language: str) -> Witness:
    """Return what sees the passages of `text` and all that stands around them."""
    known = LANGUAGES.get(language, ENGLISH)
    return Witness(scene_of(text, passages_of(text, known.pairs), people, known), people, known)


def quotes_from(witness: Witness, found: Iterable[Attribution], learnt: Weights) -> list[Quote]:
    """Return the quotes that attributions tell of, without rank."""
    quotes: list[Quote] = []
    before: Attribution | None = None
    for attribution in found:
        continues = before is not None and _continues(witness, before, attribution)
        direct = continues and quotes[-1].kind is _DIRECT
        quotes.append(_quote(witness, attribution, learnt, continues=continues, direct=direct))
        before = attribution
    return quotes


def _quote(witness: Witness, found: Attribution, learnt: Weights, *, continues: bool, direct: bool) -> Quote:
    scene = witness.scene
    passage = scene.passages[found.passage]
    said = passage.span.of(scene.text)
    certainty = confidence(found.probability, found.nobody, learnt.calibration)
    sure = found.who is not None and certainty >= learnt.unsure
    person = witness.people.persons[found.who] if sure and isinstance(found.who, int) else None
    mention = None if found.mention is None else scene.mentions[found.mention]
    return Quote(
        span=passage.span,
        text=said,
        speaker=_name(found, person) if sure else None,
        speaker_kind=_kind(person, mention) if sure else None,
        role=_role(person, mention) if sure else None,
        cue=witness.cue(found.passage, found.mention),
        kind=_DIRECT if direct or not said[:1].islower() else _PARTIAL,
        continues=continues,
        confidence=certainty,
    )


def _name(found: Attribution, person: Person | None) -> str | None:
    if person is not None:
        return person.name
    return found.who if isinstance(found.who, str) else None


def _role(person: Person | None, mention: Mention | None) -> str | None:
    """Return the role of a speaker; of one without a name his own words: "police spokesman"."""
    if person is not None:
        return person.role
    if mention is None or mention.form is not BY_NOUN or _kind(person, mention) is not _ROLE:
        return None
    first, _, rest = mention.text.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else mention.text


def _kind(person: Person | None, mention: Mention | None) -> SpeakerKind:
    if person is not None:
        return _NAMED
    if mention is not None and mention.form is BY_NOUN:
        plain = mention.plural or mention.document or mention.kind is ORGANISATION
        return _UNNAMED if plain else _ROLE
    return _ROLE


def _continues(witness: Witness, before: Attribution, found: Attribution) -> bool:
    """Say whether a passage is the next part of the one before: same speaker, at most a clause between."""
    if before.who != found.who or found.who is None:
        return False
    gap = witness.gap(before.passage, found.passage)
    if gap.count("/") > 1 or len(gap) > _CLAUSE:
        return False
    if "/" in gap:
        return gap.endswith("/") and gap.count(".") <= 1
    return gap.count(".") <= 1
