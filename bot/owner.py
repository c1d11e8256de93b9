"""A process becomes a name by which others on its machine can tell whether it still runs."""

import os
import socket
from pathlib import Path
from uuid import uuid4

_START_TIME = 19  # of the fields behind the command's name, man 5 proc_pid_stat: clock ticks since boot
_ENDED = ("Z", "X", "x")  # of the first of them, the state: only its parent has yet to take note


def this_process() -> str:
    """Return a name that no other process has or has had: "host:pid:start:random"."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}:{uuid4().hex}"


def is_gone(owner: str) -> bool:
    """Say whether the process of that name is surely gone; False of one on another machine.

    A container that starts again has the host's name of the one before, and maybe its pid, but no
    process that started then.
    """
    try:
        host, pid, started, _ = owner.rsplit(":", 3)
        return host == socket.gethostname() and not _runs(int(pid), started)
    except (ValueError, OverflowError):  # no name of ours: of an older release
        return False


def _runs(pid: int, started: str) -> bool:
    try:
        os.kill(pid, 0)  # sends nothing: it asks
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's: it is there
    told = _told(pid)
    return (told[_START_TIME] if told else "") == started and (not told or told[0] not in _ENDED)


def _started(pid: int) -> str:
    """Return when a process started, in the system's own count; empty where it does not tell."""
    told = _told(pid)
    return told[_START_TIME] if told else ""


def _told(pid: int) -> list[str]:
    """Return the fields behind the command's name; none where there is no such file."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return told.rpartition(")")[2].split()
