"""Why an article is in the last digest, or why not."""

from collections.abc import Iterable

from bot.commands.contract import Command, Desk
from bot.commands.rooms import date_in_words, existing_room
from bot.errors import UserMistake
from bot.message import Message, Paragraph, Request, Run
from bot.model import Stage, Subscription, Trace, Traced
from bot.phrase import phrase
from bot.when.places import clock_of

MOST = 500  # characters

_BECAUSE = {
    Stage.NOT_READ: "Its page is still to be read. Ask again in a minute.",
    Stage.TROUBLE: "Its page could not be read so far. It is tried again.",
    Stage.NO_TEXT: "Its page gave no article: it may be gone, or open to subscribers only.",
    Stage.LOOSE: "It has just been read, and is in no story yet.",
    Stage.WAITING: "It came after your last digest. The next one looks at it.",
    Stage.EARLIER: "It is older than what your last digest looked at.",
    Stage.SHOWN: "It is in your last digest, in the story “{headline}”.",
    Stage.UPDATE: "You knew its story, and a figure moved: your last digest has the update, “{headline}”.",
    Stage.KNOWN: "You were shown its story within the last week, and no figure has moved since.",
    Stage.FILTERED: "Its story has not the words that you ask for: *{words}*. Change them: `/words`",
    Stage.CROWDED: "Its story stood back: your last digest had enough of that source or topic already.",
    Stage.LESS_IMPORTANT: (
        "Other stories were told by more sources, richer in facts or newer, and your last digest was full. "
        "For more: `/length 20`"
    ),
}
_ENDS = {
    Stage.SHOWN: "{count} shown",
    Stage.UPDATE: "{count} shown as updates",
    Stage.KNOWN: "{count} that you had been shown, and nothing moved",
    Stage.FILTERED: "{count} without your words",
    Stage.CROWDED: "{count} too many of one source or topic",
    Stage.LESS_IMPORTANT: "{count} less important than those",
}


async def _why(request: Request, desk: Desk) -> Message:
    asked = " ".join(request.arguments)
    subscription = await existing_room(request, desk)
    if len(asked) > MOST:
        raise UserMistake("That is too long. Type an address, or a few words of the title: `/why harbour`")
    traced = await desk.why(subscription, asked)
    if not asked:
        return Message(tuple(_all(traced, subscription)))
    if not traced.traces:
        raise UserMistake(
            "None of your sources has told of that, as far as I know. Type an address, or words of a title."
        )
    return Message(tuple(part for trace in traced.traces for part in _one(trace)))


def _all(traced: Traced, subscription: Subscription) -> Iterable[Paragraph]:
    """Yield how many stories met which end."""
    if traced.at is None:
        yield phrase("You have had no digest yet.")
    else:
        count = sum(number for _, number in traced.ends)
        day = date_in_words(traced.at.astimezone(clock_of(subscription.zone)))
        yield phrase("*Your last digest* ({day}) looked at {count} stories:", day=day, count=count)
        for stage in _ENDS:
            if number := dict(traced.ends).get(stage, 0):
                yield phrase(_ENDS[stage], count=number)
    yield phrase("Ask about an article by its address, or by words of its title: `/why harbour`")


def _one(trace: Trace) -> Iterable[Paragraph]:
    title = Run(trace.title, bold=True, href=trace.url)
    yield phrase("{title} · {outlet}", title=title, outlet=trace.outlet)
    yield phrase(_BECAUSE[trace.stage], headline=trace.headline or trace.title, words=trace.words)


WHY = Command(
    name="why",
    takes="address or words",
    does="say why an article is in the last digest, or why not",
    answer=_why,
)
