"""What readers have in common is worked out once, and nobody gets what is another's."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.build import FRESH, OVERLAP, Newsroom, Wish
from digests.model import Article, Fate, Feed, Figure, Span, Story
from tests.fakes import NOON, feed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEEDS = [replace(feed(number, f"Outlet {number}"), topic="World") for number in range(1, 4)]


class Shop:
    """Stories by the feeds that carry them, and how often they were asked for."""

    def __init__(self) -> None:
        self.stories: dict[int, list[Article]] = {}
        self.asked = 0

    def tells(self, story_id: int, feed: Feed, *, dead: int | None = None, at=NOON - HOUR, title="") -> None:
        text = "A ferry burned off the quay of Lowmouth on Thursday night, the port said."
        facts = ()
        if dead is not None:
            text += f" The fire killed {dead} people."
            start = text.index(f"{dead} people")
            whole = Span(text.index("The fire"), len(text))
            facts = (
                Figure(
                    Span(start, start + len(str(dead))),
                    str(dead),
                    Decimal(dead),
                    unit="people",
                    concept="killed in the fire",
                    sentence=whole,
                    rank=1,
                ),
            )
        mine = self.stories.setdefault(story_id, [])
        number = 1000 * story_id + len(mine)
        mine.append(
            Article(
                f"https://a.example/{number}",
                title or f"Ferry number {story_id} burns off the quay of Lowmouth",
                text,
                outlet=feed.title,
                id=number,
                feed_id=feed.id,
                published=at,
                facts=facts,
                collected=at,
            )
        )

    async def stories_for(self, feed_ids, *, since, until):
        self.asked += 1
        found = []
        for story_id, articles in self.stories.items():
            mine = tuple(a for a in articles if a.feed_id in feed_ids and a.collected <= until)
            if any(a.collected > since for a in mine):
                found.append(Story(mine, story_id))
        return found


@pytest.fixture
def shop():
    return Shop()


@pytest.fixture
def newsroom(shop):
    return Newsroom(shop)


def wish(*feeds, **how):
    return Wish(feeds or (FEEDS[0],), **how)


def shows(composed):
    return [story.story_id for story in composed.edition.digest.stories]


async def test_readers_with_the_same_feeds_share_one_look_and_one_edition(shop, newsroom):
    shop.tells(1, FEEDS[0])

    one = await newsroom.compose(wish(), since=NOON - DAY, now=NOON)
    other = await newsroom.compose(wish(), since=NOON - DAY + HOUR / 100, now=NOON + HOUR / 100)

    assert other is one
    assert shop.asked == 1


async def test_what_was_read_is_looked_at_anew_after_a_minute(shop, newsroom):
    await newsroom.compose(wish(), since=NOON - DAY, now=NOON)
    shop.tells(1, FEEDS[0])

    later = await newsroom.compose(wish(), since=NOON - DAY, now=NOON + FRESH)

    assert shows(later) == [1]


@pytest.mark.parametrize("how", [{"most": 5}, {"words": "ferry"}, {"shown": {1: NOON - HOUR}}])
async def test_readers_with_other_wishes_or_pasts_share_the_look_alone(shop, newsroom, how):
    shop.tells(1, FEEDS[0])

    one = await newsroom.compose(wish(), since=NOON - DAY, now=NOON)
    other = await newsroom.compose(wish(**how), since=NOON - DAY, now=NOON)

    assert other.key != one.key
    assert shop.asked == 1


async def test_pasts_that_differ_in_nothing_of_today_are_the_same(shop, newsroom):
    shop.tells(1, FEEDS[0])

    one = await newsroom.compose(wish(shown={77: NOON}), since=NOON - DAY, now=NOON)
    other = await newsroom.compose(wish(shown={88: NOON - HOUR}), since=NOON - DAY, now=NOON)

    assert other is one


async def test_readers_of_other_feeds_have_their_own_view_of_a_story(shop, newsroom):
    shop.tells(1, FEEDS[0], title="Fire on a ferry off Lowmouth tonight")
    shop.tells(1, FEEDS[1], title="Ferry burns in secret, says a private letter")

    one = await newsroom.compose(wish(FEEDS[0]), since=NOON - DAY, now=NOON)
    both = await newsroom.compose(wish(*FEEDS[:2]), since=NOON - DAY, now=NOON)

    (story,) = one.edition.digest.stories
    assert "secret" not in repr(one)
    assert len(story.articles) == 1
    assert len(both.edition.digest.stories[0].articles) == 2


async def test_same_story_under_another_title_is_told_under_that(shop):
    shop.tells(1, FEEDS[0], title="Fire on a ferry off Lowmouth tonight")
    newsroom = Newsroom(shop)
    mine = await newsroom.compose(wish(FEEDS[0]), since=NOON - DAY, now=NOON)
    shop.stories[1][0] = replace(shop.stories[1][0], title="The same under a name of its own", feed_id=2)

    others = await newsroom.compose(wish(FEEDS[1]), since=NOON - DAY, now=NOON)

    assert mine.edition.digest.stories[0].headline == "Fire on a ferry off Lowmouth tonight"
    assert others.edition.digest.stories[0].headline == "The same under a name of its own"


async def test_edition_knows_what_became_of_every_story(shop, newsroom):
    for number in range(1, 9):
        shop.tells(number, FEEDS[number % 3], at=NOON - number * HOUR)

    composed = await newsroom.compose(
        wish(*FEEDS, most=5, shown={8: NOON - HOUR}), since=NOON - DAY, now=NOON
    )

    fates = dict(composed.edition.fates)
    assert set(fates) == set(range(1, 9))
    assert fates[8] is Fate.KNOWN
    assert [one for one, fate in composed.edition.fates if fate is Fate.SHOWN] == shows(composed)


async def test_update_is_told_once_though_digests_overlap(shop, newsroom):
    shop.tells(1, FEEDS[0], dead=12, at=NOON - 2 * DAY)
    shop.tells(1, FEEDS[1], dead=17, at=NOON - OVERLAP / 2)
    known = wish(*FEEDS, shown={1: NOON - DAY})

    first = await newsroom.compose(known, since=NOON - DAY, now=NOON)
    told = replace(known, shown={1: first.edition.digest.until})
    again = await newsroom.compose(told, since=NOON, now=NOON + DAY)

    assert [story.is_update for story in first.edition.digest.stories] == [True]
    assert shows(again) == []


async def test_amount_that_was_known_already_is_no_update_however_it_is_repeated(shop, newsroom):
    shop.tells(1, FEEDS[0], dead=12, at=NOON - 2 * DAY)
    shop.tells(1, FEEDS[1], dead=17, at=NOON - DAY)
    shop.tells(1, FEEDS[2], dead=17, at=NOON - HOUR)

    composed = await newsroom.compose(
        wish(*FEEDS, shown={1: NOON - DAY + HOUR}), since=NOON - DAY + HOUR, now=NOON
    )

    assert shows(composed) == []
    assert dict(composed.edition.fates) == {1: Fate.KNOWN}


events = st.lists(
    st.tuples(
        st.integers(1, 5),  # the story
        st.integers(0, 2),  # the feed that tells it
        st.integers(0, 8 * 24 - 1),  # in which hour
        st.sampled_from([None, 12, 12, 17, 23]),  # how many dead it gives
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(events, st.sampled_from([5, 10]), st.integers(0, 5000))
async def test_no_story_comes_twice_in_seven_days_unless_it_moved(told, most, jitter):
    """Over eight days, with a digest each morning some seconds late, as readers have them."""
    shop, begin = Shop(), NOON - 8 * DAY
    for story, number, hour, dead in sorted(told, key=lambda one: one[2]):
        shop.tells(story, FEEDS[number], dead=dead, at=begin + hour * HOUR)
    newsroom, shown, until = Newsroom(shop), {}, begin
    for day in range(1, 9):
        now = begin + day * DAY + timedelta(seconds=jitter % (day * 600))
        known = {one: at for one, at in shown.items() if at > now - 7 * DAY}
        composed = await newsroom.compose(wish(*FEEDS, most=most, shown=known), since=until, now=now)
        for story in composed.edition.digest.stories:
            if story.story_id in known:
                assert story.is_update
                assert story.figures
                before = known[story.story_id]
                for cited in story.figures:
                    given = [a for a in story.articles for f in a.figures if f.value == cited.figure.value]
                    assert all(a.collected > before for a in given)
            else:
                assert not story.is_update
            shown[story.story_id] = composed.edition.digest.until
        until = composed.edition.digest.until
