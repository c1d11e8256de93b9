"""Feeds become the digest that would be sent, printed and forgotten."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot.app import collecting, prepare
from bot.chats.slack.blocks import to_parts as slack_parts
from bot.chats.telegram.markup import to_parts as telegram_parts
from bot.chats.terminal import show
from bot.cli.sources import outlines_of
from bot.clock import WallClock
from bot.message import Message
from bot.pages import digest_page
from bot.render import digest_message
from config.settings import read_settings
from digests.build import Newsroom, Wish
from digests.collect import Collector, PageOutcome
from digests.errors import DigestsError, NotAFeed
from digests.form import figure_data, quote_data
from digests.model import Digest, DigestStory, Feed
from digests.store.core import CoreStore
from digests.store.engine import engine_of
from digests.text import squeeze

FAILED, MISUSED = 1, 2
LOOK_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """A digest, and what became of each article: its stage, its outlet, its title and its URL."""

    digest: Digest
    why: tuple[tuple[str, str, str, str], ...]


async def print_preview(urls: Sequence[str], *, opml: Path | None, form: str, why: bool = False) -> int:
    """Print the digest of these feeds; return the exit code. A feed that fails is named on stderr.

    With `why`, print below what became of each article.

    Raises:
        CommandFailed: the OPML file can't be read.
    """
    wanted = [*urls, *(outline.url for outline in (outlines_of(opml) if opml else ()))]
    if not wanted:
        print("Name a feed: pullquote preview --feed https://… (or --opml FILE).", file=sys.stderr)
        return MISUSED
    preview = await preview_of(wanted)
    if preview is None:
        return FAILED
    print_in_form(preview, form=form, why=why)
    return 0


async def preview_of(urls: Sequence[str]) -> Preview | None:
    """Walk the whole way in a store of its own; None where no feed could be read.

    A feed that fails is named on stderr.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(f"sqlite+aiosqlite:///{folder}/preview.db")
        try:
            await prepare(engine, is_sqlite=True)
            async with collecting(read_settings(), engine) as collector:
                return await _walk(collector, CoreStore(engine), urls)
        finally:
            await engine.dispose()


def print_in_form(preview: Preview, *, form: str, why: bool) -> None:
    """Print the digest as json, html or text, or as what is sent to a chat of that name."""
    digest = preview.digest
    message = digest_message(digest)
    if form == "json":
        print(
            json.dumps(
                digest_data(digest) | (_why_data(preview) if why else {}), ensure_ascii=False, indent=2
            )
        )
    elif form == "html":
        print(digest_page(message))
    elif form == "text":
        show(message)
    else:
        print(_in_chat(message, form))
    if why and form != "json":
        print("\nWhat became of each article")
        for stage, outlet, title, url in preview.why:
            print(f"{stage:<15} {outlet}: {title} <{url}>")


def digest_data(digest: Digest) -> dict[str, Any]:
    """Return a digest as plain data, in the form that docs/contract.md promises."""
    return {"stories": [_story_data(story) for story in digest.stories]}


async def _walk(collector: Collector, store: CoreStore, urls: Sequence[str]) -> Preview | None:
    clock, failed = WallClock(), list[tuple[str, str, str, str]]()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading feeds", total=len(urls))
        feeds = await _feeds(collector, urls, done=lambda: progress.update(task, advance=1))
        task = progress.add_task("Reading pages", total=None)
        while outcomes := await collector.read_pages(clock()):
            progress.update(task, advance=len(outcomes))
            failed += [_failed(outcome) for outcome in outcomes if outcome.error is not None]
    while await collector.group(clock()):
        pass
    if not feeds:
        return None
    now = clock()
    composed = await Newsroom(store).compose_alone(Wish(tuple(feeds)), since=now - LOOK_BACK, until=now)
    fates = dict(composed.edition.fates)
    stories = await store.stories_for([feed.id for feed in feeds], since=now - LOOK_BACK, until=now)
    told = [
        (str(fates[story.id]), article.outlet, squeeze(article.title), article.url)
        for story in sorted(stories, key=lambda one: list(fates).index(one.id or 0))
        for article in story.articles
        if story.id is not None
    ]
    return Preview(composed.edition.digest, (*told, *failed))


def _failed(outcome: PageOutcome) -> tuple[str, str, str, str]:
    entry, error = outcome.page.entry, outcome.error
    return f"no text: {error.code if error else ''}", outcome.page.feed.title, squeeze(entry.title), entry.url


async def _feeds(collector: Collector, urls: Sequence[str], *, done: Callable[[], None]) -> list[Feed]:
    async def one(url: str) -> Feed | None:
        try:
            return await collector.find_feed(url, now=WallClock()())
        except NotAFeed as error:
            offered = ", ".join(error.feeds) or "none"
            print(f"{url}: not a feed; feeds found there: {offered}", file=sys.stderr)
        except DigestsError as error:
            print(f"{url}: {error}", file=sys.stderr)
        finally:
            done()
        return None

    found = await asyncio.gather(*(one(url) for url in urls))
    return [feed for feed in found if feed is not None]


def _why_data(preview: Preview) -> dict[str, Any]:
    names = ("stage", "outlet", "title", "url")
    return {"why": [dict(zip(names, one, strict=True)) for one in preview.why]}


def _in_chat(message: Message, chat: str) -> str:
    parts = telegram_parts(message) if chat == "telegram" else slack_parts(message)
    return "\n".join(json.dumps(json.loads(part.body), ensure_ascii=False, indent=2) for part in parts)


def _story_data(story: DigestStory) -> dict[str, Any]:
    return {
        "headline": story.headline,
        "outlet": story.outlet,
        "url": story.url,
        "lead": story.lead,
        "quotes": [
            quote_data(cited.quote) | {"url": cited.article.url, "outlet": cited.article.outlet}
            for cited in story.quotes
        ],
        "figures": [
            figure_data(cited.figure, cited.article.text)
            | {"url": cited.article.url, "outlets": list(cited.outlets)}
            for cited in story.figures
        ],
        "articles": [
            {"url": article.url, "outlet": article.outlet, "title": article.title}
            for article in story.articles
        ],
    }
