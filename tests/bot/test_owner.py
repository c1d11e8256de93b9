"""A process is known to be gone only where that is sure."""

import os
import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.owner import is_gone, this_process

HOST = socket.gethostname()


def test_process_that_runs_is_not_gone():
    assert not is_gone(this_process())


def test_process_that_ended_is_gone():
    told = "from bot.owner import this_process; print(this_process())"
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert is_gone(ended.stdout.strip())


def test_process_that_was_killed_is_gone_before_its_parent_takes_note():
    told = "from bot.owner import this_process; print(this_process(), flush=True); input()"
    killed = subprocess.Popen(
        [sys.executable, "-c", told], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    name = killed.stdout.readline().strip()
    was_gone = is_gone(name)

    killed.kill()
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)

    assert (was_gone, is_gone(name)) == (False, True)
    killed.communicate()


def test_process_with_the_number_of_one_before_it_is_not_taken_for_that():
    assert is_gone(f"{HOST}:{os.getpid()}:1:a")


@pytest.mark.parametrize(
    "owner", ["elsewhere:1:1:a", "5f0c1e", "", f"{HOST}:many:1:a", f"{HOST}:{10**30}:1:a"]
)
def test_what_cannot_be_known_from_here_is_not_gone(owner):
    assert not is_gone(owner)


def test_no_two_names_are_the_same():
    assert this_process() != this_process()


@given(st.text())
def test_whatever_a_name_is_it_is_answered(owner):
    assert is_gone(owner) in (True, False)
