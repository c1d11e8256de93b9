"""All that we say is translated, with its values and commands; people are answered in their language."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answers
from bot.commands import COMMANDS, command_for
from bot.locales import LANGUAGES, ours, said, speaking, spoken, translations
from bot.message import Asker, Request
from bot.phrase import phrase
from bot.wording import in_outlets, more, possible_repeat, still_reading
from tests.fakes import ROOM, FakeDesk

LOCALES = Path(__file__).parents[2] / "bot" / "locales"
_PLACE = re.compile(r"\{\w+\}")
_TYPED = re.compile(r"`/(\w+)")
translated = pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])


def _messages():
    spec = importlib.util.spec_from_file_location("messages", Path(__file__).parent / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.messages()


MESSAGES = _messages()


def _catalogue(language):
    with (LOCALES / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def _pairs(language):
    """Return what is said in English and in the language, each plural form for itself."""
    for message in _catalogue(language):
        if isinstance(message.id, str):
            yield message.id, message.string
        else:
            yield from ((message.id[1], form) for form in message.string)


def test_messages_are_found_in_the_code():
    assert "(possible repeat)" in MESSAGES
    assert "Resume" in MESSAGES
    assert "I know no zone or city “{typed}”. Try {hint}." in MESSAGES
    assert MESSAGES["in {count} outlet"] == "in {count} outlets"


@translated
def test_every_line_has_a_translation_and_every_translation_a_line(language):
    """Where this fails, add the lines to bot/locales, or take them out there: see docs/languages.md."""
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in _catalogue(language)}

    assert sorted(set(MESSAGES) - known) == []
    assert sorted(known - set(MESSAGES)) == []
    assert all(form for _, form in _pairs(language))


@translated
def test_translation_takes_the_same_values_and_marks(language):
    for english, other in _pairs(language):
        assert Counter(_PLACE.findall(english)) == Counter(_PLACE.findall(other)), english
        assert english.count("`") == other.count("`"), english
        assert english.count("*") == other.count("*"), english
        assert (english[-1:] == " ") == (other[-1:] == " "), english


@translated
def test_translation_tells_to_type_what_is_known(language):
    for english, other in _pairs(language):
        assert sorted(_TYPED.findall(english)) == sorted(_TYPED.findall(other)), english
        assert all(command_for(word) or word == "me" for word in _TYPED.findall(other))


@translated
def test_translation_has_all_plural_forms(language):
    for one in (1, 2, 5):
        assert more(one, locale=language).startswith(str(one))
    assert more(1, locale=language) != more(2, locale=language).replace("2", "1")
    assert in_outlets(2, locale=language) != in_outlets(2, locale="en")
    assert still_reading(1, locale=language) != still_reading(1, locale="en")


@translated
def test_lines_for_the_chats_menus_fit(language):
    with speaking(language):
        assert all(len(said(command.does)) <= 256 for command in COMMANDS)


@given(st.none() | st.text(max_size=12))
def test_any_tag_leads_to_a_language_of_ours(tag):
    assert ours(tag) in LANGUAGES


def test_tags_with_regions_lead_to_their_language():
    assert [ours(tag) for tag in ("de", "de-AT", "de_CH", "DE", "en-GB", "fr", "", None)] == [
        *["de"] * 4,
        *["en"] * 4,
    ]


def test_language_that_is_not_ours_is_english():
    assert translations("fr").gettext("Resume") == "Resume"
    assert possible_repeat(locale="de") == "(vielleicht doppelt)"


def test_foreign_words_are_never_translated():
    with speaking("de"):
        assert phrase("{title}", title="Resume").text == "Resume"
    assert spoken() == "en"


class Person:
    def __init__(self, language) -> None:
        self.desk = FakeDesk()
        self._answers = Answers(self.desk, {}, allowed=frozenset())
        self._asker = Asker("1", language=language)

    async def asks(self, line):
        name, *arguments = line.split()
        return await self._answers(Request(ROOM, self._asker, name, tuple(arguments)))


async def test_newcomer_is_answered_in_the_language_that_the_chat_tells():
    person = Person("de-AT")

    assert "schickt dir" in (await person.asks("start")).text
    await person.asks("subscribe world")

    assert person.desk.subscriptions.by_address[ROOM].language == "de"
    said = await person.asks("settings")
    assert "Einstellungen" in said.text
    assert [button.label for button in said.buttons[0]] == ["Zeiten", "Quellen", "Pause"]


async def test_room_keeps_its_language_whoever_asks():
    person = Person("en")
    await person.asks("subscribe world")

    assert "Von jetzt an" in (await person.asks("language de")).text
    assert "morgen um 08:00" in (await person.asks("settings")).text
    assert "„blau“ kenne ich nicht" in (await person.asks("blau")).text
    assert "From now on" in (await person.asks("language English")).text
    assert "I speak these" in (await person.asks("language klingon")).text


async def test_mistakes_are_told_in_the_rooms_language():
    person = Person("de")
    await person.asks("subscribe world")

    assert "höchstens 5, 10 oder 20" in (await person.asks("length 7")).text
    assert "Eine Zone oder Stadt" in (await person.asks("timezone Xyzzyq")).text
