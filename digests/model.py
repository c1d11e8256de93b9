"""The nouns of the walk: frozen values, made by one step and read by the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code-point offsets into a text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the passage that this span marks in `text`."""
        return text[self.start : self.end]


# What is read from the outside ------------------------------------------------------------------


class FeedState(StrEnum):
    """How reading a feed goes, in words an operator can act on."""

    OK = "ok"
    SLOW = "slow"
    FAILING = "failing"  # since `Feed.failing_since`; tried again, less and less often
    REFUSED = "refused"  # 401, 403 or a challenge page
    GONE = "gone"  # 410: never asked again
    QUARANTINED = "quarantined"  # its bytes kept a parser busy too often


@dataclass(frozen=True, slots=True)
class Feed:
    """A place that publishes, and what we remember between two visits."""

    id: int
    url: str
    title: str  # the outlet's name as shown to readers
    language: str = "en"
    topic: str | None = None  # of the operator's catalogue; None: added by a reader
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  # of the last document: an unchanged one needs no parsing
    next_poll_at: datetime | None = None
    state: FeedState = FeedState.OK
    failing_since: datetime | None = None
    failures: int = 0  # in a row
    poll_seconds: int | None = None  # how often it is asked when all is well; adapts to what it publishes
    moved_to: str | None = None  # where it says it has moved for good
    moved_times: int = 0  # how often in a row it has said so
    skip_hours: int = 0  # of the day, in UTC, a bit each: it asks not to be read then


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes from a URL."""

    url: str  # where the bytes came from, after redirects
    body: bytes
    media_type: str = ""  # lower case, without parameters
    charset: str | None = None  # as the server said
    etag: str | None = None
    last_modified: str | None = None
    max_age: int | None = None  # seconds, as the server said
    moved_to: str | None = None  # where permanent redirects alone led


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed."""

    guid: str | None
    url: str
    title: str
    published: datetime | None = None  # aware; None where the feed gives none that can be true
    summary: str = ""  # plain text
    author: str | None = None
    content: str = ""  # markup: all that the feed itself tells, where that is more than a summary


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a document turned out to be: a feed's title and its entries, the newest first."""

    title: str
    entries: tuple[Entry, ...]
    language: str | None = None
    site_url: str | None = None
    every: int | None = None  # seconds between two changes, as the feed says: ttl, sy:updatePeriod
    skip_hours: frozenset[int] = frozenset()  # of the day, in UTC: the feed asks not to be read then
    hub: str | None = None  # WebSub: it tells of entries at once, and wants to be read soon


# What an article states -------------------------------------------------------------------------


class SpeakerKind(StrEnum):
    NAMED = "named"
    ROLE = "role"  # "a police spokesman"
    UNNAMED = "unnamed"  # "officials said"


class QuoteKind(StrEnum):
    DIRECT = "direct"  # a sentence or more, all inside the marks
    PARTIAL = "partial"  # a piece of the reporter's own sentence


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage in quotation marks. A split quote is several, the later ones `continues`."""

    span: Span  # without the marks
    text: str  # always span.of(article.text)
    speaker: str | None = None  # the fullest name the article gives; None when not sure
    speaker_kind: SpeakerKind | None = None
    role: str | None = None  # "US Defense Secretary"
    cue: str | None = None  # the word that introduces speech: "said"
    kind: QuoteKind = QuoteKind.DIRECT
    continues: bool = False
    confidence: float = 0.0  # that `speaker` is right, 0 to 1
    rank: int | None = None  # 1 is what a digest shows first; None: never


class FigureKind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    MEASURE = "measure"
    DURATION = "duration"
    RATIO = "ratio"
    AGE = "age"
    OTHER = "other"


class Modifier(StrEnum):
    EXACT = "="
    OVER = ">"  # at least, more than
    UNDER = "<"  # at most, less than
    ABOUT = "~"


class Trend(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an article states, as data."""

    span: Span
    surface: str  # always span.of(article.text)
    value: Decimal  # "$2.9bn" is 2900000000; 3.2 % is 3.2
    value_max: Decimal | None = None  # the other end of a range
    unit: str | None = None  # ISO 4217, %, pp, bp, year_old, a unit's name, or the counted noun
    kind: FigureKind = FigureKind.OTHER
    modifier: Modifier = Modifier.EXACT
    trend: Trend | None = None
    concept: str | None = None  # what it measures, in the article's words, at most eight
    speaker: str | None = None  # who gave it, where the text says so
    sentence: Span | None = None
    rank: int | None = None  # 1 is what a digest shows first; None: never key


