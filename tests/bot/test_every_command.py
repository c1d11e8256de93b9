"""What holds for each thing that people can ask."""

from pathlib import Path

import pytest

from bot.answer import Answers, menu, slack_spelling
from bot.commands import COMMANDS, command_for
from bot.message import Asker, Request
from tests.fakes import ROOM, FakeDesk

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
BUTTON_BYTES = 64  # core.telegram.org/bots/api#inlinekeyboardbutton: callback_data
MENU_LINE = 256  # core.telegram.org/bots/api#botcommand: description

every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
newcomer_or_reader = pytest.mark.parametrize("is_reader", [False, True], ids=["newcomer", "reader"])


async def _asked(name, *, is_reader, arguments=()):
    desk = FakeDesk()
    answers = Answers(desk, {}, allowed=frozenset())
    if is_reader:
        await answers(Request(ROOM, Asker("1"), "subscribe", ("world",)))
    return await answers(Request(ROOM, Asker("1"), name, arguments))


@every_command
def test_command_has_a_line_that_fits_a_menu(command):
    assert command.does
    assert command.does[0].islower()
    assert not command.does.endswith(".")
    assert len(command.does) <= MENU_LINE
    assert command.name.isascii()
    assert command.name.islower()


def test_no_word_asks_for_two_commands():
    words = [word for command in COMMANDS for word in command.words]

    assert len(words) == len(set(words))


@every_command
def test_command_is_found_by_each_of_its_words(command):
    for word in command.words:
        assert command_for(word.upper()) is command


@every_command
@newcomer_or_reader
async def test_command_answers_in_words_and_never_by_an_apology(command, is_reader):
    said = await _asked(command.name, is_reader=is_reader)

    assert said.text.strip()
    assert "our side" not in said.text
    assert all(paragraph.text.strip() for paragraph in said.paragraphs)


@every_command
@newcomer_or_reader
async def test_each_button_asks_for_a_known_command_and_fits(command, is_reader):
    said = await _asked(command.name, is_reader=is_reader)

    for button in (button for row in said.buttons for button in row):
        assert button.label
        assert (button.request is None) != (button.url is None)
        if button.request is not None:
            assert command_for(button.request.split()[0]) is not None
            assert len(button.request.encode()) <= BUTTON_BYTES


@every_command
async def test_command_meets_odd_arguments_without_an_apology(command):
    for arguments in (("²",), ("*", "`", "{x}"), ("\u0301",), ("a" * 4000,), ("feed:",), ("://",)):
        said = await _asked(command.name, is_reader=True, arguments=arguments)

        assert said.text.strip()
        assert "our side" not in said.text
        assert len(said.text) < 4096


@every_command
async def test_what_an_answer_tells_to_type_is_known(command):
    said = await _asked(command.name, is_reader=True)

    typed = [run.text for paragraph in said.paragraphs for run in paragraph.runs if run.code]
    assert all(command_for(line.removeprefix("/").split()[0]) is not None for line in typed)


def test_slack_spelling_is_understood_there():
    spell = slack_spelling("/digest")

    for command in COMMANDS:
        slash, word = spell(f"/{command.name}").split()
        assert slash == "/digest"
        assert command_for(word) is command


@every_command
def test_document_shows_how_to_type_the_command_in_each_chat(command):
    spell = slack_spelling("/digest")
    typed = f"/{command.name} {command.takes}".strip()
    rows = [f"| `{typed}` | `{spell(typed)}` | {command.does} |"]
    if command.mine is not None:
        word, does = command.mine
        rows.append(f"| | `{spell(f'/{word} {command.takes}')}` | {does} |")

    assert set(rows) <= set(DOCUMENT.read_text(encoding="utf-8").splitlines())


def test_menu_has_every_command_but_start_and_those_of_operators():
    told = [command for command in COMMANDS if command.name != "start" and not command.for_operators]
    assert [name for name, _ in menu()] == [command.name for command in told]
