"""What a language must tell before the quotes of its articles can be read."""

from collections.abc import Mapping
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, eq=False)  # one object a language
class Language:
    """Marks, and words in lower case by what they do around a quote."""

    pairs: Mapping[str, str]  # an opening mark -> all marks that may close it
    says: frozenset[str]  # cue: the subject speaks ("said")
    tells: frozenset[str]  # cue that has the listener as its object ("told")
    calls: frozenset[str]  # weaker cue: a piece of the subject's words follows ("described")
    saying: frozenset[str]  # cue whose subject stands further off ("adding")
    according: frozenset[str]  # cue before its speaker ("according")
    adverbs: frozenset[str]  # may stand between subject and cue
    articles: frozenset[str]
    prepositions: frozenset[str]
    by: frozenset[str]  # names the speaker of a passive: "described by"
    along: frozenset[str]  # before a subject that has its cue right behind it: "with Roe saying"
    clauses: frozenset[str]  # prepositions that may open a clause, and so stand before its subject
    quoting: frozenset[str]  # cues whose object speaks: "quoted him as saying"
    auxiliaries: frozenset[str]  # verbs that make a clause of a few words; what an apostrophe leaves of them
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    subject_relatives: frozenset[str]  # those of them that may be the subject of a cue: "who"
    that: frozenset[str]
    spoken: frozenset[str]  # nouns for what somebody said or wrote: "his claim"
    so_called: frozenset[str]  # before a passage that nobody said
    titles_of_works: frozenset[str]  # nouns whose name stands in marks: "the film “Night Train”"
    further: frozenset[str]  # cues of somebody who goes on speaking: "added"
    common: frozenset[str]  # words of four letters and more that tell nothing of what a text is about
