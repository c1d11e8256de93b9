"""Words and signs behind or before a number become one name of a unit."""

from digests.facts.figures.kinds import DURATION, MEASURE, MONEY, PERCENT, RATIO
from digests.model import FigureKind

# Signs and codes that stand before an amount. Letters before a sign ("A$") are looked up joined.
CURRENCY_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "u.s.$": "USD",
    ("u.s. $"): "USD",
    "usd$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "aud$": "AUD",
    "$u.s.": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "cad$": "CAD",
    "cdn$": "CAD",
    "hk$": "HKD",
    "hkd$": "HKD",
    "nz$": "NZD",
    "nzd$": "NZD",
    "s$": "SGD",
    "sg$": "SGD",
    "r$": "BRL",
    "nt$": "TWD",
    "mx$": "MXN",
    "$us": "USD",
    "$a": "AUD",
    "$nz": "NZD",
    "$c": "CAD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "cn¥": "CNY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "฿": "THB",
    "₫": "VND",
    "₦": "NGN",
    "₱": "PHP",
    "₴": "UAH",
    "₿": "BTC",
    "৳": "BDT",
    "₸": "KZT",
    "₾": "GEL",
    "₭": "LAK",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "y=": "JPY",
    "元": "CNY",
    "円": "JPY",
}
# ISO 4217 and the abbreviations newspapers set before an amount.
CURRENCY_CODES = {
    code.lower(): code
    for code in (
        "USD EUR GBP JPY CNY INR AUD CAD HKD SGD NZD CHF SEK NOK DKK ILS MYR KRW RUB BRL MXN PHP ZAR "
        "TRY THB IDR VND PLN CZK HUF AED SAR EGP NGN KES PKR LKR BDT TWD UAH GEL RON ARS CLP COP KWD "
        "BHD IQD QAR OMR JOD BTC ETH KZT BYN RSD BGN ISK MAD TND GHS UGX TZS ETB XAF XOF PEN UYU VEF "
        "IRR AFN MMK NPR"
    ).split()
} | {
    "rm": "MYR",
    "rs": "INR",
    "rs.": "INR",
    "rp": "IDR",
    "ksh": "KES",
    "sh": "KES",
    "fr": "CHF",
    "kr": "SEK",
    "nis": "ILS",
    "rmb": "CNY",
    "ps": "GBP",
    "a$": "AUD",
    "us": "USD",
    "u.s.": "USD",
    "au": "AUD",
    "hk": "HKD",
    "nz": "NZD",
    "ca": "CAD",
}
# Of the above, those that are words or names otherwise: only before an amount set tight, or a sign.
_LOOSE = (
    "u.s.",
    "us",
    "au",
    "hk",
    "nz",
    "ca",
    "ps",
    "sh",
    "fr",
    "kr",
    "try",
    "cop",
    "pen",
    "mad",
    "ron",
    "all",
    "gel",
    "irr",
    "top",
)
TIGHT_CODES = frozenset(_LOOSE)

