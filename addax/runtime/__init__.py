"""What Addax changes in its process, when, and how to switch it off. Importing it changes nothing.

| when | what | switch |
|---|---|---|
| first layer, variable, op | `XLA_FLAGS` that avoid faults of jaxlib | set those flags yourself |
| | XLA's compilation cache, and a filter for its warnings | `ADDAX_CACHE=off` |
| | forked children of a process that uses XLA are told that they can't | |
| first layer | glibc keeps memory that a step frees for the next one | `ADDAX_MALLOC=off` |
| | holes that a long compilation leaves are withheld from steps | `ADDAX_MALLOC=off` |
| every 16th compiled program | a collection of dead models | `ADDAX_GC=off` |
| `addax run`, `addax demo` | modules are left out of collections | `ADDAX_GC=off` |
| | XLA's log level, where nobody set it | `TF_CPP_MIN_LOG_LEVEL` |

`python -m addax doctor` prints what was done and why.
"""

import os

from addax.runtime import allocator, collector, xla

FORKED = (
    "This process was forked from one whose XLA runs: its threads are not here, and a computation "
    'would wait for them forever. Start processes with multiprocessing\'s "spawn" or "forkserver" '
    "context, or fork before the first computation."
)
_training: list[str] = []
_owned: list[bool] = []
_to_freeze: list[bool] = []
_watching: list[bool] = []
_forked: list[bool] = []


def start() -> xla.Setup:
    """Set up XLA before its first program; later calls change nothing and say what was done.

    RuntimeError in a process that was forked from one in which XLA runs.
    """
    if _forked:
        raise RuntimeError(FORKED)
    if not _watching:
        _watching.append(True)
        if hasattr(os, "register_at_fork"):  # not on Windows, where nobody forks
            os.register_at_fork(after_in_child=_notice_fork)
    return xla.configure()


def _notice_fork() -> None:
    if xla.backend_started():
        _forked.append(True)


def start_training() -> str:
    """Have the C library keep what a step frees; returns what was done, or why nothing was.

    The first layer asks for it, not the first `fit`: building a model starts the backend, and what
    its threads take from memory of their own stays as it was (docs/measurements.md).
    """
    if not _training:
        _training.append(allocator.keep_freed())
    if _to_freeze:  # by now the modules are imported that training needs
        _to_freeze.pop()
        collector.leave_out_what_is_there()
    return _training[0]


def own_process() -> None:
    """Do what only the owner of a process may: nobody else's program runs beside this one."""
    if not _owned:
        _owned.append(True)
        xla.quieten()
        start()
        start_training()
        _to_freeze.append(True)


def before_compiling() -> None:
    """Make room for a compiler, and now and then collect dead models."""
    allocator.give_back_holes()
    collector.count_program()
