"""A response's bytes become a body, decoded and counted as they come."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator

from digests.errors import FetchFailed

_USUAL = 512 * 1024  # bytes that most bodies do not have
_PAUSE = 0.02  # seconds between two chunks, some 64 KB, of the rest
_GZIP_MAGIC = b"\x1f\x8b"
_STEP = 256 * 1024  # bytes inflated at once, so that a bomb shows before it has gone off


async def read_body(chunks: AsyncIterator[bytes], *, encoding: str, limit: int) -> bytes:
    """Return all of `chunks`, decoded.

    Raises:
        FetchFailed: more than `limit` bytes ("too_large"), a broken stream ("truncated"), or an encoding
            that we did not ask for ("encoding").
    """
    decoder = _decoder(encoding)
    parts: list[bytes] = []
    length = 0
    async for chunk in chunks:
        for part in decoder.parts_of(chunk):
            length += len(part)
            parts.append(part)
            if length > limit:
                raise FetchFailed(f"the body has more than {limit} bytes", code="too_large")
        if length > _USUAL:
            await asyncio.sleep(_PAUSE)  # the long ones wait for the others
    decoder.finish()
    return b"".join(parts)


class _Plain:
    def parts_of(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def finish(self) -> None:
        """Nothing is held back."""


class _Gzip:
    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=31)
        self._begun = False

    def parts_of(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._inflate.eof:  # another member of the file, or rubbish behind its end
                if not chunk.startswith(_GZIP_MAGIC):
                    return
                self._inflate = zlib.decompressobj(wbits=31)
            yield self._inflated(chunk)
            chunk = self._inflate.unconsumed_tail or self._inflate.unused_data

    def finish(self) -> None:
        if self._begun and not self._inflate.eof:
            raise FetchFailed("the body ends in the middle", code="truncated")

    def _inflated(self, chunk: bytes) -> bytes:
        self._begun = True
        try:
            return self._inflate.decompress(chunk, _STEP)
        except zlib.error as error:
            raise FetchFailed("the body is no gzip", code="truncated") from error


def _decoder(encoding: str) -> "_Plain | _Gzip":
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Gzip()
        case other:
            raise FetchFailed(
                f"the body is encoded as {other[:20]!r}, which we did not ask for", code="encoding"
            )
