"""A message becomes what a person would see of it in a chat, drawn in the terminal."""

from decimal import Decimal
from io import StringIO

from rich.console import Console

from bot.chats.terminal import show, show_facts
from bot.message import Button, Mark, Message, Paragraph, Run
from digests.model import Article, Figure, Modifier, Quote, Span


def drawn(draw, *args, width=60, **kwargs):
    console = Console(file=StringIO(), width=width, force_terminal=False)
    draw(*args, console=console, **kwargs)
    return console.file.getvalue()


def test_message_is_framed_with_bars_bullets_and_buttons():
    message = Message(
        (
            Paragraph((Run("Thursday"),), Mark.HEADING),
            Paragraph((Run("Headline", bold=True, href="https://n.example"),), starts_block=True),
            Paragraph(
                (Run("“Some words that are long enough for two lines of a terminal”\n— Ann"),), Mark.QUOTE
            ),
            Paragraph((Run("12 dead"),), Mark.ITEM),
        ),
        ((Button("Pause", request="pause"), Button("Open", url="https://n.example")),),
    )

    picture = drawn(show, message, title="telegram")

    assert "telegram" in picture.splitlines()[0]
    assert picture.count("▎") == 3
    assert "• 12 dead" in picture
    assert "[ Pause ]  [ Open ]" in picture


def test_foreign_text_gives_the_terminal_no_orders():
    picture = drawn(show, Message((Paragraph((Run("a \x1b[31mred\x07 [bold]b[/bold]"),)),)))

    assert "\x1b" not in picture
    assert "\x07" not in picture
    assert "[bold]b[/bold]" in picture


def test_facts_are_listed_with_speakers_and_values():
    text = "“We wait,” Ann Lee said. More than $2bn."
    facts = (
        Quote(Span(1, 9), "We wait,", speaker="Ann Lee", role="judge", cue="said", rank=1),
        Figure(Span(35, 39), "$2bn", Decimal(2000000000), unit="USD", modifier=Modifier.OVER, concept="cost"),
    )

    listing = drawn(show_facts, Article("https://n.example", "T", text, facts=facts), heading="T")

    assert "“We wait,”\n" in listing
    assert "— Ann Lee, judge (said)" in listing
    assert "$2bn = ≥ 2,000,000,000 USD — cost" in listing


def test_article_without_facts_says_none():
    assert "Quotes: none" in drawn(show_facts, Article("u", "T", "x"), heading="T")
