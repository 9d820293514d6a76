"""`model(x)` and `predict` as one executable, with the weights as arguments."""

from collections.abc import Callable
from typing import Any

import jax

from addax.core import tree
from addax.core.masks import get_mask, set_mask
from addax.core.scope import ChanceScope, StatelessScope
from addax.core.seeds import NO_CHANCE, continue_global_stream, global_state
from addax.runtime.xla import late_options


class CompiledCall:
    """Calls a model through one cached executable for each kind of arguments.

    What the call assigns (running statistics, seeds), its losses and its masks come back as
    results and are put in their places.
    """

    def __init__(self, model: Any):
        self.variables = model.variables
        self._touched: dict[bool | None, list[int]] = {}
        self._programs: dict[bool | None, Callable] = {}
        self._draws: dict[bool | None, bool] = {}  # without a seed

    def _program(self, model: Any, training: bool | None) -> Callable:
        variables, touched = self.variables, self._touched

        def program(values, x, state):
            mapping = zip(variables, values, strict=True)
            chance = ChanceScope(state)
            with StatelessScope(mapping, collect_losses=True) as scope, chance:
                outputs = model._trace(x, training)
                losses = list(scope.losses)
            after = [scope.get_current_value(v) for v in variables]
            changed = [i for i, (a, b) in enumerate(zip(after, values, strict=True)) if a is not b]
            touched[training] = changed
            masks = [get_mask(o) for o in tree.flatten(outputs)]
            self._draws[training] = chance.count > 0
            drawn = chance.after(chance.count) if chance.count else None
            return outputs, [after[i] for i in changed], losses, masks, drawn

        return jax.jit(program, compiler_options=late_options())

    def __call__(self, model: Any, x: Any, training: bool | None = None) -> Any:
        program = self._programs.get(training)
        if program is None:
            program = self._programs[training] = self._program(model, training)
        state = global_state() if self._draws.get(training, True) else NO_CHANCE
        values = [v.raw for v in self.variables]
        outputs, updates, losses, masks, drawn = program(values, x, state)
        if drawn is not None:
            continue_global_stream(drawn)
        if updates:
            for i, value in zip(self._touched[training], updates, strict=True):
                self.variables[i]._value = value
        if losses or model._losses:
            model._clear_losses()
            model._losses = list(losses)
        for output, mask in (
            zip(tree.flatten(outputs), masks, strict=True) if any_mask(masks) else ()
        ):
            if mask is not None:
                set_mask(output, mask)
        return outputs


def any_mask(masks: list) -> bool:
    """Whether there is a mask at all."""
    return any(m is not None for m in masks)
