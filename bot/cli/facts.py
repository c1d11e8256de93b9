"""Articles from files, the web or stdin become their facts, printed for people or for programs.

What reads pages and the web takes most of a second to load: it is loaded where a run needs it.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from digests.charset import text_of
from digests.errors import DigestsError
from digests.facts import facts_of
from digests.form import facts_data
from digests.model import Article, Document, Entry
from digests.ports import Sandbox
from digests.stories import group

FAILED = 1
_STDIN = "-"
_LEAST = 1  # sign: of a page that a person hands over, any text is an article
_MARKUP = ("<!doctype", "<html", "<?xml", "<head", "<body", "<article")


def print_facts(sources: Sequence[str], *, form: str, language: str) -> int:
    """Print the facts of every source; return the exit code. A source that fails never stops the rest."""
    _write_any_text(sys.stdout)
    if form == "jsonl":
        return asyncio.run(_print_lines(sys.stdin.buffer, sys.stdout, language=language))
    return asyncio.run(_print_sources(sources, form=form, language=language))


def print_stories(lines: TextIO, out: TextIO) -> int:
    """Print for each article line the story it belongs to: articles of one event share a story."""
    _write_any_text(out)
    given, articles = [], []
    for number, line in enumerate(line for line in lines if line.strip()):
        data = json.loads(line)
        given.append(data["id"])
        articles.append(replace(_article(data, language="en"), id=number))
    story = {a.id: n for n, story in enumerate(group(articles, ()), start=1) for a in story.articles}
    for number, name in enumerate(given):
        out.write(json.dumps({"id": name, "story": story[number]}, ensure_ascii=False) + "\n")
    return 0


async def _print_sources(sources: Sequence[str], *, form: str, language: str) -> int:
    results: list[dict[str, Any]] = []
    code = 0
    async for source, outcome in _read_all(sources, language=language):
        if isinstance(outcome, Exception):
            code = FAILED
            print(f"{source}: {outcome}", file=sys.stderr)
        elif form == "text":
            _show(source, outcome)
        else:
            results.append(_data(source, outcome, with_text=True))
    if form == "json":
        print(json.dumps(results, ensure_ascii=False, indent=2))
    return code


async def _read_all(
    sources: Sequence[str], *, language: str
) -> AsyncIterator[tuple[str, Article | Exception]]:
    async with _Reading(language) as read:
        for source in sources:
            try:
                yield source, await read(source)
            except (DigestsError, OSError) as error:
                yield source, error


class _Reading:
    """Read one source after another; network and sandbox are opened when first needed."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._sandbox: Sandbox | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "_Reading":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def __call__(self, source: str) -> Article:
        """Return the article of a path, a URL or stdin, with its facts."""
        if source.startswith(("http://", "https://")):
            return await self.page(await self._fetched(source))
        document = Document(url=source, body=_bytes_of(source))
        text = text_of(document)
        if text.lstrip()[:200].lower().startswith(_MARKUP):
            return await self.page(document)
        return _with_facts(Article(url=source, title="", text=text, language=self._language))

    async def page(self, document: Document, *, entry: Entry | None = None) -> Article:
        """Return the article of a page: foreign markup, so parsed in the sandbox."""
        from digests.articles import article_of
        from digests.sandbox import ProcessSandbox

        if self._sandbox is None:
            self._sandbox = await self._stack.enter_async_context(ProcessSandbox(workers=1))
        found = entry or Entry(guid=None, url=document.url, title="")
        article = await self._sandbox(
            article_of, document, found, outlet="", language=self._language, least=_LEAST
        )
        return _with_facts(article)

    async def _fetched(self, url: str) -> Document:
        from config.settings import read_settings
        from digests.articles import PAGE_LIMIT
        from digests.fetch import HttpFetch

        settings = read_settings().collection
        fetch = HttpFetch(contact=settings.contact, allow=settings.fetch_allow)
        async with fetch:
            document = await fetch(url, limit=PAGE_LIMIT)
        assert document is not None
        return document


def _bytes_of(source: str) -> bytes:
    return sys.stdin.buffer.read() if source == _STDIN else Path(source).read_bytes()


async def _print_lines(lines: Iterable[bytes], out: TextIO, *, language: str) -> int:
    """Answer each line with one line, in order; a bad one with its error."""
    async with _Reading(language) as read:
        for line in lines:
            if line.strip():
                answer = await _answered(line, read, language=language)
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


async def _answered(line: bytes, read: _Reading, *, language: str) -> dict[str, Any]:
    name: dict[str, Any] = {}
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise ValueError("a line is one JSON object")
        name = {"id": data["id"]} if "id" in data else {}
        return await _facts_of_line(data, read, language=language)
    except (DigestsError, ValueError, TypeError, RecursionError) as error:
        return {**name, "error": str(error) or type(error).__name__}


async def _facts_of_line(data: dict[str, Any], read: _Reading, *, language: str) -> dict[str, Any]:
    if "text" not in data and isinstance(data.get("html"), str):
        document = Document(
            url=str(data.get("url") or ""),
            body=data["html"].encode("utf-8", "replace"),
            media_type="text/html",
            charset="utf-8",
        )
        entry = Entry(guid=None, url=document.url, title=str(data.get("title") or ""))
        article = await read.page(document, entry=entry)
        return _data(data.get("id"), article, with_text=True)
    article = _with_facts(_article(data, language=language))
    return _data(data.get("id"), article, with_text=False)


def _article(data: dict[str, Any], *, language: str) -> Article:
    """Return the article of a line.

    Raises:
        ValueError: a field is missing or of the wrong kind.
    """
    for name in ("title", "text", "url", "lang", "published"):
        if data.get(name) is not None and not isinstance(data[name], str):
            raise ValueError(f"{name} is not a string")
    if data.get("text") is None:
        raise ValueError("a line has a text or html")
    return Article(
        url=data.get("url") or "",
        title=data.get("title") or "",
        text=data["text"],
        language=data.get("lang") or language,
        published=_time(data.get("published")),
    )


def _time(written: str | None) -> datetime | None:
    """Return an aware time; None where there is none, or one that nobody can read."""
    try:
        parsed = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed and parsed.tzinfo is None else parsed


def _with_facts(article: Article) -> Article:
    return replace(article, facts=facts_of(article))


def _data(name: object, article: Article, *, with_text: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"id": name, "title": article.title or None, "lang": article.language}
    if with_text:
        data["text"] = article.text
    return data | facts_data(article)


def _write_any_text(out: TextIO) -> None:
    """Let lone surrogates out as the escapes that JSON has for them."""
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")


def _show(source: str, article: Article) -> None:
    from bot.chats.terminal import show_facts

    show_facts(article, heading=article.title or source)
