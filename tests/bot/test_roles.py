"""What a process may be told to do, and how it then works."""

import pytest

from bot.errors import Misconfigured
from bot.roles import ALL, Role, engine_for, roles_of


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        (None, ALL),
        ("web,worker,clock", ALL),
        ("worker", {Role.WORKER}),
        (" clock , worker ", {Role.CLOCK, Role.WORKER}),
    ],
)
def test_roles_are_read_as_typed(typed, roles):
    assert roles_of(typed) == roles


@pytest.mark.parametrize("typed", ["", "web,", "scheduler", "web worker"])
def test_unknown_role_is_answered_with_the_known_ones(typed):
    with pytest.raises(Misconfigured, match="web, worker, clock"):
        roles_of(typed)


@pytest.mark.parametrize(
    ("roles", "asked", "is_sqlite", "engine"),
    [
        (ALL, None, True, "inprocess"),
        (ALL, "inprocess", True, "inprocess"),
        (ALL, None, False, "inprocess"),
        (ALL, "procrastinate", False, "procrastinate"),
        ({Role.WORKER}, None, False, "procrastinate"),
        ({Role.WORKER, Role.CLOCK}, None, False, "procrastinate"),
        ({Role.WORKER, Role.CLOCK}, "inprocess", False, "inprocess"),
        ({Role.WEB}, "inprocess", False, "inprocess"),
    ],
)
def test_engine_follows_from_roles_and_database(roles, asked, is_sqlite, engine):
    assert engine_for(roles, asked=asked, is_sqlite=is_sqlite) == engine


@pytest.mark.parametrize(
    ("roles", "asked", "is_sqlite", "hint"),
    [
        ({Role.WORKER}, None, True, "leave --roles out"),
        (ALL, "procrastinate", True, "leave ENGINE out"),
        ({Role.WORKER}, "inprocess", False, "leave ENGINE out"),
        ({Role.CLOCK, Role.WEB}, "inprocess", False, "leave ENGINE out"),
    ],
)
def test_what_can_not_work_is_answered_with_what_to_change(roles, asked, is_sqlite, hint):
    with pytest.raises(Misconfigured, match=hint):
        engine_for(roles, asked=asked, is_sqlite=is_sqlite)
