"""Measures: quality on labelled articles, speed against peers, reliability under faults."""
