"""A message becomes Telegram's HTML, in parts that each fit in one of its messages."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.plain import literal, utf16_length
from bot.chats.telegram.markup import (
    CALLBACK,
    ENTITIES,
    LIMIT,
    live_spans,
    noted,
    plain,
    to_html,
    to_parts,
)
from bot.message import Button, Mark, Message, Paragraph, Run

TAGS = {"b", "i", "a", "code", "blockquote"}


class Strict(HTMLParser):
    """What Telegram makes of a text, or an error where it would refuse it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.entities = "", [], []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        assert not (tag == "code" and set(self.open) & {"a", "b", "i"})
        assert "code" not in [name for name, _, _ in self.open]
        self.open.append((tag, dict(attrs).get("href"), len(self.text)))

    def handle_endtag(self, tag):
        name, href, start = self.open.pop()
        assert name == tag
        assert start < len(self.text)
        self.entities.append((tag, href, self.text[start:]))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def shields(self):
        return [text for tag, _, text in self.entities if tag in ("a", "code")]


words = st.text(max_size=80) | st.sampled_from(
    [
        "<b>bold</b>",
        "&lt;",
        "</blockquote>",
        "@channel",
        "see news.example/x",
        "/stop now",
        "#tag $ACME",
        "👩‍👩‍👧",
    ]
)
urls = st.sampled_from(['https://a.example/?a=1&b="2"', "javascript:x", "http://", "https://a b"]) | st.none()
runs = st.builds(Run, text=words, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), href=urls)
paragraphs = st.builds(
    Paragraph,
    runs=st.lists(runs, max_size=4).map(tuple),
    mark=st.sampled_from(Mark),
    starts_block=st.booleans(),
)


def letters(text):
    return "".join(text.split())


def say(*runs, mark=Mark.TEXT):
    return Message((Paragraph(runs, mark),))


def parsed(message):
    return [Strict(html) for html in to_html(message)]


@given(st.lists(paragraphs, max_size=6), st.integers(1, 12))
def test_every_part_fits_and_says_what_the_message_says(some, times):
    message = Message(tuple(some) * times)

    parts = [Strict(json.loads(part.body)["text"]) for part in to_parts(message)]

    assert all(1 <= utf16_length(part.text) <= LIMIT and len(part.entities) <= ENTITIES for part in parts)
    shown = "".join(part.text for part in parts)
    wanted = "".join(
        ("•" if p.mark is Mark.ITEM and p.text.strip() else "") + literal(p.text) for p in message.paragraphs
    )
    assert letters(shown.replace("•", "")) == letters(wanted.replace("•", ""))


@given(st.lists(paragraphs, max_size=4))
def test_text_of_a_part_is_what_its_html_shows(some):
    for part in to_parts(Message(tuple(some))):
        assert Strict(json.loads(part.body)["text"]).text == part.text


@pytest.mark.parametrize(
    "live",
    [
        "@everyone",
        "/start",
        "/start@other_bot",
        "#breaking",
        "$ACME",
        "https://evil.example/x",
        "tg://user?id=1",
        "evil.example",
        "kyiv.news/path?x=1",
        "mail@evil.example",
        "4111 1111 1111 1111",
        "+44 20 7946 0018",
    ],
)
@pytest.mark.parametrize("mark", [Mark.TEXT, Mark.QUOTE, Mark.HEADING])
def test_foreign_words_never_become_live(live, mark):
    (part,) = parsed(say(Run(f"see {live} now"), mark=mark))

    assert live in part.shields()
    assert part.text == f"see {live} now"


def test_word_that_two_runs_make_up_never_becomes_live():
    (part,) = parsed(say(Run("evil.", bold=True), Run("example")))

    assert part.shields() == ["evil.", "example"]


def test_live_word_of_a_quote_leads_to_its_article():
    link = Run("— Ann", href="https://news.example/a")

    (part,) = parsed(say(Run("“Ask @ann”\n"), link, mark=Mark.QUOTE))

    assert ("a", "https://news.example/a", "@ann”") not in part.entities
    assert ("a", "https://news.example/a", "@ann") in part.entities


