"""Messages that several places share: near names, and where in a model an error arose."""

import contextlib
import difflib
import functools
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

import jax

from addax.core import settings

P = ParamSpec("P")
R = TypeVar("R")
PACKAGE = str(Path(__file__).parents[1])
JAX = str(Path(jax.__file__).parent)
MOST_SHOWN = 8  # entries of a list
NEAR = 0.7  # how alike names are that one may be taken for another; strangers reach 0.65
HIDDEN = (PACKAGE, JAX, contextlib.__file__, "<frozen")
JAX_NOTE = "JAX has removed its internal frames"

DATA_DEPENDENT = (
    "Python code here depends on the values of a tensor, which are unknown while the program is "
    "being compiled. Choose between values with ops.where or ops.cond, repeat with ops.while_loop, "
    "and decide from x.shape or from arguments of the constructor where the values don't matter."
)


def suggest(name: str, known: Iterable[str]) -> str:
    """` Did you mean 'a' or 'b'?` for the known names nearest to `name`, or nothing."""
    upper = str(name)[:1].isupper()  # of "Dense" and "dense", the one that looks like `name`
    near = {k.lower(): k for k in sorted(known, key=lambda k: k[:1].isupper() == upper)}
    found = [near[n] for n in difflib.get_close_matches(str(name).lower(), near, 3, NEAR)]
    return f" Did you mean {' or '.join(map(repr, found))}?" if found else ""


def unknown(kind: str, name: object, known: Iterable[str]) -> ValueError:
    """The error for a name of a layer, loss, optimizer... that nobody knows."""
    known = sorted(known)
    hint = suggest(str(name), known) or f" Known: {', '.join(known)}."
    return ValueError(f"Unknown {kind}: {name!r}.{hint}")


def describe(value: Any) -> str:
    """Shapes and dtypes of a structure of tensors, as one short text."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return f"{getattr(value.dtype, 'name', value.dtype)}{tuple(value.shape)}".replace(
            "None", "?"
        )
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {describe(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        more = [f"... {len(value)} in all"] if len(value) > MOST_SHOWN else []
        return "[" + ", ".join([*map(describe, value[:MOST_SHOWN]), *more]) + "]"
    return repr(value)


def user_line(error: BaseException) -> str:
    """`file:line: code` of the innermost frame that is neither ours nor JAX's."""
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [f for f in frames if not f.filename.startswith((PACKAGE, JAX, "<"))]
    return f"\n  {theirs[-1].filename}:{theirs[-1].lineno}: {theirs[-1].line}" if theirs else ""


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Inside, Python code that needs the values of a traced tensor gets one clear error."""
    try:
        yield
    except (jax.errors.ConcretizationTypeError, jax.errors.TracerArrayConversionError) as error:
        raise TypeError(DATA_DEPENDENT + user_line(error)) from None


def folded(error: BaseException) -> BaseException:
    """`error`, whose traceback keeps the user's frames alone: none of Addax's, none of JAX's.

    All stay after `config.disable_traceback_filtering()`.
    """
    if not settings.setting("traceback_filtering"):
        return error
    kept = None
    for entry in reversed(list(_entries(error.__traceback__))):
        if not entry.tb_frame.f_code.co_filename.startswith(HIDDEN):
            kept = TracebackType(kept, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    notes = getattr(error, "__notes__", None)
    if notes:
        notes[:] = [note for note in notes if JAX_NOTE not in note]
    if JAX_NOTE in str(error.__cause__):
        error.__cause__ = None
    return error.with_traceback(kept)


def _entries(entry: TracebackType | None) -> Iterator[TracebackType]:
    while entry is not None:
        yield entry
        entry = entry.tb_next


def folds(function: Callable[P, R]) -> Callable[P, R]:
    """Let the errors that leave `function` be folded."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            raise folded(error)  # noqa: B904 (it is the same error)

    return call


def located(error: Exception, layer: Any, arguments: dict) -> Exception:
    """`error` with the innermost layer's path and inputs in its message."""
    if getattr(error, "_addax_located", False):
        return error
    shapes = ", ".join(f"{k}={describe(v)}" for k, v in arguments.items() if v is not None)
    where = (
        f"\n  in layer {layer.path or layer.name!r} ({type(layer).__name__}), called with {shapes}"
    )
    if isinstance(
        error, jax.errors.ConcretizationTypeError | jax.errors.TracerArrayConversionError
    ):
        clear = TypeError(DATA_DEPENDENT + user_line(error) + where)
        error = clear.with_traceback(error.__traceback__)
    elif len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (error.args[0] + where,)
    else:
        error.add_note(where.strip())
    error._addax_located = True  # type: ignore[attr-defined]
    return error
