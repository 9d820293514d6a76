"""First-order update rules, in the order of what they keep per weight."""

import re
from collections.abc import Iterable, Sequence

from addax import ops
from addax.core.fields import fields
from addax.core.settings import floatx
from addax.core.types import Array, Rate
from addax.core.variable import Variable
from addax.initializers import Constant
from addax.optimizers.base import Optimizer


@fields
class SGD(Optimizer):
    """Gradient descent, `w - lr * g`, with momentum if asked for.

    `m = momentum * m - lr * g`, then `w + m` or, with `nesterov`, `w + momentum * m - lr * g`.

    ValueError for a momentum outside 0 to 1. Sutskever et al. 2013, "On the importance of
    initialization and momentum in deep learning".
    """

    learning_rate: Rate = 0.01
    momentum: float = 0.0
    nesterov: bool = False

    def setup(self) -> None:
        super().setup()
        if not 0 <= self.momentum <= 1:
            raise ValueError(f"momentum is between 0 and 1; received {self.momentum!r}.")

    @property
    def slots(self) -> tuple[str, ...]:
        return ("momentum",) if self.momentum else ()

    def update(self, p: Array, g: Array, lr: Array, t: Array, *held: Array) -> tuple:
        if not held:
            return (p - g * lr,)
        (m,) = held
        m = m * self.momentum - g * lr
        return (p + (m * self.momentum - g * lr) if self.nesterov else p + m), m


@fields
class Adagrad(Optimizer):
    """`s = s + g^2`, then `w - lr * g / sqrt(s + epsilon)`.

    Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html.
    """

    learning_rate: Rate = 0.001
    initial_accumulator_value: float = 0.1
    epsilon: float = 1e-7

    slots = ("accumulator",)

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        first = Constant(self.initial_accumulator_value)
        return self.add_variable_from_reference(variable, name, first)

    def update(self, p: Array, g: Array, lr: Array, t: Array, s: Array) -> tuple:
        s = s + ops.square(g)
        return p - lr * g / ops.sqrt(s + self.epsilon), s


@fields
class RMSprop(Optimizer):
    """`v = rho * v + (1 - rho) * g^2`, then `w - lr * g / sqrt(v + epsilon)`.

    `centered` subtracts the squared moving mean of g from v; with momentum `m = momentum * m +
    step` is the step. Tieleman and Hinton 2012; centered: Graves 2013,
    https://arxiv.org/abs/1308.0850.
    """

    learning_rate: Rate = 0.001
    rho: float = 0.9
    momentum: float = 0.0
    epsilon: float = 1e-7
    centered: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        momentum = ("momentum",) if self.momentum > 0 else ()
        return ("velocity", *momentum, *(("average_gradient",) if self.centered else ()))

    def update(self, p: Array, g: Array, lr: Array, t: Array, v: Array, *rest: Array) -> tuple:
        more = list(rest)
        v = self.rho * v + (1 - self.rho) * ops.square(g)
        spread = v
        if self.centered:
            more[-1] = self.rho * more[-1] + (1 - self.rho) * g
            spread = v - ops.square(more[-1])
        step = lr * g / ops.sqrt(spread + self.epsilon)
        if self.momentum > 0:
            step = more[0] = self.momentum * more[0] + step
        return p - step, v, *more


@fields
class Adadelta(Optimizer):
    """`w - lr * g * rms(d) / rms(g)`, where d are the steps so far and rms moves with `rho`.

    Zeiler 2012, https://arxiv.org/abs/1212.5701, algorithm 1, which has lr = 1.
    """

    learning_rate: Rate = 0.001
    rho: float = 0.95
    epsilon: float = 1e-7

    slots = ("accumulated_grad accumulated_delta_var",)

    def update(self, p: Array, g: Array, lr: Array, t: Array, s: Array, d: Array) -> tuple:
        s = self.rho * s + (1 - self.rho) * ops.square(g)
        step = -(ops.sqrt(d + self.epsilon) * g / ops.sqrt(s + self.epsilon))
        d = self.rho * d + (1 - self.rho) * ops.square(step)
        return p + lr * step, s, d


def _rounded(p, *numbers):
    """The numbers in the precision of `p`, where Keras rounds them before it subtracts from 1."""
    return [ops.cast(x, p.dtype) for x in numbers]


