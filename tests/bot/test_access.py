"""Who is served, and who is an operator, by the lists of the settings."""

import pytest

from bot.access import Access
from bot.message import Asker, Request
from bot.model import Address

ROOMS = frozenset({"telegram:7", "slack:T1:C1", "slack:T2"})
LISTED = Access(ROOMS, frozenset({"telegram:1", "slack:T3/U1"}))


def asking(chat, room, *, tenant="", thread=None, user="9", origin=None):
    return Request(Address(chat, room, tenant=tenant, thread=thread), Asker(user), "help", origin=origin)


@pytest.mark.parametrize(
    ("request_", "is_served"),
    [
        (asking("telegram", "7"), True),
        (asking("telegram", "7", thread="3"), True),  # a topic of that forum
        (asking("telegram", "77"), False),
        (asking("slack", "7"), False),
        (asking("slack", "C1", tenant="T1"), True),
        (asking("slack", "C2", tenant="T1"), False),
        (asking("slack", "C1", tenant="T9"), False),
        (asking("slack", "C9", tenant="T2"), True),  # a whole team
        (asking("slack", "U5", tenant="T2", user="U5"), True),
        (asking("slack", "U5", tenant="T1", user="U5"), True),  # one's own, in the team of a room
        (asking("slack", "U5", tenant="T1", user="U6"), False),
        (asking("slack", "U5", tenant="T9", user="U5"), False),
        (asking("telegram", "77", user="1"), True),  # an operator
        (asking("slack", "C1", tenant="T3", user="U1"), True),
        (asking("slack", "C1", tenant="T4", user="U1"), False),
    ],
)
def test_named_rooms_teams_and_operators_are_served_and_nobody_else(request_, is_served):
    assert LISTED.serves(request_) == is_served


@pytest.mark.parametrize("where", [asking("telegram", "77"), asking("slack", "C1", tenant="T9")])
def test_where_no_room_is_named_all_are_served_and_nobody_is_an_operator(where):
    assert Access().serves(where)
    assert not Access().is_operator(where)


def test_operator_is_known_by_chat_and_team_and_id():
    assert LISTED.is_operator(asking("slack", "C1", tenant="T3", user="U1"))
    assert not LISTED.is_operator(asking("slack", "C1", tenant="T1", user="U1"))
    assert not LISTED.is_operator(asking("slack", "C1", tenant="T3", user="1"))
    assert not LISTED.is_operator(asking("telegram", "1", user="7"))
