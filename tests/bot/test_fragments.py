"""A passage of an article becomes a link that opens the page at its sentence."""

from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from shutil import which
from subprocess import run
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


def opened(url, text):
    """Return where in the squeezed page a browser would scroll to."""
    page, (start, *end) = squeeze(text).casefold(), directive(url)
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
        start = len(squeeze(text)) - len(squeeze(text[span.start :]))
        end = start + len(squeeze(span.of(text)))
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
  document.documentElement.dataset.at = seen })</script>"""


@pytest.fixture
def page_of():
    """Serve paragraphs far apart, and return the page's address."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()

    def served(text):
        lines = "".join(f'<p style="margin: 3000px 0">{escape(line)}</p>' for line in text.split("\n\n"))
        pages["/a"] = f"<!doctype html><body>{lines}{WATCH}"
        return f"http://127.0.0.1:{server.server_port}/a"

    yield served
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(which("chromium") is None, reason="no browser on this machine")
def test_real_browser_opens_the_page_at_the_sentence(page_of, tmp_path):
    url = sentence_url(page_of(HARD), HARD, span_of("nobody else", HARD))

    browser = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}"]
    ran = run(
        [*browser, "--virtual-time-budget=3000", "--dump-dom", url],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert 'data-at="2"' in ran.stdout
