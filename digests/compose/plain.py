"""The figures of a story become those that say something without their article, the best of each first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digests.compose.measured import COUNTS, MEASURED, Measured, measured, numbers_in
from digests.compose.ranks import by_rank
from digests.compose.theme import Theme
from digests.model import Article, Figure, FigureKind, Modifier, figures_of
from digests.text import fold, squeeze

_PLAIN = 100  # a smaller number without a unit says little: the "seven" that a union asks for
_CLEAR = 2  # words that tell what is measured
_MANY = 3  # things; one or two are told by the headline or not at all
# Alone these do not say what is measured.
_VAGUE = frozenset(
    "company firm group government president minister film money paper move questions man woman fund "
    "plan thing bank it cost costs people year years time days day week number amount total rest part "
    "increase rise fall".split()
)
_DONE = re.compile(r"(?:ed|en|wn|ght|ost|rn|hurt|shot|cut)$")  # "740 homes — damaged"
_LITTLE = frozenset("the and for from with that this than were was are has had have been".split())
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"\b(?:in|since|of|from|the)\s+(?:[A-Z][a-z]+\s+)?((?:1[89]|20)\d\d)\b")
_ROUGH = re.compile(
    r"(?i)^(?:(?:many|several|tens|hundreds|a few) (?:of )?)*(?:dozens|hundreds|thousands|[mbtr]+illions)\b"
)
_ATTRIBUTE = re.compile(r"^[\w.,]+-[^\W\d_]")  # "three-part", "67-vote"
_DIGIT = re.compile(r"\d")
# Another number of the sentence, and what leads up to it.
_OTHER_NUMBER = re.compile(
    r"(?:,| and| but| while| or)?"
    r"(?: (?:more|less|fewer|at|about|than|over|under|nearly|almost|least|most|some|a|the|within|for|in|by|to"
    r"|of))*"
    r" [$£€]?(?!(?:1[89]|20)\d\d\b)\d.*$"
)
# Words behind which something is missing.
_HANGING = frozenset(
    "and or but the a an to of is are was were be been has have had will would could can may might must "
    "should there much now than as that which who by".split()
)
# What begins a clause, which a concept of eight words holds only the beginning of.
_CLAUSE = re.compile(r"(?<= )(?:since|after|when|as|while|because|which|who|that|where|if|and) .*$")
_WHOLE = 6  # words; a longer concept may be cut off


def plain_figures(articles: Sequence[Article]) -> Iterator[Measured]:
    """Yield the key figures that a reader understands by their concept and the headline alone.

    The headline is that of the first article. A concept is shown without what hangs at its end.
    """
    headline = articles[0].title if articles else ""
    numbers = numbers_in(headline)
    for figure, article in by_rank(articles, figures_of):
        concept = _trimmed(figure.concept)
        one = measured(figure if concept == figure.concept else replace(figure, concept=concept), article)
        is_plain = _is_plain(one, articles, headline=headline, is_told=one.number in numbers)
        if is_plain and not _is_of_another_year(one):
            yield one


def is_of_the_story(one: Measured, theme: Theme) -> bool:
    """Say whether the figure is about what titles or several articles tell of, or what is often measured."""
    counted = one.figure.unit or "" if one.figure.kind in COUNTS else ""
    told = {fold(word) for word in _WORD.findall(f"{one.figure.concept or ''} {counted}")} - _LITTLE
    alone = len(theme.by_article) == 1 and len(told) >= _CLEAR
    return alone or bool(told & MEASURED) or any(theme.holds(word) for word in told)


def plainness(figure: Figure) -> tuple[bool, bool, int]:
    """Return what orders forms of one amount: one that says more of what it is, that is exact, and longer."""
    words = [word for word in _WORD.findall(figure.concept or "") if word not in _LITTLE]
    digits = figure.value.normalize().as_tuple().digits
    return len(words) > 1, figure.modifier is Modifier.EXACT, len(digits)


def _is_common(word: str, articles: Sequence[Article]) -> bool:
    """Say whether a word is no name: it is written small, or the articles write it so elsewhere."""
    small = word.lower()
    if word == small or small in MEASURED:
        return True
    pattern = re.compile(rf"\b{re.escape(small)}\b")
    return any(small in article.text and pattern.search(article.text) for article in articles)


def _trimmed(concept: str | None) -> str | None:
    """Return a concept up to another number, and without the words that lead up to what is cut off."""
    if concept is None:
        return None
    trimmed = (_OTHER_NUMBER.sub("", f" {concept}") if _DIGIT.search(concept) else concept).strip()
    if len(trimmed.split()) > _WHOLE and len((shorter := _CLAUSE.sub("", trimmed)).split()) >= _CLEAR:
        trimmed = shorter.strip()
    while (parts := trimmed.rpartition(" "))[2] in _HANGING:
        trimmed = parts[0].rstrip(" ,")
    return trimmed or None


def _is_plain(one: Measured, articles: Sequence[Article], *, headline: str, is_told: bool) -> bool:
    """Say whether a reader would know what the figure is of, and might care.

    Not if its concept is none, a bare name, a vague word or only who gave it; a length of time, an age or a
    rough number is of interest only where it is the news itself: `is_told`, in the headline.
    """
    figure = one.figure
    words = [word for word in _WORD.findall(figure.concept or "") if word not in _LITTLE]
    if not any(map(str.islower, words)) and not any(_is_common(word, articles) for word in words):
        return False
    if figure.speaker and fold(figure.concept or "") in fold(figure.speaker):
        return False
    if one.harm:
        return True
    if figure.kind in (FigureKind.DURATION, FigureKind.AGE):
        is_news = fold(squeeze(figure.surface)) in fold(squeeze(headline))
        return is_news and sum(_is_common(word, articles) for word in words) >= _CLEAR
    if figure.kind in COUNTS and (figure.value < _MANY or _ATTRIBUTE.match(figure.surface)):
        return is_told
    if figure.unit is None and figure.value < _PLAIN:
        return False
    if figure.unit == "time" or _ROUGH.match(figure.surface):
        return is_told
    return _says_what(figure, words)


def _says_what(figure: Figure, words: Sequence[str]) -> bool:
    """Say whether the words tell what is measured; of things counted one word will do only for their fate."""
    if len(words) >= _CLEAR:
        return True
    word = fold(words[0])
    if figure.kind in COUNTS:
        return figure.unit is not None and bool(_DONE.search(word))
    return word in MEASURED or (figure.kind is not FigureKind.MEASURE and word not in _VAGUE)


def _is_of_another_year(one: Measured) -> bool:
    """Say whether the dead or hurt are those of an earlier event: "31 people died in a quake in 1998"."""
    sentence, published = one.figure.sentence, one.article.published
    if one.harm is None or sentence is None or published is None:
        return False
    years = _YEAR.findall(sentence.of(one.article.text))
    return bool(years) and str(published.year) not in years
