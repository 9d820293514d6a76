"""`tf.tpu.experimental`: there are no TPUs of TensorFlow."""

from typing import Any


def initialize_tpu_system(*args: Any, **options: Any) -> Any:
    """RuntimeError."""
    raise RuntimeError("JAX makes a TPU ready by itself, where it finds one: leave this call out.")


shutdown_tpu_system = initialize_tpu_system
