"""Where the arrays of one model's training lie, under a distribution."""

from typing import Any

import jax
import numpy as np

from addax.core import placement
from addax.training.step import State, Variables


class Placing:
    """The layouts of a model's variables and batches under a distribution."""

    def __init__(self, distribution: Any):
        self.distribution = distribution
        mesh = distribution.device_mesh.backend_mesh
        self.whole = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())
        self._rows = jax.sharding.NamedSharding(
            mesh, jax.sharding.PartitionSpec(distribution.batch_dim_name)
        )
        self.parts = mesh.shape[distribution.batch_dim_name]

    def of(self, variable: Any) -> Any:
        """The layout of a variable; a scalar, a metric's or an optimizer's own is whole."""
        return placement.sharding_of(self.distribution, variable)

    def move(self, variables: Variables) -> None:
        """Bring all variables to their places."""
        for variable in (v for part in variables for v in part):
            value, wanted = variable.raw, self.of(variable)
            if not (isinstance(value, jax.Array) and value.sharding == wanted):
                variable._value = jax.device_put(value, wanted, may_alias=False)  # steps reuse it

    def keep(self, variables: Variables, state: State) -> State:
        """The state of a step, its parts laid out as the variables are."""
        fixed = {
            name: tuple(
                jax.lax.with_sharding_constraint(value, self.of(variable))
                for variable, value in zip(part, getattr(state, name), strict=False)
            )
            for name, part in zip(variables._fields, variables, strict=True)
        }
        return state._replace(**fixed)

    def split(self, batch: Any) -> Any:
        """A batch within a program, split along its first axis if the devices divide it."""
        return jax.tree.map(
            lambda a: jax.lax.with_sharding_constraint(a, self.of_batch(a.shape)), batch
        )

    def of_batch(self, shape: tuple) -> Any:
        """The layout of an array of examples."""
        return self._rows if shape and shape[0] % self.parts == 0 else self.whole

    def put(self, data: Any, is_batch: bool) -> Any:
        """Data for a program on the devices: a batch in parts, anything else whole on each."""
        return jax.tree.map(
            lambda a: jax.device_put(a, self.of_batch(np.shape(a)) if is_batch else self.whole),
            data,
        )
