"""A story becomes what a digest says of it: a headline, a sentence, the best quotes and figures."""

from digests.compose.figures import Agree, best_figures, same_amount
from digests.compose.headline import clearest
from digests.compose.lead import lead_of
from digests.compose.names import with_full_names
from digests.compose.quotes import best_quotes
from digests.compose.theme import theme_of
from digests.model import Article, DigestStory, Story
from digests.text import squeeze


def told(story: Story, *, agree: Agree = same_amount) -> DigestStory:
    """Return what a digest says of `story`; `agree` says whether two amounts are the same, rounding aside."""
    named = with_full_names(story.articles)
    theme = theme_of(named)
    head = clearest(named, theme)
    articles = (head, *(article for article in named if article is not head))
    quotes = best_quotes(articles)
    return DigestStory(
        story_id=story.id,
        headline=squeeze(head.title),
        outlet=head.outlet,
        url=head.url,
        lead=lead_of(head, theme, quotes),
        quotes=quotes,
        figures=best_figures(articles, agree=agree, theme=theme),
        articles=articles,
    )


def headline_article(story: Story) -> Article:
    """Return the article whose title stands above what is told of `story`."""
    if len(story.articles) == 1:
        return story.articles[0]
    return clearest(story.articles, theme_of(story.articles))
