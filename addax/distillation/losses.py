"""How far a student is from its teacher."""

from typing import Any

from addax import losses, ops, tree
from addax.core import configs


class DistillationLoss:
    """Base of the losses between a teacher's and a student's outputs; define `compute_loss`."""

    teacher_layer_name: str | None = None
    student_layer_name: str | None = None

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        """The loss, a scalar, of outputs (batch, ...) of one structure."""
        raise NotImplementedError(f"{type(self).__name__} must define compute_loss().")

    def validate_outputs(self, teacher_outputs: Any, student_outputs: Any) -> None:
        """ValueError unless both models' outputs have one structure."""
        tree.assert_same_structure(teacher_outputs, student_outputs)

    def validate_model_compatibility(self, teacher: Any, student: Any) -> None:
        """ValueError for models that this loss can't compare."""


class _WithLosses(DistillationLoss):
    """A loss for each output, summed up; None leaves an output out."""

    loss: Any

    def _set_loss(self, loss: Any) -> None:
        self.loss = tree.map_structure(losses.get, loss)
        if all(part is None for part in tree.flatten(self.loss)):
            raise ValueError(
                f"The loss of {type(self).__name__} must contain at least one non-`None` value."
            )

    def _total(self, one: Any, teacher: Any, student: Any) -> Any:
        """The sum of `one(loss, teacher's output, student's output)` over the outputs."""
        self._check_structure(teacher)
        values = tree.map_structure(
            lambda loss, *outputs: 0.0 if loss is None else one(loss, *outputs),
            self.loss,
            teacher,
            student,
        )
        return ops.sum(ops.stack(tree.flatten(values)))

    def _check_structure(self, outputs: Any) -> None:
        try:
            tree.assert_same_structure(self.loss, outputs)
        except ValueError as error:
            raise ValueError(
                f"Loss structure mismatch: {type(self).__name__} needs a loss for each output. "
                f"{error}"
            ) from None

    @classmethod
    def from_config(cls, config: dict) -> Any:
        return cls(**(config | {"loss": configs.deserialize(config["loss"])}))


class FeatureDistillation(_WithLosses):
    """`loss` between the outputs of a layer of the teacher and one of the student.

    `loss` is a name, a Loss, or a structure of them as the outputs have; without names of layers
    the models' own outputs are compared. ValueError for layers that a model does not have, and for
    names of layers in subclassed models. Romero et al. 2015, "FitNets".
    """

    def __init__(
        self,
        loss: Any = "mse",
        teacher_layer_name: str | None = None,
        student_layer_name: str | None = None,
    ):
        self.teacher_layer_name, self.student_layer_name = teacher_layer_name, student_layer_name
        self._set_loss(loss)

    def validate_model_compatibility(self, teacher: Any, student: Any) -> None:
        pairs = {
            "teacher": (teacher, self.teacher_layer_name),
            "student": (student, self.student_layer_name),
        }
        if not any(name for _, name in pairs.values()):
            return
        for which, (model, _) in pairs.items():
            if getattr(model, "inputs", None) is None:
                raise ValueError(
                    "FeatureDistillation with specific layer names requires Functional or "
                    f"Sequential models; the {which}, {model.name!r}, is subclassed."
                )
        for which, (model, name) in pairs.items():
            if name is not None:
                try:
                    model.get_layer(name=name)
                except ValueError as error:
                    raise ValueError(f"In {which} model: {error}") from None

    def validate_outputs(self, teacher_outputs: Any, student_outputs: Any) -> None:
        super().validate_outputs(teacher_outputs, student_outputs)
        self._check_structure(teacher_outputs)

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        return self._total(lambda loss, *o: ops.mean(loss(*o)), teacher_outputs, student_outputs)

    def get_config(self) -> dict:
        return {
            "loss": configs.serialize(self.loss),
            "teacher_layer_name": self.teacher_layer_name,
            "student_layer_name": self.student_layer_name,
        }


class LogitsDistillation(_WithLosses):
    """`loss` between logits divided by a `temperature` T, which shows what is almost right.

    With the Kullback-Leibler divergence, the default, T^2 * KL(softmax(t / T), softmax(s / T)) of
    the teacher's logits t and the student's s, (batch, classes). ValueError for a temperature that
    is not positive. Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
    """

    def __init__(self, temperature: float = 3.0, loss: Any = "kl_divergence"):
        if not isinstance(temperature, (int, float)):
            raise ValueError(f"temperature must be a number; received {temperature!r}.")
        if temperature <= 0:
            raise ValueError(f"temperature must be positive; received {temperature}.")
        self.temperature = temperature
        self._set_loss(loss)

    def compute_loss(self, teacher_outputs: Any, student_outputs: Any, **kwargs: Any) -> Any:
        return self._total(self._of_logits, teacher_outputs, student_outputs)

    def _of_logits(self, loss: Any, teacher: Any, student: Any) -> Any:
        teacher, student = teacher / self.temperature, student / self.temperature
        if loss is losses.kl_divergence or isinstance(loss, losses.KLDivergence):
            value = ops.mean(loss(ops.softmax(teacher, axis=-1), ops.softmax(student, axis=-1)))
            return value * self.temperature**2  # gradients shrink with its square
        return ops.mean(loss(teacher, student))

    def get_config(self) -> dict:
        return {"temperature": self.temperature, "loss": configs.serialize(self.loss)}
