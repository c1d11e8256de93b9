"""What a process is told to do becomes its roles, and the engine by which it works together with others."""

from collections.abc import Set
from enum import StrEnum
from typing import Literal

from bot.errors import Misconfigured

EngineName = Literal["inprocess", "procrastinate"]


class Role(StrEnum):
    WEB = "web"  # HTTP, and listening in the chats
    WORKER = "worker"  # collects, composes, sends
    CLOCK = "clock"  # says when there is something to look at


ALL = frozenset(Role)


def roles_of(typed: str | None) -> frozenset[Role]:
    """Return the roles in "web,worker"; all of them if nothing was typed.

    Raises:
        Misconfigured: one is none of ours.
    """
    if typed is None:
        return ALL
    words = [word.strip() for word in typed.split(",")]
    try:
        return frozenset(Role(word) for word in words)
    except ValueError:
        raise Misconfigured(
            f"--roles takes one or more of {', '.join(Role)}, with commas between, not: {typed}"
        ) from None


def engine_for(roles: Set[Role], *, asked: EngineName | None, is_sqlite: bool) -> EngineName:
    """Return how a process with these roles works: by itself, or together with others.

    Raises:
        Misconfigured: it can't on this database, or not as `asked`.
    """
    if is_sqlite and roles != ALL:
        raise Misconfigured(
            "On SQLite one process has all roles: leave --roles out, or set DATABASE_URL to a PostgreSQL."
        )
    if is_sqlite and asked == "procrastinate":
        raise Misconfigured(
            "ENGINE=procrastinate needs PostgreSQL: leave ENGINE out, or set DATABASE_URL to a PostgreSQL."
        )
    if asked == "inprocess" and (Role.WORKER in roles) != (Role.CLOCK in roles):
        raise Misconfigured(
            "With ENGINE=inprocess a worker is its own clock: leave ENGINE out, or name both: worker,clock."
        )
    return asked or ("inprocess" if roles == ALL else "procrastinate")
