"""The whole of an article's facts, held against articles of our own that were read by hand."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.facts import facts_of
from digests.form import facts_data
from digests.model import Article, Quote

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "facts").glob("*.txt"))


def article(text: str) -> Article:
    return Article(url="https://example.org/a", title="", text=text)


def read(sample: Path) -> tuple[dict[str, list[dict[str, object]]], dict[str, list[dict[str, object]]]]:
    """Return what was read by hand in a sample, and what we read."""
    text = sample.read_text(encoding="utf-8")
    (expected,) = json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))
    whole = article(text)
    found = facts_data(Article(url=whole.url, title="", text=text, facts=facts_of(whole)))
    return expected, found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["quotes", "figures"])
def test_every_fact_that_a_person_reads_is_read_and_no_other(sample: Path, kind: str) -> None:
    expected, found = read(sample)

    known = [
        {name: fact.get(name) for name in wanted}
        for wanted, fact in zip(expected[kind], found[kind], strict=True)
    ]
    assert [_comparable(fact) for fact in known] == [_comparable(fact) for fact in expected[kind]]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_only_looks_like_a_fact_is_none(sample: Path) -> None:
    expected, found = read(sample)

    shown = [fact.get("surface") or fact["text"] for facts in found.values() for fact in facts]
    assert not set(expected["absent"]) & set(shown)


def test_a_text_read_in_the_wrong_charset_has_no_facts() -> None:
    assert (
        facts_of(article("“Caf\N{REPLACEMENT CHARACTER} is open,” said Ada Korhal. It cost $3 million."))
        == ()
    )


@given(st.text(alphabet=st.characters(), max_size=300))
def test_facts_lie_in_the_text_and_in_its_order(text: str) -> None:
    facts = facts_of(article(text))

    assert all(0 <= fact.span.start <= fact.span.end <= len(text) for fact in facts)
    assert all(
        fact.span.of(text) == (fact.text if isinstance(fact, Quote) else fact.surface) for fact in facts
    )
    assert list(facts) == sorted(facts, key=lambda fact: fact.span)


def _comparable(fact: dict[str, object]) -> dict[str, object]:
    """Return a fact as two readers would agree on it: the concept's wording is theirs."""
    return {name: value for name, value in fact.items() if name != "concept"}
