"""A parser's call on foreign bytes becomes its result, or an error when it takes too long or too much.

Calls run in child processes. Most take milliseconds, and the shorter a call is, the sooner it has its turn.
One that is `LARGE` begins in a lane of its own, at a low priority, and one that has had a processor for more
than `PATIENCE` moves there: what was made to keep parsers busy holds up nothing else. Where others wait, it
gives way sooner, and is begun anew once they have had their turn.
"""

import asyncio
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar, cast

from digests.errors import TooHard
from digests.model import Document
from digests.sandbox.line import Line
from digests.sandbox.zygote import HEADER

P = ParamSpec("P")
R = TypeVar("R")

DEADLINE = 10.0  # seconds
MEMORY = 160 * 1024 * 1024  # bytes over what a fresh child takes
PATIENCE = 0.1  # seconds of a processor's time in which a call is expected to end
_GLANCE = 0.25  # of it, after which a call gives way to others that wait, once
_LATER = 1024 * 1024  # bytes by which it is longer in the line then
_LONGEST_PATIENCE = 5  # times it: on the clock, where others have the processors
LARGE = 2 * 1024 * 1024  # bytes of a document that begins in the lane for the slow
_SLOW = 2  # calls in the lane for the slow
_NICE = 15
_CALLS = 500  # of one child: lxml and trafilatura keep some of what they have seen
_LONGEST_ANSWER = 64 * 1024 * 1024  # bytes
_PARSERS = ("digests.collect", "digests.robots")

_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")  # none of our tokens and keys
_START = (
    "import sys; sys.path[:] = sys.argv[5:]; from digests.sandbox.zygote import serve; "
    "serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split())"
)


