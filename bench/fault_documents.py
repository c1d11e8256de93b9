"""A name becomes a document that parsers find hard, or one that they find easy. All of our own making."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_WORDS = (
    "council river budget minister school bridge report storm market harbour vote hospital energy "
    "train court film village team doctor museum farmers teachers engineers players visitors "
    "measured rebuilt opened agreed "
).split()
_PEOPLE = ("Mira Halloran", "Oskar Lindqvist", "Teresa Amado", "Jonas Feld", "Priya Raman", "Luc Besnard")
ENTRIES = 20  # of a feed


@dataclass(frozen=True, slots=True)
class Hard:
    """A document that keeps a parser busy, or misleads it."""

    body: Callable[[], bytes]
    content_type: str = "application/rss+xml"
    is_page: bool = False  # HTML: read as an article, not as a feed


def feed_document(
    number: int, *, edition: int = 0, host: str = "example.org", entries: int = ENTRIES
) -> bytes:
    """Return feed `number`; each `edition` has one entry more at its top, and one less at its end."""
    items = "".join(_item(number, edition + entries - place, host) for place in range(entries))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>Gazette {number}</title><link>http://{host}/</link><language>en</language>{items}</channel></rss>"
    ).encode()


def page_document(number: int) -> bytes:
    """Return a page with an article among what pages have around it."""
    random = Random(number)
    paragraphs = "".join(f"<p>{_paragraph(random)}</p>" for _ in range(8))
    links = "".join(
        f'<li><a href="/page/{n}">{_title(Random(n))}</a></li>' for n in range(number, number + 30)
    )
    script = "window.tracking = " + str([random.random() for _ in range(400)]) + ";"
    return (
        f"<!doctype html><html lang=en><head><title>{_title(random)}</title><script>{script}</script></head>"
        f"<body><nav><ul>{links}</ul></nav><main><article><h1>{_title(random)}</h1>{paragraphs}</article></main>"
        f"<aside><ul>{links}</ul></aside><footer>All rights reserved</footer></body></html>"
    ).encode()


def _item(number: int, serial: int, host: str) -> str:
    random = Random(f"{number}-{serial}")
    day, hour, minute = serial % 28 + 1, serial % 24, serial % 60
    return (
        f"<item><title>{_title(random)}</title><link>http://{host}/page/{number}{serial:05}?utm_source=rss</link>"
        f'<guid isPermaLink="false">gazette-{number}-{serial:05}</guid>'
        f"<pubDate>{day:02} Jun 2026 {hour:02}:{minute:02}:00 GMT</pubDate>"
        f"<description><![CDATA[<p>{_paragraph(random)}</p>]]></description></item>"
    )


def _title(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=8)).capitalize()


def _paragraph(random: Random) -> str:
    said = " ".join(random.choices(_WORDS, k=14)).capitalize()
    rest = " ".join(random.choices(_WORDS, k=24)).capitalize()
    return f"“{said},” {random.choice(_PEOPLE)} said. {rest} {random.randint(2, 900)} percent."


def _rss(inner: str) -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{inner}</channel></rss>'.encode()
    )


def _one(title: str, extra: str = "") -> bytes:
    return _rss(f"<item><title>{title}</title><link>http://example.org/1</link>{extra}</item>")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'.encode() + _one("&l9;").partition(b"?>")[2]


def _quadratic() -> bytes:
    return (
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'.encode() + _one("&a;" * 20_000).partition(b"?>")[2]
    )


def _outside() -> bytes:
    entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return entity.encode() + _one("&x;").partition(b"?>")[2]


def _page(inner: str) -> bytes:
    return f"<!doctype html><html><head><title>T</title></head><body>{inner}</body></html>".encode()


DOCUMENTS = {
    "laughs": Hard(_laughs),
    "quadratic": Hard(_quadratic),
    "outside": Hard(_outside),
    "nested": Hard(lambda: _rss("<a>" * 100_000)),
    "nested-cdata": Hard(lambda: _one("t", f"<description><![CDATA[{'<b>' * 100_000}]]></description>")),
    "nested-escaped": Hard(lambda: _one("t", f"<description>{'&lt;div&gt;' * 200_000}</description>")),
    "attributes": Hard(lambda: _rss(f"<item {' '.join(f'a{n}=1' for n in range(200_000))}/>")),
    "comments": Hard(lambda: _one("t", f"<description>{'&lt;!--' * 200_000}</description>")),
    "raw-comments": Hard(lambda: _rss("<item>" + "<!--" * 200_000)),
    "author": Hard(lambda: _one("t", f"<author>{'a@' * 200_000}</author>")),
    "author-brackets": Hard(lambda: _one("t", f"<author>{'(' * 400_000}</author>")),
    "items": Hard(lambda: _rss("<item><title>t</title><link>http://example.org/1</link></item>" * 100_000)),
    "title": Hard(lambda: _one("t" * 7_000_000)),
    "links": Hard(lambda: _rss("<link " * 200_000)),
    "entities": Hard(lambda: _one("&amp;" * 1_000_000)),
    "ampersands": Hard(lambda: _one("&" * 1_000_000)),
    "cdata": Hard(lambda: _one("<![CDATA[" * 200_000)),
    "json-nested": Hard(
        lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 200_000, "application/json"
    ),
    "json-number": Hard(lambda: b'{"items":[' + b"9" * 2_000_000 + b"]}", "application/json"),
    "page-nested": Hard(lambda: _page("<div>" * 100_000), "text/html", is_page=True),
    "page-nested-inline": Hard(lambda: _page("<b><i>" * 100_000 + "text"), "text/html", is_page=True),
    "page-attributes": Hard(
        lambda: _page(f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>text</p>"), "text/html", is_page=True
    ),
    "page-comments": Hard(lambda: _page("<!--" * 200_000), "text/html", is_page=True),
    "page-scripts": Hard(lambda: _page("<script>" * 200_000), "text/html", is_page=True),
    "page-rows": Hard(
        lambda: _page(f"<table>{'<tr><td>1 percent</td></tr>' * 80_000}</table>"), "text/html", is_page=True
    ),
    "page-paragraphs": Hard(lambda: _page("<p>He said so. " * 150_000), "text/html", is_page=True),
    "page-spaces": Hard(lambda: _page(f"<p>a{' ' * 2_000_000}b</p>"), "text/html", is_page=True),
    "page-json": Hard(
        lambda: _page('<script type="application/ld+json">' + "[" * 1_000_000 + "</script>"),
        "text/html",
        is_page=True,
    ),
}


# What is easy to parse, and easy to get wrong.
TEXT = "Café “naïve” — 5 €"


def encoded_feed(charset: str, *, declared: str | None = None) -> bytes:
    """Return a feed with `TEXT` for its title, encoded in `charset` and said to be in `declared`."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    body = _one(TEXT).decode().partition("?>")[2]
    return (declaration + body).encode(charset)
