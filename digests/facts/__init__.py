"""An article becomes facts: its quotes with their speakers, and its figures."""

from digests.facts.figures import figures_of
from digests.facts.quotes import quotes_of
from digests.model import Article, Fact
from digests.people import people_of

_DAMAGE = "\N{REPLACEMENT CHARACTER}"  # read in the wrong charset: no word of it can be trusted


def facts_of(article: Article) -> tuple[Fact, ...]:
    """Return what `article` states, in the order of its text; nothing of a text that arrived damaged."""
    if _DAMAGE in article.text:
        return ()
    people = people_of(article)
    quotes = quotes_of(article, people, language=article.language)
    figures = figures_of(article, people, quotes, language=article.language)
    return tuple(sorted((*quotes, *figures), key=lambda fact: fact.span))
