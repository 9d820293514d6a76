"""Running a program as Python would, with Addax under the names of Keras and TensorFlow."""

import builtins
import importlib.util
import os
import runpy
import sys
from multiprocessing import spawn
from pathlib import Path
from types import ModuleType, TracebackType

from addax.compat.modules import install

HIDDEN = (str(Path(__file__).parent), "<frozen runpy>", "<frozen importlib")


class ProgramError(Exception):
    """There is no program to run; nothing was done."""


def run_script(path: str, arguments: list[str]) -> None:
    """Run the file at `path` as `__main__`; `sys.argv` is [path, *arguments].

    Exceptions, exit codes and what the program leaves behind are its own.
    """
    source = _read(path)
    _prepare([path, *arguments], os.path.dirname(os.path.realpath(path)))
    path = os.path.abspath(path)
    main = ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = builtins  # type: ignore[attr-defined]
    sys.modules["__main__"] = main
    exec(compile(source, path, "exec", dont_inherit=True), vars(main))


def run_module(name: str, arguments: list[str]) -> None:
    """Run module `name`, or a package's `__main__`, as `python -m name` does."""
    argv = sys.argv[:]
    _prepare([name, *arguments], os.getcwd())
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        found = None
    if found is None:
        sys.argv[:] = argv
        raise ProgramError(f"There is no module {name}; for a file, leave out -m.")
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _read(path: str) -> bytes:
    if os.path.isdir(path):
        raise ProgramError(f"{path} is a folder; name a Python file in it.")
    if path.endswith(".ipynb"):
        raise ProgramError(
            f"{path} is a notebook: `jupyter nbconvert --to script` makes a program."
        )
    try:
        source = Path(path).read_bytes()
    except OSError as error:
        raise ProgramError(f"Cannot read {path}: {error.strerror}.") from None
    if b"\0" in source:
        raise ProgramError(f"{path} is not a Python program: it holds binary data.")
    return source


def _prepare(argv: list[str], folder: str) -> None:
    """Give the program its arguments, its import path, its stand-ins and its own tracebacks."""
    sys.argv[:] = argv
    if sys.flags.safe_path:
        sys.path.insert(0, folder)
    else:
        sys.path[0] = folder
    install()
    _teach_children()
    sys.excepthook = _show


class _Install:
    """Calls `install()` where it is unpickled: in a spawned process, before the program loads."""

    def __reduce__(self):
        return install, ()


def _teach_children() -> None:
    original = spawn.get_preparation_data

    def with_stand_ins(name):
        return {"stand_ins": _Install(), **original(name)}

    if original.__module__ != __name__:
        spawn.get_preparation_data = with_stand_ins


def program_frames(traceback: TracebackType | None) -> TracebackType | None:
    """`traceback` without the frames that started the program or stand in for a module."""
    frames: list[TracebackType] = []
    while traceback is not None:
        starts = traceback.tb_frame.f_code in (run_script.__code__, run_module.__code__)
        frames = [] if starts else [*frames, traceback]
        traceback = traceback.tb_next
    for frame in reversed(frames):
        if not frame.tb_frame.f_code.co_filename.startswith(HIDDEN):
            traceback = TracebackType(traceback, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return traceback


def _show(kind, error, traceback) -> None:
    traceback = program_frames(traceback)
    sys.__excepthook__(kind, error.with_traceback(traceback), traceback)