@fields
class Lion(Optimizer):
    """`w - lr * sign(beta_1 * m + (1 - beta_1) * g)`, then `m = beta_2 * m + (1 - beta_2) * g`.

    ValueError for a `beta_1` that is not above 0 and at most 1. Chen et al. 2023,
    https://arxiv.org/abs/2302.06675.
    """

    learning_rate: Rate = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.99

    slots = ("momentum",)

    def setup(self) -> None:
        super().setup()
        if not 0 < self.beta_1 <= 1:
            raise ValueError(f"beta_1 is above 0 and at most 1; received {self.beta_1!r}.")

    def update(self, p: Array, g: Array, lr: Array, t: Array, m: Array) -> tuple:
        beta_1, beta_2 = _rounded(p, self.beta_1, self.beta_2)
        step = ops.sign(m * beta_1 + g * (1 - beta_1))
        return p - lr * step, m * beta_2 + g * (1 - beta_2)


def _adam_moments(m, v, g, beta_1, beta_2):
    """The moving means of g and g²."""
    return m + (g - m) * (1 - beta_1), v + (ops.square(g) - v) * (1 - beta_2)


def _adam_rate(lr, t, beta_1, beta_2):
    """The learning rate with both moments' correction for their start at 0."""
    return lr * ops.sqrt(1 - beta_2**t) / (1 - beta_1**t)


@fields
class Adam(Optimizer):
    """`w - a * m / (sqrt(v) + epsilon)`, with m and v the moving means of g and `g^2`.

    `a = lr * sqrt(1 - beta_2^t) / (1 - beta_1^t)` corrects their start at 0 in step t; `epsilon` is
    the paper's "epsilon hat". `amsgrad` takes the largest v so far (Reddi et al. 2018). Kingma and
    Ba 2015, https://arxiv.org/abs/1412.6980, section 2.
    """

    learning_rate: Rate = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7
    amsgrad: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        return ("momentum velocity", "velocity_hat") if self.amsgrad else ("momentum velocity",)

    def update(
        self, p: Array, g: Array, lr: Array, t: Array, m: Array, v: Array, *peak: Array
    ) -> tuple:
        rate = _adam_rate(lr, t, self.beta_1, self.beta_2)
        m, v = _adam_moments(m, v, g, self.beta_1, self.beta_2)
        top = [ops.maximum(old, v) for old in peak]
        return p - m * rate / (ops.sqrt(top[0] if top else v) + self.epsilon), m, v, *top


@fields
class AdamW(Adam):
    """`Adam` after `w = w - lr * weight_decay * w`.

    ValueError for `weight_decay=None`. Loshchilov and Hutter 2019,
    https://arxiv.org/abs/1711.05101.
    """

    learning_rate: Rate = 0.001
    weight_decay: float = 0.004
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7
    amsgrad: bool = False

    def setup(self) -> None:
        super().setup()
        if self.weight_decay is None:
            raise ValueError("AdamW needs a number as weight_decay; received None.")


@fields
class Adamax(Optimizer):
    """`Adam` with the largest gradient, `u = max(beta_2 * u, |g|)`, in place of `sqrt(v)`.

    Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 2.
    """

    learning_rate: Rate = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    slots = ("momentum norm",)

    def update(self, p: Array, g: Array, lr: Array, t: Array, m: Array, u: Array) -> tuple:
        m = m + (g - m) * (1 - self.beta_1)
        u = ops.maximum(self.beta_2 * u, ops.abs(g))
        return p - lr * m / ((1 - self.beta_1**t) * (u + self.epsilon)), m, u


@fields
class Nadam(Optimizer):
    """`Adam` with Nesterov's momentum, which grows as `beta_1 * (1 - 0.96^t / 2)` in step t.

    Dozat 2015, "Incorporating Nesterov momentum into Adam".
    """

    learning_rate: Rate = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    slots = ("momentum velocity",)

    def build(self, var_list: Iterable[Variable]) -> None:
        if self.built:
            return
        super().build(var_list)
        dtype = self._trainable_variables[0].dtype if self._trainable_variables else floatx()
        self._u_product = Variable(Constant(1.0), (), dtype)

    def _momentum(self, t):
        (beta_1,) = _rounded(t, self.beta_1)
        return beta_1 * (1.0 - 0.5 * 0.96**t)

    def _step(self, grads, variables):
        product = self._u_product
        t = ops.cast(self.iterations + 1, product.dtype)
        product.assign(product.value * self._momentum(t))
        super()._step(grads, variables)

    def update(self, p: Array, g: Array, lr: Array, t: Array, m: Array, v: Array) -> tuple:
        now, following = self._momentum(t), self._momentum(t + 1)
        product = ops.cast(self._u_product.value, p.dtype)
        beta_1, beta_2 = _rounded(p, self.beta_1, self.beta_2)
        m, v = _adam_moments(m, v, g, beta_1, beta_2)
        ahead = following * m / (1 - product * following) + (1 - now) * g / (1 - product)
        return p - ahead * lr / (ops.sqrt(v / (1 - beta_2**t)) + self.epsilon), m, v


