"""Python's garbage collector, which sees small objects where XLA's programs are large."""

import gc
import itertools

from addax.runtime.switches import is_off

# A model is part of reference cycles: the collector, left alone, lets dozens of dead ones pile up.
PROGRAMS_A_COLLECTION = 16
_programs = itertools.count(1)


def leave_out_what_is_there() -> None:
    """Take what is in memory now, modules for the most part, out of all later collections.

    It goes through the 200,000 objects of JAX's modules at each full round and twice at exit, a
    fifth of a short program.
    """
    if not is_off("ADDAX_GC"):
        gc.freeze()


def count_program() -> None:
    """A program is about to be compiled: look for dead models before every 16th."""
    if next(_programs) % PROGRAMS_A_COLLECTION == 0 and gc.isenabled() and not is_off("ADDAX_GC"):
        gc.collect()
