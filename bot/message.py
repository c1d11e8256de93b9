"""What a person asks and what we say, in no chat's own markup."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Address


class Mark(StrEnum):
    """How a paragraph stands out."""

    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"  # somebody's words: set off as a quotation
    ITEM = "item"  # one of a list
    NOTE = "note"  # small print


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks one way. `text` is literal: no chat's markup is read in it."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False  # something to type
    href: str | None = None  # http or https


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    mark: Mark = Mark.TEXT
    starts_block: bool = False  # a message may best be cut before it: a story's headline

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it is asking `request`, as if the presser had typed it; or it opens `url`."""

    label: str
    request: str | None = None  # a command's name and its arguments: "unsubscribe 3"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    paragraphs: tuple[Paragraph, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    digest: bool = False  # a digest is news to all; an answer may be shown to the asker alone
    for_all: bool = False  # an answer that all in the room should see: it changes what they get
    offer: bool = False  # of several things that one may want: the answer to a button leaves the others there

    @property
    def text(self) -> str:
        """The message as plain text, for notifications and logs of tests."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the chat knows them."""

    id: str
    name: str = ""
    language: str | None = None  # IETF tag
    zone: str | None = None  # IANA name, where the chat tells it


@dataclass(frozen=True, slots=True)
class Request:
    """A command with its arguments, from a room."""

    address: Address  # what the command is about: where its digests go
    asker: Asker
    command: str  # a name of `bot.commands`, lower case, without a slash
    arguments: tuple[str, ...] = ()
    origin: Address | None = None  # where it was asked, when not at `address`
    may_change: bool = True  # False: the asker may look, but not change the room's settings
    by_operator: bool = False  # the asker is one of those who run the bot
