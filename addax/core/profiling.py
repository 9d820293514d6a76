"""Traces of what the device does, for TensorBoard's profiler and others."""

import jax


def start(folder: str) -> None:
    """Write a trace below `folder` from now on."""
    jax.profiler.start_trace(folder)


def stop() -> None:
    """Finish the trace."""
    jax.profiler.stop_trace()
