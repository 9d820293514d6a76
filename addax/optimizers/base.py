"""What all optimizers share: their variables, the learning rate, clipping, decay, averages."""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np

from addax import ops
from addax.core import configs, settings
from addax.core.errors import suggest
from addax.core.fields import Declared, fields
from addax.core.names import CustomObjectScope
from addax.core.scope import StatelessScope, auto_name, name_scope
from addax.core.tracking import saved_attributes
from addax.core.types import Array, DType, Initializer
from addax.core.variable import Variable
from addax.optimizers.schedules import InverseTimeDecay, LearningRateSchedule

# The order in which Keras stores them.
STORED_FIRST = (
    "name", "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema",
    "ema_momentum", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
)  # fmt: skip


class _OldSpellings(Declared):
    """Takes the arguments that earlier releases had; ValueError for any other."""

    order = """... weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum
        ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps name"""
    # Arguments of Keras 1 and 2 and of tf.keras: the first two still mean something.
    old_arguments: ClassVar = (
        "lr",
        "decay",
        "schedule_decay",
        "jit_compile",
        "is_legacy_optimizer",
    )
    __fields__: ClassVar[dict]

    def __init__(self, **kwargs: Any):
        for name in kwargs:
            if name not in self.old_arguments:
                known = [*type(self).__fields__, *self.old_arguments[:2]]
                raise ValueError(
                    f"{type(self).__name__} has no argument {name!r}.{suggest(name, known)}"
                )
        self._old = kwargs


@fields
class _Arguments(_OldSpellings):
    learning_rate: Any
    weight_decay: float | None = None
    clipnorm: float | None = None
    clipvalue: float | None = None
    global_clipnorm: float | None = None
    use_ema: bool = False
    ema_momentum: float = 0.99
    ema_overwrite_frequency: int | None = None
    loss_scale_factor: float | None = None
    gradient_accumulation_steps: Any = None
    name: Any = None


