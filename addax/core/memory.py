"""The process's memory: what C's allocator gives back, and what Python's collector looks through.

XLA asks for all temporaries of a program anew at each run, and glibc hands large freed blocks back
to the kernel at once, which gives them out again page by page, zeroed: that was up to a third of
a training step on a processor (docs/decisions.md). Python's collector goes through the 200,000
objects of JAX's modules at each full round and twice at exit, a fifth of a short program.
"""

import ctypes
import gc
import itertools
import os

# Options of mallopt(3), from malloc.h: one arena for all threads; only blocks from 1 GiB on are
# mapped, and so given back, by themselves; up to 2 GiB may lie unused at the end of the heap.
OPTIONS = {
    "M_ARENA_MAX": (-8, 1),
    "M_MMAP_THRESHOLD": (-3, 2**30),
    "M_TRIM_THRESHOLD": (-1, 2**31 - 1),
}


def keep_freed() -> str:
    """Tell the C library to keep what is freed; returns what was done, or why nothing was.

    `ADDAX_MALLOC=off`, or any of glibc's own variables, leaves it as it is.
    """
    if os.environ.get("ADDAX_MALLOC", "keep").lower() in ("", "off"):
        return "off: ADDAX_MALLOC"
    if any(name.startswith(("MALLOC_", "GLIBC_TUNABLES")) for name in os.environ):
        return "as your MALLOC_ or GLIBC_TUNABLES variables have it"
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # another C library; Windows
        return "this C library's own way"
    taken = [mallopt(option, ctypes.c_int(value)) for option, value in OPTIONS.values()]
    return "kept for the next step" if all(taken) else "this C library's own way"


# A model is part of reference cycles, and its programs are large where Python sees small objects:
# left to itself the collector lets dozens of dead models pile up.
PROGRAMS_A_COLLECTION = 16
_programs = itertools.count(1)


def _collector_is_ours() -> bool:
    """`ADDAX_GC=off` leaves Python's collector as it is."""
    return os.environ.get("ADDAX_GC", "on").lower() not in ("", "off")


def leave_out_of_collection() -> None:
    """Take what is in memory now, modules for the most part, out of all later collections."""
    if _collector_is_ours():
        gc.freeze()


def count_program() -> None:
    """Note that a program is made; now and then, dead models and theirs are collected first."""
    if next(_programs) % PROGRAMS_A_COLLECTION == 0 and _collector_is_ours() and gc.isenabled():
        gc.collect()
