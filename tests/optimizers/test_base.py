"""What all optimizers share: names, learning rate, own rules, state, errors."""

import inspect

import keras
import numpy as np
import pytest

from addax import ops, optimizers
from addax.core.names import CustomObjectScope
from addax.core.variable import Variable
from addax.optimizers import legacy
from addax.optimizers.schedules import ExponentialDecay, InverseTimeDecay

PUBLIC = [n for n in dir(keras.optimizers) if not n.startswith("_")]
ONE = np.ones(2, "float32")


def weight(name="w", **attributes):
    v = Variable(np.zeros(2, "float32"), name=name)
    for attribute, value in attributes.items():
        setattr(v, attribute, value)
    return v


@pytest.mark.parametrize("name", [n for n in PUBLIC if n not in ("legacy", "schedules")])
def test_every_public_name_exists(name):
    ours, theirs = getattr(optimizers, name), getattr(keras.optimizers, name)
    wanted = inspect.signature(theirs).parameters
    have = inspect.signature(ours).parameters
    assert set(have) == set(wanted)
    assert {n: p.default for n, p in have.items()} == {n: p.default for n, p in wanted.items()}
    if name != "Muon":  # there Keras has some after the shared ones
        assert list(have) == list(wanted)


def test_legacy_names_are_the_same_rules_with_old_arguments():
    assert legacy.Adam is optimizers.Adam
    assert all(hasattr(legacy, n) for n in dir(keras.optimizers.legacy) if not n.startswith("_"))


@pytest.mark.parametrize(
    "name", ["adam", "Adam", "ADAM", "rmsprop", "RMSprop", "ScheduleFreeAdamW"]
)
def test_names_in_any_case(name):
    assert type(optimizers.get(name)).__name__.lower() == name.lower()


def test_identifiers():
    sgd = optimizers.SGD()
    assert optimizers.get(sgd) is sgd
    assert optimizers.get(None) is None
    assert isinstance(optimizers.get(optimizers.Adam), optimizers.Adam)
    old = {"lr": 0.5, "decay": 0.0, "epsilon": None, "is_legacy_optimizer": False}
    adam = optimizers.deserialize({"class_name": "adam", "config": old})
    assert (float(adam.learning_rate), adam.epsilon) == (0.5, 1e-7)


def test_learning_rate_can_be_set():
    optimizer = optimizers.SGD(1)
    v = weight()
    optimizer.learning_rate = 0.25
    assert float(optimizer.learning_rate) == float(optimizer.lr) == 0.25
    optimizer.apply([ONE], [v])
    assert v.numpy().tolist() == [-0.25, -0.25]
    optimizer.learning_rate = lambda: 0.5
    optimizer.apply([ONE])
    assert v.numpy().tolist() == [-0.75, -0.75]
    optimizer.learning_rate = ExponentialDecay(1.0, 1, 0.5)
    optimizer.apply([ONE])
    assert v.numpy().tolist() == [-1.0, -1.0]
    assert [x.name for x in optimizer.variables] == ["iteration"]
    with pytest.raises(TypeError, match="set another schedule"):
        optimizer.learning_rate = 0.1


def test_old_arguments():
    assert float(optimizers.Adam(lr=0.5).learning_rate) == 0.5
    assert float(optimizers.Adam(decay=0.0).learning_rate) == pytest.approx(0.001)
    decayed = optimizers.SGD(lr=0.5, decay=0.1)
    assert isinstance(decayed._rate, InverseTimeDecay)
    decayed._iterations.assign(10)
    assert float(decayed.learning_rate) == 0.25


def test_excluded_from_weight_decay():
    variables = [Variable(ONE, name=n) for n in ("kernel", "bias", "scale")]
    optimizer = optimizers.SGD(1.0, weight_decay=0.5)
    optimizer.exclude_from_weight_decay([variables[2]], ["bi.s"])
    optimizer.apply([0 * ONE] * 3, variables)
    assert [float(v.numpy()[0]) for v in variables] == [0.5, 1.0, 1.0]


def test_moving_averages_are_handed_over_at_the_end():
    optimizer, v = optimizers.SGD(1.0, use_ema=True, ema_momentum=0.5), weight()
    for _ in range(2):
        optimizer.apply([ONE], [v])
    optimizer.finalize_variable_values([v])
    assert v.numpy().tolist() == [-1.5, -1.5]


def test_a_missing_gradient_is_named_and_changes_nothing():
    a, b = weight("a"), weight("b")
    with pytest.warns(UserWarning, match=r"\['b'\]"):
        optimizers.SGD(1.0).apply([ONE, None], [a, b])
    assert a.numpy().tolist() == [-1.0, -1.0]
    assert b.numpy().tolist() == [0.0, 0.0]


@pytest.mark.parametrize("steps", [None, 2])
def test_a_variable_may_take_its_gradient_as_value(steps):
    v, w = weight("v", overwrite_with_gradient=True), weight("w")
    optimizer = optimizers.Adam(gradient_accumulation_steps=steps)
    optimizer.apply([3 * ONE, ONE], [v, w])
    assert v.numpy().tolist() == ([3.0, 3.0] if steps is None else [0.0, 0.0])
    optimizer.apply([2 * ONE, ONE], [v, w])
    assert v.numpy().tolist() == ([2.0, 2.0] if steps is None else [3.0, 3.0])
    assert len([x for x in optimizer.variables if "velocity" in x.name]) == 1


