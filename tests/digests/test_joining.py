from datetime import timedelta

from digests.joining import Joining
from digests.model import Article
from tests.fakes import NOON, FakeCollectStore

FERRY = (
    "A ferry caught fire off the island of Brenna and the coastguard took all of its passengers off the ship."
)


class Store(FakeCollectStore):
    """Counts how often the stories are read, which is what keeping them ready saves."""

    def __init__(self):
        super().__init__()
        self.readings = 0

    async def stories_since(self, since):
        self.readings += 1
        return await super().stories_since(since)

    async def ungrouped(self, *, limit):
        known = {article.url for story in self.stories.values() for article in story.articles}
        return [article for article in self.articles.values() if article.url not in known]

    def collect(self, number, text=FERRY):
        url = f"https://example.org/{number}"
        self.articles[url] = Article(
            url, "Ferry burns off Brenna", text, outlet=f"Outlet {number}", id=number
        )


async def test_an_article_joins_the_story_that_one_before_it_began():
    store, joining = Store(), Joining()

    for number in (1, 2):
        store.collect(number)
        await joining.join(store, now=NOON + timedelta(minutes=number))

    (story,) = store.stories.values()
    assert [article.id for article in story.articles] == [1, 2]


async def test_stories_are_read_once_as_long_as_nobody_else_changes_them():
    store, joining = Store(), Joining()

    for number in (1, 2, 3):
        store.collect(number)
        await joining.join(store, now=NOON + timedelta(minutes=number))

    assert store.readings == 1


async def test_what_another_process_wrote_is_read_before_articles_join():
    store, mine, theirs = Store(), Joining(), Joining()

    for number, joining in ((1, mine), (2, theirs), (3, mine)):
        store.collect(number)
        await joining.join(store, now=NOON + timedelta(minutes=number))

    (story,) = store.stories.values()
    assert [article.id for article in story.articles] == [1, 2, 3]
