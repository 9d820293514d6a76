"""What the C library does with freed memory.

XLA asks for all temporaries of a program anew at each run, and glibc hands large freed blocks back
to the kernel at once, which gives them out again page by page, zeroed: that was up to a third of
a training step on a CPU (docs/measurements.md).
"""

import ctypes
import mmap
import os
import time

from addax.runtime.switches import is_off

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
    if is_off("ADDAX_MALLOC"):
        return "off: ADDAX_MALLOC"
    if any(name.startswith(("MALLOC_", "GLIBC_TUNABLES")) for name in os.environ):
        return "as your MALLOC_ or GLIBC_TUNABLES variables have it"
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # another C library; Windows
        return "this C library's own way"
    taken = [mallopt(option, ctypes.c_int(value)) for option, value in OPTIONS.values()]
    if not all(taken):
        return "this C library's own way"
    _heap.append(Heap())
    return "kept for the next step"


# What a compiler leaves between what it keeps: thousands of holes, each of another size, in which
# glibc looks for a place, one by one, at each larger request of a step.
LEAST_HOLE = 1 << 14
LEAST_COMPILING = 2.0  # seconds; filling the holes takes up to a tenth of it


class Heap:
    """glibc's heap, whose holes can be withheld from everybody and given back."""

    def __init__(self):
        libc = ctypes.CDLL(None)
        self.malloc, self.free, self.madvise = libc.malloc, libc.free, libc.madvise
        self.malloc.restype, self.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        self.free.restype, self.free.argtypes = None, [ctypes.c_void_p]
        self.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        self.sbrk = libc.sbrk
        self.sbrk.restype, self.sbrk.argtypes = ctypes.c_void_p, [ctypes.c_ssize_t]
        self.withheld: list[int] = []

    def withhold(self) -> None:
        """Take all holes of `LEAST_HOLE` bytes and more; the kernel has their pages back.

        Nothing where memory comes from elsewhere, and so without end: another allocator is
        loaded, or this thread has an arena of its own, from before the package was imported.
        """
        size = 1 << 29
        end = self.malloc(size)  # larger than any hole: where the heap ends
        self.free(end)
        if not end or end > self.sbrk(0):
            return
        while size >= LEAST_HOLE:
            hole = self.malloc(size)
            if hole and hole < end:
                self.withheld.append(hole)
                first = -(-hole // mmap.PAGESIZE) * mmap.PAGESIZE
                pages = (hole + size - first) // mmap.PAGESIZE
                self.madvise(first, pages * mmap.PAGESIZE, mmap.MADV_DONTNEED)
                continue
            self.free(hole)
            size //= 2

    def give_back(self) -> None:
        """Free what is withheld."""
        while self.withheld:
            self.free(self.withheld.pop())


_heap: list[Heap] = []


def after_compiling(seconds: float) -> None:
    """Withhold the holes that a compilation of so many seconds left."""
    if _heap and seconds > LEAST_COMPILING:
        _heap[0].withhold()


def give_back_holes() -> None:
    """Free what is withheld: the next compiler may have it."""
    if _heap:
        _heap[0].give_back()


# Seconds that XLA has to free the memory of a step that is done; a small one is not worth them.
RELEASE, LEAST_STEP = 3e-4, 15e-3


def after_step(seconds: float) -> bool:
    """Wait until the memory of a large step is free, which is after its results are there.

    A next step at once would take as much again, and processes keep what they took. Returns
    whether it was a large one.
    """
    if seconds <= LEAST_STEP:
        return False
    time.sleep(RELEASE)
    return True
