"""Whatever a digest quotes, in whichever chat: what stands in our marks stands in the article."""

import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.chats.slack.blocks import to_blocks
from bot.chats.telegram.markup import to_html
from bot.chats.terminal import show
from bot.edition import load
from bot.message import Mark, Message
from bot.pages import digest_page
from bot.render import digest_message
from digests.compose import compose
from digests.facts import facts_of
from digests.model import Article, Story
from digests.text import squeeze
from digests.verify import verify
from tests.fakes import NOON

_TAG = re.compile(r"<[^>]*>")
_BLOCKQUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)


def in_telegram(message: Message) -> list[str]:
    """Return the quotations that a reader sees there, with who said them."""
    blocks = [block for part in to_html(message) for block in _BLOCKQUOTE.findall(part)]
    return [html.unescape(_TAG.sub("", block)) for block in blocks]


def in_slack(message: Message) -> list[str]:
    sections = [
        section
        for blocks in to_blocks(message)
        for block in blocks
        for section in block.get("elements", ())
        if section["type"] == "rich_text_quote"
    ]
    return ["".join(run["text"] for run in section["elements"]) for section in sections]


def on_a_page(message: Message) -> list[str]:
    blocks = _BLOCKQUOTE.findall(digest_page(message).replace("<br>", "\n"))
    return [html.unescape(_TAG.sub("", block)) for block in blocks]


def in_a_terminal(message: Message) -> list[str]:
    """Return the quotations, their lines joined again: a bar stands at the left of each."""
    console = Console(file=io.StringIO(), width=10_000)
    lone = [p for p in message.paragraphs if p.mark is Mark.QUOTE]
    found = []
    for paragraph in lone:
        console.file = io.StringIO()
        show(Message((paragraph,)), console=console)
        lines = [line.strip("│ \n") for line in console.file.getvalue().splitlines()]
        found.append("\n".join(line.removeprefix("▎ ") for line in lines if line.startswith("▎")))
    return found


RENDERINGS = (in_telegram, in_slack, on_a_page, in_a_terminal)


def pieces_in_marks(quotation: str) -> list[str]:
    """Return the words inside our marks of a quotation, without the cuts that are marked."""
    words = squeeze(quotation.rpartition("\n— ")[0] or quotation)
    return [piece.strip() for piece in words.removeprefix("“").removesuffix("”").split("[...]")]


def message_of(*articles: Article) -> Message:
    stories = [Story((article,), id=number) for number, article in enumerate(articles, start=1)]
    return digest_message(verify(compose(stories, since=NOON, until=NOON, most=20)).digest)


def with_facts(text: str, *, title: str = "Harbour wall to be raised by a metre") -> Article:
    url = "https://harbour.example/1"
    article = Article(url, title, text, outlet="Harbour Post", published=NOON)
    return Article(url, title, text, outlet="Harbour Post", published=NOON, facts=facts_of(article))


names = st.sampled_from(["Ines Calloway", "Mayor Tom Reed", "the harbour master", "she"])
said = st.text(st.sampled_from("ab <&>*_`.!?,'A1é…"), min_size=8, max_size=60).filter(str.strip)
sentences = st.lists(said, min_size=1, max_size=7).map(lambda some: ". ".join(some) + ".")
turns = st.one_of(
    st.builds("“{}” {} said.".format, sentences, names),
    st.builds("“{},” {} said. “{}”".format, said, names, sentences),
    st.builds("{} said: “{}\n\n“{}”".format, names, sentences, sentences),
    st.builds("{} called it “{}”, and left.".format, names, said),
    st.builds("The wall is {} metres long.".format, st.integers(2, 9999)),
)


@given(turns=st.lists(turns, min_size=1, max_size=5))
def test_words_in_our_marks_are_the_articles_own_in_every_rendering(turns):
    article = with_facts("Ines Calloway and Tom Reed spoke at the quay.\n\n" + "\n\n".join(turns))

    message = message_of(article)

    whole = squeeze(article.text)
    shown = {look.__name__: list(map(pieces_in_marks, look(message))) for look in RENDERINGS}
    assert [piece for some in shown["in_telegram"] for piece in some if piece not in whole] == []
    assert all(pieces == shown["in_telegram"] for pieces in shown.values())


@pytest.mark.parametrize("look", RENDERINGS)
def test_words_in_our_marks_are_the_papers_own_in_the_bundled_news(look):
    articles = [with_facts(piece.text, title=piece.title) for piece in load().pieces[::3]]

    quotations = look(message_of(*articles))

    whole = " ".join(squeeze(article.text) for article in articles)
    pieces = [piece for quotation in quotations for piece in pieces_in_marks(quotation)]
    assert len(pieces) >= 5  # how much finds room is not the question here
    assert [piece for piece in pieces if piece not in whole] == []
