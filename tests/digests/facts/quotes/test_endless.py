"""A sentence that never ends takes no more time a passage than one that does."""

import time

import pytest

from digests.facts.quotes import quotes_of
from digests.model import Article
from digests.people import people_of


def seconds(text: str) -> float:
    article = Article(url="", title="", text=text)
    begin = time.process_time()
    quotes_of(article, people_of(article))
    return time.process_time() - begin


@pytest.mark.parametrize("piece", ['and then he spoke of "so on" and then ', '"a" said '])
def test_a_sentence_that_never_ends_is_read_in_time_linear_in_its_length(piece: str) -> None:
    short, long = min(seconds(piece * 200) for _ in range(3)), min(seconds(piece * 1600) for _ in range(2))

    assert long < 24 * short  # eight times the length
