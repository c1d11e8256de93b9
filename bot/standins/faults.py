"""What a stand-in is told to do wrong, to whom, and how often."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Wrong(StrEnum):
    """A way for a platform to answer badly."""

    LIMITED = "limited"  # 429 with how long to wait
    FORBIDDEN = "forbidden"  # blocked, kicked, archived
    BAD = "bad"  # the request is at fault
    MOVED = "moved"  # the room has a new id from now on
    BROKEN = "broken"  # 502, and nothing was done
    DROPPED_BEFORE = "dropped before"  # the connection ends, and nothing was done
    DROPPED_AFTER = "dropped after"  # the connection ends, and all was done
    SLOW = "slow"  # answered right, but late


@dataclass(frozen=True, slots=True)
class Fault:
    """One order."""

    wrong: Wrong
    method: str | None = None  # None: any that posts or changes a message
    room: str | None = None  # None: all
    times: int | None = 1  # None: for ever
    chance: float = 1.0  # of each call
    seconds: float = 1.0  # to wait, or to be late
    code: str = ""  # the platform's own words for it, where it has several


@dataclass(slots=True)
class _Order:
    fault: Fault
    left: int | None


@dataclass(slots=True)
class Faults:
    """All orders; the first that fits a call is carried out."""

    random: Random = field(default_factory=lambda: Random(1))
    done: list[Fault] = field(default_factory=list)  # in the order of the calls
    _orders: list[_Order] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        self._orders.append(_Order(fault, fault.times))

    def clear(self) -> None:
        self._orders.clear()

    def next(self, method: str, room: str | None, *, posts: bool) -> Fault | None:
        """Return what to do wrong with a call, and count it."""
        for order in self._orders:
            if self._strikes(order, method, room, posts=posts):
                order.left = None if order.left is None else order.left - 1
                self.done.append(order.fault)
                return order.fault
        return None

    def _strikes(self, order: _Order, method: str, room: str | None, *, posts: bool) -> bool:
        fault = order.fault
        fits = fault.method == method or (fault.method is None and posts)
        if not fits or order.left == 0 or fault.room not in (None, room):
            return False
        return fault.chance >= 1 or self.random.random() < fault.chance