class Optimizer(_Arguments):
    """Base class of all optimizers.

    A rule names its state per weight in `slots` and computes `update`, a pure function of one
    weight. Keras's way works too: override `build` and `update_step`, and assign.
    `learning_rate`: a number, a schedule, or a function without arguments. `loss_scale_factor`:
    gradients are divided by it. `gradient_accumulation_steps`: that many calls make one update with
    the mean gradient. `use_ema`: keep exponential moving averages of the weights.
    """

    slots: (
        Sequence[str] | property
    ) = ()  # "a b": a and b of each weight in turn; "a", "b": all a first

    def update(self, p: Array, g: Array, lr: Array, t: Array, *slots: Array) -> tuple:
        """The new weight and slots, from weight `p`, gradient `g`, rate `lr` and step `t` >= 1."""
        raise NotImplementedError(f"{type(self).__name__} must define update() or update_step().")

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        """The state `name` of one weight, at its first value; None if there is no need for it."""
        return self.add_variable_from_reference(variable, name)

    def decay_of(self, variable: Variable) -> float | None:
        """The weight decay of one weight."""
        return self.weight_decay

    # Construction

    def setup(self):
        self.name = self.name or auto_name(type(self).__name__)
        self.built = False
        self._variables: list[Variable] = []
        self._trainable_variables: list[Variable] = []
        self._index: dict[int, int] = {}
        self._slots: list[list[Variable | None]] = []
        self._averages: list[Variable | None] = []
        self._sums: list[Variable] = []
        self._no_decay: tuple[list[Variable], list[str]] = ([], [])
        if getattr(self, "epsilon", 0) is None:  # as files of Keras 2 have it
            self.epsilon = settings.epsilon()
        self._check_arguments()
        self._iterations = self.add_variable((), dtype="int32", name="iteration")
        self._use_rate(self._old_rate(self._rate))

    def _check_arguments(self):
        clips = {n: getattr(self, n) for n in ("clipnorm", "clipvalue", "global_clipnorm")}
        if sum(c is not None for c in clips.values()) > 1:
            raise ValueError(
                f"Set one of clipnorm, clipvalue and global_clipnorm; received {clips}."
            )
        steps, every = self.gradient_accumulation_steps, self.ema_overwrite_frequency
        if steps is not None and (not isinstance(steps, int) or steps < 2):
            raise ValueError(f"gradient_accumulation_steps is an integer >= 2; received {steps!r}.")
        if not 0 <= self.ema_momentum <= 1:
            raise ValueError(f"ema_momentum is between 0 and 1; received {self.ema_momentum!r}.")
        if every is not None and (not isinstance(every, int) or every < 1):
            raise ValueError(f"ema_overwrite_frequency is an integer >= 1; received {every!r}.")

    def _old_rate(self, rate):
        rate = self._old.get("lr", rate)
        decay = self._old.get("decay")
        return InverseTimeDecay(rate, 1, decay) if decay else rate

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if isinstance(value, Variable):
            self._track(value)

    def _track(self, variable: Variable) -> None:
        if all(variable is not v for v in self._variables):
            self._variables.append(variable)

    # Learning rate

    @property
    def learning_rate(self) -> Any:
        """The variable, or what the schedule gives for the present step."""
        if isinstance(self._rate, LearningRateSchedule):
            return self._rate(self._iterations.value)
        return self._rate if isinstance(self._rate, Variable) else self._rate()

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if not hasattr(self, "_iterations"):  # the constructor, before there are variables
            self._rate = value
        elif isinstance(self._rate, Variable) and not callable(value):
            self._rate.assign(value)
        elif callable(value):
            self._variables = [v for v in self._variables if v is not self._rate]
            self._rate = value
        else:
            raise TypeError(
                f"{self.name!r} follows {self._rate!r}: its learning rate can't be {value!r}. Make "
                "the optimizer with a number, or set another schedule."
            )

    @property
    def lr(self) -> Any:
        """The old name of `learning_rate`."""
        return self.learning_rate

    @lr.setter
    def lr(self, value: Any) -> None:
        self.learning_rate = value

    def _use_rate(self, rate):
        if isinstance(rate, dict):
            rate = configs.deserialize(rate)
        if callable(rate):
            self._rate = rate
            return
        if isinstance(rate, str) or np.ndim(rate) != 0:
            raise ValueError(
                "learning_rate is a number, a LearningRateSchedule or a function without "
                f"arguments; received {rate!r}."
            )
        value = np.asarray(rate, settings.floatx())
        with name_scope(self.name, caller=self):
            self._rate = Variable(value, trainable=False, name="learning_rate")

    @property
    def iterations(self) -> Any:
        """How many updates were made: a variable, or an array when gradients are accumulated."""
        steps = self.gradient_accumulation_steps
        return self._iterations.value // steps if steps else self._iterations

    # Variables

    @property
    def variables(self) -> list[Variable]:
        """The optimizer's state, in the order of Keras's files."""
        return list(self._variables)

    def add_variable(
        self,
        shape: Sequence[int],
        initializer: Initializer = "zeros",
        dtype: DType = None,
        name: str | None = None,
        **_: Any,
    ) -> Variable:
        """A new variable of the optimizer."""
        with name_scope(self.name, caller=self):
            variable = Variable(initializer, shape, dtype, trainable=False, name=name)
        self._track(variable)
        return variable

    def add_variable_from_reference(
        self,
        reference_variable: Variable,
        name: str | None = None,
        initializer: Initializer = "zeros",
    ) -> Variable:
        """A new variable of the shape and dtype of another, called after it."""
        name = f"{reference_variable.path.replace('/', '_')}_{name or 'var'}"
        shape, dtype = reference_variable.shape, reference_variable.dtype
        variable = self.add_variable(shape, initializer, dtype, name)
        variable.reference = reference_variable
        return variable

    def add_optimizer_variables(
        self,
        trainable_variables: Iterable[Variable],
        name: str | Sequence[str],
        initializer: Initializer | Sequence[Initializer] = "zeros",
    ) -> Any:
        """One variable per weight, None for one that has no update; as many lists as names."""
        names = [name] if isinstance(name, str) else list(name)
        many = isinstance(initializer, (list, tuple))
        initializers = list(initializer) if many else [initializer] * len(names)
        if len(names) != len(initializers):
            raise ValueError(f"There are {len(names)} names and {len(initializers)} initializers.")
        rows = [
            [
                None
                if v.overwrite_with_gradient
                else self.add_variable_from_reference(v, n, initializer=i)
                for n, i in zip(names, initializers, strict=True)
            ]
            for v in trainable_variables
        ]
        columns = [[row[i] for row in rows] for i in range(len(names))]
        return columns[0] if isinstance(name, str) else tuple(columns)

    def build(
        self, variables: Iterable[Variable] = (), var_list: Iterable[Variable] | None = None
    ) -> None:
        """Make the state for `variables` (or `var_list`), which `apply` then updates."""
        if self.built:
            return
        self._trainable_variables = variables = list(var_list or variables)
        self._index = {id(v): i for i, v in enumerate(variables)}
        if self.use_ema:
            self._averages = self.add_optimizer_variables(variables, "average")
        if self.gradient_accumulation_steps:
            accumulator = "gradient_accumulator"
            self._sums = [self.add_variable_from_reference(v, accumulator) for v in variables]
        self._slots = [[] for _ in variables]
        for group in self.slots:  # type: ignore[union-attr]
            for v, made in zip(variables, self._slots, strict=True):
                if not v.overwrite_with_gradient:
                    made += [self.make_slot(v, name) for name in group.split()]
        self.built = True

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state)
        if self.built:
            self._index = {id(v): i for i, v in enumerate(self._trainable_variables)}

    def _get_variable_index(self, variable: Variable) -> int:
        return self._index[id(variable)]

    def assign(self, variable: Variable, value: Any) -> None:
        """Set `variable`."""
        variable.assign(value)

    def assign_add(self, variable: Variable, value: Any) -> None:
        """Add to `variable`."""
        variable.assign_add(value)

    def assign_sub(self, variable: Variable, value: Any) -> None:
        """Subtract from `variable`."""
        variable.assign_sub(value)

    # One step

    def apply_gradients(self, grads_and_vars: Iterable[tuple]) -> Any:
        """Update the weights from pairs (gradient, weight); returns the step counter."""
        grads, variables = zip(*grads_and_vars, strict=True)
        self.apply(grads, variables)
        return self._iterations

    def apply(self, grads: Sequence, trainable_variables: Iterable[Variable] | None = None) -> None:
        """Update the weights. ValueError for unknown weights, other shapes, or no gradient."""
        grads = list(grads)
        variables = self._known(grads, trainable_variables)
        pairs = _with_gradient(grads, variables)
        overwritten = [(g, v) for g, v in pairs if v.overwrite_with_gradient]
        pairs = [(g, v) for g, v in pairs if not v.overwrite_with_gradient]
        for g, v in overwritten:
            self._overwrite(g, v)
        if pairs:
            scale = self.loss_scale_factor
            grads = [g / scale if scale is not None else ops.convert_to_tensor(g) for g, _ in pairs]
            self._apply_all(grads, [v for _, v in pairs])
        self._iterations.assign_add(1)

    def _known(self, grads: list, variables: Iterable[Variable] | None) -> list[Variable]:
        if variables is None and not self.built:
            raise ValueError(
                f"Optimizer {self.name!r} has no variables: call build(variables), or pass them."
            )
        variables = self._trainable_variables if variables is None else list(variables)
        if len(grads) != len(variables):
            raise ValueError(f"There are {len(grads)} gradients for {len(variables)} variables.")
        if not self.built:  # an own build() may not look
            self.build(variables)
        self.check_variables(variables)
        for g, v in zip(grads, variables, strict=True):
            if g is not None and tuple(np.shape(g)) != tuple(v.shape):
                raise ValueError(
                    f"The gradient of {v.path!r} has shape {np.shape(g)}, the variable {v.shape}."
                )
        return variables

    def check_variables(self, variables: Iterable[Variable]) -> None:
        """ValueError unless the optimizer was built for each of these, and so has state for it."""
        for v in variables:
            if id(v) not in self._index:
                raise ValueError(
                    f"Optimizer {self.name!r} was built without {v.path!r}, for another model or "
                    "other variables; make a new optimizer for these."
                )

    def _overwrite(self, g, v: Variable) -> None:
        """What is called the gradient of `v` is its new value; the largest of accumulated ones."""
        if not self.gradient_accumulation_steps:
            v.assign(g)
            return
        total, due = self._sums[self._get_variable_index(v)], self._is_due()
        most = ops.maximum(g, total.value)
        v.assign(ops.where(due, most, v.value))
        total.assign(ops.where(due, ops.zeros_like(most), most))

    def _is_due(self):
        return (self._iterations.value + 1) % self.gradient_accumulation_steps == 0

    def _apply_all(self, grads: list, variables: list[Variable]) -> None:
        if self.gradient_accumulation_steps:
            self._accumulate(grads, variables)
        else:
            self._step(grads, variables)
        if self.use_ema:
            self._update_averages()
        for v in variables:
            if v.constraint is not None:
                v.assign(v.constraint(v.value))

    def _accumulate(self, grads: list, variables: list[Variable]) -> None:
        sums = [self._sums[self._get_variable_index(v)] for v in variables]
        totals = [g + s.value for g, s in zip(grads, sums, strict=True)]
        due, steps = self._is_due(), self.gradient_accumulation_steps
        means = [total / steps for total in totals]
        assign_if(due, [*variables, *self.variables], lambda: self._step(means, variables))
        for total, s in zip(totals, sums, strict=True):
            s.assign(ops.where(due, ops.zeros_like(total), total))

    def _step(self, grads: list, variables: list[Variable]) -> None:
        """Clip, decay, and update each weight."""
        grads = self._clip(grads)
        rate = ops.convert_to_tensor(self.learning_rate)
        self._decay(variables, rate)
        for g, v in zip(grads, variables, strict=True):
            self.update_step(g, v, rate)

    def _decay(self, variables: list[Variable], rate: Any) -> None:
        for v in variables:
            decay = self.decay_of(v) if self._decays(v) else None
            if decay is not None:
                v.assign(v.value - v.value * decay * ops.cast(rate, v.dtype))

    def update_step(self, gradient: Any, variable: Variable, learning_rate: Any) -> None:
        """Update one weight and its slots."""
        slots = self._slots[self._get_variable_index(variable)]
        inputs = [variable, gradient, learning_rate, self.iterations + 1, *slots]
        # bfloat16 has 0.999 = 1, so that corrections and moments would vanish in it.
        wide = "float32" if variable.dtype in ("float16", "bfloat16") else variable.dtype
        cast: list[Any] = [None if x is None else ops.cast(x, wide) for x in inputs]
        new, *states = self.update(*cast)
        variable.assign(new)
        for slot, state in zip(slots, states, strict=True):
            if slot is not None:
                slot.assign(state)

    def stateless_apply(
        self, optimizer_variables: Sequence, grads: Sequence, trainable_variables: Sequence
    ) -> tuple[list, list]:
        """The step as a pure function: the new weights and the new state, nothing assigned."""
        if not self.built:
            raise ValueError(f"Optimizer {self.name!r} must be built: call build(variables) first.")
        pairs = []
        for what, variables, values in (
            ("trainable_variables", self._trainable_variables, trainable_variables),
            ("optimizer_variables", self.variables, optimizer_variables),
        ):
            if len(variables) != len(values):
                raise ValueError(
                    f"{what} needs {len(variables)} tensors; received {len(values)}. If weights "
                    "were added, frozen or set free since, compile the model again."
                )
            pairs += zip(variables, values, strict=True)
        with StatelessScope(pairs) as scope:
            self.apply(grads)
        new = [scope.get_current_value(v) for v, _ in pairs]
        return new[: len(trainable_variables)], new[len(trainable_variables) :]

    def scale_loss(self, loss: Any) -> Any:
        """What to differentiate instead of `loss`; `apply` divides by the factor again."""
        return loss if self.loss_scale_factor is None else loss * self.loss_scale_factor

    # Clipping, decay, averages

    def _clip(self, grads: list) -> list:
        if self.clipnorm:
            return [_clip_by_norm(g, self.clipnorm) for g in grads]
        if self.global_clipnorm:
            return clip_by_global_norm(grads, self.global_clipnorm)
        if self.clipvalue:
            return [ops.clip(g, -self.clipvalue, self.clipvalue) for g in grads]
        return grads

    def exclude_from_weight_decay(
        self, var_list: Iterable[Variable] | None = None, var_names: Iterable[str] | None = None
    ) -> None:
        """No decay for these variables, and for those whose name matches one of these patterns."""
        self._no_decay = list(var_list or ()), list(var_names or ())

    def _decays(self, variable: Variable) -> bool:
        excluded, patterns = self._no_decay
        named = any(re.search(p, variable.name) for p in patterns)
        return not named and not any(v is variable for v in excluded)

    def _update_averages(self) -> None:
        momentum = ops.cast(self.iterations != 0, settings.floatx()) * self.ema_momentum
        for v, average in self._averaged():
            m = ops.cast(momentum, v.dtype)
            average.assign(m * average.value + (1 - m) * v.value)
            if self.ema_overwrite_frequency:
                due = (self.iterations + 1) % self.ema_overwrite_frequency == 0
                v.assign(ops.where(due, average.value, v.value))

    def _averaged(self) -> list[tuple[Variable, Variable]]:
        pairs = zip(self._trainable_variables, self._averages, strict=True)
        return [(v, a) for v, a in pairs if a is not None]

    def finalize_variable_values(self, var_list: Iterable[Variable]) -> None:
        """Set the weights to their moving averages, if there are any."""
        if not self.use_ema:
            return
        wanted = {id(v) for v in var_list}
        for v, average in self._averaged():
            if id(v) in wanted:
                v.assign(average.value)

    # Storing

    def set_weights(self, weights: Sequence) -> None:
        """Set the state from arrays in the order of `variables`."""
        if not self.built:
            raise ValueError(f"Optimizer {self.name!r} must be built: call build(variables) first.")
        self._set_state(list(weights))

    def _set_state(self, values: list) -> None:
        variables = self.variables
        shapes = [tuple(np.shape(x)) for x in values]
        if shapes != [tuple(v.shape) for v in variables]:
            raise ValueError(
                f"Optimizer {self.name!r} has {len(variables)} variables, "
                f"{[(v.path, v.shape) for v in variables]}; received {len(values)}, {shapes}."
                + ("" if self.built else " It is not built yet: call build(variables) first.")
            )
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)

    def _saved_children(self) -> Iterator[tuple[str, Any]]:
        return saved_attributes(self, set())

    def save_own_variables(self, store: Any) -> None:
        """Write the state into `store`, under "0", "1"..."""
        for i, variable in enumerate(self.variables):
            store[str(i)] = variable.numpy()

    def load_own_variables(self, store: Any) -> None:
        """Read what `save_own_variables` wrote. ValueError if the shapes are others."""
        self._set_state([np.asarray(store[str(i)]) for i in range(len(store.keys()))])

    def get_config(self) -> dict:
        """The arguments, as plain data."""
        names = (*STORED_FIRST, *(n for n in type(self).__fields__ if n not in STORED_FIRST))
        rate = self._rate
        stored = float(rate.numpy()) if isinstance(rate, Variable) else configs.serialize(rate)
        return {
            n: stored if n == "learning_rate" else configs.serialize(getattr(self, n))
            for n in names
        }

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The optimizer that `get_config` describes."""
        config = dict(config)
        with CustomObjectScope(custom_objects):
            if isinstance(config.get("learning_rate"), dict):
                config["learning_rate"] = configs.deserialize(config["learning_rate"])
            return cls(**config)


def _with_gradient(grads: list, variables: list[Variable]) -> list[tuple]:
    """The pairs whose gradient is not None; a warning names the others."""
    missing = [v.path for g, v in zip(grads, variables, strict=True) if g is None]
    if grads and len(missing) == len(grads):
        raise ValueError("No variable has a gradient: the loss does not depend on any of them.")
    if missing:
        warnings.warn(f"The loss does not depend on {missing}: they stay.", stacklevel=4)
    return [(g, v) for g, v in zip(grads, variables, strict=True) if g is not None]


def assign_if(
    condition: Any,
    state: Sequence[Variable],
    then: Callable[[], None],
    otherwise: Callable[[], None] = lambda: None,
) -> None:
    """Run one of two functions that assign to the variables `state`; `condition` may be traced."""
    try:
        known = bool(condition)
    except TypeError:  # inside a compiled program
        pass
    else:
        return then() if known else otherwise()

    def branch(action):
        def run():
            with StatelessScope([(v, v.value) for v in state]) as scope:
                action()
                return [scope.get_current_value(v) for v in state]

        return run

    for v, value in zip(state, ops.cond(condition, branch(then), branch(otherwise)), strict=True):
        v.assign(value)


def _clip_by_norm(g, most: float):
    squares = ops.sum(ops.square(g))
    positive = squares > 0
    norm = ops.where(positive, ops.sqrt(ops.where(positive, squares, 1)), squares)
    return g * most / ops.maximum(norm, most)


def global_norm(tensors: Iterable) -> Any:
    """sqrt(Σ x²) over all elements of all tensors."""
    return ops.sqrt(ops.sum(ops.stack([ops.sum(ops.square(x)) for x in tensors if x is not None])))


def clip_by_global_norm(tensors: Sequence, most: float) -> list:
    """The tensors scaled by one factor so that their global norm is at most `most`."""
    norm = global_norm(tensors)
    # The last term turns every gradient into NaN when the norm is infinite or NaN.
    scale = most * ops.minimum(1 / norm, 1 / most) + (norm - norm)
    return [None if x is None else x * scale for x in tensors]
