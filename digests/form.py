"""Facts as plain data, in the form that the command line prints and the store keeps; and back."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from digests.model import (
    Article,
    Fact,
    Figure,
    FigureKind,
    Modifier,
    Quote,
    QuoteKind,
    Span,
    SpeakerKind,
    Trend,
)

Data = dict[str, Any]
E = TypeVar("E", bound=StrEnum)


def facts_data(article: Article) -> dict[str, list[Data]]:
    """Return `{"quotes": [...], "figures": [...]}` with offsets in code points into the article's text."""
    return {
        "quotes": [quote_data(quote) for quote in article.quotes],
        "figures": [figure_data(figure, article.text) for figure in article.figures],
    }


def quote_data(quote: Quote) -> Data:
    return {
        "start": quote.span.start,
        "end": quote.span.end,
        "text": quote.text,
        "speaker": quote.speaker,
        "speaker_kind": quote.speaker_kind,
        "role": quote.role,
        "cue": quote.cue,
        "kind": quote.kind,
        "continues": quote.continues,
        "confidence": round(quote.confidence, 4),
        "rank": quote.rank,
    }


def figure_data(figure: Figure, text: str) -> Data:
    return {
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": figure.surface,
        "value": _number(figure.value),
        "value_max": None if figure.value_max is None else _number(figure.value_max),
        "unit": figure.unit,
        "kind": figure.kind,
        "modifier": figure.modifier,
        "trend": figure.trend,
        "concept": figure.concept,
        "speaker": figure.speaker,
        "sentence": None if figure.sentence is None else figure.sentence.of(text),
        "sentence_at": None if figure.sentence is None else [figure.sentence.start, figure.sentence.end],
        "rank": figure.rank,
    }


def facts_from(data: Mapping[str, list[Data]]) -> tuple[Fact, ...]:
    """Return what `facts_data` was made from, in the order of the text."""
    facts: list[Fact] = [*map(_quote, data["quotes"]), *map(_figure, data["figures"])]
    return tuple(sorted(facts, key=lambda fact: fact.span))


def _quote(data: Data) -> Quote:
    return Quote(
        span=Span(data["start"], data["end"]),
        text=data["text"],
        speaker=data["speaker"],
        speaker_kind=_maybe(SpeakerKind, data["speaker_kind"]),
        role=data["role"],
        cue=data["cue"],
        kind=QuoteKind(data["kind"]),
        continues=data["continues"],
        confidence=data["confidence"],
        rank=data["rank"],
    )


def _figure(data: Data) -> Figure:
    return Figure(
        span=Span(data["start"], data["end"]),
        surface=data["surface"],
        value=Decimal(str(data["value"])),
        value_max=None if data["value_max"] is None else Decimal(str(data["value_max"])),
        unit=data["unit"],
        kind=FigureKind(data["kind"]),
        modifier=Modifier(data["modifier"]),
        trend=_maybe(Trend, data["trend"]),
        concept=data["concept"],
        speaker=data["speaker"],
        sentence=None if data["sentence_at"] is None else Span(*data["sentence_at"]),
        rank=data["rank"],
    )


def _number(value: Decimal) -> int | float:
    """Return an int where the value is one: 250000000, not 2.5E+8."""
    return int(value) if value == value.to_integral_value() else float(value)


def _maybe(kind: type[E], value: str | None) -> E | None:
    return None if value is None else kind(value)
