"""A passage of an article becomes a link that opens the page at its sentence."""

from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import killpg
from queue import Queue
from shutil import which
from signal import SIGKILL
from subprocess import DEVNULL, Popen
from threading import Thread
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fragments import sentence_url
from digests.model import Span
from digests.text import sentences, squeeze

URL = "https://news.example/a"


def directive(url):
    """Return the words of the directive as a browser reads them, by the rules of the specification."""
    _, _, raw = url.partition("#:~:text=")
    assert not set(raw) & set("& -")
    terms = raw.split(",")
    assert 1 <= len(terms) <= 2
    return [unquote(term) for term in terms]


def folded(text):
    """Return a text as a browser compares it; a letter may become two."""
    return squeeze(text).casefold()


def opened(url, text):
    """Return where in the folded page a browser would scroll to."""
    page, (start, *end) = folded(text), directive(url)
    at = page.find(start.casefold())
    assert at >= 0
    assert all(page.find(term.casefold(), at + len(start)) > 0 for term in end)
    return at


def span_of(passage, text):
    at = text.index(passage)
    return Span(at, at + len(passage))


def test_short_sentence_is_given_whole():
    text = "It rained. The mayor promised “dry feet” by May. All left."

    url = sentence_url(URL, text, span_of("dry feet", text))

    assert url == f"{URL}#:~:text=The%20mayor%20promised%20%E2%80%9Cdry%20feet%E2%80%9D%20by%20May"


def test_long_sentence_is_given_by_its_ends():
    text = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen."

    assert directive(sentence_url(URL, text, Span(0, 3))) == [
        "One two three four five",
        "ten eleven twelve thirteen fourteen",
    ]


def test_ends_grow_until_they_open_the_right_sentence():
    text = (
        "The council of the town said it would pay nothing at all for a bridge. "
        "The council of the town said later that it would pay a half of what the bridge had cost."
    )

    url = sentence_url(URL, text, span_of("a half", text))

    assert directive(url)[0] == "The council of the town said later"
    assert opened(url, text) == text.index("The council", 10)


def test_words_of_the_headline_do_not_open_a_sentence_below_it():
    text = "“We made this bridge for our children and for theirs, whoever will cross it in a hundred years.”"
    title = "Calloway: We made this bridge for our children"

    url = sentence_url(URL, text, span_of("We made", text), title=title)

    assert directive(url)[0].startswith("We made this bridge for our children and")
    assert opened(url, f"{title}\n\n{text}") > len(title)


@pytest.mark.parametrize(
    ("words", "encoded"), [("a-b", "a%2Db"), ("a, b", "a%2C%20b"), ("a & b", "a%20%26%20b")]
)
def test_signs_of_the_directive_itself_are_encoded(words, encoded):
    assert sentence_url(URL, words, Span(0, 1)).endswith(f"text={encoded}")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://n.example/a#part", "https://n.example/a#part:~:text=Rain"),
        ("https://n.example/a#:~:text=old", "https://n.example/a#:~:text=Rain"),
        ("https://n.example/a?b=1&c", "https://n.example/a?b=1&c#:~:text=Rain"),
    ],
)
def test_page_keeps_its_own_address(url, expected):
    assert sentence_url(url, "Rain.", Span(0, 4)) == expected


def test_passage_of_marks_alone_leads_to_the_page():
    assert sentence_url(URL, "... !", Span(0, 1)) == URL


words = st.sampled_from("the The a bridge, said – “dry” feet-wet 12,5 Ünü ß 'we' (or) & mayor town".split())
sentence = st.lists(words, min_size=1, max_size=30).map(lambda some: " ".join(some).capitalize() + ".")


@given(st.lists(sentence, min_size=1, max_size=6), st.data())
def test_browser_finds_every_sentence_at_its_own_place_or_at_its_twins(some, data):
    text = "\n\n".join(some)
    span = data.draw(st.sampled_from(sentences(text)))

    url = sentence_url(URL, text, span)

    if url != URL:
        start = len(folded(text)) - len(folded(text[span.start :]))
        end = start + len(folded(span.of(text)))
        at = opened(url, text)
        is_whole = len(directive(url)) == 1
        assert start <= at < end or (is_whole and at < start)


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_gives_an_address(text, start, length):
    url = sentence_url(URL, text, Span(start, start + length))

    assert url.startswith(URL)
    assert url.isascii()


HARD = (
    "It rained.\n\n"
    "The mayor said – “so far, so good” – that 12,5 % of Ünübach’s feet-wet folk & friends had paid.\n\n"
    "The mayor said – “so far, so good” – that nobody else would, not before the spring had come & gone."
)
WATCH = """<script>addEventListener("scroll", () => {
  const seen = [...document.querySelectorAll("p")].findIndex(
    (p) => { const box = p.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight });
  fetch("/seen/" + seen) })</script>"""


class Watched:
    """A page of paragraphs far apart on loopback, that tells which of them a browser came to show."""

    def __init__(self, text):
        self.shown = Queue()
        lines = "".join(f'<p style="margin: 3000px 0">{escape(line)}</p>' for line in text.split("\n\n"))
        page, shown = f"<!doctype html><body>{lines}{WATCH}".encode(), self.shown

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/seen/"):
                    shown.put(int(self.path.removeprefix("/seen/")))
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page if self.path == "/a" else b"")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/a"


@pytest.fixture
def page_of():
    """Serve a text as a page whose scrolling is watched."""
    pages = []

    def served(text):
        pages.append(Watched(text))
        Thread(target=pages[-1].server.serve_forever, daemon=True).start()
        return pages[-1]

    yield served
    for page in pages:
        page.server.shutdown()
        page.server.server_close()


@contextmanager
def browsed(url, profile):
    """Keep a real browser at an address, with a profile of its own, and end all its processes."""
    quiet = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", *quiet]
    opened = Popen(
        ["chromium", *options, f"--user-data-dir={profile}", url],
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        killpg(opened.pid, SIGKILL)
        opened.wait()


@pytest.mark.skipif(which("chromium") is None, reason="no browser on this machine")
def test_real_browser_opens_the_page_at_the_sentence(page_of, tmp_path):
    page = page_of(HARD)
    url = sentence_url(page.url, HARD, span_of("nobody else", HARD))

    with browsed(url, tmp_path):
        shown = page.shown.get(timeout=60)

    assert shown == 2
