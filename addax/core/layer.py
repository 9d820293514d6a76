"""`Layer`: weights, and a call that builds, casts, masks and records."""

import functools
import inspect
import warnings
from collections.abc import Iterator
from typing import Any, ClassVar
from weakref import WeakSet

import jax
import numpy as np

from addax.core import configs, dtypes, errors, tree
from addax.core.call import Arguments
from addax.core.changes import changed
from addax.core.graph import Node, Operation, record_call
from addax.core.input_spec import check_inputs
from addax.core.masks import get_masks, set_masks
from addax.core.names import builtin_names, resolve
from addax.core.scope import (
    AutocastScope,
    CallScope,
    StatelessScope,
    current_path,
    known_sizes,
    name_scope,
)
from addax.core.seeds import SeedGenerator
from addax.core.symbol import KerasTensor, convert_input, has_symbol, infer
from addax.core.tracking import Trackable, Tracking, contents, copied, saved_attributes
from addax.core.variable import Variable
from addax.runtime import start_training

_warned: WeakSet[Any] = WeakSet()  # layers that have lost a mask


def _wrap_build(build):
    """`build` inside the layer's name scope; afterwards the layer counts as built."""

    @functools.wraps(build)
    def wrapper(self, *args, **kwargs):
        with self._name_scope():
            self._path = current_path()
            build(self, *args, **kwargs)
        bound = inspect.signature(build).bind(self, *args, **kwargs).arguments
        self._build_shapes = {k: known_sizes(v) for k, v in list(bound.items())[1:]}
        self.built = True
        if type(self).build is wrapper:  # not yet where a subclass builds on
            self._finish_build()
            self._locked = True

    return wrapper


