from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.message import Button, Mark, Message, Paragraph, Run
from bot.pages import Pane, chats_page, digest_page


class Words(HTMLParser):
    """The words of a page's body, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links = "", []
        self.feed(page[page.index("<body>") :])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attributes)["href"])


def message(text: str, href: str | None = None) -> Message:
    return Message(
        (Paragraph((Run(text, bold=True, href=href),), Mark.QUOTE),), ((Button(text, request="x"),),)
    )


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_foreign_words_stay_words(text: str) -> None:
    words = Words(digest_page(message(text))).text

    assert words.strip() == (text + text).strip()


@given(st.text())
def test_a_link_leads_to_the_web_or_is_none(url: str) -> None:
    links = Words(digest_page(message("x", href=url))).links

    assert all(link.startswith(("http://", "https://")) for link in links)


def test_chats_stand_side_by_side_with_what_people_typed() -> None:
    panes = [
        Pane("Telegram", "Ada", [("Ada", "/start <b>"), ("Pullquote", message("Hello"))]),
        Pane("Slack", "#news", [("Sam", "/digest now")]),
    ]

    words = Words(chats_page("Demo", "All of it", panes)).text

    assert all(word in words for word in ("Demo", "All of it", "/start <b>", "Hello", "Slack", "/digest now"))
