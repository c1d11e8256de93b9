"""Whoever said the quote before becomes the features that tell for and against saying this one too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.facts.quotes.scene import ACCORDING, SAYING, SAYS, TELLS, Who, path, who_of
from digests.facts.quotes.views import View
from digests.people import BY_PRONOUN

_HEAVY = re.compile(f"[{SAYS}{TELLS}{SAYING}{ACCORDING}]")
_FAR = 40  # items between two quotes from which on the way is not told


@dataclass(slots=True)
class Before:
    """What is known of the quote before while a text is walked through."""

    passage: int | None = None  # the last one that somebody said
    person: Who | None = None  # its speaker
    persons: list[Who] = field(default_factory=list)  # of all quotes so far


def features_of_again(view: View, before: Before, last_names: Sequence[str]) -> list[str]:
    """Return what tells for and against that the speaker before, of whom there is one, goes on.

    `last_names` of all persons are in lower case: few speak of themselves by name.
    """
    assert before.passage is not None
    last = view.scene.of_passage[before.passage]
    sentences = min(view.scene.sentence[view.at] - view.scene.sentence[last], 4)
    paragraphs = min(view.scene.paragraph[view.at] - view.scene.paragraph[last], 3)
    by_name = isinstance(before.person, int) and last_names[before.person] in view.words
    same = _same_subject(view, before.person)
    found = [f"=said{by_name}", f"=is{same}", f"=isx{same}{view.context}"]
    found += _of_gap(view, last, sentences, paragraphs)
    found += _of_cue(view, last, sentences)
    return found


def _same_subject(view: View, person: Who | None) -> str:
    """Say whether the subject of the nearest cue is who spoke before: "=", or how else it is put."""
    if view.subject is None:
        return "-"
    mention = view.scene.mentions[view.scene.refs[view.subject]]
    if mention.form is BY_PRONOUN:
        return "h"
    return "=" if who_of(mention) == person else mention.form[:2]


def _of_gap(view: View, last: int, sentences: int, paragraphs: int) -> list[str]:
    """Say how far the quote before is, which is item `last`, and what lies between."""
    gap = view.scene.letters[last + 1 : view.at]
    names = gap.count("N")
    others = min(names + gap.count("n"), 4)
    unclosed = not view.scene.passages[view.scene.refs[last]].closed
    return [
        "=",
        f"=w{path(gap) if len(gap) < _FAR else 'far'}",
        f"=x{view.context}",
        f"=d{sentences}{paragraphs}",
        f"=xd{view.context}{sentences}{paragraphs}",
        f"=o{others}{min(paragraphs, 2)}",
        f"=n{min(names, 3)}{view.context[:2]}",
        f"=u{unclosed}{paragraphs}",
    ]


def _of_cue(view: View, last: int, sentences: int) -> list[str]:
    """Say who is said to speak in this quote's sentence, and whether somebody is on the way to it."""
    subject = view.cue_subject
    heavy = _HEAVY.search(view.scene.letters, last + 1, view.at) is not None
    return [
        f"=s{subject}",
        f"=sx{subject}{view.context[:2]}{sentences}",
        f"=l{min(view.length, 4)}{view.context[:1]}",
        f"=c{heavy}{sentences}",
    ]
