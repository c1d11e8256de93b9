"""What is looked at again and again, and what an engine does with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

STOP_WITHIN = 16.0  # seconds for what runs, once told to stop: the process is to be gone within 25


@dataclass(frozen=True, slots=True)
class Tick:
    """A look at what is due. Among all processes one waits and one runs at a time, if not said otherwise."""

    name: str
    every: float  # seconds
    do: Callable[[], Awaitable[object]]
    at_once: int = 1  # runs in a process: more, where one that waits shall not hold up the next
    wakes: tuple[str, ...] = ()  # ticks that have something to do after a run that returned something true
    stays: float = (
        0.0  # seconds for which it stays with the process that ran it, which has what it needs ready
    )
    everywhere: bool = False  # in each process by itself


class Engine(Protocol):
    """Has ticks run."""

    async def start(self) -> None:
        """Begin.

        Raises:
            CommandFailed: what carries wake-ups does not answer.
        """

    async def wake(self, name: str) -> None:
        """Have a tick run soon, whichever process does; if one waits to run already, that is enough."""

    async def stop(self) -> None:
        """Begin no run any more, and let those under way end, up to `STOP_WITHIN`. Needs no start."""