_CURRENCY_WORDS = {
    "USD": "dollar|us dollar|u.s. dollar|american dollar|usd|buck|greenback",
    "EUR": ("euro|eur"),
    "GBP": "pound sterling|british pound|gbp|quid|sterling|uk pound",
    "JPY": "yen|japanese yen|jpy",
    "CNY": "yuan|chinese yuan|renminbi|rmb|cny|kuai|元",
    "INR": "rupee|indian rupee|inr|rs",
    "AUD": "australian dollar|aud",
    "CAD": "canadian dollar|cad",
    "HKD": "hong kong dollar|hkd",
    "SGD": ("singapore dollar|singaporean dollar|sgd"),
    "NZD": "new zealand dollar|nzd",
    "CHF": "swiss franc|chf",
    "SEK": ("swedish krona|swedish kronor|krona|kronor|sek"),
    "NOK": "norwegian krone|norwegian kroner|norwegian crown|nok",
    "DKK": ("danish krone|danish kroner|danish crown|dkk"),
    "ILS": "shekel|israeli shekel|new israeli shekel|nis|ils|israeli new shekel",
    "MYR": "ringgit|malaysian ringgit|myr",
    "KRW": "won|south korean won|korean won|krw",
    "RUB": ("ruble|rouble|russian ruble|russian rouble|rub"),
    "BRL": "brazilian real|reais|brl",
    "MXN": "mexican peso|mxn",
    "PHP": ("philippine peso|php"),
    "ZAR": "rand|south african rand|zar",
    "TRY": "lira|turkish lira",
    "THB": "baht|thai baht|thb",
    "IDR": ("rupiah|indonesian rupiah|idr"),
    "VND": "dong|vietnamese dong|vnd",
    "PLN": "zloty|polish zloty|zlotys|pln|złoty",
    "CZK": ("koruna|czech koruna|czech crown|czk"),
    "HUF": "forint|hungarian forint|huf",
    "AED": "dirham|uae dirham|aed",
    "SAR": "riyal|saudi riyal|sar",
    "EGP": "egyptian pound|egp",
    "NGN": "naira|nigerian naira|ngn",
    "KES": ("kenyan shilling|kes"),
    "PKR": "pakistani rupee|pkr",
    "LKR": "sri lankan rupee|lkr",
    "BDT": "taka|bangladeshi taka|bdt",
    "TWD": ("taiwan dollar|new taiwan dollar|taiwanese dollar|twd"),
    "UAH": "hryvnia|ukrainian hryvnia|uah|hryvnias",
    "GEL": "lari|georgian lari",
    "HRK": "kuna|croatian kuna|kn|hrk",
    "RON": "leu|lei|romanian leu",
    "BTC": ("bitcoin|btc"),
    "ETH": "ether|ethereum|eth",
    "KWD": "kuwaiti dinar",
    "BHD": "bahraini dinar",
    "IQD": "iraqi dinar",
    "ARS": "argentine peso",
    "CLP": "chilean peso",
    "COP": "colombian peso",
    "peso": "peso",
    "dinar": "dinar",
    "franc": "franc",
    "DEM": ("deutsche mark|german mark|deutschmark"),
    "FRF": "french franc",
    "ITL": "italian lira",
    "krone": ("krone|kroner"),
    "crown": "crown",
    "TZS": "tanzanian shilling",
    "UGX": "ugandan shilling",
    "IRR": "iranian rial|rial",
    "shilling": "shilling",
    "QAR": ("qatari riyal"),
    "ISK": "icelandic krona",
    "KZT": "tenge",
    "BYN": "belarusian ruble",
    "cent": "cent|¢|us cent|euro cent|eurocent",
    "penny": "penny|pence|p",
    "sen": "sen",
}
_PERCENT_WORDS = {
    "%": "%|percent|per cent|pct|pc|per-cent",
    "pp": "percentage point|percent point|per cent point|pct point|ppt|pp|percentage-point|% point|%-point",
    "bp": "bp|bps|basis point|basis-point",
}
_DURATION_WORDS = {
    "year": ("year|yr"),
    "month": "month",
    "week": "week|wk",
    "day": "day",
    "hour": "hour|hr|h",
    "minute": "minute|min",
    "second": "second|sec",
    "decade": "decade",
    "century": "century",
    "millisecond": "millisecond|ms",
    "fortnight": "fortnight",
    "microsecond": "microsecond",
    "nanosecond": "nanosecond",
    "weekend": "weekend",
    "night": "night",
}
_MEASURE_WORDS = {
    "m": ("m|metre|meter"),
    "km": "km|kilometre|kilometer|kms",
    "cm": "cm|centimetre|centimeter",
    "mm": "mm|millimetre|millimeter",
    "micrometre": ("micrometre|micrometer|micron|µm|μm|um"),
    "nm": "nm|nanometre|nanometer",
    "mile": "mile|mi",
    "yard": "yard|yd",
    "decimetre": ("dm|decimetre|decimeter"),
    "nautical mile": "nautical mile",
    "light-year": "light year|light-year|lightyear",
    "foot": "foot|feet|ft",
    "inch": "inch|inche|″",
    "acre": "acre",
    "hectare": "hectare|ha",
    "sqm": ("square metre|square meter|sq m|sq. m|sq metre|sq meter|sqm|m2|m²"),
    "sqft": "square foot|square feet|sq ft|sq. ft|sqft|ft2|ft²|sq feet|square-foot",
    "sqkm": ("square kilometre|square kilometer|km2|km²|sq km|sq. km|square km"),
    "sqmi": "square mile|sq mi|sq mile|sq. mile",
    "kg": ("kg|kilogram|kilo|kilogramme|kgs"),
    "g": "g|gram|gramme",
    "mg": "mg|milligram",
    "microgram": "microgram|microgramme|µg|μg|mcg",
    "ton": ("ton|short ton|long ton"),
    "tonne": "tonne|metric ton|metric tonne|mt",
    "kilotonne": "kilotonne|kiloton|kt",
    "megatonne": ("megatonne|megaton|mt of"),
    "gigaton": "gigatonne|gigaton|gt",
    "lb": "lb|lbs|pound",
    "oz": "oz|ounce",
    "stone": "stone",
    "l": ("l|litre|liter"),
    "ml": ("ml|millilitre|milliliter"),
    "cl": ("cl|centilitre"),
    "gallon": "gallon|us gallon|gal",
    "pint": "pint|us pint",
    "quart": "quart|us quart",
    "barrel": ("barrel|bbl"),
    "bpd": "bpd|barrel per day|barrel a day|b/d|barrel-a-day|barrel-per-day",
    "boepd": "boepd",
    "mph": ("mph|mile per hour|mile an hour|m.p.h|m.p.h.|mile-per-hour|mile-an-hour"),
    "kph": (
        "kph|kmh|km/h|km/hr|kmph|kilometre per hour|kilometer per hour|kilometre an hour|kilometer an "
        "hour|km per hour|km an hour"
    ),
    "m/s": ("m/s|metre per second|meter per second|metre a second|meter a second"),
    "km/s": "km/s|kilometre per second|kilometer per second",
    "knot": "knot|kt",
    "mpg": "mpg|mile per gallon|mile a gallon",
    "rpm": "rpm|revolution per minute",
    "hp": ("hp|horsepower|bhp|brake horsepower|ps"),
    "W": "w|watt",
    "kW": "kw|kilowatt",
    "MW": "mw|megawatt|MW",
    "GW": "gw|gigawatt",
    "TW": "tw|terawatt",
    "Wh": ("wh|watt hour|watt-hour"),
    "kWh": ("kwh|kilowatt hour|kilowatt-hour"),
    "MWh": "mwh|megawatt hour|megawatt-hour",
    "GWh": "gwh|gigawatt hour|gigawatt-hour",
    "TWh": ("twh|terawatt hour|terawatt-hour"),
    "V": "v|volt",
    "A": "amp|ampere",
    "mAh": "mah|milliampere hour",
    "J": "joule",
    "N": "newton",
    "Nm": ("nm of torque|newton metre|newton meter"),
    "calorie": ("calorie|kcal|kilocalorie"),
    "megapascal": "mpa|megapascal",
    "kilopascal": "kpa|kilopascal",
    "psi": "psi",
    "kilopound per square inch": "ksi",
    "celsius": ("celsius|°c|c|degree celsius|degree c|deg c|deg celsius|centigrade|degree centigrade|℃|ºc"),
    "fahrenheit": ("fahrenheit|°f|f|degree fahrenheit|degree f|deg f|deg fahrenheit|℉|ºf"),
    "kelvin": "kelvin|degree kelvin",
    "degree": "degree|°|deg|º",
    "Hz": "hz|hertz",
    "kHz": "khz|kilohertz",
    "MHz": "mhz|megahertz",
    "GHz": "ghz|gigahertz",
    "dB": "db|dba",
    "bit": "bit",
    "byte": "byte",
    "kB": ("kb|kilobyte"),
    "MB": "mb|megabyte",
    "GB": "gb|gigabyte|gig",
    "TB": "tb|terabyte",
    "PB": "pb|petabyte",
    "Mbps": ("mbps|megabit per second|mbit/s"),
    "Gbps": "gbps|gigabit per second",
    "kbps": "kbps",
    "MP": "megapixel|mp",
    "fps": "fps|frame per second",
    "ppm": ("ppm|part per million"),
    "ppb": "ppb|part per billion",
    "m3": "cubic metre|cubic meter|m3|m³",
    "ft3": "cubic foot|cubic feet",
    "cubic kilometre": ("cubic kilometre|cubic kilometer|km3|km³"),
    "cubic inch": "cubic inch",
    "cubic yard": "cubic yard",
    "cc": "cc",
    "lbft": ("pound-foot|pound foot|pound-feet|pound feet|lb-ft|lb ft|lb-ft of torque"),
    "bushel": "bushel",
    "carat": "carat|karat",
    "teu": "teu",
    "point": ("point|pt"),
    "point/game": "ppg",
    "rebound/game": "rpg",
    "assist/game": "apg",
    "magnitude": "magnitude",
    "radian": ("rad|radian"),
    "fluid ounce": "fluid ounce|fl oz",
    "decibel": "decibel",
    "tablespoon": ("tablespoon|tbsp"),
    "teaspoon": ("teaspoon|tsp"),
    "cup": "cup",
    ("million british thermal unit"): "mmbtu|million british thermal unit",
    "Btu": "btu|british thermal unit",
}
_TIME_WORDS = {"time": "time|fold|x"}


