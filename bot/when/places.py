"""A zone or a city as people type it becomes an IANA zone."""

import difflib
import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.errors import UserMistake
from digests.text import fold, squeeze

# Cities that many people live in or name, and that the zone database does not name itself.
_CITIES = {
    "America/New_York": "boston washington philadelphia atlanta miami orlando charlotte cleveland pittsburgh",
    "America/Chicago": "dallas houston austin minneapolis milwaukee nashville memphis san_antonio",
    "America/Denver": "salt_lake_city albuquerque boulder",
    "America/Los_Angeles": "san_francisco seattle san_diego portland sacramento las_vegas oakland san_jose",
    "America/Toronto": "ottawa montreal quebec hamilton",
    "America/Edmonton": "calgary",
    "America/Sao_Paulo": "rio_de_janeiro rio brasilia belo_horizonte porto_alegre curitiba",
    "America/Mexico_City": "guadalajara puebla",
    "America/Bogota": "medellin cali",
    "America/Guayaquil": "quito",
    "America/La_Paz": "santa_cruz",
    "Europe/London": "manchester birmingham edinburgh glasgow cardiff leeds liverpool bristol",
    "Europe/Berlin": "munich hamburg cologne frankfurt stuttgart dusseldorf leipzig dresden bonn bremen"
    " hanover",
    "Europe/Paris": "lyon marseille toulouse nice nantes strasbourg bordeaux lille",
    "Europe/Madrid": "barcelona valencia seville bilbao malaga zaragoza",
    "Europe/Rome": "milan naples turin florence bologna venice palermo genoa",
    "Europe/Zurich": "geneva basel bern lausanne",
    "Europe/Amsterdam": "rotterdam the_hague utrecht eindhoven",
    "Europe/Brussels": "antwerp ghent bruges",
    "Europe/Warsaw": "krakow gdansk wroclaw poznan lodz",
    "Europe/Kyiv": "kiev lviv odesa odessa kharkiv dnipro",
    "Europe/Moscow": "saint_petersburg st_petersburg",
    "Europe/Lisbon": "porto braga",
    "Europe/Stockholm": "gothenburg malmo",
    "Europe/Istanbul": "ankara izmir",
    "Europe/Vienna": "graz salzburg linz innsbruck",
    "Asia/Kolkata": "mumbai bombay delhi new_delhi bangalore bengaluru chennai madras hyderabad pune"
    " ahmedabad",
    "Asia/Shanghai": "beijing shenzhen guangzhou chengdu wuhan hangzhou nanjing",
    "Asia/Tokyo": "osaka kyoto yokohama nagoya sapporo fukuoka",
    "Asia/Seoul": "busan incheon",
    "Asia/Karachi": "lahore islamabad rawalpindi",
    "Asia/Ho_Chi_Minh": "hanoi saigon",
    "Asia/Dubai": "abu_dhabi sharjah",
    "Asia/Riyadh": "jeddah mecca medina",
    "Asia/Jerusalem": "tel_aviv haifa",
    "Asia/Jakarta": "bandung surabaya",
    "Asia/Almaty": "astana",
    "Australia/Sydney": "canberra newcastle wollongong",
    "Australia/Brisbane": "gold_coast cairns",
    "Pacific/Auckland": "wellington christchurch",
    "Africa/Johannesburg": "cape_town durban pretoria soweto",
    "Africa/Lagos": "abuja kano ibadan",
    "Africa/Cairo": "alexandria giza",
    "Africa/Casablanca": "rabat marrakesh fez",
    "Africa/Nairobi": "mombasa",
}
_SHORT = {"utc": "UTC", "gmt": "UTC", "z": "UTC"}
_HOURS = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d\d))?\s*(?:h|hours?)?", re.IGNORECASE)
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_TURNED = {"+": "-", "-": "+"}  # the zone database counts westward: three hours east of Greenwich is GMT-3


def zone_of(typed: str) -> str:
    """Return the IANA name of a zone or a city.

    Raises:
        UserMistake: unknown, with the nearest names.
    """
    asked = _key(typed)
    if not asked:
        raise UserMistake("Which zone or city? Try `/timezone Kyiv` or `/timezone America/New_York`.")
    if hours := _HOURS.fullmatch(squeeze(typed).replace("−", "-")):
        return _fixed(hours, typed)
    if zone := _zones().get(asked):
        return zone
    near = difflib.get_close_matches(asked, _zones(), n=3, cutoff=0.7)
    hint = " or ".join(dict.fromkeys(_zones()[name] for name in near)) or "Europe/Kyiv or New York"
    raise UserMistake("I know no zone or city “{typed}”. Try {hint}.", typed=squeeze(typed)[:60], hint=hint)


def clock_of(zone: str) -> ZoneInfo:
    """Return the clock of a zone by its IANA name.

    Raises:
        UserMistake: this machine knows none of that name: zones are renamed now and then.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UserMistake(
            "The zone “{zone}” is not known any more. Say where you are: `/timezone Kyiv`", zone=zone[:60]
        ) from error


def shown_zone(zone: str) -> str:
    """Return a zone as people read it: "Etc/GMT-3" is "UTC+3"."""
    fixed = _FIXED.fullmatch(zone)
    return f"UTC{_TURNED[fixed[1]]}{fixed[2]}" if fixed and fixed[2] != "0" else zone


def is_fixed(zone: str) -> bool:
    """Say whether a zone is so many hours from UTC the whole year."""
    return _FIXED.fullmatch(zone) is not None


def _fixed(hours: re.Match[str], typed: str) -> str:
    """Return the zone that is so many hours from UTC.

    Raises:
        UserMistake: there is none by number.
    """
    sign, count, minutes = hours[1], int(hours[2]), int(hours[3] or 0)
    name = f"Etc/GMT{_TURNED[sign]}{count}" if count else "UTC"
    if minutes or name not in available_timezones():
        raise UserMistake(
            "I know no zone “{typed}” by its number: whole hours from UTC-12 to UTC+14. "
            "Name a city instead: `/timezone Mumbai` or `/timezone New York`",
            typed=squeeze(typed)[:60],
        )
    return name


@cache
def _zones() -> dict[str, str]:
    """Return zone by key: its whole name, its last part, and the cities above. Cities win over aliases."""
    names = sorted(name for name in available_timezones() if not name.startswith(("posix/", "right/")))
    parts = {_key(name.rpartition("/")[2]): name for name in names if "/" in name and "Etc/" not in name}
    whole = {_key(name): name for name in names}
    cities = {_key(city): zone for zone, listed in _CITIES.items() for city in listed.split()}
    return {**parts, **whole, **cities, **_SHORT}


def _key(typed: str) -> str:
    return fold(squeeze(typed)).replace(" ", "_").replace("-", "_").strip(".,")
