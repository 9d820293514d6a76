"""What a configuration may not hold, whoever wrote it: code, names of files, absurd sizes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MAX_DEPTH = 128
MAX_LAYERS = 20_000
LARGEST = 2**31
LIMITS = {"num_thresholds": 10**6}  # sizes for which memory is taken as soon as they are known
UNLIMITED = (
    "seed steps value object_id vocabulary salt mask_token oov_token".split()
)  # words in the names of other integers
PATHS = ("vocabulary", "vocabulary_file", "filepath", "weights_path")


@contextmanager
def malformed() -> Iterator[None]:
    """Whatever goes wrong inside, where a configuration is read, becomes a ValueError."""
    try:
        yield
    except (ValueError, MemoryError):
        raise
    except RecursionError as error:
        raise ValueError("The configuration is nested too deeply.") from error
    except Exception as error:
        raise ValueError(
            f"A part of the configuration is malformed ({type(error).__name__}: {error!s:.500})."
        ) from error


def check_config(config: Any, depth: int = 0, code: bool = False) -> None:
    """Look through `config` before anything is made from it. ValueError says what is refused.

    With `code`, functions as code are let through, to be replaced or refused later.
    """
    if depth > MAX_DEPTH:
        raise ValueError(f"The configuration is nested more than {MAX_DEPTH} deep.")
    if isinstance(config, dict):
        if config.get("class_name") == "__lambda__" and not code:
            raise ValueError(
                "The configuration holds a Python lambda as code, which is never run. Write it as "
                "a named function, and pass that in custom_objects."
            )
        for key, value in config.items():
            _check_value(str(key), value)
    if isinstance(config, (dict, list, tuple)):
        if len(config) > MAX_LAYERS and any(isinstance(v, dict) for v in config):
            raise ValueError(f"The configuration lists {len(config):,} objects in one place.")
        for value in config.values() if isinstance(config, dict) else config:
            if isinstance(value, (dict, list, tuple)):
                check_config(value, depth + 1, code)


def _check_value(key: str, value: Any) -> None:
    if isinstance(value, str) and key in PATHS:
        raise ValueError(
            f"The configuration names a file, {key}={value!r}; no file is opened for it."
        )
    for number in value if isinstance(value, (list, tuple)) else (value,):
        if not isinstance(number, int) or any(word in key for word in UNLIMITED):
            continue
        if abs(number) > LIMITS.get(key, LARGEST):
            raise ValueError(f"{key}={number} is larger than any model's.")
