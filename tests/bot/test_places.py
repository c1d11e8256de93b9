"""Zones and cities as people type them."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.places import zone_of


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("europe/kyiv", "Europe/Kyiv"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("  new   york ", "America/New_York"),
        ("New-York", "America/New_York"),
        ("são paulo", "America/Sao_Paulo"),
        ("SAN FRANCISCO", "America/Los_Angeles"),
        ("Mumbai", "Asia/Kolkata"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("Z", "UTC"),
    ],
)
def test_zone_is_found_as_people_type_it(typed: str, zone: str) -> None:
    assert zone_of(typed) == zone


def test_every_zone_is_found_by_its_own_name() -> None:
    names = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]

    assert {name for name in names if zone_of(name) != name} == set()


def test_unknown_place_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserMistake) as told:
        zone_of("Kyyiv")

    assert "Europe/Kyiv" in str(told.value)


def test_no_place_at_all_is_answered_with_an_example() -> None:
    with pytest.raises(UserMistake, match="/timezone Kyiv"):
        zone_of("   ")


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_real_zone_or_refused(typed: str) -> None:
    try:
        zone = zone_of(typed)
    except UserMistake:
        return

    assert ZoneInfo(zone)
