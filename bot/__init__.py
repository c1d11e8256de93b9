"""Talks with people, and brings them their digests.

A request walks chat -> `answer` -> command -> message -> chat. A digest walks `schedule` -> `render` -> parts
in the ledger -> `deliver` -> chat. `app` puts the parts together; `cli` is what an operator types.
"""
