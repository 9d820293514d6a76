"""Checks of arguments, with one text for each sort."""

from collections.abc import Collection
from numbers import Integral
from typing import Any


def positive(**arguments: Any) -> None:
    """ValueError unless each of the arguments is an integer above 0."""
    for name, value in arguments.items():
        if not isinstance(value, Integral) or value <= 0:
            raise ValueError(f"{name} is a positive integer; received {value!r}.")


def one_of(name: str, value: Any, allowed: Collection[Any]) -> Any:
    """`value`, strings in lower case. ValueError when it is not among `allowed`."""
    found = value.lower() if isinstance(value, str) else value
    if found not in allowed:
        raise ValueError(f"{name} is one of {', '.join(map(str, allowed))}; received {value!r}.")
    return found


def per_axis(name: str, value: Any, rank: int, minimum: int = 1) -> tuple[int, ...]:
    """`value` as `rank` integers: one number serves for all. ValueError for anything else."""
    given = tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank
    if len(given) != rank or any(not isinstance(n, Integral) or n < minimum for n in given):
        raise ValueError(
            f"{name} is an integer >= {minimum} or a tuple of {rank} of them; received {value!r}."
        )
    return tuple(int(n) for n in given)
