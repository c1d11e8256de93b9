"""Passages in marks, however they are typed."""

import pytest

from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.marks import passages_of
from tests.timing import cpu_seconds


def passages(text):
    return [p.span.of(text) for p in passages_of(text, ENGLISH.pairs)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"A b," he said. "C."', ["A b,", "C."]),
        ("“A ‘b c’ d,” he said.", ["A ‘b c’ d,"]),
        ("„Ja,“ he said. «Non,» she said. 「はい」", ["Ja,", "Non,", "はい"]),
        ("‘We go,’ said Sean. ‘Not now.’", ["We go,", "Not now."]),
        ("The plan was 'good for Kate O'Brien's farm'.", ["good for Kate O'Brien's farm"]),
        ('She was like, "you know, "go home." Then she left.', ['you know, "go home.']),
        ('He said: "It is late.', ["It is late."]),
        ('"One. Two. "Three. Four." he said.', ["One. Two.", "Three. Four."]),
        ('He ended."And we," she said.', ["And we,"]),
        ("``Old marks,'' he said.", ["Old marks,"]),
        ('A 6" pipe and a 5\'10" man', []),
        ('"I am 6\'2" tall," she said.', ["I am 6'2\" tall,"]),
        ('CNN"s Ada Roe called it "so dull".', ["so dull"]),
        ('<a href="/mill" class="y">"No," he said.</a>', ["No,"]),
        ("He saw “the mill“ and “the barn”.", ["the mill", "the barn"]),
        ("“Not so,“ she said. “Go.”", ["Not so,", "Go."]),
        ("In ‘08 he said: “The boys’ club is shut.”", ["The boys’ club is shut."]),
        ("‘20 people came,’ he said.", ["20 people came,"]),
        ('"We met. “Late,” said Roe. “Very.” We left."', ["We met. “Late,” said Roe. “Very.” We left."]),
        ("''I said, 'Go home,''' she said of the 'late' bus.", ["late"]),
        ("don't 'em rock 'n' roll the boys' club", []),
    ],
)
def test_passages_are_found_in_all_marks(text, inside):
    assert passages(text) == inside


def test_a_quote_of_several_paragraphs_is_a_passage_in_each():
    text = "“One.\n\n“Two.\n\n“Three,” she said."

    found = passages_of(text, ENGLISH.pairs)

    assert [p.span.of(text) for p in found] == ["One.", "Two.", "Three,"]
    assert [p.closed for p in found] == [False, False, True]


def test_a_passage_closed_in_the_next_paragraph_goes_on_there():
    assert passages('He said: "One.\n\nTwo," and left.') == ["One.", "Two,"]


@pytest.mark.parametrize(("first", "piece"), [('"', "“b” "), ('"', "“b "), ("", "‘b “c’ "), ("", 'x="y ')])
def test_marks_within_marks_are_read_in_time_linear_in_their_number(first, piece):
    def seconds(many):
        text = first + piece * many
        return cpu_seconds(lambda: passages(text), tries=2)

    assert seconds(16_000) < 24 * max(seconds(2_000), 0.002)  # eight times the length
