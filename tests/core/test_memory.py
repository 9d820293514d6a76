"""Freed memory stays with the process, so that a step does not fault its temporaries in again."""

import os
import platform
import subprocess
import sys

import pytest

from addax.core import memory

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
    assert memory.keep_freed().startswith(note)


def test_another_c_library_is_left_alone(plain):
    plain.setattr(memory.ctypes, "CDLL", lambda name: object())
    assert memory.keep_freed() == "this C library's own way"


FAULTS = """
import resource
import addax
import jax, jax.numpy as jnp
def faults(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
@jax.jit
def program(x):
    for i in range(1, 4):
        x = jax.lax.optimization_barrier(x * i)
    return x.sum()
x = jnp.ones((1 << 23,))
for _ in range(30): program(x).block_until_ready()  # until the heap has found its shape
before = faults()
for _ in range(10): program(x).block_until_ready()
print((faults() - before) // 10)
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
