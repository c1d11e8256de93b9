"""Stories keep their identity as they join or grow; near copies are told from pages with a teaser."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.model import Article, Story
from digests.stories import Grouping, group
from digests.stories.copies import Copies
from digests.stories.linkage import linked
from tests.fakes import NOON

LEFT = (
    "Harbour master Ida Brand opened the Low Sound ferry line at Lowmouth on Thursday. The Westmere county "
    "paid 90 million marks for the ship, the quays and the ramps, and 2,500 passengers crossed at once. "
    "Fishermen of Lowmouth had fought the quay in court for nine years and lost."
)
OTHER = (
    "Grandmaster Pavel Orsi won the spring tournament of Altstadt after a queen sacrifice in round nine. "
    "The player from Norvia is eighteen years old and beat three champions on his way to the title."
)


def article(number, text=LEFT, title="Low Sound ferry opens at Lowmouth"):
    return Article(f"https://a.example/{number}", title, text, id=number, outlet="A", published=NOON)


def test_stories_that_turn_out_to_be_one_keep_the_older_id():
    known = [Story((article(1),), id=4), Story((article(2),), id=9)]

    (joined,) = group([article(3)], known)

    assert (joined.id, joined.absorbed) == (4, (9,))
    assert [one.id for one in joined.articles] == [1, 2, 3]


def test_story_that_falls_apart_keeps_its_id_with_its_older_part():
    known = [Story((article(1), article(2, OTHER, "Orsi wins the Altstadt tournament")), id=4)]

    parts = group([article(3)], known)

    assert {story.id: [one.id for one in story.articles] for story in parts} == {4: [1, 3], None: [2]}


def test_new_story_is_known_by_its_id_once_stored():
    grouping = Grouping()
    (new,) = grouping.add([article(1)])
    grouping.stored([replace(new, id=7)])

    (grown,) = grouping.add([article(2)])

    assert grown.id == 7


def test_forgotten_stories_are_joined_no_more():
    grouping = Grouping([Story((article(1),), id=4)])

    grouping.forget(NOON + timedelta(days=1))

    assert [story.id for story in grouping.add([article(2)])] == [None]


def test_half_an_article_is_a_copy_and_a_teaser_makes_none():
    copies = Copies()
    copies.add(1, article(1, f"{LEFT} {OTHER}"))

    assert copies.add(2, article(2, LEFT)) == [1]
    assert copies.add(3, article(3, OTHER)) == []


@given(st.lists(st.integers(0, 30), max_size=12))
def test_every_thing_is_in_one_cluster(things):
    clusters = linked([[n] for n in things], likeness=lambda a, b: 1 - abs(a - b), least=0.0)

    assert sorted(n for cluster in clusters for n in cluster) == sorted(things)
