"""Freed memory stays with the process, so that a step does not fault its temporaries in again."""

import os
import platform
import subprocess
import sys

import pytest

from addax.runtime import allocator

GLIBC = platform.libc_ver()[0] == "glibc"


@pytest.fixture
def plain(monkeypatch):
    """No variable that has to do with malloc."""
    for name in list(os.environ):
        if name.startswith(("MALLOC_", "GLIBC_TUNABLES", "ADDAX_MALLOC")):
            monkeypatch.delenv(name)
    return monkeypatch


NOTES = [
    ("ADDAX_MALLOC", "off", "off: ADDAX_MALLOC"),
    ("MALLOC_ARENA_MAX", "2", "as your MALLOC_ or GLIBC_TUNABLES variables have it"),
    ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", "as your MALLOC_ or"),
]


@pytest.mark.parametrize(("name", "value", "note"), NOTES)
def test_what_the_user_settled_stays(name, value, note, plain):
    plain.setenv(name, value)
    assert allocator.keep_freed().startswith(note)


def test_another_c_library_is_left_alone(plain):
    plain.setattr(allocator.ctypes, "CDLL", lambda name: object())
    assert allocator.keep_freed() == "this C library's own way"


FAULTS = """
import resource
import addax.runtime
addax.runtime.start(), addax.runtime.start_training()
import jax, jax.numpy as jnp
def faults(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
@jax.jit
def program(x):
    for i in range(1, 4):
        x = jax.lax.optimization_barrier(x * i)
    return x.sum()
x = jnp.ones((1 << 23,))
for _ in range(30): program(x).block_until_ready()  # until the heap has found its shape
def a_run():
    before = faults()
    for _ in range(10): program(x).block_until_ready()
    return (faults() - before) // 10
print(min(a_run() for _ in range(3)))  # a thread that comes late finds the heap in another shape
"""


@pytest.mark.skipif(not GLIBC, reason="mallopt is glibc's")
def test_a_program_s_temporaries_are_not_faulted_in_again(plain):
    plain.delenv("XLA_FLAGS")  # with the tests' own the program takes ten times as long
    found = [
        int(subprocess.check_output([sys.executable, "-c", FAULTS], env=os.environ | chosen))
        for chosen in ({"ADDAX_MALLOC": "keep"}, {"ADDAX_MALLOC": "off"})
    ]
    kept, given_back = found
    assert kept < 1000 < given_back  # pages; a temporary has 8,192 of 4 KiB


HOLES = """
from addax import runtime
from addax.runtime import allocator
runtime.own_process()
heap, = allocator._heap
def pages(): return int(open("/proc/self/statm").read().split()[1])
blocks = [heap.malloc(size) for size in range(1 << 16, 1 << 18, 512) for _ in range(2)]
for block, size in zip(blocks, (s for s in range(1 << 16, 1 << 18, 512) for _ in range(2))):
    allocator.ctypes.memset(block, 1, size)
for block in blocks[::2]: heap.free(block)
full = pages()
allocator.after_compiling(allocator.LEAST_COMPILING / 2)
assert not heap.withheld
allocator.after_compiling(allocator.LEAST_COMPILING * 2)
print(len(heap.withheld), full - pages(), heap.malloc(1 << 17) > max(blocks))
runtime.before_compiling()
print(len(heap.withheld))
"""


@pytest.mark.skipif(not GLIBC, reason="the heap is glibc's")
def test_holes_are_withheld_after_a_long_compilation_and_free_for_the_next(plain):
    shown = subprocess.check_output([sys.executable, "-c", HOLES], env=os.environ, text=True)
    count, pages, beyond, left = shown.split()
    assert int(count) >= 384 and int(pages) > 8000  # 384 holes, 63 MB, of which 4 KiB are a page
    assert (beyond, left) == ("True", "0")


@pytest.mark.skipif(not GLIBC, reason="the heap is glibc's")
def test_no_holes_are_looked_for_where_memory_never_ends():
    """Another allocator: each block lies below the one before, far from the heap."""
    heap, taken = allocator.Heap(), []
    heap.malloc = lambda size: taken.append(size) or (1 << 47) - (len(taken) << 30)
    heap.free = lambda block: None
    heap.madvise = lambda *block: pytest.fail("a block of another allocator counts as a hole")
    heap.withhold()
    assert len(taken) == 1 and not heap.withheld
