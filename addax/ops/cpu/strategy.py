"""How a primitive is computed: an ordered table of strategies, the native operation last."""

from collections.abc import Callable
from typing import Any, NamedTuple

from addax.ops.cpu.platform import by_platform, is_portable


class Strategy(NamedTuple):
    """One way to compute a primitive on CPUs: `run(case, *arrays)`, where `applies(case)`."""

    name: str
    applies: Callable[[Any], bool]
    run: Callable
    why: str


class Primitive:
    """An operation with a table of strategies for CPUs; other platforms take the native one.

    A case says all that decides: shapes, dtype, strides. The first strategy that applies is taken.
    """

    def __init__(self, name: str, native: Callable, strategies: tuple[Strategy, ...]):
        self.name = name
        self.native = Strategy(
            "native", lambda case: True, native, "XLA's own is as fast or faster"
        )
        self.strategies = (*strategies, self.native)

    def choose(self, case: Any) -> Strategy:
        """The strategy for CPUs."""
        return next(s for s in self.strategies if s.applies(case))

    def on_cpu(self, case: Any, *arrays: Any) -> Any:
        """The result by the strategy that `choose` gives."""
        return self.choose(case).run(case, *arrays)

    def __call__(self, case: Any, *arrays: Any) -> Any:
        if is_portable():
            return self.native.run(case, *arrays)
        chosen = self.choose(case)
        if chosen is self.native:
            return chosen.run(case, *arrays)
        return by_platform(
            *arrays,
            cpu=lambda *arrays: chosen.run(case, *arrays),
            default=lambda *arrays: self.native.run(case, *arrays),
        )
