"""`python -m bench.delivery [RUN]...`: some of the runs."""

import sys

from bench.delivery.runs import RUNS, measure

if __name__ == "__main__":
    sys.exit(measure(tuple(sys.argv[1:]) or tuple(RUNS)))
