"""A figure becomes words in the reader's language: 250000000 USD is "$250 million", "250 Millionen $".

Where a figure is more than a number with a known unit, or would lose digits, the article's own words stay.
"""

from decimal import Decimal

from babel import Locale
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
)
from babel.units import format_unit

from bot import wording
from digests.model import Figure, FigureKind, Modifier, Trend
from digests.text import squeeze

_LONG = 1_000_000  # from here on numbers are written with a word: million
_FRACTION_DIGITS = 3  # at most, in front of such a word
_HEDGES = {
    Modifier.OVER: wording.at_least,  # true of "more than" too
    Modifier.UNDER: wording.at_most,
    Modifier.ABOUT: wording.about,
}
_WAYS = {Trend.UP: wording.up, Trend.DOWN: wording.down}
_MOVE = "from "  # begins the words of "from 3.5% to 3.25%": what was and what is, no range
# Names of `Figure.unit` and of Unicode CLDR.
_UNITS = {
    "year": "duration-year",
    "month": "duration-month",
    "week": "duration-week",
    "day": "duration-day",
    "hour": "duration-hour",
    "minute": "duration-minute",
    "second": "duration-second",
    "m": "length-meter",
    "km": "length-kilometer",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "mile": "length-mile",
    "yard": "length-yard",
    "foot": "length-foot",
    "inch": "length-inch",
    "acre": "area-acre",
    "hectare": "area-hectare",
    "sqm": "area-square-meter",
    "sqkm": "area-square-kilometer",
    "sqft": "area-square-foot",
    "sqmi": "area-square-mile",
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "mg": "mass-milligram",
    "tonne": "mass-tonne",
    "lb": "mass-pound",
    "oz": "mass-ounce",
    "l": "volume-liter",
    "ml": "volume-milliliter",
    "m3": "volume-cubic-meter",
    "kph": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour",
    "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit",
    "W": "power-watt",
    "kW": "power-kilowatt",
    "MW": "power-megawatt",
    "GW": "power-gigawatt",
    "kWh": "energy-kilowatt-hour",
}


def figure_text(figure: Figure, *, locale: str) -> str:
    """Return `figure` with its hedge as a person reads it in `locale` ("en", "de", "pt_BR").

    A share that went up or down says so: "down 25 basis points" is not the rate, but what it was cut by.
    """
    if figure.surface.startswith(_MOVE):
        return squeeze(figure.surface)
    words = _amount(figure, Locale.parse(locale, sep="-" if "-" in locale else "_")) or squeeze(
        figure.surface
    )
    hedge = _HEDGES.get(figure.modifier)
    hedged = words if hedge is None else hedge(words, locale=locale)
    way = _WAYS.get(figure.trend) if figure.trend is not None and _tells_change(figure) else None
    return hedged if way is None else way(hedged, locale=locale)


def number_text(figure: Figure, *, locale: str) -> str:
    """Return `figure` as it reads beside another of the same: "at least 17", for people counted before it."""
    is_bare = figure.kind is FigureKind.OTHER and figure.unit is None
    is_count = figure.kind is FigureKind.COUNT and "/" not in (figure.unit or "")
    if figure.value_max is not None or not (is_bare or is_count):
        return figure_text(figure, locale=locale)
    number = _number(figure.value, Locale.parse(locale, sep="-" if "-" in locale else "_"))
    hedge = _HEDGES.get(figure.modifier)
    return number if hedge is None else hedge(number, locale=locale)


def _tells_change(figure: Figure) -> bool:
    """Is it a share or points, of which "up" says by how much? "Up $5 million" might be a price."""
    return figure.kind is FigureKind.PERCENT or figure.unit == "point"


def _amount(figure: Figure, locale: Locale) -> str | None:
    """Return number and unit; None where only the article's own words will do."""
    high = _one(figure, figure.value if figure.value_max is None else figure.value_max, locale)
    if figure.value_max is None or high is None:
        return high
    low, number = _one(figure, figure.value, locale), _number(figure.value, locale)
    if high.startswith(_number(figure.value_max, locale)):
        return f"{number}–{high}"
    return f"{low} – {high}"


def _one(figure: Figure, value: Decimal, locale: Locale) -> str | None:
    unit = figure.unit
    if figure.kind is FigureKind.MONEY:
        return _money(value, unit or "", locale)
    if figure.kind is FigureKind.COUNT and unit is not None and "/" not in unit and value > 1:
        return None if _is_attributive(figure) else f"{_number(value, locale)} {unit}"
    if unit == "%":
        return format_percent(value / 100, locale=locale, decimal_quantization=False)
    if unit in _UNITS and not _is_attributive(figure) and not _is_spelled_out(figure, locale):
        return format_unit(value, _UNITS[unit], length="long", locale=locale)
    return None


def _is_spelled_out(figure: Figure, locale: Locale) -> bool:
    """Does an English reader read the unit as the article has it ("metres", not "meters")?"""
    last = figure.surface.split()[-1]
    return locale.language == "en" and figure.value_max is None and len(last) > 3 and last.isalpha()


def _is_attributive(figure: Figure) -> bool:
    """Is it written as an adjective ("27-nation", "two-month")? Its unit is singular then."""
    return "-" in figure.surface.rstrip("-") and figure.surface[:1] != "-" and figure.value_max is None


def _money(value: Decimal, unit: str, locale: Locale) -> str | None:
    if len(unit) != 3 or not unit.isupper():
        return None
    if not _has_long_form(value):
        whole = value == int(value)  # $799, but $84.60
        pattern = _whole_pattern(locale) if whole else None
        exact = value == round(value, 2)
        return format_currency(
            value,
            unit,
            pattern,
            locale=locale,
            currency_digits=exact and not whole,
            decimal_quantization=exact,
        )
    pattern = locale.currency_formats["standard"]
    before, after = pattern.prefix[0], pattern.suffix[0]
    symbol = get_currency_symbol(unit, locale=locale)
    if "¤" in before and symbol.isalpha():
        before = before.replace("¤", "¤\N{NO-BREAK SPACE}").replace(
            "\N{NO-BREAK SPACE}" * 2, "\N{NO-BREAK SPACE}"
        )
    return f"{before}{_number(value, locale)}{after}".replace("¤", symbol)


def _whole_pattern(locale: Locale) -> str:
    pattern: str = locale.currency_formats["standard"].pattern
    return pattern.replace(".00", "")


def _number(value: Decimal, locale: Locale) -> str:
    if not _has_long_form(value):
        return format_decimal(value, locale=locale, decimal_quantization=False)
    return format_compact_decimal(value, format_type="long", locale=locale, fraction_digits=_FRACTION_DIGITS)


def _has_long_form(value: Decimal) -> bool:
    """Can it be written with a word for its size, and keep all its digits?"""
    if abs(value) < _LONG or abs(value) >= 10**15:
        return False
    size = (value.adjusted() // 3) * 3
    return value.scaleb(-size) == round(value.scaleb(-size), _FRACTION_DIGITS)