class ProcessSandbox:
    """See `Sandbox`. An async context manager; starts at the first call, or when `warm` is called."""

    def __init__(
        self,
        *,
        workers: int = 0,
        deadline: float = DEADLINE,
        memory: int = MEMORY,
        patience: float = PATIENCE,
        preload: Sequence[str] = _PARSERS,
    ) -> None:
        """Take the count of quick children (0: one a core); `preload` names the modules that parse."""
        self._quick = Line(workers or os.cpu_count() or 1)
        self._slow = Line(_SLOW)
        self._deadline = deadline
        self._patience = patience
        self._zygote = _Zygote(deadline=deadline, memory=memory, preload=preload)
        self._idle: list[_Child] = []
        self._forking: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._forking:
            task.cancel()
        await asyncio.gather(*self._forking, return_exceptions=True)
        while self._idle:
            self._idle.pop().close()
        self._zygote.close()

    def warm(self) -> None:
        """Start loading the parsers, without waiting for it."""
        self._zygote.start()

    async def __call__(self, parse: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Sandbox`."""

        def packed() -> bytes:  # when it is its turn: many may wait, and some are large
            return pickle.dumps((parse, args, kwargs), protocol=5)

        answer = await self._answer(packed, size=_size(*args, *kwargs.values()))
        succeeded, value = pickle.loads(answer)  # noqa: S301  # from our own child
        if not succeeded:
            raise value
        return cast(R, value)

    async def _answer(self, packed: Callable[[], bytes], *, size: int) -> bytes:
        for lets_others_first in (True, False) if size <= LARGE else ():
            async with self._quick.place(size if lets_others_first else size + _LATER):
                child = self._idle_child() or await self._zygote.child()
                asked = child.ask(packed())
                look = await self._look(child, asked, lets_others_first=lets_others_first)
                if asked.done():
                    return self._kept(child, asked)
            self._have_spare()
            if not self._slow.is_full:
                async with self._slow.place(0):
                    child.step_back()
                    return await self._slowly(child, asked, seconds=self._deadline - look.seconds)
            child.kill()
            if look.is_whole:
                break
        return await self._from_the_start(packed, size=size)

    def _idle_child(self) -> "_Child | None":
        while self._idle:
            child = self._idle.pop()
            if not child.is_gone:  # the system ends who takes too much, idle or not
                return child
        return None

    async def _look(
        self, child: "_Child", asked: asyncio.Future[bytes], *, lets_others_first: bool
    ) -> "_Look":
        """Wait as long as a call may hold a quick child: until the answer, or until it had its time.

        One that `lets_others_first` gives way to those that wait once it has had a part of it.
        """
        loop = asyncio.get_running_loop()
        began, had, used = loop.time(), None, 0.0
        while not await self._is_done(child, asked, seconds=_GLANCE * self._patience):
            had = child.processor_seconds() if had is None else had
            on_clock, used = loop.time() - began, child.processor_seconds() - had
            spent = max(used, on_clock / _LONGEST_PATIENCE) / self._patience
            if spent >= 1 or (spent >= _GLANCE and lets_others_first and self._quick.has_waiting):
                return _Look(on_clock, is_whole=spent >= 1)
        return _Look(loop.time() - began, is_whole=True)

    def _have_spare(self) -> None:
        """Have a child ready for the next call, in place of one that is lost."""
        if not self._idle and not self._forking:
            task = asyncio.create_task(self._fork_spare())
            self._forking.add(task)
            task.add_done_callback(self._forking.discard)

    async def _fork_spare(self) -> None:
        with suppress(TooHard):  # who needs one will be told
            self._idle.append(await self._zygote.child())

    async def _from_the_start(self, packed: Callable[[], bytes], *, size: int) -> bytes:
        """Answer a call in the lane for the slow."""
        async with self._slow.place(size):
            child = await self._zygote.child()
            child.step_back()
            asked = child.ask(packed())
            return await self._slowly(child, asked, seconds=self._deadline)

    async def _slowly(self, child: "_Child", asked: asyncio.Future[bytes], *, seconds: float) -> bytes:
        if await self._is_done(child, asked, seconds=seconds):
            child.close()  # its priority cannot be raised again
            return _result(asked)
        child.kill()
        raise TooHard(f"no answer in {self._deadline:.0f} s", code="timeout")

    async def _is_done(self, child: "_Child", asked: asyncio.Future[bytes], *, seconds: float) -> bool:
        try:
            done, _ = await asyncio.wait([asked], timeout=seconds)
        except asyncio.CancelledError:
            child.kill()
            raise
        return bool(done)

    def _kept(self, child: "_Child", asked: asyncio.Future[bytes]) -> bytes:
        if asked.exception() or child.calls >= _CALLS:
            child.close()
        else:
            self._idle.append(child)
        return _result(asked)


@dataclass(frozen=True, slots=True)
class _Look:
    seconds: float  # on the clock
    is_whole: bool  # the call had all the time that a quick one may have


def _size(*arguments: object) -> int:
    """Return about how many bytes go to a child with a call: those of its documents."""
    return sum(len(one.body) for one in arguments if isinstance(one, Document))


def _result(asked: asyncio.Future[bytes]) -> bytes:
    try:
        return asked.result()
    except (OSError, EOFError) as error:
        raise TooHard("the parser died", code="died") from error


class _Zygote:
    """The process that children are forked from; started again should it end."""

    def __init__(self, *, deadline: float, memory: int, preload: Sequence[str]) -> None:
        self._arguments = [str(deadline), str(memory), " ".join(preload), *sys.path]
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> socket.socket:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", _START, str(theirs.fileno()), *self._arguments]
            self._process = subprocess.Popen(  # noqa: S603  # ourselves
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            )
        return self._control

    async def child(self) -> "_Child":
        """Return a fresh child; waits until the parsers are loaded."""
        control = self.start()
        ours, theirs = socket.socketpair()
        _, child = await asyncio.get_running_loop().create_unix_connection(_Child, sock=ours)
        try:
            with theirs:
                socket.send_fds(control, [b"+"], [theirs.fileno()])
            await child.hello()
        except (OSError, EOFError) as error:
            child.kill()
            raise TooHard("no parser could be started", code="died") from error
        except asyncio.CancelledError:
            child.kill()
            raise
        return child

    def close(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None


class _Child(asyncio.Protocol):
    """One child, and our end of the line to it. All that it says is an answer, with its length before it."""

    def __init__(self) -> None:
        self.calls = 0
        self._pid: int | None = None
        self._said = bytearray()
        self._answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    @property
    def is_gone(self) -> bool:
        return self._line.is_closing()

    async def hello(self) -> None:
        """Wait until it is there."""
        (self._pid,) = HEADER.unpack(await self._answer)

    def ask(self, call: bytes) -> asyncio.Future[bytes]:
        """Return the answer to come; its exception is EOFError where the child dies over it."""
        self.calls += 1
        self._answer = asyncio.get_running_loop().create_future()
        if self.is_gone:
            self.connection_lost(None)
        self._line.write(HEADER.pack(len(call)) + call)
        return self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        self._line = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._said += data
        if len(self._said) < HEADER.size:
            return
        (length,) = HEADER.unpack_from(self._said)
        if length > _LONGEST_ANSWER:
            self._line.abort()
        elif len(self._said) >= HEADER.size + length and not self._answer.done():
            self._answer.set_result(bytes(self._said[HEADER.size :]))
            self._said.clear()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        if not self._answer.done():
            self._answer.set_exception(EOFError())

    def processor_seconds(self) -> float:
        """Return how long it has had a processor; where the system does not tell, the clock's time."""
        try:
            return int(Path(f"/proc/{self._pid}/schedstat").read_text().split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return asyncio.get_running_loop().time()

    def step_back(self) -> None:
        """Let others' work go first from now on."""
        if self._pid is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._pid, _NICE)

    def kill(self) -> None:
        """End it, whatever it is at; nobody waits for its answer any more."""
        self._answer.cancel()
        if self._pid is not None:
            with suppress(OSError):
                os.kill(self._pid, signal.SIGKILL)
        self._line.abort()

    def close(self) -> None:
        """Let go of it: an idle child ends by itself."""
        self._line.close()
