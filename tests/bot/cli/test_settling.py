"""An operator erases chats, and settles what may have arrived."""

import asyncio

import pytest
from sqlalchemy import select, update

from bench.delivery.filling import owe
from bot.cli import main as run_cli
from bot.cli.erase import address_of
from bot.errors import Misconfigured
from bot.model import Address, DeliveryState
from bot.store.parts import PART
from digests.store.engine import engine_of, reading, writing
from tests.fakes import NOON


@pytest.fixture
def operator(tmp_path, migrated_file, monkeypatch, capsys):
    """Type a command where a bot owes two rooms a part each; get its exit code, stdout and stderr."""
    database = tmp_path / "bot.db"
    database.write_bytes(migrated_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    asyncio.run(_filled(f"sqlite+aiosqlite:///{database}"))

    def typed(*words):
        monkeypatch.setattr("sys.argv", ["pullquote", *words])
        code = 0
        try:
            run_cli()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    typed.states = lambda: asyncio.run(_states(f"sqlite+aiosqlite:///{database}"))
    return typed


async def _filled(url):
    engine = engine_of(url)
    await owe(engine, ["7", "8"], parts_each=(1,), now=NOON)
    async with writing(engine) as connection:
        await connection.execute(update(PART).values(state=DeliveryState.UNCERTAIN))
    await engine.dispose()


async def _states(url):
    engine = engine_of(url)
    async with reading(engine) as connection:
        found = {row[0]: row[1] for row in await connection.execute(select(PART.c.room, PART.c.state))}
    await engine.dispose()
    return found


def test_chat_is_erased_by_the_name_that_status_prints(operator):
    code, said, _ = operator("erase", "telegram:7", "--yes")

    assert (code, said) == (0, "Erased: telegram:7.\n")
    assert operator.states() == {"8": "uncertain"}
    assert operator("erase", "telegram:7", "--yes")[0] == 1


@pytest.mark.parametrize("name", ["telegram", "telegram:", "slack:T1", "matrix:7", "telegram:7:8:9", ""])
def test_what_names_no_chat_is_wrong_usage(operator, name):
    code, _, said = operator("erase", name, "--yes")

    assert code == 2
    assert "telegram:-100123" in said


@pytest.mark.parametrize("name", ["slack:T1:C1", "slack:T1/C1"])
def test_chat_in_slack_is_named_with_its_workspace(name):
    assert address_of(name) == Address("slack", "C1", tenant="T1")
    assert address_of(str(address_of(name))) == address_of(name)


def test_name_of_no_chat_is_not_guessed():
    with pytest.raises(Misconfigured):
        address_of("7")


def test_part_in_doubt_is_sent_again_or_let_be_as_the_operator_says(operator):
    first, second = (line.split()[1] for line in operator("status")[1].splitlines() if "telegram:" in line)

    assert operator("resend", first)[0] == 0
    assert operator("drop", "--all")[0] == 0

    assert operator.states() == {"7": "due", "8": "failed"}
    assert operator("drop", second)[0] == 1


def test_settling_wants_ids_or_all_of_them(operator):
    assert operator("resend")[0] == 2
    assert operator("drop", "1", "--all")[0] == 2
