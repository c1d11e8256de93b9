"""Ticks become wake-ups, and wake-ups runs: in this process, or in whichever of many is free.

What there is to do lies in the store and the ledger. A wake-up only has somebody look there, so it may come
late, twice, or not at all, and nothing is lost.

    contract     what is looked at again and again, and what an engine does
    ticker       every so many seconds, whatever is done to the clock
    runs         what runs in this process
    inprocess    an engine in memory
    shared       an engine on PostgreSQL, by procrastinate
"""
