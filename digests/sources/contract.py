"""What a source must offer: to say whether a document is its kind, and to read the entries from it."""

from typing import Protocol

from digests.model import Document, FeedDocument

MOST_ENTRIES = 500  # of a document; the newest stay


class Source(Protocol):
    """One kind of feed. Reads hostile bytes: only ever called in the sandbox."""

    name: str

    def recognises(self, document: Document) -> bool:
        """Return whether the bytes look like this kind. Cheap: looks at the head."""

    def read(self, document: Document) -> FeedDocument:
        """Return what the document says, its entries in its own order.

        Raises:
            NotAFeed: it is not this kind after all.
        """