def _spread(table: dict[str, str], kind: FigureKind) -> dict[tuple[str, ...], tuple[str, FigureKind]]:
    entries: dict[tuple[str, ...], tuple[str, FigureKind]] = {}
    for name, words in table.items():
        for word in words.split("|"):
            parts = tuple(word.replace("-", " ").split())
            entries.setdefault(parts, (name, kind))
            entries.setdefault((*parts[:-1], _plural(parts[-1])), (name, kind))
            if len(parts) > 1:  # "miles per hour": the first word takes the plural
                entries.setdefault((_plural(parts[0]), *parts[1:]), (name, kind))
    return entries


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ch", "sh", "s", "x")) else "s")


WORDS = (
    _spread(_CURRENCY_WORDS, MONEY)
    | _spread(_PERCENT_WORDS, PERCENT)
    | _spread(_MEASURE_WORDS, MEASURE)
    | _spread(_DURATION_WORDS, DURATION)
    | _spread(_TIME_WORDS, RATIO)
)
LONGEST = 4
FIRST = frozenset(words[0] for words in WORDS)
# Letters that are a unit only when set tight to the digits ("64GB", "45C"), or nothing at all.
TIGHT_ONLY = frozenset(
    "m g l h w v c f p k b t a n j s ms mm mt mb mp ha mi pp pc db kt gt ps um min sec".split()
) - {
    "mm",
    "mb",
    "ha",
    "mt",
    "min",
    "db",
    "pc",
    "pp",
    "sec",
}

RATE_NOUNS = frozenset(
    "year month week day hour minute second decade century night quarter season share barrel gallon "
    "litre liter tonne ton kilo kilogram kg pound ounce bushel head person household family square "
    "piece unit bottle pint mile kilometre kilometer km game match shift trip session ticket dose gram "
    "metre meter acre hectare pop customer employee student pupil child patient passenger worker "
    "gigabyte word vote capita annum acre foot inch plate serving pack packet pair night term episode "
    "copy click user subscriber yard therm".split()
)
RATE_NAMES = {
    "annum": "year",
    "capita": "person",
    "yr": "year",
    "hr": "hour",
    "sec": "second",
    "min": "minute",
    "sq": "sqft",
}


def rate(unit: str | None, per: str) -> str:
    """Return the name of a unit per another: `USD/barrel`; known compounds have names of their own."""
    return _COMPOUND.get((unit, per), f"{unit}/{per}")


_COMPOUND: dict[tuple[str | None, str], str] = {
    ("mile", "hour"): "mph",
    ("km", "hour"): "kph",
    ("m", "second"): "m/s",
    ("barrel", "day"): "bpd",
    ("mile", "gallon"): "mpg",
    ("percent", "year"): "%/year",
}
