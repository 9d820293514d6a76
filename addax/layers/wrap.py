"""Layers around other layers, and around modules of other libraries."""

import copy
import inspect
import os
from collections.abc import Callable, Sequence
from typing import Any, Literal, Unpack

import numpy as np

from addax import ops
from addax.core import tree
from addax.core.configs import deserialize, serialize
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.scope import SharedObjects, SymbolicScope
from addax.core.seeds import SeedGenerator, draw_seed
from addax.core.types import DType, LayerOptions, Seed, Shape, Tensor, Tensors
from addax.core.variable import Variable


def check_layer(layer: Any, wrapper: str) -> None:
    if not isinstance(layer, Layer):
        raise ValueError(f"{wrapper} takes a layer; received {layer!r}.")


@fields
class Wrapper(Layer):
    """Base of layers around one other, `self.layer`; subclasses define `call`.

    ValueError for what is no layer.
    """

    layer: Any

    def setup(self) -> None:
        if isinstance(self.layer, dict):
            self.layer = deserialize(self.layer)
        check_layer(self.layer, type(self).__name__)

    def build(self, input_shape: Tensors = None) -> None:
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True


class TimeDistributed(Wrapper):
    """A layer applied to each time step: `(batch, time, ...)` -> `(batch, time, ...)`.

    Time steps are so many more examples of one call; in training they come one after the other if
    the layer has a state that each of them changes.

    ValueError for inputs of fewer than three axes, and for a mask that doesn't begin like its
    input.
    """

    def setup(self) -> None:
        super().setup()
        self.supports_masking = True

    def build(self, input_shape: Tensors) -> None:
        if len(input_shape) < 3:
            raise ValueError(
                "TimeDistributed takes inputs (batch, time, ...) of at least 3 axes; the shape "
                f"is {tuple(input_shape)}."
            )
        super().build((input_shape[0], *input_shape[2:]))

    def call(self, inputs: Tensor, training: bool | None = None, mask: Tensor = None) -> Tensors:
        batch, time = inputs.shape[:2]
        accepted = inspect.signature(self.layer.call).parameters
        mask = self._child_mask(inputs, mask)

        def run(x, mask):
            given = {"training": training} | ({} if mask is None else {"mask": mask})
            return self.layer(x, **{k: v for k, v in given.items() if k in accepted})

        changing = self.layer.trainable and any(not w.born_trainable for w in self.layer.weights)
        # In a symbolic call time is as long as a stand-in for its length.
        if training and changing and SymbolicScope.current() is None:
            steps = [(inputs[:, t], None if mask is None else mask[:, t]) for t in range(time)]
            outputs = [run(*step) for step in steps]
            return tree.map_structure(lambda *parts: ops.stack(parts, axis=1), *outputs)
        outputs = run(_merge(inputs), None if mask is None else _merge(mask))
        split = lambda x: ops.reshape(x, (batch, time, *x.shape[1:]))  # noqa: E731
        return tree.map_structure(split, outputs)

    def _child_mask(self, inputs, mask) -> Any:
        if mask is None:
            return None
        if tuple(mask.shape[:2]) != tuple(inputs.shape[:2]):
            raise ValueError(
                f"A mask for TimeDistributed has the first two axes of its input, "
                f"{tuple(inputs.shape[:2])}; received one of shape {tuple(mask.shape)}."
            )
        # A mask of whole steps says nothing about the inside of one that has an inside.
        return mask if mask.ndim > 2 or inputs.ndim == 3 else None


def _merge(x):
    return ops.reshape(x, (x.shape[0] * x.shape[1], *x.shape[2:]))


MERGES = {
    "concat": lambda a, b: ops.concatenate([a, b], axis=-1),
    "sum": lambda a, b: a + b,
    "ave": lambda a, b: (a + b) / 2,
    "mul": lambda a, b: a * b,
    None: lambda a, b: (a, b),
}


