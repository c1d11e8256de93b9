"""What a stand-in shows is drawn as the message that was sent."""

import json

import pytest

from bot.chats.slack import blocks
from bot.chats.telegram import markup
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.standins.showing import slack_message, telegram_message
from bot.standins.slack.rooms import Posted
from bot.standins.telegram.entities import parsed
from bot.standins.telegram.rooms import Shown

MESSAGE = Message(
    (
        Paragraph((Run("Friday"),), Mark.HEADING),
        Paragraph(
            (Run("Ferry burns", bold=True, href="https://a.example/1"), Run(" · Wire")), starts_block=True
        ),
        Paragraph((Run("“We got out, 😀”\n— "), Run("Ada", href="https://a.example/2")), Mark.QUOTE),
        Paragraph((Run("17 people", bold=True), Run(" — died")), Mark.ITEM),
        Paragraph(
            (Run("Also in: ", italic=True), Run("Bell", href="https://b.example/")),
        ),
    ),
    ((Button("Digest now", request="digest"),),),
)


def in_telegram(message: Message) -> Message:
    (part,) = markup.to_parts(message)
    fields = json.loads(part.body)
    text, entities = parsed(fields["text"], fields["parse_mode"], [])
    rows = tuple(tuple(row) for row in fields["reply_markup"]["inline_keyboard"])
    return telegram_message(Shown(1, text, entities, rows))


def in_slack(message: Message) -> Message:
    (part,) = blocks.to_parts(message)
    fields = json.loads(part.body)
    return slack_message(Posted("1.1", "", fields["blocks"], fallback=fields["text"]))


@pytest.mark.parametrize("drawn", [in_telegram(MESSAGE), in_slack(MESSAGE)], ids=["telegram", "slack"])
def test_words_links_and_looks_are_those_that_were_sent(drawn: Message) -> None:
    sent = [(run.text, run.href) for paragraph in MESSAGE.paragraphs for run in paragraph.runs]
    marks = [paragraph.mark for paragraph in drawn.paragraphs]

    assert drawn.text == MESSAGE.text
    assert [(run.text, run.href) for paragraph in drawn.paragraphs for run in paragraph.runs] == sent
    assert marks[2:4] == [Mark.QUOTE, Mark.ITEM]
    assert [button.label for row in drawn.buttons for button in row] == ["Digest now"]
