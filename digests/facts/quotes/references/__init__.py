"""A mention that names nobody becomes those whom it may mean, each with features for and against.

"She" means one of the persons before; "the agency" and "the report" mean an organisation, or nobody with a
name: then the words stand for themselves. `near` lists who was met before, `owners` who wrote a document,
`features` what tells for each; `speakers` weighs them.
"""

from digests.facts.quotes.references.features import features_of, features_of_itself
from digests.facts.quotes.references.model import Known, Meant, Reference
from digests.facts.quotes.references.near import met_before
from digests.facts.quotes.references.owners import author_of, owner_of, owner_told
from digests.people import BY_NAME, BY_PRONOUN, Mention

__all__ = ["Known", "Meant", "Reference", "is_open", "meant_by"]


def meant_by(asked: Reference) -> list[Meant]:
    """Return whom a pronoun or phrase may mean, the nearest first."""
    nearest, seen = met_before(asked)
    main = max(seen, key=lambda who: seen[who], default=None)
    owner = None if asked.pronoun else owner_of(asked, asked.item)
    if owner is None and asked.mention.document and asked.owned is None:
        owner = owner_told(asked)
    if owner is not None and owner not in nearest:
        nearest = {owner: asked.item, **nearest}
    alone = asked.mention.document and owner is None and asked.owned is None
    author = author_of(asked) if alone else None
    if author is not None:
        nearest.setdefault(*author)
    found = [
        Meant(who, features_of(asked, who, at, rank, seen.get(who, 1), main, owner, len(nearest) == 1))
        for rank, (who, at) in enumerate(nearest.items())
    ]
    if author is not None:
        for one in found:
            one.features.append(f"@author{one.who == author[0]}")
    if owner is not None and asked.mention.document:
        return [one for one in found if one.who == owner]  # who wrote it speaks in it
    if not asked.pronoun:
        found.append(Meant(asked.mention.text, features_of_itself(asked, len(nearest))))
    return found


def is_open(mention: Mention) -> bool:
    """Say whether it takes a guess to tell whom `mention` means."""
    if mention.form is BY_PRONOUN:
        return True
    if mention.form is BY_NAME or mention.person is not None:
        return False
    return mention.document or (not mention.plural and mention.text[:4].lower() == "the ")