def _renamed(layer: Any, prefix: str, **changes: Any) -> Any:
    with SharedObjects():  # a copy shares nothing, not even inside a file that is being read
        config = copy.deepcopy(serialize(layer))
        config["config"] |= {"name": prefix + layer.name.removeprefix(prefix), **changes}
        config.pop("build_config", None)
        config.pop("shared_object_id", None)
        return deserialize(config)


class Bidirectional(Layer):
    """A recurrent layer run forwards, and another backwards; their outputs merged.

    `(batch, time, d)` -> `(batch, 2 * units)` for "concat", `(batch, units)` for "sum", "ave" and
    "mul", a pair for None; `return_sequences` adds the time axis. States are the forward layer's,
    then the backward layer's.

    ValueError for what is no layer, for another merge mode, and for two layers that run the same
    way or return different things. Schuster and Paliwal 1997.
    """

    def __init__(
        self,
        layer: Any,
        merge_mode: Literal["concat", "sum", "ave", "mul"] | str | None = "concat",
        weights: Sequence[Any] | None = None,
        backward_layer: Any = None,
        **kwargs: Unpack[LayerOptions],
    ) -> None:
        check_layer(layer, "Bidirectional")
        if merge_mode not in MERGES:
            raise ValueError(f"merge_mode is one of {list(MERGES)}; received {merge_mode!r}.")
        super().__init__(weights=weights, **kwargs)
        if backward_layer is not None:
            check_layer(backward_layer, "Bidirectional")
        self.forward_layer = _renamed(layer, "forward_")
        self.backward_layer = backward_layer or _renamed(layer, "backward_", go_backwards=True)
        self._check_pair()
        for one in (self.forward_layer, self.backward_layer):
            if hasattr(one, "zero_output_for_mask"):
                one.zero_output_for_mask = one.return_sequences
        self.merge_mode = merge_mode
        self.stateful = layer.stateful
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.supports_masking = True
        self.input_spec = layer.input_spec

    def _check_pair(self):
        pair = self.forward_layer, self.backward_layer
        if pair[0].go_backwards == pair[1].go_backwards:
            raise ValueError(
                f"One of the two layers goes backwards; both have go_backwards="
                f"{pair[0].go_backwards}."
            )
        for name in ("stateful", "return_sequences", "return_state"):
            values = [getattr(one, name) for one in pair]
            if values[0] != values[1]:
                raise ValueError(f"Both layers need the same {name}; received {values}.")

    def build(self, sequences_shape: Shape, initial_state_shape: Tensors = None) -> None:
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(sequences_shape)

    def call(
        self,
        sequences: Tensor,
        initial_state: Tensors = None,
        mask: Tensor = None,
        training: bool | None = None,
    ) -> Tensors:
        initial = [] if initial_state is None else list(initial_state)
        half = len(initial) // 2
        given = (initial[:half] or None, initial[half:] or None)
        outputs, states = [], []
        for layer, state in zip((self.forward_layer, self.backward_layer), given, strict=True):
            accepted = inspect.signature(layer.call).parameters
            options = {"initial_state": state, "mask": mask, "training": training}
            kwargs = {k: v for k, v in options.items() if k in accepted and v is not None}
            output = layer(sequences, **kwargs)
            output, *rest = output if self.return_state else (output,)
            outputs.append(ops.cast(output, self.compute_dtype))
            states += rest
        forward, backward = outputs
        if self.return_sequences:
            backward = ops.flip(backward, axis=1)
        merged = MERGES[self.merge_mode](forward, backward)
        if not self.return_state:
            return merged
        return (*(merged if self.merge_mode is None else (merged,)), *states)

    @property
    def states(self) -> tuple | None:
        """The states of a stateful layer's two layers."""
        both = [*(self.forward_layer.states or ()), *(self.backward_layer.states or ())]
        return tuple(both) or None

    def reset_state(self) -> None:
        """Set the states of both layers back to zero. AttributeError if they aren't stateful."""
        if not self.stateful:
            raise AttributeError(f"{self.name!r} is not stateful: it has no states to reset.")
        self.forward_layer.reset_state()
        self.backward_layer.reset_state()

    reset_states = reset_state

    def compute_mask(self, inputs: Tensors, mask: Tensors = None) -> Tensors:
        mask = mask[0] if isinstance(mask, (list, tuple)) else mask
        mask = mask if self.return_sequences else None
        masks = [mask] if self.merge_mode else [mask, mask]
        if self.return_state:
            masks += [None] * (2 * len(self.forward_layer.state_size))
        return masks if len(masks) > 1 else mask

    def get_config(self) -> dict:
        layers = {"layer": self.forward_layer, "backward_layer": self.backward_layer}
        config = {k: serialize(v) for k, v in layers.items()}
        return super().get_config() | {"merge_mode": self.merge_mode} | config

    @classmethod
    def from_config(cls, config: dict) -> "Bidirectional":
        config = copy.deepcopy(config)
        layers = {k: deserialize(config.pop(k)) for k in ("layer", "backward_layer") if k in config}
        return cls(**layers, **config)


