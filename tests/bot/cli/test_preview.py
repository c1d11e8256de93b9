"""`pullquote preview` prints the digest of feeds on loopback, in every form."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

import pytest

from bot.edition import load
from bot.standins.news import NewsStandIn


async def preview(news: NewsStandIn, *arguments: str) -> tuple[int, str, str]:
    """Return the exit code and what was printed and complained of."""
    environment = {**os.environ, "FETCH_ALLOW": ",".join(news.addresses), "HOST_GAP_SECONDS": "0"}
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "bot", "preview", *arguments],
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.parametrize("form", ["html", "telegram", "slack"])  # text, and json: below
async def test_a_preview_tells_the_news_of_the_feeds_it_is_given(form: str) -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251  # as the process has it
        code, out, _ = await preview(news, "--feed", news.feed_of("meridian"), "--format", form)

    assert code == 0
    assert "Meridian Wire" in out


async def test_json_names_each_story_with_its_facts_and_articles() -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251
        feeds = [word for key in ("meridian", "northern") for word in ("--feed", news.feed_of(key))]
        _, out, _ = await preview(news, *feeds, "--format", "json")

    stories = json.loads(out)["stories"]
    assert set(stories[0]) >= {"headline", "outlet", "url", "lead", "quotes", "figures", "articles"}
    assert any(story["quotes"] for story in stories)
    assert any(story["figures"] for story in stories)


async def test_a_feed_that_fails_is_named_and_does_not_stop_the_rest() -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251
        good, down, page = news.feed_of("meridian"), news.feed_of("dispatch"), news.front_of("northern")
        code, out, err = await preview(news, "--feed", good, "--feed", down, "--feed", page)

    assert code == 0
    assert "Meridian Wire" in out
    assert down in err
    assert news.feed_of("northern") in err


async def test_without_a_feed_it_says_what_to_type() -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251
        code, _, err = await preview(news)

    assert code == 2
    assert "--feed" in err


async def test_why_tells_the_stage_of_every_article() -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251
        feeds = [word for key in ("meridian", "northern") for word in ("--feed", news.feed_of(key))]
        _, out, _ = await preview(news, *feeds, "--why", "--format", "json")

    told = json.loads(out)
    stages = {one["url"]: one["stage"] for one in told["why"]}
    assert {stages[story["url"]] for story in told["stories"]} == {"shown"}
    assert {article["url"] for story in told["stories"] for article in story["articles"]} <= set(stages)
