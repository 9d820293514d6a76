"""Products whose gradients are written by hand, and are one another's gradients."""

from collections.abc import Callable

import jax
from jax.core import ShapedArray
from jax.extend.core import Primitive
from jax.interpreters import ad, batching, mlir


def bilinear(
    name: str, product: Callable, by_input: Callable, by_kernel: Callable, shape: Callable
) -> tuple[Callable, Callable, Callable]:
    """Make operations of JAX of y = `product(x, k, *how)`, linear in x and in k, and its gradients.

    These are `by_input(dy, k, x.shape, *how)` and `by_kernel(dy, x, k.shape, *how)`, and
    `shape(x, k, *how)` is that of y. JAX knows the first as `name`. The sum of dy * y is linear in
    dy, x and k: the derivative of each operation by an operand is one of the others. So there are
    derivatives of any order and, unlike those of `jax.custom_vjp`, of forward mode.
    """
    y, product = _operation(name, product, shape)
    dx, by_input = _operation(f"{name}_by_input", by_input, lambda dy, k, wanted, *how: wanted)
    dk, by_kernel = _operation(f"{name}_by_kernel", by_kernel, lambda dy, x, wanted, *how: wanted)
    ad.defbilinear(
        y,
        lambda ct, x, k, options: by_input(ct, k, x.aval.shape, *options),
        lambda ct, x, k, options: by_kernel(ct, x, k.aval.shape, *options),
    )
    ad.defbilinear(
        dx,
        lambda ct, dy, k, options: product(ct, k, *options[1:]),
        lambda ct, dy, k, options: by_kernel(dy, ct, k.aval.shape, *options[1:]),
    )
    ad.defbilinear(
        dk,
        lambda ct, dy, x, options: product(x, ct, *options[1:]),
        lambda ct, dy, x, options: by_input(dy, ct, x.aval.shape, *options[1:]),
    )
    return product, by_input, by_kernel


def _operation(name, function, shape) -> tuple[Primitive, Callable]:
    def apply(a, b, options):
        return function(a, b, *options)

    def batched(arrays, axes, options):
        return jax.vmap(lambda a, b: apply(a, b, options), axes)(*arrays), 0

    primitive = Primitive(name)
    primitive.def_impl(jax.jit(apply, static_argnames="options"))
    primitive.def_abstract_eval(lambda a, b, options: ShapedArray(shape(a, b, *options), a.dtype))
    mlir.register_lowering(primitive, mlir.lower_fun(apply, multiple_results=False))
    batching.primitive_batchers[primitive] = batched
    return primitive, lambda a, b, *options: primitive.bind(a, b, options=options)