Fact = Quote | Figure


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Article:
    """The text behind an entry, and what it states."""

    url: str
    title: str
    text: str  # paragraphs set apart by blank lines
    outlet: str = ""  # the feed's title
    id: int | None = None  # once stored
    feed_id: int | None = None
    language: str = "en"
    published: datetime | None = None
    author: str | None = None
    facts: tuple[Fact, ...] = ()  # in the order of the text
    collected: datetime | None = None  # when it was stored: from then on a digest could tell of it
    of_feed: bool = False  # a feed's own words, or a page that only its readers can open: for them alone

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, Quote))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, Figure))


# What readers get -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, the oldest first."""

    articles: tuple[Article, ...]
    id: int | None = None  # once stored; stays as articles join
    absorbed: tuple[int, ...] = ()  # ids of stories that turned out to be part of this one


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a digest shows of a speech inside one pair of marks; what is left out it marks as left out."""

    pieces: tuple[Span, ...]  # of the article's text, in its order; between two of them words are left out
    goes_on: bool = False  # more was said behind the last piece


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote, the article that carries it word for word, and the outlets that give the same words."""

    quote: Quote
    article: Article
    outlets: tuple[str, ...] = ()
    cut_differently: bool = False  # an outlet gives less of it, and leaves out something that was said
    excerpts: tuple[Excerpt, ...] = ()  # of the speech that the quote begins; none: the quote alone

    @property
    def shown(self) -> tuple[Excerpt, ...]:
        """What stands in our marks, one excerpt for each paragraph of the speech."""
        return self.excerpts or (Excerpt((self.quote.span,)),)


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure, the article it is shown from, and the outlets that give the same one."""

    figure: Figure
    article: Article
    outlets: tuple[str, ...] = ()
    disagreeing: tuple["CitedFigure", ...] = ()  # what other outlets give instead, at about the same time
    history: tuple["CitedFigure", ...] = ()  # what was given before, the oldest first
    told: tuple[Span, ...] = ()  # the article's words that tell it, where they say more than its concept


@dataclass(frozen=True, slots=True)
class DigestStory:
    """What a digest says of one story."""

    story_id: int | None
    headline: str  # an article's own title, never written by us
    outlet: str
    url: str
    lead: str | None  # a sentence of an article
    quotes: tuple[CitedQuote, ...]
    figures: tuple[CitedFigure, ...]
    articles: tuple[Article, ...]  # all of the story, the headline's first
    is_update: bool = False  # the reader knows the story; only what moved is told


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories of one period for one subscription, the most important first."""

    stories: tuple[DigestStory, ...]
    since: datetime
    until: datetime
    more: int = 0  # stories left out for length


class Fate(StrEnum):
    """What became of a story, and at which stage."""

    SHOWN = "shown"
    UPDATE = "update"  # the reader knows it, but a figure moved
    FILTERED = "filtered"  # the reader's words keep it out
    KNOWN = "known"  # the reader has had it, and nothing moved
    CROWDED = "crowded"  # its outlet or topic has its share already
    LESS_IMPORTANT = "less important"  # the digest is full


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest as it was composed, and what became of all stories that were looked at for it."""

    digest: Digest
    fates: tuple[tuple[int, Fate], ...] = ()  # by the story's id, the most important first
    words: str = ""  # the reader's filter at that time, as typed


def quotes_of(facts: Sequence[Fact]) -> tuple[Quote, ...]:
    """Return the quotes that a digest may show, best first."""
    ranked = [(fact.rank, fact) for fact in facts if isinstance(fact, Quote) and fact.rank is not None]
    return tuple(fact for _, fact in sorted(ranked, key=lambda pair: pair[0]))


def figures_of(facts: Sequence[Fact]) -> tuple[Figure, ...]:
    """Return the figures that a digest may show, best first."""
    ranked = [(fact.rank, fact) for fact in facts if isinstance(fact, Figure) and fact.rank is not None]
    return tuple(fact for _, fact in sorted(ranked, key=lambda pair: pair[0]))