@fields
class Lamb(Optimizer):
    """`Adam`'s step, scaled to the norm of the weight: `w - lr * step * |w| / |step|`.

    You et al. 2019, https://arxiv.org/abs/1904.00962, algorithm 2.
    """

    learning_rate: Rate = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    slots = ("momentum velocity",)

    def update(self, p: Array, g: Array, lr: Array, t: Array, m: Array, v: Array) -> tuple:
        m, v = _adam_moments(m, v, g, self.beta_1, self.beta_2)
        step = m / (1 - self.beta_1**t) / (ops.sqrt(v / (1 - self.beta_2**t)) + self.epsilon)
        weight, length = (ops.sqrt(ops.sum(ops.square(x))) for x in (p, step))
        both = ops.logical_and(weight > 0, length > 0)
        ratio = ops.where(both, weight / ops.where(both, length, 1), 1)
        return p - ratio * lr * step, m, v


@fields
class ScheduleFreeAdamW(Optimizer):
    """`Adam` without a schedule: steps z, their mean x, and gradients between the two.

    The weight is `y = beta_1 * x + (1 - beta_1) * z`, the slot "momentum" z. Defazio et al. 2024,
    https://arxiv.org/abs/2405.15682.
    """

    learning_rate: Rate = 0.0025
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8
    warmup_steps: int = 0

    slots = ("momentum velocity",)

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        if name == "velocity":
            return super().make_slot(variable, name)
        copied = lambda shape, dtype: variable.value  # noqa: E731
        return self.add_variable_from_reference(variable, name, copied)

    def update(self, p: Array, g: Array, lr: Array, t: Array, z: Array, v: Array) -> tuple:
        if self.warmup_steps > 0:
            lr = lr * ops.minimum(t / self.warmup_steps, 1.0)
        beta_1, beta_2 = _rounded(p, self.beta_1, self.beta_2)
        v = v + (ops.square(g) - v) * (1 - beta_2)
        x = (p - (1 - beta_1) * z) / beta_1
        z = z - lr * g / (ops.sqrt(v / (1 - beta_2**t)) + self.epsilon)
        x = (1 - 1.0 / t) * x + 1.0 / t * z
        return (1 - beta_1) * z + beta_1 * x, z, v


@fields
class Ftrl(Optimizer):
    """Follow the regularized leader: sparse weights by L1, a learning rate for each weight.

    `lr / s^(-learning_rate_power)` is the rate for a sum s of squared gradients.

    ValueError for a `learning_rate_power` above 0, and for a negative strength or first value.
    McMahan et al. 2013, "Ad click prediction: a view from the trenches".
    """

    learning_rate: Rate = 0.001
    learning_rate_power: float = -0.5
    initial_accumulator_value: float = 0.1
    l1_regularization_strength: float = 0.0
    l2_regularization_strength: float = 0.0
    l2_shrinkage_regularization_strength: float = 0.0
    beta: float = 0.0

    slots = ("accumulator linear",)

    def setup(self) -> None:
        super().setup()
        if self.learning_rate_power > 0:
            raise ValueError(f"learning_rate_power <= 0; received {self.learning_rate_power!r}.")
        for name in (
            "initial_accumulator_value",
            *(n for n in type(self).__fields__ if "_reg" in n),
        ):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} >= 0; received {getattr(self, name)!r}.")

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        first = self.initial_accumulator_value if name == "accumulator" else 0.0
        return self.add_variable_from_reference(variable, name, Constant(first))

    def update(self, p: Array, g: Array, lr: Array, t: Array, s: Array, linear: Array) -> tuple:
        power, l1 = -self.learning_rate_power, self.l1_regularization_strength
        l2 = self.l2_regularization_strength + self.beta / (2.0 * lr)
        new = s + ops.square(g)
        shrunk = g + 2 * self.l2_shrinkage_regularization_strength * p
        linear = linear + (shrunk - (new**power - s**power) / lr * p)
        quadratic = new**power / lr + 2 * l2
        return (ops.clip(linear, -l1, l1) - linear) / quadratic, new, linear


def _rms(x):
    return ops.sqrt(ops.mean(ops.square(x)))


