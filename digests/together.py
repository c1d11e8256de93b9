"""What several ask at the same time becomes one call: one commit instead of many."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

A = TypeVar("A")
R = TypeVar("R")


class Together(Generic[A, R]):
    """Call `do` with all that was asked in one turn of the loop, or while the call before was under way.

    Nobody waits for others to come: one who asks alone is answered at once, and the more ask, the more share
    a call, up to `most`. `do` returns an answer for each, in order; what it raises, all who share the call
    are told.
    """

    def __init__(
        self, do: Callable[[Sequence[A]], Awaitable[Sequence[R]]], *, most: int | None = None
    ) -> None:
        self._do = do
        self._most = most
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []

    async def __call__(self, asked: A) -> R:
        """Return the answer to `asked`, once the call that it shares has ended."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        try:
            async with self._turn:
                while not answer.done():
                    await self._answer_some()
            return await answer
        finally:
            answer.cancel()  # who gave up is answered no more

    async def _answer_some(self) -> None:
        await asyncio.sleep(0)  # those who are about to ask share the call too
        waiting = [one for one in self._waiting if not one[1].done()]
        some = waiting[: self._most]
        self._waiting = waiting[len(some) :]
        try:
            answers = await self._do([asked for asked, _ in some])
        except Exception as error:
            for _, answer in some:
                _fail(answer, error)
        except asyncio.CancelledError:  # ours alone: the others may ask again
            for _, answer in some:
                _fail(answer, ConnectionAbortedError("the call was given up"))
            raise
        else:
            for (_, answer), one in zip(some, answers, strict=True):
                if not answer.done():
                    answer.set_result(one)


def _fail(answer: "asyncio.Future[R]", error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
        answer.exception()  # marks it as seen: the one who asked may have been cancelled
