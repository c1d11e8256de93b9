"""Zones and cities as people type them."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.when.places import shown_zone, zone_of
from tests.fakes import NOON


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
        ("+3", "Etc/GMT-3"),
        ("UTC+3", "Etc/GMT-3"),
        ("utc +03:00", "Etc/GMT-3"),
        ("+0300", "Etc/GMT-3"),
        ("GMT-5", "Etc/GMT+5"),
        ("−5", "Etc/GMT+5"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC+0", "UTC"),
        ("GMT-00:00", "UTC"),
    ],
)
def test_zone_is_found_as_people_type_it(typed: str, zone: str) -> None:
    assert zone_of(typed) == zone


@pytest.mark.parametrize("typed", ["UTC+5:30", "+15", "GMT-13", "utc+99"])
def test_number_without_a_zone_is_answered_with_a_city_to_type(typed: str) -> None:
    with pytest.raises(UserMistake, match="Name a city instead: /timezone Mumbai"):
        zone_of(typed)


@pytest.mark.parametrize("typed", ["UTC+3", "UTC-5", "UTC+14", "UTC"])
def test_zone_by_number_is_shown_as_it_is_typed_and_has_that_hour(typed: str) -> None:
    zone = zone_of(typed)

    assert shown_zone(zone) == typed
    assert NOON.astimezone(ZoneInfo(zone)).hour == (12 + int(typed.removeprefix("UTC") or 0)) % 24


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