@fields
class Adafactor(Optimizer):
    """`Adam`'s v kept as the means of its rows and columns, for less memory.

    Steps are scaled by the root mean square of the weight, and cut at `clip_threshold`; weights of
    fewer than two axes keep v itself. Shazeer and Stern 2018, https://arxiv.org/abs/1804.04235.
    """

    learning_rate: Rate = 0.001
    beta_2_decay: float = -0.8
    epsilon_1: float = 1e-30
    epsilon_2: float = 1e-3
    clip_threshold: float = 1.0
    relative_step: bool = True

    slots = ("rows columns velocity",)

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        shape = tuple(variable.shape)
        if name == "velocity":
            return super().make_slot(variable, name)
        if len(shape) < 2:  # Keras stores a number that nothing reads, and so do its files
            self._track(unused := Variable(Constant(0), (), "int32", False, name=variable.name))
            return unused
        shape = shape[:-1] if name == "rows" else (*shape[:-2], shape[-1])
        return self.add_variable(shape, dtype=variable.dtype, name=variable.name)

    def update(
        self, p: Array, g: Array, lr: Array, t: Array, r: Array, c: Array, v: Array
    ) -> tuple:
        if self.relative_step and isinstance(self._rate, Variable):
            lr = ops.minimum(lr, 1 / ops.sqrt(t))
        rate = ops.maximum(self.epsilon_2, _rms(p)) * ops.minimum(lr, 1 / ops.sqrt(t))
        square = ops.square(g) + self.epsilon_1
        keep = 1 - t**self.beta_2_decay
        if len(p.shape) >= 2:
            r = keep * r + (1 - keep) * ops.mean(square, axis=-1)
            c = keep * c + (1 - keep) * ops.mean(square, axis=-2)
            v = (r / ops.mean(r, axis=-1, keepdims=True))[..., None] * c[..., None, :]
        else:
            v = keep * v + (1 - keep) * square
        step = g / ops.sqrt(v)
        return p - rate * step / ops.maximum(1.0, _rms(step) / self.clip_threshold), r, c, v


@fields
class Muon(Optimizer):
    """Momentum steps of matrices made orthogonal by Newton-Schulz iterations.

    The other weights, and those that the arguments exclude, go to `AdamW`. Jordan et al. 2024,
    https://kellerjordan.github.io/posts/muon.
    """

    learning_rate: Rate = 0.001
    adam_beta_1: float = 0.9
    adam_beta_2: float = 0.999
    adam_weight_decay: float | None = 0.004
    epsilon: float = 1e-7
    weight_decay: float | None = 0.004
    exclude_layers: Sequence[str] | None = None
    exclude_embeddings: bool = True
    muon_a: float = 3.4445
    muon_b: float = -4.775
    muon_c: float = 2.0315
    adam_lr_ratio: float = 1
    momentum: float = 0.95
    ns_steps: int = 5
    nesterov: bool = True
    rms_rate: float | None = 0.2

    slots = ("momentum velocity",)

    def setup(self) -> None:
        super().setup()
        self.exclude_layers = self.exclude_layers or []

    def _is_other(self, variable) -> bool:
        path = variable.path
        embedding = self.exclude_embeddings and "embedding" in path.lower()
        excluded = any(re.search(pattern, path) for pattern in self.exclude_layers or ())
        return len(variable.shape) != 2 or embedding or excluded

    def make_slot(self, variable: Variable, name: str) -> Variable | None:
        unused = name == "velocity" and not self._is_other(variable)
        return None if unused else super().make_slot(variable, name)

    def decay_of(self, variable: Variable) -> float | None:
        return self.adam_weight_decay if self._is_other(variable) else self.weight_decay

    def update(self, p: Array, g: Array, lr: Array, t: Array, m: Array, v: Array | None) -> tuple:
        if v is not None:
            lr = _adam_rate(lr * self.adam_lr_ratio, t, self.adam_beta_1, self.adam_beta_2)
            m, v = _adam_moments(m, v, g, self.adam_beta_1, self.adam_beta_2)
            return p - m * lr / (ops.sqrt(v) + self.epsilon), m, v
        m = m + (g + m * (self.momentum - 1))
        step = lr * self._orthogonal(g + self.momentum * m if self.nesterov else m)
        if self.rms_rate is not None:
            step = step * max(p.shape) ** 0.5 * self.rms_rate
        return p - step, m, v

    def _orthogonal(self, x):
        """About U Vᵀ of the singular value decomposition U S Vᵀ of `x`."""
        tall = x.shape[0] > x.shape[1]
        x = ops.transpose(x) if tall else x
        x = x / (ops.sqrt(ops.sum(ops.square(x))) + 1e-7)
        for _ in range(self.ns_steps):
            a = x @ ops.transpose(x)
            x = self.muon_a * x + (self.muon_b * a + self.muon_c * a @ a) @ x
        return ops.transpose(x) if tall else x
