"""Of the articles' own titles the clearest stands above a story, and one sentence below it."""

import pytest

from digests.compose import told
from digests.model import Article, Quote, Span, Story
from tests.fakes import NOON

NEWS = (
    "The wall at Lowmouth held overnight as a storm drove the sea on to the promenade, and 900 people left "
    "their homes. Engineers will look at the wall on Friday."
)


def article(number, title, text=NEWS):
    return Article(
        f"https://a.example/{number}", title, text, outlet=f"Outlet {number}", published=NOON, id=number
    )


def headline_of(*titles):
    return told(Story(tuple(article(number, title) for number, title in enumerate(titles)))).headline


PLAIN = "Lowmouth sea wall holds as 900 leave their homes"


@pytest.mark.parametrize(
    "other",
    [
        "Is the Lowmouth sea wall safe, as 900 leave their homes?",
        "How the Lowmouth sea wall held as 900 left their homes",
        "Brand: We kept the Lowmouth sea wall standing as 900 left homes",
        "It was a storm of the century. The Lowmouth wall held it",
        "Lowmouth sea wall holds, what a night for 900 homes!",
        "A night by the sea",
        "Wall",
    ],
)
def test_plain_statement_stands_above_a_story_whatever_the_order(other):
    assert headline_of(PLAIN, other) == PLAIN
    assert headline_of(other, PLAIN) == PLAIN


def test_title_in_the_words_of_the_other_articles_is_the_clearest():
    aside = "Harbour inn had its best night in years, owner says"

    assert headline_of(aside, PLAIN, "Lowmouth wall holds in the storm, homes left") != aside


def lead_of(text, *, title=PLAIN, others=(), facts=()):
    first = Article("https://a.example/0", title, text, published=NOON, facts=tuple(facts))
    return told(Story((first, *others))).lead


TOLD = "Engineers will look at the whole wall on Friday, the county of Westmere said at noon."


@pytest.mark.parametrize(
    "opening",
    [
        "Lowmouth sea wall holds as 900 leave their homes overnight.",  # the headline again
        "Is there a wall that holds the sea for a hundred years?",
        "Photo: waves break over the wall at Lowmouth on Thursday morning.",
        "By Ida Brand, our reporter at the wall of Lowmouth in the night.",
        "The promenade of Lowmouth, seen from the new pier on Thursday",
        "Then nobody in all of the town had anything to say about it.",
        "You would not have wanted to be at sea in the night to Thursday.",
    ],
)
def test_sentence_that_tells_no_news_is_no_lead(opening):
    assert lead_of(f"{opening}\n\n{TOLD}") == TOLD


def test_lead_is_what_the_other_articles_tell_too():
    opening = "When the last lamp went out in the harbour inn, an old man lit his pipe."
    other = article(1, "What now?", "Westmere county sends engineers to look at the wall on Friday.")

    assert lead_of(f"{opening} {TOLD}", others=[other]) == TOLD


def test_lead_never_holds_what_another_article_is_quoted_with():
    said = "We have waited nine years for this wall"
    opening = f"At noon Ida Brand, the mayor, said in Lowmouth: “{said}.”"
    text = f"“{said},” said Ida Brand."
    quote = Quote(Span(1, 1 + len(said) + 1), f"{said},", "Ida Brand", rank=1)
    other = Article("https://b.example/", "Wall?", text, outlet="B", published=NOON, facts=(quote,))

    assert lead_of(f"{opening}\n\n{TOLD}", others=[other]) == TOLD
