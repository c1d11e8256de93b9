"""A sentence that never ends takes no more time a passage than one that does."""

import pytest

from digests.facts.quotes import quotes_of
from digests.model import Article
from digests.people import people_of
from tests.timing import cpu_seconds


def seconds(text: str) -> float:
    article = Article(url="", title="", text=text)
    return cpu_seconds(lambda: quotes_of(article, people_of(article)), tries=2)


@pytest.mark.parametrize("piece", ['and then he spoke of "so on" and then ', '"a" said '])
def test_a_sentence_that_never_ends_is_read_in_time_linear_in_its_length(piece: str) -> None:
    assert seconds(piece * 1600) < 24 * seconds(piece * 200)  # eight times the length
