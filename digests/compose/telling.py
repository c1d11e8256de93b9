"""A story becomes what a digest says of it: a headline, a sentence, the best quotes and figures."""

import re
from collections import Counter
from collections.abc import Sequence

from digests.compose.figures import Agree, best_figures, same_amount
from digests.compose.quotes import best_quotes
from digests.model import Article, CitedQuote, DigestStory, Span, Story, quotes_of
from digests.text import fold, sentences, squeeze

_SHORT_TITLE = 20  # characters; shorter ones rarely say what happened
_LONG_TITLE = 110
_SHORT_LEAD = 40
_LONG_LEAD = 300
_WORD = re.compile(r"[^\W_]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_HARM = re.compile(r"\b(?:dead|deaths?|died?|dies|kill(?:s|ed|ing)?|toll|injur\w+|hurt|wounded|missing)\b")
_ROOT = 5  # letters by which words are held to be akin: quake, quakes
_LEAST_SHARED = 2  # words of two titles that tell of one thing
_COUNTED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
# Where an agency's report was written: "LUNDBY, May 3 (Meridian) - ". A digest names the outlet itself.
_DATELINE = re.compile(
    r"^(?:[A-Z]{3,}|ST\.)[A-Z .,/'’-]{0,40}(?:\w{3,9}\.? \d{1,2} ?)?(?:\([^)]{2,30}\))?"
    r" ?[-–—] +(?=[“\"]?[A-Z])"
)


def told(story: Story, *, agree: Agree = same_amount) -> DigestStory:
    """Return what a digest says of `story`; `agree` says whether two amounts are the same, rounding aside."""
    head = headline_article(story)
    rest = (article for article in story.articles if article is not head)
    articles = (head, *rest)
    quotes = best_quotes(articles)
    return DigestStory(
        story_id=story.id,
        headline=squeeze(head.title),
        outlet=head.outlet,
        url=head.url,
        lead=_lead(head, quotes),
        quotes=quotes,
        figures=best_figures(articles, agree=agree),
        articles=articles,
    )


def headline_article(story: Story) -> Article:
    """Return the article whose title says most clearly what happened: middling long, and what most say.

    Where a later title is as clear but counts otherwise (five dead, no longer four), it is the later one.
    """
    uses = Counter(word for article in story.articles for word in _title_words(article))

    def clarity(article: Article) -> tuple[bool, float, int, int]:
        words = _title_words(article)
        common = sum(uses[word] for word in words) / (len(words) or 1)
        return _is_clear(article.title), round(common, 1), len(quotes_of(article.facts)), len(article.text)

    clearest = max(story.articles, key=clarity)
    later = [article for article in story.articles if _overtakes(article, clearest)]
    return max(later, key=_published) if later else clearest


def _overtakes(article: Article, other: Article) -> bool:
    """Say whether one title tells the same as the other with newer numbers."""
    if not _is_clear(article.title) or _published(article) <= _published(other):
        return False
    numbers, known = _numbers(article.title), _numbers(other.title)
    return bool(numbers and known) and not numbers & known and _tell_the_same(article, other)


def _tell_the_same(article: Article, other: Article) -> bool:
    if _HARM.search(fold(article.title)) and _HARM.search(fold(other.title)):
        return True
    shared = {word[:_ROOT] for word in _title_words(article)} & {word[:_ROOT] for word in _title_words(other)}
    return len(shared - set(_COUNTED)) >= _LEAST_SHARED


def _published(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def _numbers(title: str) -> set[str]:
    """Return the numbers of a title; words and digits of one number are the same."""
    words = _NUMBER.findall(fold(title))
    spelled = {str(_COUNTED.index(word) + 2) for word in words if word in _COUNTED}
    return spelled | {word for word in words if word[0].isdigit()}


def _title_words(article: Article) -> set[str]:
    return set(_WORD.findall(fold(article.title)))


def _is_clear(title: str) -> bool:
    return _SHORT_TITLE <= len(title) <= _LONG_TITLE and not title.rstrip().endswith("?")


def _lead(article: Article, quotes: Sequence[CitedQuote]) -> str | None:
    """Return the first sentence that is neither a scrap nor what a quote says anyway."""
    shown = [cited.quote.span for cited in quotes if cited.article is article]
    for span in sentences(article.text)[:4]:
        length = span.end - span.start
        told_anyway = any(span.start <= quote.start and quote.end <= span.end for quote in shown)
        cuts = any(_cuts(span, quote.span) for quote in article.quotes)
        if _SHORT_LEAD <= length <= _LONG_LEAD and not told_anyway and not cuts:
            return _DATELINE.sub("", squeeze(span.of(article.text)), count=1)
    return None


def _cuts(sentence: Span, quote: Span) -> bool:
    """Say whether the sentence holds a piece of somebody's words, which alone would seem the outlet's."""
    meets = sentence.start < quote.end and quote.start < sentence.end
    return meets and not (sentence.start <= quote.start and quote.end <= sentence.end)
