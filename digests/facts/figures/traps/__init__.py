"""Numbers that are no figures: dates, years, times, scores, names, ordinals, versions, telephone numbers."""

from digests.facts.figures.numbers import DIGITS, FRACTION, WORDS, Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.dates import is_date
from digests.facts.figures.traps.glued import is_glued, is_ordinal
from digests.facts.figures.traps.ids import is_address, is_id
from digests.facts.figures.traps.lists import is_list_mark
from digests.facts.figures.traps.names import is_hyphened_name, is_name
from digests.facts.figures.traps.scores import is_lead, is_score
from digests.facts.figures.traps.times import is_hour, is_time
from digests.facts.figures.traps.words import is_idle_word


def is_trap(sentence: Sentence, number: Number) -> bool:
    """Is this number part of a date, a time, a name, a score or an id rather than an amount?"""
    if number.form is DIGITS:
        return (
            is_glued(sentence, number)
            or is_ordinal(sentence, number)
            or is_hyphened_name(sentence, number)
            or is_address(sentence, number)
            or is_date(sentence, number)
            or is_time(sentence, number)
            or is_score(sentence, number)
            or is_id(sentence, number)
            or is_list_mark(sentence, number)
            or is_name(sentence, number)
        )
    if number.form is WORDS:
        return is_hour(sentence, number) or is_lead(sentence, number) or is_idle_word(sentence, number)
    return number.form is FRACTION and number.value == 0
