"""`tf.debugging`: checks of values known now; those inside programs pass."""

from collections.abc import Callable
from typing import Any

import numpy as np

from addax.core.symbol import has_symbol, is_traced


def _is_known(value: Any) -> bool:
    """Whether the value is known now: not in a program or a graph."""
    return not (is_traced(value) or has_symbol([value]))


def _check(fits: Any, what: str, message: Any) -> None:
    if not fits:
        raise ValueError(f"{message}: {what}" if message else what)


def _comparison(name: str, compare: Callable, words: str) -> Callable:
    def check(x: Any, y: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        if _is_known(x) and _is_known(y):
            _check(np.all(compare(np.asarray(x), np.asarray(y))), f"{x} {words} {y}.", message)

    check.__name__, check.__doc__ = name, f"ValueError where x {words} y."
    return check


assert_equal = _comparison("assert_equal", np.equal, "does not equal")
assert_none_equal = _comparison("assert_none_equal", np.not_equal, "equals")
assert_greater = _comparison("assert_greater", np.greater, "is not greater than")
assert_greater_equal = _comparison("assert_greater_equal", np.greater_equal, "is less than")
assert_less = _comparison("assert_less", np.less, "is not less than")
assert_less_equal = _comparison("assert_less_equal", np.less_equal, "is greater than")
assert_near = _comparison("assert_near", np.isclose, "is not near")


def _sign(name: str, fits: Callable, words: str) -> Callable:
    def check(x: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        if _is_known(x):
            _check(np.all(fits(np.asarray(x))), f"{x} is not {words}.", message)

    check.__name__, check.__doc__ = name, f"ValueError unless all numbers are {words}."
    return check


assert_positive = _sign("assert_positive", lambda x: x > 0, "positive")
assert_negative = _sign("assert_negative", lambda x: x < 0, "negative")
assert_non_negative = _sign("assert_non_negative", lambda x: x >= 0, "zero or positive")
assert_non_positive = _sign("assert_non_positive", lambda x: x <= 0, "zero or negative")
assert_all_finite = _sign("assert_all_finite", np.isfinite, "finite")


def check_numerics(tensor: Any, message: str, name: Any = None) -> Any:
    """The tensor. ValueError if a number of it is infinite or none."""
    assert_all_finite(tensor, message)
    return tensor


def assert_rank(x: Any, rank: int, message: Any = None, name: Any = None) -> None:
    """ValueError unless there are so many axes."""
    _check(len(x.shape) == int(rank), f"There are {len(x.shape)} axes, not {rank}.", message)


def assert_rank_at_least(x: Any, rank: int, message: Any = None, name: Any = None) -> None:
    """ValueError unless there are so many axes or more."""
    _check(len(x.shape) >= int(rank), f"There are {len(x.shape)} axes of {rank}.", message)


def assert_scalar(tensor: Any, message: Any = None, name: Any = None) -> None:
    """ValueError unless it is one number."""
    assert_rank(tensor, 0, message)


def assert_type(tensor: Any, tf_type: Any, message: Any = None, name: Any = None) -> None:
    """TypeError unless the dtype is this one."""
    if str(tensor.dtype) != str(tf_type):
        raise TypeError(f"The type is {tensor.dtype}, not {tf_type}. {message or ''}".strip())


def assert_integer(x: Any, message: Any = None, name: Any = None) -> None:
    """TypeError unless the numbers are whole."""
    if "int" not in str(x.dtype):
        raise TypeError(f"The type is {x.dtype}, no whole numbers. {message or ''}".strip())


def assert_shapes(shapes: Any, *args: Any, **options: Any) -> None:
    """ValueError unless sizes that have one name are equal, and numbers are as they say."""
    known: dict[str, int] = {}
    for tensor, sizes in shapes.items() if isinstance(shapes, dict) else shapes:
        assert_rank(tensor, len(sizes))
        for found, size in zip(tensor.shape, sizes, strict=True):
            wanted = known.setdefault(size, found) if isinstance(size, str) else size
            _check(wanted in (None, found), f"A size is {found}, not {wanted}.", None)


def is_numeric_tensor(tensor: Any) -> bool:
    """Whether it holds numbers."""
    return getattr(tensor, "dtype", None) is not None and str(tensor.dtype) != "object"
