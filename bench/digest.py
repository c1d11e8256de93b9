"""How long it takes to compose the digests of a day: 10,000 subscriptions, 200 different selections."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.edition.edition import load
from bot.message import Message
from bot.render import digest_message
from digests.compose import compose
from digests.facts import facts_of
from digests.model import Article, Digest, Story
from digests.verify import verify

SUBSCRIPTIONS, SELECTIONS, ARTICLES = 10_000, 200, 5_000
FEEDS = 100  # of which a selection follows some
SECONDS = 30  # target, on one core
_UNTIL = datetime(2026, 1, 2, 8, tzinfo=UTC)
_SINCE = _UNTIL - timedelta(days=1)
_SEED = 6


def main(data: Path | None) -> int:
    """Print the seconds; the bundled edition's articles, copied into a full day, serve as news."""
    chance = random.Random(_SEED)
    stories = _day(chance)
    selections = [frozenset(chance.sample(range(FEEDS), chance.randint(3, 30))) for _ in range(SELECTIONS)]
    followed = [chance.choice(selections) for _ in range(SUBSCRIPTIONS)]
    begin = time.process_time()
    composed: dict[frozenset[int], Message] = {}
    for feeds in followed:  # identical selections are composed once and shared
        if feeds not in composed:
            composed[feeds] = digest_message(_digest(stories, feeds))
    seconds = time.process_time() - begin
    table = Table("measure", "value", "target", title="digest")
    table.add_row("subscriptions / different selections", f"{SUBSCRIPTIONS} / {len(composed)}", "")
    table.add_row("articles / stories", f"{sum(len(one.articles) for one in stories)} / {len(stories)}", "")
    table.add_row("seconds, one core", f"{seconds:.1f}", f"<= {SECONDS}")
    Console().print(table)
    return 0 if seconds <= SECONDS else 1


def _digest(stories: list[Story], feeds: frozenset[int]) -> Digest:
    """Return the digest of what these feeds carry, as the walk makes it of what the store holds."""
    mine = [
        replace(story, articles=carried)
        for story in stories
        if (carried := tuple(article for article in story.articles if article.feed_id in feeds))
    ]
    return verify(compose(mine, since=_SINCE, until=_UNTIL)).digest


def _day(chance: random.Random) -> list[Story]:
    events = [
        [
            Article(url=piece.path, title=piece.title, text=piece.text, outlet=piece.outlet)
            for piece in event.pieces
        ]
        for event in load().events
    ]
    events = [[replace(article, facts=facts_of(article)) for article in event] for event in events]
    stories, count = list[Story](), 0
    while count < ARTICLES:
        event = chance.choice(events)
        articles = tuple(_dated(article, count + n, chance) for n, article in enumerate(event))
        stories.append(Story(articles, id=len(stories)))
        count += len(articles)
    return stories


def _dated(article: Article, number: int, chance: random.Random) -> Article:
    at = _SINCE + timedelta(minutes=chance.randint(1, 24 * 60 - 1))
    return replace(
        article, id=number, feed_id=chance.randrange(FEEDS), published=at, url=f"https://a.example/{number}"
    )