def _takes(function: Any, name: str, allowed: tuple[str, ...]) -> list[str]:
    """The parameters of a user's function. ValueError for other names, or without `inputs`."""
    found = list(inspect.signature(function).parameters)
    if "inputs" not in found or set(found) - set(allowed):
        raise ValueError(
            f"{name} takes `inputs` and may take {', '.join(allowed)}; its parameters are {found}."
        )
    return found


class JaxLayer(Layer):
    """A function written in JAX as a layer; its arrays become variables.

    `call_fn(params, state, rng, inputs, training)` may take any of these besides `inputs`; with
    `state` it returns `(outputs, new_state)`. `init_fn(rng, inputs, training)` returns what
    `call_fn` takes, `params` or `(params, state)`, unless they are given.

    ValueError for functions with other arguments, for a function that has nothing to start from,
    and for a state that changes its number of arrays.
    """

    def __init__(
        self,
        call_fn: Callable[..., Any],
        init_fn: Callable[..., Any] | None = None,
        params: Tensors = None,
        state: Tensors = None,
        seed: Seed = None,
        native_serialization_platforms: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.call_fn: Any = call_fn
        self.init_fn: Any = init_fn
        self.native_serialization_platforms = native_serialization_platforms
        self.call_takes = _takes(
            call_fn, "call_fn", ("params", "state", "rng", "inputs", "training")
        )
        if init_fn is not None:
            self.init_takes = _takes(init_fn, "init_fn", ("rng", "inputs", "training"))
        self.params, self.state = self._variables(params, True), self._variables(state, False)
        self._needs_init = params is None and state is None and self._holds_variables()
        if init_fn is None and self._needs_init:
            raise ValueError("call_fn takes params or state: give init_fn, params or state.")
        self.seed_generator = SeedGenerator(seed) if "rng" in self.call_takes else None

    def _holds_variables(self) -> bool:
        return "params" in self.call_takes or "state" in self.call_takes

    def _variables(self, values, trainable):
        def make(value):
            if value is None or np.asarray(value).dtype == object:
                return value
            value = ops.convert_to_tensor(value)
            dtype = None if "float" in str(value.dtype) else value.dtype
            return self.add_weight(
                value.shape, initializer=lambda *_, **__: value, dtype=dtype, trainable=trainable
            )

        return None if values is None else tree.map_structure(make, values)

    def _init_rng(self):
        return draw_seed(None)

    def _call_rng(self, training):
        return self.seed_generator.next() if training and self.seed_generator else None

    def build(self, input_shape: Tensors) -> None:
        if not self._needs_init:
            return
        ones = lambda shape: ops.ones([1 if n is None else n for n in shape])  # noqa: E731
        inputs = tree.map_shape_structure(ones, input_shape)
        given = {"rng": self._init_rng(), "inputs": inputs, "training": True}
        made = self.init_fn(*[given[name] for name in self.init_takes])
        params, state = made if "state" in self.call_takes else (made, None)
        self.params, self.state = self._variables(params, True), self._variables(state, False)
        self._needs_init = False

    def call(self, inputs: Tensors, training: bool | None = False) -> Tensors:
        values = lambda held: tree.map_structure(  # noqa: E731
            lambda v: v.value if isinstance(v, Variable) else v, held
        )
        given = {"inputs": inputs, "training": training}
        given |= {name: values(getattr(self, name)) for name in ("params", "state")}
        given["rng"] = self._call_rng(training)
        outputs = self.call_fn(*[given[name] for name in self.call_takes])
        if "state" not in self.call_takes:
            return outputs
        outputs, state = outputs
        old, new = tree.flatten(self.state), tree.flatten(state)
        if len(old) != len(new):
            raise ValueError(f"call_fn returned a state of {len(new)} arrays; it has {len(old)}.")
        for variable, value in zip(old, new, strict=True):
            variable.assign(value)
        return outputs

    stored = ("call_fn", "init_fn", "native_serialization_platforms")

    def get_config(self) -> dict:
        own = {name: serialize(getattr(self, name)) for name in self.stored}
        return super().get_config() | own

    @classmethod
    def from_config(cls, config: dict) -> "JaxLayer":
        functions = {k: deserialize(config[k]) for k in ("call_fn", "init_fn")}
        return cls(**(config | functions))


class FlaxLayer(JaxLayer):
    """A flax.linen module as a layer: its "params" train, its other collections are state.

    Modules are used by their `init` and `apply` only; the shapes are the module's.
    """

    def __init__(
        self,
        module: Any,
        method: Callable[..., Any] | str | None = None,
        variables: Tensors = None,
        **kwargs: Any,
    ) -> None:
        function = getattr(module, method) if isinstance(method, str) else method
        trains = "training" in inspect.signature(function or module.__call__).parameters

        def extra(training):
            return {"method": method, **({"training": training} if trains else {})}

        def apply(params, state, rng, inputs, training):
            held = {**(params or {}), **(state or {})}
            names = [k for k in held if k != "params"]
            outputs, after = module.apply(held, inputs, rngs=rng, mutable=names, **extra(training))
            return outputs, {name: after[name] for name in names}

        def start(rng, inputs, training):
            return _split_variables(module.init(rng, inputs, **extra(training)))

        params, state = (None, None) if variables is None else _split_variables(variables)
        super().__init__(call_fn=apply, init_fn=start, params=params, state=state, **kwargs)
        self.module, self.method = module, getattr(method, "__name__", method)

    def _init_rng(self):
        return {"params": draw_seed(None), "dropout": draw_seed(None)}

    def _call_rng(self, training):
        return {"dropout": super()._call_rng(training)} if training else {}

    stored = ("native_serialization_platforms", "module", "method")

    @classmethod
    def from_config(cls, config: dict) -> "FlaxLayer":
        return cls(**(config | {"module": deserialize(config["module"])}))


def _split_variables(variables: Any) -> tuple[dict, dict]:
    params = {k: v for k, v in variables.items() if k == "params"}
    return params, {k: v for k, v in variables.items() if k != "params"}


class TorchModuleWrapper(Layer):
    """Not to be had: PyTorch's modules don't run on JAX. NotImplementedError in every case."""

    def __init__(
        self, module: Any, name: str | None = None, output_shape: Shape | None = None, **kwargs: Any
    ) -> None:
        raise NotImplementedError(
            "TorchModuleWrapper runs PyTorch code, which JAX can neither compile nor "
            "differentiate. Rebuild the module from layers and copy its weights with set_weights."
        )


class TFSMLayer(Layer):
    """Not to be had: a SavedModel needs TensorFlow to run. NotImplementedError in every case."""

    def __init__(
        self,
        filepath: str | os.PathLike[str],
        call_endpoint: str = "serve",
        call_training_endpoint: str | None = None,
        trainable: bool = True,
        name: str | None = None,
        dtype: DType = None,
    ) -> None:
        raise NotImplementedError(
            f"TFSMLayer runs a SavedModel ({filepath}), which only TensorFlow can do. Load the "
            "model with Keras there, save it as a .keras file, and load that."
        )
