"""What the process knows of itself becomes metrics, for this machine or who has the token."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot.model import Backlog

_LOOK_EVERY = 0.5  # seconds
_LAGS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """What the database says of our work."""

    backlog: Backlog
    uncertain: int  # parts that may have arrived
    feeds: Mapping[str, int]  # by state


class Metrics:
    """Reads the database at each visit, and measures the event loop between them."""

    def __init__(
        self,
        *,
        read: Callable[[], Awaitable[Reading | None]],
        sends: Mapping[tuple[str, str], int],
        tick_age: Callable[[], float | None],
        token: str = "",
    ) -> None:
        """`read` returns None where the database does not answer; `sends` is by chat and outcome.

        Without `token` only this machine is answered.
        """
        self._read = read
        self._token = token
        self._registry = CollectorRegistry()
        self._lag = Histogram(
            "pullquote_event_loop_lag_seconds",
            "How late the event loop wakes a sleeper.",
            buckets=_LAGS,
            registry=self._registry,
        )
        self._shown = _Shown(sends, tick_age)
        self._registry.register(self._shown)
        ProcessCollector(registry=self._registry)

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        return (web.get("/metrics", self._metrics),)

    async def measuring(self, _: web.Application) -> AsyncIterator[None]:
        """Measure the loop for as long as the server runs."""
        task = asyncio.create_task(self._measure())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._may_see(request):
            raise web.HTTPForbidden(text="Metrics are for this machine, or for who has METRICS_TOKEN.\n")
        self._shown.reading = await self._read()
        return web.Response(
            body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    def _may_see(self, request: web.Request) -> bool:
        """Trust the token, or else the peer's own address; never what a header says of it."""
        if self._token:
            given = request.headers.get("Authorization", "")
            return hmac.compare_digest(_bytes(given), _bytes(f"Bearer {self._token}"))
        peer = request.transport.get_extra_info("peername") if request.transport else None
        return isinstance(peer, tuple) and _is_own_machine(peer[0])

    async def _measure(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            asleep = loop.time()
            await asyncio.sleep(_LOOK_EVERY)
            self._lag.observe(max(0.0, loop.time() - asleep - _LOOK_EVERY))


class _Shown(Collector):
    """See prometheus_client's `Collector`."""

    def __init__(self, sends: Mapping[tuple[str, str], int], tick_age: Callable[[], float | None]) -> None:
        self.reading: Reading | None = None
        self._sends = sends
        self._tick_age = tick_age

    def collect(self) -> Iterable[Metric]:
        yield _gauge("pullquote_database_up", "Whether the database answers.", self.reading is not None)
        if self.reading is not None:
            yield from _of_database(self.reading)
        sends = CounterMetricFamily(
            "pullquote_sends", "Parts tried, by outcome; too_fast: a 429.", labels=("chat", "outcome")
        )
        for names, count in sorted(self._sends.items()):
            sends.add_metric(names, count)
        yield sends
        age = self._tick_age()
        if age is not None:
            yield _gauge("pullquote_tick_age_seconds", "Time since the last tick.", age)


def _of_database(reading: Reading) -> Iterable[Metric]:
    backlog = reading.backlog
    yield _gauge("pullquote_slots_due", "Digests owed now.", backlog.due)
    yield _gauge("pullquote_slots_overdue", "Digests more than 15 minutes past their time.", backlog.overdue)
    meaning = "Age of the oldest overdue digest, 0 if there is none: the one alarm."
    yield _gauge("pullquote_oldest_overdue_seconds", meaning, backlog.oldest_overdue)
    yield _gauge("pullquote_parts_uncertain", "Parts that may have arrived.", reading.uncertain)
    feeds = GaugeMetricFamily("pullquote_feeds", "Feeds that are read, by state.", labels=("state",))
    for state, count in reading.feeds.items():
        feeds.add_metric((state,), count)
    yield feeds


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)


def _bytes(header: str) -> bytes:
    return header.encode("utf-8", "surrogateescape")  # as aiohttp decodes headers


def _is_own_machine(host: str) -> bool:
    address = ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
