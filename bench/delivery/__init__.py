"""Deliveries are put through what may happen to them, at scale; what was promised stands beside what came.

python -m bench delivery                     all runs, in their long form
python -m bench.delivery RUN...              some of them: see `bench.delivery.runs`

SQLite always; PostgreSQL too where TEST_POSTGRES_URL names a server (`.ci/postgres COMMAND`).
"""

from pathlib import Path


def main(data: Path | None) -> int:
    """Print a table of all runs; 0 if every target is met. There is no data to give."""
    from bench.delivery.runs import RUNS, measure  # here: each worker loads this package

    return measure(tuple(RUNS))
