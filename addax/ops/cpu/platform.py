"""One function, two programs: how CPUs run it, and how everything else does."""

from collections.abc import Callable
from typing import Any

import jax
from jax import lax
from jax.experimental.xla_metadata import set_xla_metadata

from addax.core.scope import Scope


class PortableScope(Scope):
    """Inside, operations are those of every platform, with sizes that may be unknown."""


def is_portable() -> bool:
    """Whether what is traced now is to run anywhere."""
    return PortableScope.current() is not None


def on_cpu() -> bool:
    """Whether JAX's own choice of a device is a CPU, and the program is for it alone."""
    return jax.default_backend() == "cpu" and not is_portable()


def by_platform(*arrays: Any, cpu: Callable, default: Callable) -> Any:
    """`cpu(*arrays)` in programs for a CPU, `default(*arrays)` in others.

    Where JAX's own choice of a device is a CPU nothing else is traced: a choice inside the
    program, as elsewhere, costs XLA seconds of compiling in models of many layers.
    """
    if is_portable():
        return default(*arrays)
    if on_cpu():
        return cpu(*arrays)
    return lax.platform_dependent(*arrays, cpu=cpu, default=default)


def sealed(function: Callable) -> Callable:
    """`function` as a part of the program that XLA neither fuses with the rest nor looks into.

    What it reads is in memory once, where XLA would make it anew for each reader that is a copy.
    """
    compiled = jax.jit(function)

    def call(*arrays):
        with set_xla_metadata(inlineable="false"):
            return compiled(*arrays)

    return call
