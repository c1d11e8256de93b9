"""Bodies are counted once decoded; broken ones are not half a body."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import FetchFailed
from digests.fetch.body import read_body


async def _chunks(data, size):
    for start in range(0, len(data), size):
        yield data[start : start + size]


@given(st.binary(max_size=5_000), st.integers(1, 700))
async def test_gzip_in_any_pieces_gives_what_was_packed(data, size):
    assert await read_body(_chunks(gzip.compress(data, mtime=0), size), encoding="gzip", limit=5_000) == data


async def test_several_members_are_one_body_and_rubbish_behind_them_is_none():
    packed = gzip.compress(b"one", mtime=0) + gzip.compress(b" two", mtime=0) + b"\0\0rubbish"

    assert await read_body(_chunks(packed, 10), encoding="gzip", limit=100) == b"one two"


@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_limit_is_of_the_decoded_body(encoding):
    data = gzip.compress(bytes(1001)) if encoding else bytes(1001)

    with pytest.raises(FetchFailed) as caught:
        await read_body(_chunks(data, 100), encoding=encoding, limit=1000)

    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        (gzip.compress(b"x" * 100, mtime=0)[:-9], "gzip", "truncated"),
        (b"plain", "gzip", "truncated"),
        (b"x", "br", "encoding"),
        (b"x", "gzip, gzip", "encoding"),
    ],
)
async def test_broken_body_is_refused_with_its_code(data, encoding, code):
    with pytest.raises(FetchFailed) as caught:
        await read_body(_chunks(data, 10), encoding=encoding, limit=1000)

    assert caught.value.code == code
