"""The library's requests go through aiohttp, and tell what surely was not sent from what may have been."""

import asyncio
import socket
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import RetryAfter, TimedOut

from bot.chats.telegram.requests import AiohttpRequest, NoAnswer, NotReached

TOKEN = "123456:canary-token-of-the-test"


class Server:
    """A server that answers as told, and keeps what it was asked."""

    def __init__(self):
        self.behave, self.asked = None, []

    async def __call__(self, request):
        fields = {name: _content(value) for name, value in (await request.post()).items()}
        self.asked.append((request.path, fields))
        return await self.behave(request)


def _content(value):
    return value.file.read() if isinstance(value, web.FileField) else value


@pytest.fixture
async def server():
    handler = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as running:
        handler.base = str(running.make_url("")).rstrip("/")
        yield handler


@pytest.fixture
async def bot(server):
    request = AiohttpRequest(read_timeout=0.3)
    yield Bot(TOKEN, base_url=f"{server.base}/bot", request=request)
    await request.shutdown()


def answers(status, body=None, headers=None):
    async def behave(_):
        return web.json_response(body or {}, status=status, headers=headers)

    return behave


async def drops(request):
    request.transport.close()
    return web.Response()


async def stays_silent(_):
    await asyncio.sleep(2)
    return web.Response()


async def test_message_arrives_in_telegrams_form(server, bot):
    sent = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
    server.behave = answers(200, {"ok": True, "result": sent})

    message = await bot.send_message(7, "Grüße", api_kwargs={"link_preview_options": {"is_disabled": True}})

    assert message.message_id == 5
    assert server.asked == [
        (
            f"/bot{TOKEN}/sendMessage",
            {"chat_id": "7", "text": "Grüße", "link_preview_options": '{"is_disabled": true}'},
        )
    ]


async def test_picture_is_uploaded(server, bot):
    sent = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
    server.behave = answers(200, {"ok": True, "result": sent})

    await bot.send_photo(7, BytesIO(b"picture"))

    ((_, fields),) = server.asked
    assert b"picture" in fields.values()


@pytest.mark.parametrize(
    ("behave", "raised"),
    [
        (drops, NoAnswer),
        (stays_silent, TimedOut),
        (answers(502), NoAnswer),
        (answers(500, {"ok": False, "description": "Internal"}), NoAnswer),
    ],
)
async def test_message_without_an_answer_may_have_arrived(server, bot, behave, raised):
    server.behave = behave

    with pytest.raises(raised) as caught:
        await bot.send_message(7, "news")

    assert type(caught.value) is raised
    assert len(server.asked) == 1
    assert TOKEN not in str(caught.value)


async def test_message_without_a_connection_surely_did_not_arrive():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    request = AiohttpRequest()
    bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request)

    with pytest.raises(NotReached) as caught:
        await bot.send_message(7, "news")

    assert TOKEN not in str(caught.value)
    await request.shutdown()


@pytest.mark.parametrize(
    ("behave", "seconds"),
    [
        (answers(429, {"ok": False, "description": "x", "parameters": {"retry_after": 17}}), 17),
        (answers(429, headers={"Retry-After": "9"}), 9),
        (answers(429), 5),
    ],
)
async def test_too_fast_says_for_how_long(server, bot, behave, seconds):
    server.behave = behave

    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(7, "news")

    assert caught.value.retry_after == seconds
