"""Articles about one event become one story, which keeps its identity as articles join."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.model import Article, Story
from digests.stories import group
from tests.fakes import NOON

FERRY = (
    "The new ferry across the Low Sound left Lowmouth harbour on Thursday with 2,500 passengers aboard. "
    "Harbour master Ida Brand said the county of Westmere had waited nine years for the ship and its quays."
)
FERRY_TOO = (
    "Passengers crossed the Low Sound by ferry from Lowmouth for the first time in nine years on Thursday. "
    "Westmere county paid for the ship and the quays, harbour master Ida Brand told passengers."
)
CHESS = (
    "Grandmaster Pavel Orsi won the spring chess tournament in Altstadt after a queen sacrifice in the final "
    "round. The eighteen-year-old player from Norvia beat three former champions on his way to the title."
)


def article(number, title, text, *, hours=0):
    return Article(
        f"https://a{number}.example/{number}",
        title,
        text,
        id=number,
        outlet=f"Outlet {number}",
        published=NOON + timedelta(hours=hours),
    )


ONE = article(1, "Ferry across the Low Sound leaves Lowmouth", FERRY)
OTHER = article(2, "Low Sound ferry carries passengers from Lowmouth again", FERRY_TOO, hours=1)
APART = article(3, "Orsi wins the chess tournament of Altstadt", CHESS, hours=1)


def ids(stories):
    return sorted(sorted(article.id for article in story.articles) for story in stories)


def test_articles_about_one_event_are_one_story_and_others_apart():
    assert ids(group([ONE, OTHER, APART], [])) == [[1, 2], [3]]


def test_order_of_arrival_makes_no_difference():
    assert ids(group([APART, OTHER, ONE], [])) == ids(group([ONE, OTHER, APART], []))


def test_article_joins_a_story_that_is_stored_and_the_story_keeps_its_id():
    known = [Story((ONE,), id=7), Story((APART,), id=8)]

    (grown,) = group([OTHER], known)

    assert grown.id == 7
    assert [one.id for one in grown.articles] == [1, 2]


def test_new_story_has_no_id_and_the_stored_ones_are_left_alone():
    (fresh,) = group([APART], [Story((ONE, OTHER), id=7)])

    assert fresh.id is None
    assert [one.id for one in fresh.articles] == [3]


def test_same_article_told_by_two_outlets_is_one_story():
    copy = replace(ONE, id=9, url="https://copy.example/", outlet="Copy")

    assert ids(group([ONE, copy], [])) == [[1, 9]]


def test_nothing_new_changes_nothing():
    assert group([], [Story((ONE,), id=7)]) == ()


@given(st.lists(st.text(alphabet="abc de.\n", max_size=60), max_size=8))
def test_every_article_is_in_exactly_one_story_whatever_it_says(texts):
    articles = [article(number, text[:20], text) for number, text in enumerate(texts, start=1)]

    stories = group(articles, [])

    told = sorted(one.id for story in stories for one in story.articles)
    assert told == [one.id for one in articles]
