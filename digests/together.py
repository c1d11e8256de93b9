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
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []
        self._answering: asyncio.Task[None] | None = None

    async def __call__(self, asked: A) -> R:
        """Return the answer to `asked`, once the call that it shares has ended."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._answering is None:
            self._answering = asyncio.create_task(self._answer_all())
        return await answer  # who gives up cancels it, and is answered no more

    async def _answer_all(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(0)  # those who are about to ask share the call too
                await self._answer_some()
        finally:
            self._answering = None

    async def _answer_some(self) -> None:
        waiting = [one for one in self._waiting if not one[1].done()]
        some = waiting[: self._most]
        self._waiting = waiting[len(some) :]
        try:
            answers = await self._do([asked for asked, _ in some]) if some else ()
            answered = list(zip(some, answers, strict=True))
        except Exception as error:
            for _, answer in some:
                _fail(answer, error)
        except asyncio.CancelledError:  # the loop ends
            for _, answer in (*some, *self._waiting):
                answer.cancel()
            raise
        else:
            for (_, answer), one in answered:
                if not answer.done():
                    answer.set_result(one)


def _fail(answer: "asyncio.Future[R]", error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
        answer.exception()  # marks it as seen: the one who asked may have been cancelled
