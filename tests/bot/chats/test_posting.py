"""A body becomes a platform's answer; what surely did not leave is told from what may have arrived."""

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats import posting
from bot.chats.posting import Answer, NotAnswered, NotPosted, Posting, Reading, TooSlow
from tests.waiting import until

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = (
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\n{"a\r\n4\r\n": 1\r\n1\r\n}\r\n0\r\n\r\n'
)
LATER = b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + OK


class Server:
    """Answers what it is asked on each connection in turn: a text, None (silence) or b"" (it hangs up)."""

    def __init__(self, *answers):
        self.answers, self.asked, self.connections = list(answers), [], 0

    async def __call__(self, reader, writer):
        self.connections += 1
        try:
            while self.answers and (answer := await self._next(reader)) != b"":
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _next(self, reader):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        self.asked.append((head, await reader.readexactly(length)))
        answer = self.answers.pop(0)
        if answer is None:
            await reader.read()  # until the other side gives up
        return answer or b""


@asynccontextmanager
async def way_to(server, **settings):
    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        way = Posting(f"http://127.0.0.1:{port}/api/", **settings)
        yield way
        way.close()


async def post(way, body=b"{}"):
    return await way.post("/send", body, {"Content-Type": "application/json"})


async def test_body_arrives_whole_at_the_path_below_the_base():
    server = Server(OK)

    async with way_to(server) as way:
        answer = await post(way, "Grüße".encode())

    ((head, body),) = server.asked
    assert (answer.status, answer.body) == (200, b"{}")
    assert head.startswith(b"POST /api/send HTTP/1.1\r\nHost: 127.0.0.1:")
    assert body.decode() == "Grüße"


async def test_connection_is_used_again():
    server = Server(OK, OK, OK)

    async with way_to(server) as way:
        for _ in range(3):
            await post(way)

    assert server.connections == 1


async def test_requests_at_the_same_time_each_have_a_connection():
    server = Server(OK, OK, OK)

    async with way_to(server) as way:
        await asyncio.gather(*(post(way) for _ in range(3)))

    assert server.connections == 3


async def test_connection_that_the_server_closed_meanwhile_is_not_used_again():
    server = Server(OK)

    async with way_to(server) as way:
        await post(way)
        server.answers.append(OK)
        await until(lambda: not way._free[0][0].is_open)
        answer = await post(way)

    assert (answer.status, server.connections) == (200, 2)


async def test_connection_that_the_answer_ends_is_not_used_again():
    server = Server(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", OK)

    async with way_to(server) as way:
        await post(way)
        await post(way)

    assert server.connections == 2


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", b"SSH-2.0-x\r\n\r\n"]
)
async def test_request_without_a_whole_answer_may_have_arrived(answer):
    server = Server(answer)

    async with way_to(server) as way:
        with pytest.raises(NotAnswered):
            await post(way)

    assert len(server.asked) == 1


async def test_request_whose_answer_does_not_come_in_time_may_have_arrived_and_leaves_no_connection():
    server = Server(None)

    async with way_to(server, read_timeout=0.05) as way:
        with pytest.raises(TooSlow):
            await post(way)

        assert way._free == []


async def test_request_without_a_connection_surely_did_not_arrive():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(NotPosted):
        await post(Posting(f"http://127.0.0.1:{port}"))


async def test_server_that_speaks_no_tls_is_not_told_anything(monkeypatch):
    monkeypatch.setattr(posting, "CONNECT_TIMEOUT", 0.3)
    server = Server(OK)

    async with way_to(server) as plain:
        with pytest.raises(NotPosted):
            await post(Posting(f"https://127.0.0.1:{plain._port}"))

    assert server.asked == []


async def test_one_who_gives_up_leaves_no_connection_with_a_foreign_answer():
    server = Server(None, OK)

    async with way_to(server) as way:
        asked = asyncio.create_task(post(way))
        await until(lambda: server.asked)
        asked.cancel()
        await asyncio.wait([asked])
        answer = await post(way)

    assert (answer.status, server.connections) == (200, 2)


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (OK, b"{}"),
        (CHUNKED, b'{"a": 1}'),
        (LATER, b"{}"),
        (b"HTTP/1.1 204 No\r\n\r\n", b""),
    ],
)
def test_answer_is_read_whole_and_not_before(read, body):
    reading = Reading()

    *early, last = [reading.read(read[at : at + 1]) for at in range(len(read))]

    assert last.body == body
    assert set(early) == {None}


def test_answer_without_a_length_ends_with_its_connection():
    reading = Reading()

    assert reading.read(b"HTTP/1.1 502 Bad Gateway\r\nRetry-After: 3\r\n\r\n<html>") is None
    assert reading.end() == Answer(502, b"<html>", {"retry-after": "3"}, keeps=False)


def test_answer_that_breaks_off_is_none():
    reading = Reading()

    reading.read(OK[:-1])

    assert reading.end() is None


@pytest.mark.parametrize("length", [b"-1", b"+2", b"1_0", b"two", b"2, 3"])
def test_length_that_is_no_number_is_none(length):
    with pytest.raises(ValueError):
        Reading().read(b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\n{}")


def test_answer_that_is_too_long_is_none():
    with pytest.raises(ValueError):
        Reading().read(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(1 << 21))


def test_connection_on_which_more_comes_than_was_asked_is_not_used_again():
    assert not Reading().read(OK + OK).keeps


@given(st.binary(max_size=80), st.sampled_from([b"", OK, CHUNKED, LATER]))
def test_nothing_that_may_come_does_more_than_not_being_an_answer(noise, before):
    reading = Reading()

    try:
        answer = reading.read(before[: max(0, len(before) - len(noise) // 2)] + noise) or reading.end()
    except ValueError:
        return
    assert answer is None or 200 <= answer.status <= 999
