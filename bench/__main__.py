"""`python -m bench NAME [--data DIR]`: run one measure and print its table."""

import argparse
import importlib
import os
import sys
from pathlib import Path

# What to type, and the module whose `main(data)` answers.
MEASURES = {
    "quality quotes": "bench.quotes",
    "quality figures": "bench.figures",
    "quality stories": "bench.stories",
    "speed": "bench.speed",
    "collect": "bench.collect",
    "stories": "bench.stories",
    "digest": "bench.digest",
    "delivery": "bench.delivery",
    "fuzz": "bench.fuzz",
    "train quotes": "bench.train_quotes",
    "train figures": "bench.train_figures",
    "train stories": "bench.train_stories",
}
ON_SAMPLES = ("quality quotes", "quality figures", "quality stories", "speed")  # what `all` runs


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="+", help=", ".join([*MEASURES, "all"]))
    parser.add_argument("--data", type=Path, default=os.environ.get("PULLQUOTE_EVAL"), help="labelled data")
    given = parser.parse_args()
    name = " ".join(given.name)
    if name != "all" and name not in MEASURES:
        parser.error(f"no measure is called {name}; there are {', '.join(MEASURES)}")
    names = ON_SAMPLES if name == "all" else (name,)
    return max(_measure(one, given.data) for one in names)


def _measure(name: str, data: Path | None) -> int:
    code: int = importlib.import_module(MEASURES[name]).main(Path(data) if data else None)
    return code


if __name__ == "__main__":
    sys.exit(main())
