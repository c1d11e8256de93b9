"""Articles that are plain to see are read at once; of all others nothing is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digests.articles.prose import prose_of

SENTENCE = "The council met on Tuesday and agreed to repair the bridge before the winter comes. "
PARAGRAPHS = [f"On day {number} it met again. {SENTENCE * 2}".strip() for number in range(6)]
ROW = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEASER = f'<div class="card"><h3><a href="/x">Another story</a></h3><p>{SENTENCE}</p></div>'


def prose(markup):
    return prose_of(etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()))


@pytest.mark.parametrize(
    "page",
    [
        f"<article>{ROW}</article>",
        f"<main><h1>Bridge to close</h1><div>{ROW}</div></main>",
        f'<div id="sidebar-left-layout"><div>{ROW}</div></div>',
        f"<form>{ROW}</form>",
        f"<div>{ROW.replace('<p>', '<div><div><p>').replace('</p>', '</p></div></div>')}</div>",
        f"<div>{'<br><br>'.join(PARAGRAPHS)}</div>",
        f'<div>{ROW}</div><div class="related">{TEASER * 3}</div>',
        f'<div>{ROW}<div class="newsletter"><p>{SENTENCE}</p></div></div>',
        f"<div>{ROW}<aside><p>{SENTENCE}</p></aside><figure><figcaption>{SENTENCE}</figcaption></figure></div>",
        f'<div>{ROW}<p style="display: none">{SENTENCE}</p><p class="wp-caption-text">{SENTENCE}</p></div>',
        f"<div>{ROW}<p><a href='/x'>{SENTENCE}</a></p></div>",
        f"<div>{ROW}<h2>Further reading</h2></div>",
    ],
)
def test_row_of_paragraphs_is_the_article(page):
    assert prose(page) == PARAGRAPHS


@pytest.mark.parametrize(
    "page",
    [
        "",
        f"<article>{ROW[: ROW.index('</p>')]}</article>",  # too short to be sure
        f"<main>{TEASER * 9}</main>",
        f"<main>{f'<article>{TEASER}</article>' * 9}</main>",
        f"<div>{ROW}<table><tr><td>{SENTENCE}</td></tr></table></div>",
        f"<div>{ROW}{f'<section><div>{SENTENCE * 3}</div></section>' * 3}</div>",
        f"<div>{ROW}{f'<p><a>{SENTENCE}</a></p>' * 6}</div>",
        f"<h1>One</h1>{ROW}<h1>Two</h1>",
        "<div>" * 200 + ROW,
    ],
)
def test_page_that_leaves_doubts_is_left_to_others(page):
    assert prose(page) is None


def test_what_stands_among_the_paragraphs_keeps_its_place():
    quoted = f"“{SENTENCE.strip()}”"
    page = (
        f"<div><h2>What was said</h2><blockquote><p>{quoted}</p></blockquote>{ROW}<ul><li>Two</ul>{ROW}</div>"
    )

    assert prose(page) == ["What was said", quoted, *PARAGRAPHS, "Two", *PARAGRAPHS]


def test_what_stands_apart_is_taken_out_of_a_page_that_leaves_doubts():
    tree = etree.fromstring(
        f'<body>{ROW}{TEASER * 9}<div class="related"><p>{SENTENCE}</p></div>tail', etree.HTMLParser()
    )

    assert prose_of(tree) is None
    assert tree.find(".//*[@class='related']") is None
    assert "".join(tree.itertext()).endswith("tail")


def test_standfirst_leads_the_article():
    head = (
        f'<h1>Bridge to close</h1><div class="standfirst"><p>{SENTENCE}</p></div><p class="by">By A. Roe</p>'
    )

    assert prose(f"<main>{head}<div>{ROW}</div></main>") == [SENTENCE.strip(), *PARAGRAPHS]


def test_words_stay_whole_across_markup():
    said = '“We <b>wi</b>ll <a href="/x">wait</a>,” said<span class="sr-only">skip</span> Greta.'

    assert prose(f"<div><p>{said}</p>{ROW}</div>") == ["“We will wait,” said Greta.", *PARAGRAPHS]


@pytest.mark.parametrize(
    "told",
    [
        'class="overflow-hidden"',
        'class="hidden md:inline"',
        'class="text-date"',
        'style="display: inline; border: none"',
        'aria-hidden="true"',
    ],
)
def test_what_only_looks_hidden_is_read(told):
    page = f"<div><p>“We will <span {told}>not</span> wait,” said Greta.</p>{ROW}</div>"

    assert prose(page) == ["“We will not wait,” said Greta.", *PARAGRAPHS]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*ROW.split("\n"), TEASER, "<div>", "</div>", "<br>", "x", "<td>"]), max_size=20)
)
def test_no_line_is_made_up(parts):
    tree = etree.fromstring("<html><body>" + "".join(parts), etree.HTMLParser())

    shown = " ".join("".join(tree.itertext()).split()) if tree is not None else ""
    assert all(line in shown for line in prose_of(tree) or ())
