"""A saver is killed at random moments: the file must always be whole.

The same test runs on two bad savers as controls; it counts only because it catches them.
"""

import os
import random
import subprocess
import sys
import time

SIZE = 1 << 20
KILLS = 8

# The child saves the letters a, b, c, ... in turn: a file of one letter is whole.
CHILD = """
import itertools, os, sys
from pathlib import Path
from chromask.storage.atomic import atomic_write
from chromask.storage.opened import Opened

def in_place(path, data):
    with open(path, "wb") as file:
        for start in range(0, len(data), 4096):
            file.write(data[start:start + 4096])
            file.flush()

def fixed_name(path, data):
    temp = path.with_name(path.name + ".tmp")
    in_place(temp, data)
    try:
        os.replace(temp, path)
    except FileNotFoundError:
        pass  # the other process has moved it away

def atomic(path, data):
    atomic_write(path, data, Opened.named(path))

save = {"atomic": atomic, "in_place": in_place, "fixed_name": fixed_name}
path, size = Path(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
for number in itertools.count(int(sys.argv[4])):
    save[sys.argv[1]](path, bytes([97 + number % 26]) * size)
"""


def start(saver, path, first=0):
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, saver, str(path), str(SIZE), str(first)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"ready\n"
    return process


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def is_whole(data):
    return len(data) == SIZE and data.count(data[:1]) == SIZE


def breaks_when_killed(saver, path, kills):
    """Whether one of ``kills`` kills, at random moments of a save, breaks the file."""
    dice = random.Random(1)
    for _ in range(kills):
        path.write_bytes(b"z" * SIZE)
        process = start(saver, path)
        time.sleep(dice.uniform(0.005, 0.06))
        kill(process)
        if not is_whole(path.read_bytes()):
            return True
    return False


def breaks_with_two_writers(saver, path, seconds):
    """Whether a read, while two processes save, sees a half or mixed file."""
    path.write_bytes(b"z" * SIZE)
    writers = [start(saver, path, first) for first in (0, 13)]
    try:
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if not is_whole(path.read_bytes()):
                return True
    finally:
        for process in writers:
            kill(process)
    return False


def test_that_a_killed_save_leaves_a_whole_file(tmp_path):
    path = tmp_path / "frame.json"

    assert not breaks_when_killed("atomic", path, KILLS)
    # What a kill can leave is the unfinished temporary file, and nothing else.
    rest = {name for name in os.listdir(tmp_path) if name != path.name}
    assert all(n.startswith(".chromask-") and n.endswith(".tmp") for n in rest)


def test_that_a_save_in_place_is_caught_by_the_kills(tmp_path):
    assert breaks_when_killed("in_place", tmp_path / "frame.json", 10 * KILLS)


def test_that_two_savers_of_one_file_never_show_a_mixed_one(tmp_path):
    assert not breaks_with_two_writers("atomic", tmp_path / "frame.json", 1)


def test_that_a_fixed_temporary_name_is_caught_by_two_savers(tmp_path):
    assert breaks_with_two_writers("fixed_name", tmp_path / "frame.json", 30)