@pytest.mark.parametrize(
    "dead", ["and/or", "24/7", "#1", "$250 million", "U.S.", "3.2 per cent", "a@b", "9/11"]
)
def test_everyday_words_are_left_alone(dead):
    (part,) = parsed(say(Run(f"so {dead} it is")))

    assert dead == "a@b" or part.entities == []


def test_only_web_addresses_are_links():
    message = say(
        Run("a", href="tg://user?id=1"), Run("b", href="javascript:x"), Run("c", href="https://c.example")
    )

    (part,) = parsed(message)

    assert part.entities == [("a", "https://c.example", "c")]


def test_a_hundred_links_and_more_go_into_several_messages():
    paragraph = Paragraph((Run("x", href="https://x.example", bold=True),))

    parts = parsed(Message((paragraph,) * 120))

    assert [len(part.entities) for part in parts] == [98, 98, 44]


def test_stories_are_set_apart_and_items_have_bullets():
    story = Paragraph((Run("Story"),), starts_block=True)
    message = Message(
        (Paragraph((Run("Day"),), Mark.HEADING), story, Paragraph((Run("one"),), Mark.ITEM), story)
    )

    assert to_html(message) == ["<b>Day</b>\n\nStory\n• one\n\nStory"]


def test_last_part_alone_has_the_buttons_and_no_preview_is_made():
    message = Message(
        (Paragraph((Run("word " * 1500),)),),
        ((Button("Sources", request="sources"), Button("Open", url="https://x.example")),),
    )

    first, last = (json.loads(part.body) for part in to_parts(message))

    assert "reply_markup" not in first
    assert last["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Sources", "callback_data": "sources"}, {"text": "Open", "url": "https://x.example"}]
        ]
    }
    assert first["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("kind", ["digest", "offer"])
def test_button_of_a_digest_or_an_offer_says_that_its_message_stays(kind):
    message = Message((Paragraph((Run("x"),)),), ((Button("Pause", request="pause"),),), **{kind: True})

    (part,) = to_parts(message)

    assert json.loads(part.body)["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "+pause"


@pytest.mark.parametrize("request_text", ["x" * (CALLBACK + 1), "é" * 33, ""])
def test_button_that_telegram_cannot_carry_fails_loudly(request_text):
    message = Message((Paragraph((Run("x"),)),), ((Button("Pause", request=request_text),),))

    with pytest.raises(ValueError, match="64 bytes"):
        to_parts(message)


def test_plain_part_has_no_markup_and_nothing_live():
    (part,) = to_parts(say(Run("😀 <b> @ann", bold=True)))

    fields = json.loads(plain(part).body)

    assert fields["text"] == "😀 <b> @ann"
    assert "parse_mode" not in fields
    assert fields["entities"] == [{"type": "code", "offset": 7, "length": 4}]


def test_repeat_is_noted_in_either_form_and_still_fits():
    (part, *_) = to_parts(say(Run("a @b " * 2000)))

    marked, marked_plain = noted(part, "(possible repeat)"), noted(plain(part), "(possible repeat)")

    html = Strict(json.loads(marked.body)["text"])
    assert html.text == marked.text == "(possible repeat)\n" + part.text
    assert utf16_length(html.text) <= LIMIT
    assert len(html.entities) <= ENTITIES
    fields = json.loads(marked_plain.body)
    at = fields["entities"][0]["offset"]
    assert fields["text"][at : at + 2] == "@b"


@pytest.mark.parametrize(
    "piece", ["a", "a.", "-", "a@", "1", "1 ", "1(", "http:", "/", "a-.1", "#1", "a.bc", "$A", "(", "://"]
)
def test_search_for_live_words_takes_no_longer_than_the_text(piece):
    text = piece * (20_000 // len(piece))

    assert len(live_spans(text)) <= len(text)  # the suite's time limit would end a quadratic search
