"""A message becomes Slack's blocks, in parts that each fit in one of its messages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.plain import literal
from bot.chats.slack.blocks import BLOCKS, CHARACTERS, escaped, noted, plain, to_blocks, to_parts
from bot.message import Button, Mark, Message, Paragraph, Run

words = st.text(max_size=80) | st.sampled_from(["<!channel>", "<@U1>", "&lt;", "*bold*", "@here"])
urls = st.sampled_from(["https://a.example/?a=1|b", "javascript:x", "https://a b"]) | st.none()
runs = st.builds(Run, text=words, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), href=urls)
paragraphs = st.builds(
    Paragraph,
    runs=st.lists(runs, max_size=4).map(tuple),
    mark=st.sampled_from(Mark),
    starts_block=st.booleans(),
)


def letters(text):
    return "".join(text.split())


def texts(block):
    """Yield each literal text of a block, whatever holds it."""
    if block.get("type") in ("text", "link", "plain_text"):
        assert block["text"]
        yield block["text"]
    elif block.get("type") == "header":
        yield from texts(block["text"])
    for element in block.get("elements", ()):
        yield from texts(element)


def say(*runs, mark=Mark.TEXT):
    return Message((Paragraph(runs, mark),))


@given(st.lists(paragraphs, max_size=6), st.integers(1, 12))
def test_every_part_fits_and_says_what_the_message_says(some, times):
    message = Message(tuple(some) * times)

    parts = to_blocks(message)

    assert all(1 <= len(part) <= BLOCKS for part in parts)
    assert all(len(json.dumps(part, ensure_ascii=False)) <= CHARACTERS for part in parts)
    shown = "".join(text for part in parts for block in part for text in texts(block))
    assert letters(shown) == letters(literal("".join(p.text + " " for p in message.paragraphs)))


@given(st.lists(paragraphs, max_size=4))
def test_all_text_is_in_elements_without_markup(some):
    for block in (block for part in to_blocks(Message(tuple(some))) for block in part):
        assert block["type"] in ("header", "rich_text")


@given(st.text())
def test_notification_mentions_nobody_and_links_nowhere(text):
    for part in to_parts(say(Run(text))):
        shown = json.loads(part.body)["text"]
        assert "<" not in shown
        assert ">" not in shown


def test_quotes_lists_links_and_headings_have_their_own_elements():
    message = Message(
        (
            Paragraph((Run("Thursday"),), Mark.HEADING),
            Paragraph(
                (Run("Headline", bold=True, href="https://n.example/1"), Run(" · Post")), starts_block=True
            ),
            Paragraph((Run("“Words”\n— "), Run("Ann", href="https://n.example/1")), Mark.QUOTE),
            Paragraph((Run("12 dead"),), Mark.ITEM),
            Paragraph((Run("3 saved"),), Mark.ITEM),
        )
    )

    ((header, story),) = to_blocks(message)

    assert header == {"type": "header", "text": {"type": "plain_text", "text": "Thursday", "emoji": False}}
    headline, quote, figures = story["elements"]
    assert headline["elements"][0] == {
        "type": "link",
        "url": "https://n.example/1",
        "text": "Headline",
        "style": {"bold": True},
    }
    assert quote["type"] == "rich_text_quote"
    assert figures["style"] == "bullet"
    assert len(figures["elements"]) == 2


def test_address_that_is_none_of_the_webs_is_no_link():
    ((block,),) = to_blocks(say(Run("x", href="javascript:alert(1)")))

    assert block["elements"][0]["elements"] == [{"type": "text", "text": "x"}]


def test_stories_of_a_long_digest_are_not_cut_in_two():
    story = (
        Paragraph((Run("Headline"),), starts_block=True),
        Paragraph((Run("words " * 300),)),
    )

    parts = to_blocks(Message(story * 20))

    assert len(parts) > 1
    assert all(next(texts(part[0])) == "Headline" for part in parts)


def test_last_part_alone_has_the_buttons():
    message = Message(
        (Paragraph((Run("word " * 3000),)),),
        ((Button("Pause", request="pause"), Button("Open", url="https://x.example")),),
    )

    first, last = (json.loads(part.body)["blocks"] for part in to_parts(message))

    assert all(block["type"] != "actions" for block in first)
    assert last[-1]["type"] == "actions"
    assert [button.get("value", button.get("url")) for button in last[-1]["elements"]] == [
        "pause",
        "https://x.example",
    ]


def test_button_about_ones_own_digest_says_so():
    message = Message((Paragraph((Run("x"),)),), ((Button("Off", request="schedule off"),),))

    (part,) = to_parts(message, mine=True)

    assert json.loads(part.body)["blocks"][-1]["elements"][0]["value"] == "me ! schedule off"


@pytest.mark.parametrize("request_text", ["", "x" * 2001])
def test_button_that_slack_cannot_carry_fails_loudly(request_text):
    message = Message((Paragraph((Run("x"),)),), ((Button("Off", request=request_text),),))

    with pytest.raises(ValueError, match="2000"):
        to_parts(message)


def test_plain_part_is_escaped_text_alone():
    (part,) = to_parts(say(Run("<!channel> & all", bold=True)))

    fields = json.loads(plain(part).body)

    assert "blocks" not in fields
    assert fields["text"] == "&lt;!channel&gt; &amp; all" == escaped(part.text)


def test_repeat_is_noted_in_blocks_and_in_text():
    (part,) = to_parts(say(Run("news")))

    fields = json.loads(noted(part, "(possible repeat)").body)

    assert next(texts(fields["blocks"][0])) == "(possible repeat)"
    assert fields["text"] == "(possible repeat)\nnews"
