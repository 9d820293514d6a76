"""Environment variables that switch something off."""

import os


def is_off(name: str) -> bool:
    """Whether the environment variable switches off what is on by default."""
    return os.environ.get(name, "on").lower() in ("", "off")
