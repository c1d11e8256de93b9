"""Feeds and topics are followed from now on."""

import asyncio
import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.buttons import fits_a_button, topic_rows
from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import next_digest, room_of
from bot.errors import UserMistake
from bot.message import Button, Message, Request
from bot.phrase import phrase, say
from digests.errors import DigestsError, EmptyFeed, Gone, NotAFeed, NotAllowed, Refused, TooHard, Unreadable
from digests.model import Feed

_OFFERED = 5  # feeds found on a page, as buttons


async def _subscribe(request: Request, desk: Desk) -> Message:
    if not request.arguments:
        return await _offer_topics(desk)
    urls = sum(map(_looks_like_url, request.arguments))
    await desk.subscriptions.may_follow(
        request.address, max(1, urls), now=desk.now()
    )  # before any is fetched
    language = (request.asker.language or "en").partition("-")[0]
    found = await _found(request.arguments, desk, language=language)
    if not found.feeds:
        return _with_the_rest(Message(()), found)
    subscription = await room_of(request, desk)
    added = await desk.subscriptions.follow(subscription, found.feeds, now=desk.now())
    done = _following(found.feeds, await next_digest(subscription, desk), is_new=added > 0)
    return _with_the_rest(done, found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of all that was asked for."""

    feeds: tuple[Feed, ...] = ()
    wrong: tuple[UserMistake, ...] = ()
    offered: tuple[str, ...] = ()  # feeds named on pages that are none


def _with_the_rest(done: Message, found: _Found) -> Message:
    """Return `done` with what led nowhere, and what to type instead."""
    wrong = [phrase(mistake.template, **mistake.values) for mistake in found.wrong]
    offer = _offer(found.offered) if found.offered else Message(())
    paragraphs = (*done.paragraphs, *wrong, *offer.paragraphs)
    return replace(done, paragraphs=paragraphs, buttons=(*done.buttons, *offer.buttons), offer=offer.offer)


async def _found(asked: Sequence[str], desk: Desk, *, language: str) -> _Found:
    """Look for all that was asked, at once; one that leads nowhere does not stop the rest."""
    if feeds := await desk.topic_feeds(" ".join(asked), language=language):
        return _Found(tuple(feeds))
    each = await asyncio.gather(*(_found_one(one, desk, language=language) for one in asked))
    return _Found(
        feeds=tuple(dict.fromkeys(feed for found in each for feed in found.feeds)),
        wrong=tuple(mistake for found in each for mistake in found.wrong),
        offered=tuple(url for found in each for url in found.offered),
    )


async def _found_one(asked: str, desk: Desk, *, language: str) -> _Found:
    try:
        if not _looks_like_url(asked):
            return _Found(tuple(await _topic(asked, desk, language)))
        return _Found((await _feed_at(asked, desk),))
    except UserMistake as mistake:
        return _Found(wrong=(mistake,))
    except NotAFeed as error:
        page = UserMistake(_NO_FEED_THERE, url=asked[:200])
        return _Found(wrong=() if error.feeds else (page,), offered=error.feeds)


def _following(feeds: Sequence[Feed], when: str, *, is_new: bool) -> Message:
    names = ", ".join(feed.title for feed in feeds)
    if not is_new:
        return say("You follow {names} already. Type `/sources` to see all.", names=names)
    buttons = [[Button("Digest now", request="digest"), Button("My sources", request="sources")]]
    return say(
        "Following *{names}*.\nNext digest: {when}. Or read it now: `/digest`",
        names=names,
        when=when,
        buttons=buttons,
        for_all=True,
    )


async def _feed_at(url: str, desk: Desk) -> Feed:
    address = url if "://" in url else f"https://{url}"
    try:
        return await desk.find_feed(address)
    except NotAFeed:
        raise
    except DigestsError as error:
        raise UserMistake(_WRONG.get(type(error), _UNREACHABLE), url=address[:200]) from error


_NO_FEED_THERE = (
    "{url} is a page, not a feed, and names none. Look on its site for “RSS” and type that address: "
    "`/subscribe https://…/rss`, or follow a topic: `/subscribe world`"
)
_UNREACHABLE = "I can't reach {url} right now. Check the address, or try again in a minute."
_BROKEN = "The feed at {url} is too broken to read. Try another feed of that outlet."
_WRONG: dict[type[DigestsError], str] = {
    NotAllowed: "I may not read {url}: only public web addresses. Try a feed's address, like "
    "`/subscribe https://…`",
    EmptyFeed: "The feed at {url} has no entries yet. Try again once it has published something.",
    Gone: "Nothing is at {url} any more. Look for the outlet's new feed.",
    Refused: "{url} refuses to be read by a bot. Try another feed of that outlet.",
    TooHard: _BROKEN,
    Unreadable: _BROKEN,
}


async def _topic(name: str, desk: Desk, language: str) -> Sequence[Feed]:
    if feeds := await desk.topic_feeds(name, language=language):
        return feeds
    names = [topic.name for topic in await desk.topics()]
    near = difflib.get_close_matches(name.title(), names, n=3, cutoff=0.6) or names[:5]
    raise UserMistake(
        "I know no topic “{name}”. Try {near}, or a feed's address: `/subscribe https://…`",
        name=name[:60],
        near=", ".join(near),
    )


def _looks_like_url(word: str) -> bool:
    return "://" in word or "." in word.strip(".") or word.startswith("localhost")


async def _offer_topics(desk: Desk) -> Message:
    rows = topic_rows(await desk.topics())
    asked = say("What would you like to follow? A topic, or a feed: `/subscribe https://…`", buttons=rows[:8])
    return replace(asked, offer=True)


def _offer(urls: Sequence[str]) -> Message:
    rows = [[Button(url, request=f"subscribe {url}")] for url in urls if fits_a_button(url)]
    template = "That is a page, not a feed. These feeds are named there:"
    listed = "".join(f"\n`/subscribe {{url{at}}}`" for at in range(len(urls[:_OFFERED])))
    values: dict[str, Any] = {f"url{at}": url for at, url in enumerate(urls[:_OFFERED])}
    return replace(say(template + listed, buttons=rows[:_OFFERED], **values), offer=True)


SUBSCRIBE = Command(
    name="subscribe",
    slack="add",
    takes="URL or topic",
    does="follow a feed or a topic",
    answer=_subscribe,
    changes=with_arguments,
)
