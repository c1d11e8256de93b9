"""What a stand-in is told to do wrong, to whom, and how often."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Wrong(StrEnum):
    """A way for a platform to answer badly."""

    LIMITED = "limited"  # 429 with how long to wait
    FORBIDDEN = "forbidden"  # blocked, kicked, archived
    BAD = "bad"  # the request is at fault
    MOVED = "moved"  # the room has a new id
    BROKEN = "broken"  # 502, and nothing was done
    DROPPED_BEFORE = "dropped before"  # the connection ends, and nothing was done
    DROPPED_AFTER = "dropped after"  # the connection ends, and all was done
    SLOW = "slow"  # answered right, but late


@dataclass(frozen=True, slots=True)
class Fault:
    """One order."""

    wrong: Wrong
    method: str | None = None  # None: any that posts a message
    room: str | None = None  # None: all
    times: int | None = 1  # None: for ever
    chance: float = 1.0  # of each call
    seconds: float = 1.0  # to wait, or to be late
    code: str = ""  # the platform's own word for it, where it has several


@dataclass(slots=True)
class Faults:
    """All orders; the first that fits a call is carried out."""

    random: Random = field(default_factory=lambda: Random(1))
    orders: list[list[Fault | int]] = field(default_factory=list)
    done: list[Fault] = field(default_factory=list)  # in the order of the calls

    def add(self, fault: Fault) -> None:
        self.orders.append([fault, fault.times if fault.times is not None else -1])

    def clear(self) -> None:
        self.orders.clear()

    def next(self, method: str, room: str | None, *, posts: bool) -> Fault | None:
        """Return what to do wrong with a call, and count it."""
        for order in self.orders:
            fault, left = order
            assert isinstance(fault, Fault)
            assert isinstance(left, int)
            fits = fault.method == method or (fault.method is None and posts)
            if not fits or left == 0 or fault.room not in (None, room):
                continue
            if self.random.random() >= fault.chance:
                continue
            order[1] = left - 1 if left > 0 else left
            self.done.append(fault)
            return fault
        return None
