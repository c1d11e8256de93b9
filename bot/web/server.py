"""Routes become an HTTP server that can be started and stopped."""

import os
from collections.abc import AsyncIterator, Callable, Iterable

import structlog
from aiohttp import web

from bot.errors import Misconfigured

BODY_LIMIT = 1024 * 1024  # bytes
_STOP_WITHIN = 5.0  # seconds for answers under way

Beside = Callable[[web.Application], AsyncIterator[None]]

log = structlog.get_logger()


class WebServer:
    """One address, and what is served there."""

    def __init__(
        self, routes: Iterable[web.RouteDef], *, host: str, port: int, beside: Iterable[Beside] = ()
    ) -> None:
        """`beside` runs for as long as the server does: its `yield` parts the start from the end."""
        self._host = host
        self._port = port
        application = web.Application(client_max_size=BODY_LIMIT)
        application.add_routes(routes)
        application.cleanup_ctx.extend(beside)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_STOP_WITHIN)

    async def start(self) -> None:
        """Listen.

        Raises:
            Misconfigured: the address is taken, or none of this machine's.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            said = f"HTTP can't listen on {self._host} port {self._port} ({os.strerror(error.errno or 0)})"
            raise Misconfigured(f"{said}. Set HOST and PORT to a free address.") from error
        log.info("http open", host=self._host, port=self.port)

    async def stop(self) -> None:
        """End the answers under way, and listen no more."""
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port that is listened on, also where any free one was asked for."""
        return int(self._runner.addresses[0][1])
