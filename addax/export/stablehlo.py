"""StableHLO: one file, a function of the inputs alone, that `jax.export.deserialize` reads."""

from typing import Any

import jax
from jax import export

from addax.core import tree
from addax.core.dtypes import jax_dtype
from addax.ops.cpu.platform import PortableScope

EXTRA = "StableHLO files need a package more: pip install 'addax[stablehlo]'."
PLATFORMS = ("cpu", "cuda", "tpu")


def render(model: Any, signature: Any, platforms: Any = PLATFORMS) -> tuple[bytes, Any]:
    """The file's content, and a function that runs it."""
    values = (
        [v.value for v in model.trainable_variables],
        [v.value for v in model.non_trainable_variables],
    )

    def infer(x):
        return model.stateless_call(*values, x, training=False)[0]

    try:
        import flatbuffers  # noqa: F401  (JAX writes the file with it)
    except ModuleNotFoundError:
        raise ImportError(EXTRA) from None
    make = export.export(jax.jit(infer), platforms=tuple(platforms))
    with PortableScope():  # for lowering, too: operations of our own choose how they run there
        exported = make(_specs(signature))
    content = bytes(exported.serialize())
    return content, export.deserialize(bytearray(content)).call


def _specs(signature: Any) -> Any:
    """Shapes for the export: the batch and other open sizes stay open, each under a name."""
    scope = export.SymbolicScope()

    def spec(symbol):
        number = next(numbers)
        names = [
            ("batch" if axis == 0 else f"size_{number}_{axis}") if size is None else str(size)
            for axis, size in enumerate(symbol.shape)
        ]
        shape = export.symbolic_shape(", ".join(names), scope=scope) if names else ()
        return jax.ShapeDtypeStruct(shape, jax_dtype(symbol.dtype))

    numbers = iter(range(len(tree.flatten(signature))))
    return tree.map_structure(spec, signature)