class Layer(Tracking, Trackable, Operation):
    """A callable with weights.

    Subclasses make weights in `build(input_shape)` (or `__init__`) with `add_weight`, and compute
    in `call(inputs, ...)`, which may take `training` and `mask`. Called on arrays it computes; on
    symbolic tensors it records itself in the graph.
    """

    supports_masking = False
    takes_values = False  # by position: numbers and lists of them, too
    locks = True  # once the layer is built, its variables and inner layers stay
    saved_properties: ClassVar[tuple[str, ...]] = ()  # under which files hold inner layers
    built_at_once = False  # some layers without weights never wait for an input
    old_arguments: ClassVar = (  # those of Keras 1 and 2, by name
        "batch_size", "input_dim", "input_shape", "input_length", "batch_input_shape", "weights",
    )  # fmt: skip

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "build" in vars(cls):
            cls.build = _wrap_build(vars(cls)["build"])

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        start_training()
        self._attached = []
        Operation.__init__(self, name)
        if not isinstance(trainable, bool):
            raise ValueError(f"trainable is True or False; received {trainable!r}.")
        self.dtype_policy = dtype
        self.activity_regularizer = resolve("activity_regularizer", activity_regularizer)
        self.autocast = autocast
        self.built = self.built_at_once and type(self).build is Layer.build
        self.input_spec: Any = None
        self.supports_masking = self.supports_masking or self._makes_masks()
        self._locked = False
        self._made_in_call = CallScope.current() is not None
        self._trainable = trainable
        self._path: str | None = None
        self._weights: list[Variable] = []
        self._losses: list = []
        self._build_shapes: dict | None = None
        self._take_old_arguments(kwargs)

    def _take_old_arguments(self, kwargs: dict) -> None:
        """The input's shape, if it is among these, and the first weights."""
        given = [kwargs.pop(name, None) for name in Layer.old_arguments]
        batch, width, shape, length, whole, self._initial_weights = given
        if shape is None and width is not None:
            shape = (width,) if length is None else (length, width)
        elif shape is None and length is not None:
            shape = (None,)  # an Embedding: its weights don't depend on the length
        self._declared_input = whole if shape is None else (batch, *shape)
        if kwargs:
            name, known = next(iter(kwargs)), inspect.signature(type(self).__init__).parameters
            raise ValueError(
                f"{type(self).__name__} has no argument {name!r}.{errors.suggest(name, known)}"
            )

    # State

    def add_weight(
        self,
        *args: Any,
        shape: Any = None,
        initializer: Any = None,
        dtype: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        regularizer: Any = None,
        constraint: Any = None,
        aggregation: str | None = "none",
        overwrite_with_gradient: bool = False,
        name: str | None = None,
    ) -> Variable:
        """Make a weight: `add_weight(shape, initializer, dtype)`, or `add_weight(name, shape)`.

        The initializer is "glorot_uniform" for floats and "zeros" for other types if not given.
        ValueError once the layer is built.
        """
        self._refuse_state(name or "a weight")
        if args and isinstance(args[0], str):
            name, args = args[0], args[1:]
        named = {"shape": shape, "initializer": initializer, "dtype": dtype}
        given = dict(zip(named, args, strict=False))
        double = [k for k in given if named[k] is not None]
        if double:
            raise ValueError(f"add_weight() was given {double} by position and by name.")
        shape, initializer, dtype = (named | given).values()
        dtype = dtypes.standardize_dtype(dtype or self.variable_dtype)
        if initializer is None:
            initializer = "glorot_uniform" if "float" in dtype else "zeros"
        with self._name_scope():
            sort = dtype, trainable, autocast, aggregation
            variable = Variable(initializer, () if shape is None else shape, *sort, name=name)
        variable.regularizer = resolve("regularizer", regularizer)
        variable.constraint = resolve("constraint", constraint)
        variable.overwrite_with_gradient = overwrite_with_gradient
        variable.born_trainable = trainable
        variable.trainable = trainable and self.trainable
        self._weights.append(variable)
        self._note([variable])
        if self.built:
            changed(self)
        return variable

    add_variable = add_weight

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and self.__dict__.get("_locked"):
            known = {id(x) for x in self._attached}
            if any(id(x) not in known for x in contents(value)):
                self._refuse_state(name)
        super().__setattr__(name, value)

    def _refuse_state(self, what: str) -> None:
        if self.locks and self.__dict__.get("_locked"):
            raise ValueError(
                f"Layer {self.name!r} is built and takes no new variables, layers or metrics; "
                f"received {what}. Make them in __init__() or build()."
            )

    def weight(self, name: str, shape: Any, like: str | None = None, **options: Any) -> Variable:
        """A weight whose initializer, regularizer and constraint are the fields `{like}_...`.

        `like` is `name` if not given: `kernel` goes with `kernel_initializer`.
        """
        for part in ("initializer", "regularizer", "constraint"):
            options.setdefault(part, getattr(self, f"{like or name}_{part}", None))
        return self.add_weight(shape=shape, name=name, **options)

    def _flatten_layers(self, include_self: bool = True, recursive: bool = True) -> list["Layer"]:
        """This layer and those inside it, each once, outer before inner."""
        found: list[Layer] = [self] if include_self else []
        seen = {id(self)}

        def visit(layer):
            for child in layer._sublayers():
                if id(child) not in seen:
                    seen.add(id(child))
                    found.append(child)
                    if recursive:
                        visit(child)

        visit(self)
        return found

    def _sublayers(self) -> list["Layer"]:
        return self.tracked(Layer)

    def _own_weights(self) -> list[Variable]:
        own = self.tracked(Variable)
        return sorted(own, key=lambda v: not v.born_trainable)

    def _own_variables(self) -> list[Variable]:
        return self._own_weights() + [s.state for s in self.tracked(SeedGenerator)]

    @property
    def weights(self) -> list[Variable]:
        """The weights, without the states of random seeds."""
        return _unique(v for layer in self._flatten_layers() for v in layer._own_weights())

    @property
    def variables(self) -> list[Variable]:
        """The weights and the states of random seeds."""
        return _unique(v for layer in self._flatten_layers() for v in layer._own_variables())

    @property
    def trainable_weights(self) -> list[Variable]:
        """The weights that training changes."""
        return [v for v in self.weights if v.trainable] if self.trainable else []

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The weights that training leaves to the layers themselves."""
        return [v for v in self.weights if not (self.trainable and v.trainable)]

    trainable_variables = trainable_weights

    @property
    def non_trainable_variables(self) -> list[Variable]:
        """Every variable that training does not change, seeds included."""
        return [v for v in self.variables if not (self.trainable and v.trainable)]

    @property
    def metrics(self) -> list:
        """The metrics that this layer and those inside it hold as attributes."""
        kind = builtin_names("keras.metrics").get("Metric", ())
        return [m for layer in self._flatten_layers() for m in layer.tracked(kind)]

    @property
    def metrics_variables(self) -> list[Variable]:
        """The variables of `metrics`."""
        return [v for m in self.metrics for v in m.variables]

    @property
    def trainable(self) -> bool:
        """Whether training changes the weights; setting it sets it for all inner layers."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        for layer in self._flatten_layers():
            layer._trainable = bool(value)
            for variable in layer._own_weights():
                if variable.born_trainable:
                    variable.trainable = bool(value)

    def get_weights(self) -> list:
        """Copies of the weights as NumPy arrays."""
        return [w.numpy() for w in self.weights]

    def set_weights(self, weights: list) -> None:
        """Assign arrays to the weights, all or none. ValueError when number or shapes differ."""
        own = self.weights
        shapes = [tuple(getattr(w, "shape", ())) for w in weights]
        if shapes != [w.shape for w in own]:
            table = [f"  {w.path}: {w.shape}" for w in own]
            raise ValueError(
                f"Layer {self.name!r} has {len(own)} weights:\n" + "\n".join(table) + "\n"
                f"but {len(weights)} came, of shapes {shapes}. Nothing was set."
            )
        for variable, value in zip(own, weights, strict=True):
            variable.assign(value)

    def count_params(self) -> int:
        """The number of scalars in the weights. ValueError before the layer is built."""
        if not self.built:
            raise ValueError(
                f"Layer {self.name!r} has no weights to count yet: build it, or call it on data."
            )
        return sum(w.size for w in self.weights)

    @property
    def dtype_policy(self) -> Any:
        """The policy for the dtypes of weights and computations; setting it takes names too."""
        return self._dtype_policy

    @dtype_policy.setter
    def dtype_policy(self, value: Any) -> None:
        self._dtype_policy = dtypes.get_policy(value)

    @property
    def _policy(self) -> dtypes.DTypePolicy:
        """The policy that holds here: a map's by the layer's path, once it has one."""
        return self.dtype_policy.at(self._path)

    dtype = property(lambda self: self._policy.variable_dtype)
    variable_dtype = dtype
    compute_dtype = property(lambda self: self._policy.compute_dtype)
    input_dtype = compute_dtype
    quantization_mode = property(lambda self: self._policy.quantization_mode)
    path = property(lambda self: self._path, doc="Where the layer stands; None before it is built.")

    @property
    def supports_jit(self) -> bool:
        return self.__dict__.get("_supports_jit", True)

    @supports_jit.setter
    def supports_jit(self, value: bool) -> None:
        self._supports_jit = value

    # Losses

    def add_loss(self, loss: Any) -> None:
        """Add scalars, computed in `call`, to the loss of the model."""
        scope = StatelessScope.current()
        for x in tree.flatten(loss):
            if isinstance(x, KerasTensor) or x is None:
                continue
            if scope is None:
                self._losses.append(x)
            elif scope.collect_losses:
                scope.add_loss(x)

    @property
    def losses(self) -> list:
        """What `add_loss` and activity regularizers gave in the last call, and weight penalties."""
        scope = StatelessScope.current()
        if scope is not None and scope.collect_losses:
            found = list(scope.losses)
        else:
            found = [x for layer in self._flatten_layers() for x in layer._losses]
        return found + [v.regularizer(v) for v in self.trainable_weights if v.regularizer]

    def _clear_losses(self) -> None:
        for layer in self._flatten_layers():
            layer._losses = []

    def _regularize_activity(self, outputs) -> None:
        if self.activity_regularizer is None:
            return
        for x in tree.flatten(outputs):
            if isinstance(x, jax.Array):
                batch = max(x.shape[0], 1) if x.ndim else 1
                self.add_loss(self.activity_regularizer(x) / batch)

    # Calling

    def build(self, input_shape: Any) -> None:
        """Make the weights for inputs of this shape; layers without weights need none."""
        self._build_shapes = {"input_shape": known_sizes(input_shape)}
        if input_shape is not None and any(not layer.built for layer in self._sublayers()):
            infer(self.call, (tree.map_shape_structure(KerasTensor, input_shape),))
        self.built = True

    def _finish_build(self) -> None:
        """Runs after `build` of the layer's own class."""

    def check_values(self, inputs: Any) -> None:
        """ValueError for data on the host, `inputs`, that the layer has no answer for."""

    def compute_mask(self, inputs: Any, previous_mask: Any) -> Any:
        """The mask of the outputs; by default that of the inputs."""
        return previous_mask

    def __getattr__(self, name: str) -> Any:
        """Only for what is missing: in an object whose class forgot the constructor, all is."""
        kind = type(self).__name__
        if "built" not in vars(self) and not name.startswith("__"):
            raise RuntimeError(f"{kind}.__init__() must begin with super().__init__(**kwargs).")
        return object.__getattribute__(self, name)  # the error again, which may be a property's

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.built  # noqa: B018  RuntimeError for a class that forgot the constructor
        arguments = Arguments(self, args, kwargs)
        outer = CallScope.current()
        training = arguments.training(outer)
        if outer is None and StatelessScope.current() is None:
            self._clear_losses()
        try:
            with CallScope(self, training), self._name_scope():
                check_inputs(self.input_spec, arguments.first)
                if not self.built:
                    self._build_for(arguments)
                    self._check_owner(outer)
                self._path = self._path or current_path()
                outputs = self._compute(arguments, training)
        except Exception as error:
            raise errors.folded(errors.located(error, self, arguments.tensors)) from error.__cause__
        if arguments.symbolic:
            Node(self, args, kwargs, outputs)
        return outputs

    def _check_owner(self, outer: CallScope | None) -> None:
        """ValueError if the layer whose `call` made this one does not have it, and its weights."""
        if not (self._made_in_call and outer and self.weights):
            return
        if all(layer is not self for layer in outer.layer._flatten_layers()):
            raise ValueError(
                f"{type(self).__name__} {self.name!r} was made in call() of {outer.layer.name!r} "
                f"({type(outer.layer).__name__}), which would make it anew at each call: training "
                "would never see its weights. Make it in __init__() or build(), as an attribute."
            )

    def _compute(self, arguments: "Arguments", training: bool | None) -> Any:
        masks = arguments.fill_masks(self)
        positional, named = arguments.bound(training)
        self.built = self._locked = True
        with self._autocast_scope():
            if arguments.symbolic:
                outputs = self.compute_output_spec(*positional, **named)
            else:
                outputs = self._run(positional, named)
        self._regularize_activity(outputs)
        if masks is not None:
            self._pass_masks(arguments.first, outputs, masks)
        elif self._makes_masks() and not tree.is_nested(outputs):
            set_masks(outputs, self._output_mask(arguments.first, None))
        return outputs

    def _makes_masks(self) -> bool:
        return type(self).compute_mask is not Layer.compute_mask

    def _pass_masks(self, inputs, outputs, masks) -> None:
        if self.supports_masking:
            if get_masks(outputs) is None or self._makes_masks():
                set_masks(outputs, self._output_mask(inputs, masks))
        elif self not in _warned:
            _warned.add(self)
            warnings.warn(
                f"Layer {self.name!r} ({type(self).__name__}) got a masked input, but does not "
                "support masks: later layers will not see the mask. Set "
                "`self.supports_masking = True` if that is right for it.",
                stacklevel=4,
            )

    def _output_mask(self, inputs, masks):
        if has_symbol(inputs) and self._makes_masks():
            symbols = infer(self.compute_mask, (inputs, masks))
            return record_call(self.compute_mask, (inputs, masks), {}, symbols)
        return self.compute_mask(inputs, masks)

    def _name_scope(self) -> name_scope:
        return name_scope(self.name, caller=self)

    def _autocast_scope(self) -> AutocastScope:
        casts = self.autocast and dtypes.is_float(self.compute_dtype)
        return AutocastScope(self.compute_dtype if casts else None)

    def _convert(self, x: Any) -> Any:
        return convert_input(x, self.input_dtype if self.autocast else None)

    def _build_for(self, arguments: "Arguments") -> None:
        shapes = arguments.shapes_for(self.build)
        if shapes is not None and type(self).build is not Layer.build:
            self.build(**shapes)
        elif type(self).build is Layer.build:
            self._path = current_path()
            shapes = arguments.shapes_for(Layer.build, bound=False)
            self._build_shapes = shapes and {k: known_sizes(v) for k, v in shapes.items()}
        self.built = True
        if self._initial_weights is not None:
            self.set_weights(self._initial_weights)
            self._initial_weights = None

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """Symbolic tensors with the shapes and dtypes that `call` would give."""
        if type(self).compute_output_shape is Layer.compute_output_shape:
            with self._autocast_scope():
                return infer(self.call, args, kwargs)
        inputs = args[0] if args else next(iter(kwargs.values()))
        shapes = tree.map_structure(lambda x: x.shape, inputs)
        result = self.compute_output_shape(shapes)
        return tree.map_shape_structure(lambda s: KerasTensor(s, self.compute_dtype), result)

    def compute_output_shape(self, *args: Any, **kwargs: Any) -> Any:
        """The shape of the output for inputs of this shape (None = unknown)."""
        symbol = lambda s: KerasTensor(s, self.compute_dtype)  # noqa: E731
        tensors = [tree.map_shape_structure(symbol, s) for s in (*args, *kwargs.values())]
        layer = self if self.built else copied(self)
        with CallScope(layer, None), layer._name_scope():
            arguments = Arguments(layer, tuple(tensors), {})
            if not layer.built:
                layer._build_for(arguments)
            positional, named = arguments.bound(None)
            if type(layer).compute_output_spec is Layer.compute_output_spec:
                outputs = infer(layer.call, positional, named)
            else:
                outputs = layer.compute_output_spec(*positional, **named)
        return tree.map_structure(lambda x: x.shape, outputs)

    def stateless_call(
        self,
        trainable_variables: Any,
        non_trainable_variables: Any,
        *args: Any,
        return_losses: bool = False,
        **kwargs: Any,
    ) -> Any:
        """The call as a pure function of the variables' values.

        Returns `(outputs, non_trainable_variables)`, and the losses third if asked for.
        """
        if not self.built:
            raise ValueError(
                f"{type(self).__name__} {self.name!r} has no variables yet: build it, or call it "
                "on data, before `stateless_call`."
            )
        mapping = []
        for kind, values in (
            ("trainable_variables", trainable_variables),
            ("non_trainable_variables", non_trainable_variables),
        ):
            own = getattr(self, kind)
            if len(values) != len(own):
                raise ValueError(f"{self.name!r} has {len(own)} {kind}; {len(values)} came.")
            mapping += zip(own, values, strict=True)
        with StatelessScope(mapping, collect_losses=return_losses) as scope:
            outputs = self(*args, **kwargs)
            losses = self.losses if return_losses else None
        after = [scope.get_current_value(v) for v in self.non_trainable_variables]
        return (outputs, after, losses) if return_losses else (outputs, after)

    # Configuration

    def get_config(self) -> dict:
        """What `from_config` needs to make an equal layer (without its weights)."""
        config = {"name": self.name, "trainable": self.trainable, "dtype": self.dtype_policy}
        config = {k: configs.serialize(v) for k, v in config.items()}
        config |= configs.of_fields(self)
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = configs.serialize(self.activity_regularizer)
        return configs.recorded(self) | config

    @classmethod
    def from_config(cls, config: dict):
        """A layer from what `get_config` gave."""
        if isinstance(config.get("dtype"), dict):  # constructors know policies by their names
            policy = configs.deserialize(config["dtype"])
            plain = type(policy) is dtypes.DTypePolicy
            config = config | {"dtype": policy.name if plain else policy}
        return cls(**configs.revived(cls, config))

    def get_build_config(self) -> dict | None:
        """The input shapes the layer was built for."""
        shapes = self._build_shapes
        if shapes is None:
            return None
        return (
            {"input_shape": next(iter(shapes.values()))}
            if len(shapes) == 1
            else {"shapes_dict": shapes}
        )

    def build_from_config(self, config: dict) -> None:
        """Build for the shapes in `config`."""
        if "input_shape" in config:
            self.build(_tuples(config["input_shape"]))
        elif "shapes_dict" in config:
            self.build(**{k: _tuples(v) for k, v in config["shapes_dict"].items()})

    def _saved_children(self) -> Iterator[tuple[str, Any]]:
        """What files hold besides the layer's own weights, by the names that paths have."""
        return saved_attributes(self, made_by(Layer), self.saved_properties)

    def _stored_weights(self) -> list[Variable]:
        """Those of the layer's own weights that files hold."""
        return self._own_weights()

    def _cleared_weights(self) -> list[Variable]:
        """Weights that files don't hold, and that become zero when the others are loaded."""
        return []

    def save_own_variables(self, store: dict) -> None:
        """Put the layer's own weights into `store` under running numbers."""
        for i, v in enumerate(self._stored_weights()):
            store[str(i)] = v

    def load_own_variables(self, store: Any) -> None:
        """Take the layer's own weights from `store`. ValueError when their number differs."""
        own = self._stored_weights()
        if len(store.keys()) != len(own):
            raise ValueError(
                f"Layer {self.path or self.name!r} has {len(own)} weights "
                f"({', '.join(v.name for v in own) or 'none; was it built?'}); the file has "
                f"{len(store.keys())}."
            )
        for i, v in enumerate(own):
            v.assign(store[str(i)])
        for v in self._cleared_weights():
            v.assign(np.zeros(v.shape))

    def quantize(self, mode: Any = None, **kwargs: Any) -> None:
        self.quantized_call()

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"

    __str__ = __repr__


def _tuples(shape: Any) -> Any:
    return tree.map_shape_structure(tuple, shape)


@functools.cache
def made_by(base: type) -> set[str]:
    """The attributes that the constructor of `base` sets."""
    return {"variant_of", *base.untracked, *vars(base(name="any"))}  # type: ignore[attr-defined]


def _unique(variables) -> list[Variable]:
    return list({id(v): v for v in variables}.values())
