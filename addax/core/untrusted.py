"""What a configuration may not hold, whoever wrote it: code, names of files, absurd sizes."""

from typing import Any

MAX_DEPTH = 128
LARGEST = 2**31
LIMITS = {"num_thresholds": 10**6}  # sizes for which memory is taken as soon as they are known
UNLIMITED = (
    "seed steps value object_id vocabulary salt mask_token oov_token".split()
)  # words in the names of other integers
PATHS = ("vocabulary", "vocabulary_file", "filepath", "weights_path")


def check_config(config: Any, depth: int = 0) -> None:
    """Look through `config` before anything is made from it. ValueError says what is refused."""
    if depth > MAX_DEPTH:
        raise ValueError(f"The configuration is nested more than {MAX_DEPTH} deep.")
    if isinstance(config, dict):
        if config.get("class_name") == "__lambda__":
            raise ValueError(
                "The configuration holds a Python lambda as code, which is never run. Write it as "
                "a named function, and pass that in custom_objects."
            )
        for key, value in config.items():
            _check_value(str(key), value)
    if isinstance(config, (dict, list, tuple)):
        for value in config.values() if isinstance(config, dict) else config:
            if isinstance(value, (dict, list, tuple)):
                check_config(value, depth + 1)


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
