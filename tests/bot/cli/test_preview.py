"""`pullquote preview` prints the digest of feeds on loopback, in every form."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

import pytest

from bot.cli.preview import Preview, preview_of, print_in_form, print_preview
from bot.edition import load
from bot.standins.news import NewsStandIn


async def typed(news: NewsStandIn, *arguments: str) -> tuple[int, str, str]:
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


@pytest.fixture(scope="module")
def previewed() -> Preview:
    """Give what became of two feeds, walked once for all forms."""

    async def walked() -> Preview | None:
        async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251  # as the preview has it
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("FETCH_ALLOW", ",".join(news.addresses))
                patch.setenv("HOST_GAP_SECONDS", "0")
                return await preview_of([news.feed_of("meridian"), news.feed_of("northern")])

    preview = asyncio.run(walked())
    assert preview is not None
    return preview


@pytest.mark.parametrize("form", ["html", "telegram", "slack"])  # text, and json: below
def test_a_preview_tells_the_news_in_every_form(form, previewed, capsys) -> None:
    print_in_form(previewed, form=form, why=False)

    assert "Meridian Wire" in capsys.readouterr().out


def test_json_names_each_story_with_its_facts_and_articles(previewed, capsys) -> None:
    print_in_form(previewed, form="json", why=False)

    stories = json.loads(capsys.readouterr().out)["stories"]
    assert set(stories[0]) >= {"headline", "outlet", "url", "lead", "quotes", "figures", "articles"}
    assert any(story["quotes"] for story in stories)
    assert any(story["figures"] for story in stories)


def test_why_tells_the_stage_of_every_article(previewed, capsys) -> None:
    print_in_form(previewed, form="json", why=True)

    told = json.loads(capsys.readouterr().out)
    stages = {one["url"]: one["stage"] for one in told["why"]}
    assert {stages[story["url"]] for story in told["stories"]} == {"shown"}
    assert {article["url"] for story in told["stories"] for article in story["articles"]} <= set(stages)


async def test_a_feed_that_fails_is_named_and_does_not_stop_the_rest() -> None:
    async with NewsStandIn(load(), now=datetime.now(UTC)) as news:  # noqa: TID251
        good, down, page = news.feed_of("meridian"), news.feed_of("dispatch"), news.front_of("northern")
        code, out, err = await typed(news, "--feed", good, "--feed", down, "--feed", page)

    assert code == 0
    assert "Meridian Wire" in out
    assert down in err
    assert news.feed_of("northern") in err


async def test_without_a_feed_it_says_what_to_type(capsys) -> None:
    code = await print_preview([], opml=None, form="text")

    assert code == 2
    assert "--feed" in capsys.readouterr().err
