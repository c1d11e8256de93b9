"""What becomes of each send is counted, whichever chat it is."""

from collections import Counter

from bot.chats.contract import Answer, Chat, RoomClosed, RoomMoved
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, SendError
from bot.message import Message
from bot.model import Address, Part

OUTCOMES = ("sent", "too_fast", "not_sent", "closed", "moved", "refused", "uncertain")
_BY_ERROR: dict[type[SendError], str] = {
    NotSent: "not_sent",
    ChatClosed: "closed",
    ChatMoved: "moved",
    BadMessage: "refused",
}


class CountedChat:
    """See `Chat`."""

    def __init__(self, chat: Chat, counts: Counter[tuple[str, str]]) -> None:
        """`counts` is by the chat's name and outcome; an outcome that never was is there too, as 0."""
        self.name = chat.name
        self._chat = chat
        self._counts = counts
        counts.update({(chat.name, outcome): 0 for outcome in OUTCOMES})

    async def start(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None = None) -> None:
        """See `Chat`."""
        await self._chat.start(answer, closed, moved)

    async def stop(self) -> None:
        """See `Chat`."""
        await self._chat.stop()

    def parts(self, message: Message) -> tuple[Part, ...]:
        """See `Chat`."""
        return self._chat.parts(message)

    def plain(self, part: Part) -> Part:
        """See `Chat`."""
        return self._chat.plain(part)

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        """See `Chat`."""
        outcome = "uncertain"  # also where it is cancelled, or fails in a way that nobody foresaw
        try:
            message_id = await self._chat.send(address, part, repeat=repeat)
            outcome = "sent"
        except SendError as error:
            outcome = _outcome(error)
            raise
        finally:
            self._counts[(self.name, outcome)] += 1
        return message_id


def _outcome(error: SendError) -> str:
    if isinstance(error, NotSent) and error.retry_after is not None:
        return "too_fast"
    return _BY_ERROR.get(type(error), "uncertain")
