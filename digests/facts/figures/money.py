"""Signs, codes and words of currencies make a number money."""

from digests.facts.figures import units
from digests.facts.figures.drafts import Draft
from digests.facts.figures.kinds import MONEY
from digests.facts.figures.numbers import Number, number_at, starts_number
from digests.facts.figures.tokens import Sentence


def currency_before(sentence: Sentence, draft: Draft, *, done: int) -> bool:
    """Make the number money if a sign or code stands before it, not before the token `done`."""
    at = draft.first - 1
    if at < done:
        return False
    word = sentence.lower[at]
    if word == "=" and sentence.word(at - 1) == "y" and sentence.tight(at):
        return _set_money(draft, "JPY", at - 1)
    if word in units.CURRENCY_SIGNS:
        return _signed(sentence, draft, at, done=done)
    if word in units.CURRENCY_CODES and sentence.words[at][:1].isupper():
        return _coded(sentence, draft, at)
    return False


def _signed(sentence: Sentence, draft: Draft, at: int, *, done: int) -> bool:
    sign = sentence.lower[at]
    joined = sentence.word(at - 1) + sign
    if (
        at > done
        and joined in units.CURRENCY_SIGNS
        and (sentence.tight(at) or sentence.words[at - 1].isupper())
    ):
        return _set_money(draft, units.CURRENCY_SIGNS[joined], at - 1)
    return _set_money(draft, units.CURRENCY_SIGNS[sign], at)


def _coded(sentence: Sentence, draft: Draft, at: int) -> bool:
    code = sentence.lower[at]
    dollar = f"${code}"
    if dollar in units.CURRENCY_SIGNS and sentence.word(at - 1) == "$" and sentence.tight(at):
        return _set_money(draft, units.CURRENCY_SIGNS[dollar], at - 1)
    if code in units.TIGHT_CODES and not (sentence.tight(at + 1) and _has_money_form(draft.number, code)):
        return False
    return _set_money(draft, units.CURRENCY_CODES[code], at)


def _has_money_form(number: Number, code: str) -> bool:
    return code != "ps" or not number.plain  # PS2.7m is a transcribed pound sign, PS5 a console


def _set_money(draft: Draft, unit: str, first: int) -> bool:
    draft.unit, draft.kind, draft.first = unit, MONEY, first
    return True


def is_pound_money(sentence: Sentence, draft: Draft) -> bool:
    if draft.number.magnitude is not None and draft.number.magnitude >= 1000:
        return not any(word in _WEIGHTY for word in sentence.lower)
    return any(word in _COSTLY for word in sentence.lower) and not any(
        word in _WEIGHTY for word in sentence.lower
    )


_COSTLY = frozenset(
    "cost costs costing price prices priced pay pays paid paying spend spent spending profit profits "
    "sales revenue turnover sterling fine fined fees bill debt debts loan wage wages salary salaries "
    "budget worth earn earned compensation damages funding raised pence market".split()
)


_WEIGHTY = frozenset(
    "weigh weighs weighed weighing weight heavy lost thrust carbon explosives cocaine heroin marijuana "
    "meat fish beef food cargo payload lose gained body cannabis".split()
)


def speaks_of_weight(sentence: Sentence) -> bool:
    return any(word in _WEIGHTY for word in sentence.lower)


def add_cents(sentence: Sentence, draft: Draft) -> None:
    """Read "3 dollars 50 cents" and "seven euros and twenty cents" as one amount."""
    at = draft.last + (sentence.word(draft.last) == "and")
    if at >= sentence.size or draft.unit not in ("USD", "EUR", "AUD", "CAD", "GBP") or draft.number.magnitude:
        return
    part = number_at(sentence, at) if (starts_number(sentence, at)) else None
    if part is None or part.value >= 100 or sentence.word(part.last) not in ("cents", "cent", "pence", "p"):
        return
    draft.value += part.value / 100
    draft.last = part.last + 1
    draft.number.last = draft.last
