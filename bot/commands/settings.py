"""All settings of a room at a glance."""

from dataclasses import replace

from bot.commands.contract import Command, Desk
from bot.commands.rooms import city_elsewhere, end_in_words, existing_room, is_skipping, next_digest
from bot.locales import LANGUAGES, ours, said, spoken
from bot.message import Button, Message, Request
from bot.phrase import phrase, say
from bot.when.places import shown_zone
from bot.when.typed import in_words

_SKIP, _UNDO = Button("Skip next", request="skip"), Button("Undo skip", request="skip undo")


async def _settings(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    feeds = await desk.subscriptions.feeds(subscription)
    rests = subscription.rests(desk.now())
    rest = Button("Resume", request="resume") if rests else Button("Pause", request="pause")
    buttons = [[Button("Schedule", request="schedule"), Button("Sources", request="sources"), rest]]
    if not rests and subscription.next_due_at is not None:
        buttons.append([_UNDO if is_skipping(subscription, now=desk.now()) else _SKIP])
    glance = say(
        "*Settings*\n"
        "Schedule: {table} — `/schedule 08:00`\n"
        "Zone: {zone} — `/timezone {city}`\n"
        "Quiet hours: {quiet} — `/quiet 22:00-07:00`\n"
        "Stories: {most} at most — `/length 5`\n"
        "Words: {words} — `/words climate -football`\n"
        "Without news: {empty} — `/empty silent`\n"
        "Language: {language} — `/language de`\n"
        "Sources: {count} — `/sources`\n"
        "Next digest: {when}",
        table=in_words(subscription.timetable, language=spoken()),
        zone=shown_zone(subscription.zone),
        city=city_elsewhere(subscription.zone),
        quiet=subscription.quiet or said("none"),
        most=subscription.most,
        words=subscription.words or said("all"),
        empty=said("nothing comes") if subscription.quiet_when_empty else said("one line says so"),
        language=LANGUAGES[ours(subscription.language)],
        count=len(feeds),
        when=await next_digest(subscription, desk),
        buttons=buttons,
    )
    if not rests or subscription.paused_until is None:
        return glance
    end = end_in_words(subscription.paused_until, subscription)
    pause = phrase("Paused until {end} — `/resume`", end=end)
    return replace(glance, paragraphs=(*glance.paragraphs[:-1], pause, glance.paragraphs[-1]))


SETTINGS = Command(name="settings", does="show the settings of this chat", answer=_settings)
