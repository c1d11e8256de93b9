"""A page gives its article, whole and nothing else, or says what it shows instead."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles import article_of
from digests.errors import NoArticle
from digests.model import Document, Entry

SAMPLES = sorted(Path("tests/samples/pages").glob("*.html"))
URL = "https://courier.example.org/2026/06/ferry-fares"
SENTENCE = "The council met on Tuesday and agreed to repair the bridge before the winter comes. "
MARKS = [
    "<p>",
    "</p>",
    "<div>",
    "<br>",
    "<script>",
    "<!--",
    "“So it is,” she said.",
    "\0",
    "\ud800",
    "&nbsp;",
    "<table><tr><td>",
]


def article(page, url=URL, title="", **fields):
    body = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
    return article_of(Document(url=url, body=body), Entry(None, url, title, **fields), outlet="Courier")


def page(*paragraphs, head=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head>{head}</head><body><article>{text}</article></body></html>"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_gives_its_text(path):
    expected = path.with_suffix(".expected.txt").read_text().rstrip("\n")

    assert article(path.read_bytes()).text == expected


def test_page_tells_what_the_feed_does_not():
    read = article(Path("tests/samples/pages/ferry.html").read_bytes(), url=f"{URL}?utm_source=rss")

    assert (read.title, read.author, read.url) == ("Ferry fares to rise by 4% in July", "Ines Marlow", URL)
    assert read.published == datetime(2026, 6, 2, 7, 15, tzinfo=UTC)


def test_feed_is_believed_before_the_page():
    published = datetime(2026, 6, 1, tzinfo=UTC)

    read = article(
        Path("tests/samples/pages/ferry.html").read_bytes(),
        title="Fares rise",
        published=published,
        author="I. M.",
    )

    assert (read.title, read.author, read.published) == ("Fares rise", "I. M.", published)


@pytest.mark.parametrize(
    "canonical", ["https://elsewhere.example.com/a", "https://courier.example.org/", "javascript:x"]
)
def test_canonical_address_of_another_site_is_not_taken(canonical):
    head = f'<link rel="canonical" href="{canonical}">'

    assert article(page(SENTENCE * 4, head=head)).url == URL


def test_amp_page_is_named_by_its_article():
    head = f'<link rel="canonical" href="{URL}">'

    assert article(page(SENTENCE * 4, head=head), url="https://amp.courier.example.org/a/amp").url == URL


def test_publishers_own_text_is_taken_where_the_page_shows_little():
    body = "\\n\\n".join([SENTENCE * 2, "&quot;It will hold,&quot; she said.", SENTENCE * 3])
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'

    read = article(page(SENTENCE, head=head))

    assert '"It will hold," she said.' in read.text.split("\n\n")
    assert len(read.text.split("\n\n")) == 3


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (
            "<title>Just a moment...</title><p>Checking your browser before you go on to the page.",
            "challenge",
        ),
        (
            "<p>Before you continue: we and our partners use cookies. Accept all cookies here.",
            "consent",
        ),
        (
            "<p>The council met on Tuesday. Subscribe to continue reading this story and all others.",
            "paywall",
        ),
        ("<p>Nichts.", "no_article"),
        ("", "no_article"),
        ("\0\0", "no_article"),
    ],
)
def test_page_without_an_article_says_what_it_shows(shown, code):
    with pytest.raises(NoArticle) as caught:
        article(f"<html><body>{shown}</body></html>" if shown.strip("\0") else shown)

    assert caught.value.code == code


def test_data_for_programs_is_no_article():
    with pytest.raises(NoArticle):
        article(f'{{"items": ["{page(*[SENTENCE * 3] * 5)}"]}}')


def test_teaser_of_an_article_that_costs_money_is_a_paywall():
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    )

    with pytest.raises(NoArticle) as caught:
        article(page(SENTENCE * 3, head=head))

    assert caught.value.code == "paywall"


@pytest.mark.parametrize(
    "label",
    [
        "Bonus video:",
        "Read more: Another story altogether",
        "Sign up for our newsletter",
        "Share this",
        "Photo: A. Roe",
        "CLICK HERE TO GET THE APP",
        "Lesen Sie auch: Eine andere Geschichte",
        "Lire aussi : une autre histoire",
        "Читайте також: інша історія",
        "Follow us on Telegram",
        "(AP Photo/A. Roe)",
    ],
)
def test_what_leads_away_is_cut(label):
    assert article(page(SENTENCE * 3, label, SENTENCE * 2)).text == "\n\n".join(
        [(SENTENCE * 3).strip(), (SENTENCE * 2).strip()]
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "“Read more books,” the teacher said to the class on the first day of the year.",
        "Photos of the damage were shown in court on Friday, and the jury asked to see them again.",
        "Follow-up talks are to be held in May.",
        "Share prices fell by 3% on Monday after the central bank raised its main rate to 5.25%.",
        "Video from the scene showed two boats adrift.",
        "Sources close to the council said that the plan was dead.",
    ],
)
def test_sentence_that_begins_like_a_label_stays(sentence):
    assert sentence in article(page(SENTENCE * 3, sentence, SENTENCE)).text.split("\n\n")


def test_page_that_a_person_hands_over_may_be_short():
    page_of_one = Document(url="", body="<p>“We will wait,” said Greta Lind.</p>".encode())

    read = article_of(page_of_one, Entry(None, "", ""), outlet="", least=1)

    assert (read.text, read.url) == ("“We will wait,” said Greta Lind.", "")


def test_book_is_cut_at_the_end_of_a_paragraph():
    read = article(page(*(f"In year {n} it did so. {SENTENCE * 5}" for n in range(400))))

    assert 99_000 < len(read.text) < 101_000
    assert read.text.endswith(SENTENCE.strip())


def test_invisible_signs_go():
    read = article(page(SENTENCE * 3 + "“The fer\u00adry\u200b is \u202elate\u202c,” he said."))

    assert "“The ferry is late,” he said." in read.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from([*MARKS, SENTENCE]), st.text(max_size=30)), max_size=15).map("".join)
)
def test_any_page_is_an_article_or_says_why_not(text):
    try:
        read = article(text.encode("utf-8", "surrogatepass"))
    except NoArticle:
        return

    read.text.encode()
    assert "\0" not in read.text
    assert all(paragraph.strip() == paragraph != "" for paragraph in read.text.split("\n\n"))
