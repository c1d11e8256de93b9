"""Sentences of our own, and the lines that a digest prints of their figures."""

from pathlib import Path

import pytest

from bot.figures import figure_text
from digests.facts import facts_of
from digests.model import Article

SAMPLE = Path(__file__).parents[3] / "samples" / "figures" / "wording.txt"


def _pairs() -> list[tuple[str, list[str]]]:
    """Return each sentence with the indented lines below it."""
    pairs: list[tuple[str, list[str]]] = []
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            pairs[-1][1].append(line.strip())
        else:
            pairs.append((line, []))
    return pairs


def _lines(sentence: str) -> list[str]:
    article = Article(
        url="", title="", text=sentence, facts=facts_of(Article(url="", title="", text=sentence))
    )
    return [
        figure_text(figure, locale="en")
        + (f" — {figure.concept}" if figure.concept else "")
        + (f" ({figure.speaker})" if figure.speaker else "")
        for figure in article.figures
    ]


@pytest.mark.parametrize(("sentence", "lines"), _pairs())
def test_figures_read_as_a_digest_prints_them(sentence: str, lines: list[str]) -> None:
    assert _lines(sentence) == lines


def test_sample_has_sixty_sentences() -> None:
    assert len(_pairs()) >= 60
