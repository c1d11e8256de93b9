"""Requests for a child become one, forked from a process that has the parsers loaded already.

Runs apart from the bot: it imports nothing of its command line, and lives until its parent lets go of it.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from digests.errors import DigestsError, TooHard, Unreadable

HEADER = struct.Struct("!Q")  # the length of what follows, in bytes
_GRACE = 2.0  # seconds after which a child ends by itself, should its parent be gone


def serve(control_fd: int, deadline: float, memory: int, preload: Sequence[str]) -> None:
    """Fork a child for each socket that comes over `control_fd`, until that closes.

    `memory` is in bytes, over what a fresh child takes.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the parent decides when, after its work is done
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # none is left as a zombie
    for module in preload:
        import_module(module)
    _hush()
    gc.freeze()  # so that children share these pages
    with socket.socket(fileno=control_fd) as control:
        while fds := socket.recv_fds(control, 1, 1)[1]:
            if os.fork() == 0:
                control.close()
                _work(socket.socket(fileno=fds[0]), deadline, memory)
            os.close(fds[0])


def _hush() -> None:
    """Let parsers' own complaints go nowhere: they may hold foreign text."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def _work(parent: socket.socket, deadline: float, memory: int) -> None:
    """Answer calls until the parent closes; never returns."""
    try:
        _limit(memory)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _say(parent, HEADER.pack(os.getpid()))
        while (call := _received(parent)) is not None:
            signal.setitimer(signal.ITIMER_REAL, deadline + _GRACE)
            answer = _answer(call)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _say(parent, answer)
    finally:
        os._exit(0)


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a parser writes no files
    taken = _address_space()
    if taken:
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))


def _address_space() -> int:
    """Return this process's size in bytes, or 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _received(parent: socket.socket) -> bytes | None:
    header = parent.recv(HEADER.size, socket.MSG_WAITALL)
    return parent.recv(HEADER.unpack(header)[0], socket.MSG_WAITALL) if header else None


def _say(parent: socket.socket, answer: bytes) -> None:
    parent.sendall(HEADER.pack(len(answer)) + answer)


def _answer(call: bytes) -> bytes:
    """Return the pickled `(True, result)` or `(False, error)` of a pickled `(function, args, kwargs)`."""
    try:
        function, args, kwargs = pickle.loads(call)  # noqa: S301  # from our own parent
        return pickle.dumps((True, function(*args, **kwargs)), protocol=5)
    except (MemoryError, RecursionError) as error:
        return pickle.dumps((False, TooHard(type(error).__name__)))
    except DigestsError as error:
        return pickle.dumps((False, error))
    except Exception as error:  # of a parser's depths: what it is called is all that is safe to pass on
        return pickle.dumps((False, Unreadable(f"{type(error).__name__} while parsing")))
