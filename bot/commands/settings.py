"""All settings of a room at a glance."""

from bot.commands.contract import Command, Desk
from bot.commands.rooms import city_elsewhere, existing_room, next_digest
from bot.message import Button, Message, Request
from bot.phrase import say
from bot.places import shown_zone


async def _settings(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    feeds = await desk.subscriptions.feeds(subscription)
    rest = Button("Resume", request="resume") if subscription.paused else Button("Pause", request="pause")
    return say(
        "*Settings*\n"
        "Schedule: {table} — `/schedule 08:00`\n"
        "Zone: {zone} — `/timezone {city}`\n"
        "Sources: {count} — `/sources`\n"
        "Next digest: {when}",
        table=subscription.timetable,
        zone=shown_zone(subscription.zone),
        city=city_elsewhere(subscription.zone),
        count=len(feeds),
        when=next_digest(subscription, now=desk.now()),
        buttons=[[Button("Schedule", request="schedule"), Button("Sources", request="sources"), rest]],
    )


SETTINGS = Command(name="settings", does="show the settings of this chat", answer=_settings)
