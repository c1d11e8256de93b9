"""The operator's lists become whom the bot serves, and who are its operators."""

from dataclasses import dataclass, replace

from bot.message import Request
from bot.model import Address


@dataclass(frozen=True, slots=True)
class Access:
    """Rooms as ALLOWED_CHATS names them, people as ADMINS does."""

    rooms: frozenset[str] = frozenset()  # "telegram:1", "slack:T1:C1", "slack:T1": a whole team; empty: all
    admins: frozenset[str] = frozenset()  # "telegram:1", "slack:T1/U1"

    def is_operator(self, request: Request) -> bool:
        where = request.address
        tenant = f"{where.tenant}/" if where.tenant else ""
        return f"{where.chat}:{tenant}{request.asker.id}" in self.admins

    def serves(self, request: Request) -> bool:
        """Say whether an answer may be given: in a room that is named, or to an operator anywhere."""
        return not self.rooms or self._is_named(request) or self.is_operator(request)

    def _is_named(self, request: Request) -> bool:
        where = replace(request.address, thread=None)  # a forum's topics are named with it
        team = f"{where.chat}:{where.tenant}"
        if str(where) in self.rooms or (where.tenant and team in self.rooms):
            return True
        return _is_ones_own(request, where) and any(room.startswith(f"{team}:") for room in self.rooms)


def _is_ones_own(request: Request, where: Address) -> bool:
    """Say whether it is about a digest of one's own in Slack: it goes with the rooms of one's team."""
    return bool(where.tenant) and where.room == request.asker.id
