"""The engine's set-up: flags for known-bad versions, and the compilation cache."""


def configure() -> None:
    """Set up JAX before a backend starts."""