def test_state_is_stored_and_read():
    first, second, v = optimizers.Adam(), optimizers.Adam(), weight()
    first.apply([ONE], [v])
    store = {}
    first.save_own_variables(store)
    assert list(store) == ["0", "1", "2", "3"]
    with pytest.raises(ValueError, match="not built yet: call build"):
        second.load_own_variables(store)
    second.build(var_list=[v])
    second.load_own_variables(store)
    for a, b in zip(first.variables, second.variables, strict=True):
        np.testing.assert_array_equal(a.numpy(), b.numpy())
    second.set_weights([x.numpy() * 0 for x in first.variables])
    assert not any(x.numpy().any() for x in second.variables)


class KerasStyle(optimizers.Optimizer):
    """As the guides of Keras write one."""

    def __init__(self, learning_rate=0.1, momentum=0.5, name="own", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.m = self.add_optimizer_variables(variables, "m")
        self.extra = Variable(1.0, name="extra")

    def update_step(self, gradient, variable, learning_rate):
        m = self.m[self._get_variable_index(variable)]
        self.assign(m, m * self.momentum + gradient)
        self.assign_sub(variable, ops.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum}


class PureStyle(optimizers.Optimizer):
    slots = ("m",)

    def update(self, p, g, lr, t, m):
        m = m * 0.5 + g
        return p - lr * m, m


@pytest.mark.parametrize("make", [KerasStyle, lambda: PureStyle(0.1)], ids=["keras", "pure"])
def test_own_rules(make):
    optimizer, v = make(), weight()
    for _ in range(2):
        optimizer.apply_gradients([(ONE, v)])
    np.testing.assert_allclose(v.numpy(), -0.25 * ONE, rtol=1e-6)
    values = [x.value for x in optimizer.variables]
    (new,), state = optimizer.stateless_apply(values, [ONE], [v.value])
    np.testing.assert_allclose(new, -0.425 * ONE, rtol=1e-6)
    assert len(state) == len(values)
    assert int(state[0]) == 3
    np.testing.assert_allclose(v.numpy(), -0.25 * ONE, rtol=1e-6)


def test_an_own_rule_is_stored():
    optimizer = KerasStyle(momentum=0.75)
    assert [v.name for v in optimizer.variables] == ["iteration", "learning_rate"]
    optimizer.build([weight()])
    assert [v.path for v in optimizer.variables[2:]] == ["own/w_m", "extra"]
    with CustomObjectScope({"KerasStyle": KerasStyle}):
        again = optimizers.deserialize(optimizers.serialize(optimizer))
    assert again.get_config() == optimizer.get_config()


def built():
    optimizer = optimizers.SGD()
    optimizer.build([weight()])
    return optimizer


ERRORS = [
    (lambda: optimizers.get("adamm"), ValueError, "Did you mean 'adam'"),
    (lambda: optimizers.get(3), ValueError, "received 3"),
    (lambda: optimizers.Adam(learning_rte=1), ValueError, "Did you mean 'learning_rate'"),
    (lambda: optimizers.Adam("fast"), ValueError, "learning_rate is a number"),
    (lambda: optimizers.SGD(clipnorm=1, clipvalue=1), ValueError, "Set one of clipnorm"),
    (lambda: optimizers.SGD(gradient_accumulation_steps=1), ValueError, "an integer >= 2"),
    (lambda: optimizers.SGD(use_ema=True, ema_momentum=2), ValueError, "between 0 and 1"),
    (lambda: optimizers.SGD(ema_overwrite_frequency=0), ValueError, "an integer >= 1"),
    (lambda: optimizers.SGD(momentum=2), ValueError, "momentum is between 0 and 1"),
    (lambda: optimizers.Lion(beta_1=0), ValueError, "beta_1 is above 0"),
    (lambda: optimizers.AdamW(weight_decay=None), ValueError, "needs a number"),
    (lambda: optimizers.Ftrl(learning_rate_power=1), ValueError, "learning_rate_power <= 0"),
    (lambda: optimizers.Ftrl(l1_regularization_strength=-1), ValueError, "l1_reg.* >= 0"),
    (lambda: optimizers.SGD().apply([ONE]), ValueError, "call build"),
    (lambda: optimizers.SGD().stateless_apply([], [], []), ValueError, "must be built"),
    (lambda: optimizers.SGD().set_weights([]), ValueError, "must be built"),
    (lambda: built().apply([ONE, ONE]), ValueError, "2 gradients for 1 variables"),
    (lambda: built().apply([ONE], [weight("other")]), ValueError, "built without .*other"),
    (lambda: built().apply([np.ones(3)]), ValueError, r"has shape \(3,\), the variable \(2,\)"),
    (lambda: built().apply([None]), ValueError, "No variable has a gradient"),
    (lambda: built().stateless_apply([0], [ONE], [ONE]), ValueError, "needs 2 tensors; received 1"),
    (lambda: optimizers.Optimizer(0.1).apply([ONE], [weight()]), NotImplementedError, "update"),
]


@pytest.mark.parametrize(("call", "error", "message"), ERRORS, ids=[m for *_, m in ERRORS])
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()
