"""`tf.summary.experimental`: the step of what gives none."""

from typing import Any

from addax.compat.tf.summary import _state


def set_step(step: Any) -> None:
    """Let it be this step, a number or a Variable."""
    _state["step"] = step


def get_step() -> Any:
    """The step, None if nobody set one."""
    return _state["step"]
