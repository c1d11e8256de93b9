"""From feeds to digests.

First half, `collect`, for every feed and page that is due:
    fetch       a URL becomes a document: bytes, fetched politely, never from a private address
    sources     a document becomes a feed's entries; what was seen before is recognised (`identity`)
    articles    an entry's page becomes an article: its text, in paragraphs
    people      an article becomes a table of who is mentioned in it
    facts       an article becomes quotes with their speakers, and figures with what they measure
    stories     articles become stories: those that tell the same event
Second half, `build`, for every subscription that is due:
    compose     stories become a digest: which, in what order, how much of each
    verify      what stands in our quotation marks stands in the article, or it is not sent

The steps are pure; `sandbox` runs those that parse foreign bytes where they can be killed. What they need of
the outside is named in `ports`, and handed in.
"""
