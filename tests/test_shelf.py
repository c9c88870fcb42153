"""What is remembered between two states of a report, and that none of it can be older than its files."""

from __future__ import annotations

import os

import pytest

from crossfoot.shelf import Memory, Same, Shelf, made_of, remembering


@pytest.fixture
def file(tmp_path):
    """A file that was written long ago."""
    path = tmp_path / "energy.yaml"
    path.write_bytes(b"use: 1")
    os.utime(path, ns=(10**18, 10**18))
    return path


def read(shelf, path):
    """Look at the file at *path* anew."""
    shelf.look_again()
    return shelf.bytes_of(str(path))


def test_a_file_is_looked_at_once_a_state(file):
    """All who ask in one state are told the same, so that a report is of one moment."""
    shelf = Shelf()
    first = read(shelf, file)
    file.write_bytes(b"use: 2")

    assert shelf.bytes_of(str(file)) is first
    assert read(shelf, file) == b"use: 2"


def test_the_same_content_is_the_same_thing(file):
    """A file that was only touched, or put back, has what was made of it stand."""
    shelf = Shelf()
    first = read(shelf, file)
    os.utime(file)

    assert read(shelf, file) is first


@pytest.mark.parametrize("later", [0, 1, 50])
def test_a_change_in_the_same_clock_tick_is_seen(tmp_path, later):
    """As long, with the times put back: a file just written is not believed to be as it was."""
    path, shelf = tmp_path / "energy.yaml", Shelf()
    path.write_bytes(b"use: 1")
    told = path.stat()
    assert read(shelf, path) == b"use: 1"
    path.write_bytes(b"use: 2")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns + later))

    assert read(shelf, path) == b"use: 2"


def test_a_file_put_in_the_place_of_another_is_seen(file, tmp_path):
    """With the same size and time: its number is another."""
    shelf = Shelf()
    read(shelf, file)
    other = tmp_path / "other"
    other.write_bytes(b"use: 2")
    os.utime(other, ns=(10**18, 10**18))
    other.replace(file)

    assert read(shelf, file) == b"use: 2"


def test_what_cannot_be_read_is_new_each_time(tmp_path):
    """So that whoever reads it is asked again, and says why; a pipe is not waited for."""
    shelf, pipe = Shelf(), tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (tmp_path, tmp_path / "absent", pipe):
        assert not isinstance(read(shelf, path), bytes)
        assert read(shelf, path) is not read(shelf, path)


def test_values_that_are_equal_are_made_once():
    """Equal, not the same: a tuple made anew finds what was made of the one before."""
    memory, made = Memory(), []

    def ask(*values):
        with remembering(memory):
            return made_of(("sum", *values), lambda: made.append(values) or sum(values))

    assert [ask(1, 2), ask(1, 2), ask(2, 2), ask(1, 2)] == [3, 3, 4, 3]
    assert made == [(1, 2), (2, 2)]


def test_what_nobody_asks_for_is_let_go():
    """After a turn in which it was not asked for."""
    memory, made = Memory(), []
    for number in (1, 1, 2, 2, 1):
        memory.turn()
        memory.get((number,), lambda number=number: made.append(number))

    assert made == [1, 2, 1]


def test_without_a_memory_everything_is_made():
    """A build remembers nothing of what it makes, and nothing is left over after the block that remembers."""
    made = []
    with remembering(Memory()):
        made_of(("one",), lambda: made.append(1))
    for _ in range(2):
        made_of(("one",), lambda: made.append(1))

    assert made == [1, 1, 1]


def test_what_may_change_is_made_each_time():
    """A list is no key; what it holds could be another the next time."""
    made = []
    with remembering(Memory()):
        for _ in range(2):
            made_of(("one", [1]), lambda: made.append(1))

    assert made == [1, 1]


def test_the_same_is_not_the_equal():
    """What is compared by what it is has to be the very thing."""
    first, second = [1], [1]
    assert Same(first) == Same(first)
    assert Same(first) != Same(second)
    assert len({Same(first), Same(first), Same(second)}) == 2
