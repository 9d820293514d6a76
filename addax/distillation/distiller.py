"""`Distiller`: a model that trains a student to be like its teacher."""

from typing import Any

from addax import losses, metrics, ops, tree
from addax.core import configs
from addax.distillation.losses import DistillationLoss
from addax.models import Model, Sequential

FINAL = "final_output"


class Distiller(Model):
    """Trains `student` on targets and on what a frozen `teacher` says.

    loss = w * loss(y, student(x)) + (1 - w) * sum_i(w_i * distillation_i), with w the
    `student_loss_weight` and w_i the `distillation_loss_weights`. The model itself is the student:
    `predict` and `evaluate` are the student's. ValueError for models whose inputs or outputs differ
    in shape or dtype, and for weights that don't fit.
    """

    def __init__(
        self,
        teacher: Model,
        student: Model,
        distillation_losses: DistillationLoss | list[DistillationLoss],
        distillation_loss_weights: list[float] | None = None,
        student_loss_weight: float = 0.5,
        name: str | None = "distiller",
        **kwargs: Any,
    ):
        _check_models(teacher, student)
        self._check_weight(student_loss_weight)
        given = distillation_losses
        if given is None:
            raise ValueError("distillation_losses is one, or a list; received None.")
        single = not isinstance(given, (list, tuple))
        parts = [given] if single else list(given)
        weights = distillation_loss_weights
        weights = [1.0] * len(parts) if single or weights is None else list(weights)
        if len(weights) != len(parts):
            raise ValueError(
                f"Number of distillation_loss_weights ({len(weights)}) must match number of "
                f"distillation_losses ({len(parts)})."
            )
        for loss in parts:
            loss.validate_model_compatibility(teacher, student)
        super().__init__(name=name, **kwargs)
        self.teacher, self.student = teacher, student
        self.student_loss_weight = student_loss_weight
        self.distillation_losses, self.distillation_loss_weights = parts, weights
        self._teacher_features = _extractor(teacher, [x.teacher_layer_name for x in parts])
        self._student_features = _extractor(student, [x.student_layer_name for x in parts])
        teacher.trainable = False
        self.student_loss_tracker = metrics.Mean(name="student_loss")
        self.distillation_loss_tracker = metrics.Mean(name="distillation_loss")
        self.total_loss_tracker = metrics.Mean(name="total_loss")

    @staticmethod
    def _check_weight(weight: Any) -> None:
        if not isinstance(weight, (int, float)):
            raise ValueError(f"student_loss_weight must be a number; received {weight!r}.")
        if not 0.0 <= weight <= 1.0:
            raise ValueError(f"student_loss_weight must be between 0.0 and 1.0; received {weight}.")

    def compile(  # type: ignore[override]
        self, optimizer: Any = "adam", loss: Any = None, metrics: Any = None, **kwargs: Any
    ) -> None:
        """`loss` is the student's, against the targets: one for each output, never None."""
        if loss is None:
            raise ValueError("The student needs a `loss` against the targets; received None.")
        if metrics is not None and not isinstance(metrics, (list, tuple)):
            raise ValueError(f"metrics must be a list or tuple; received {metrics!r}.")
        self._student_loss = tree.map_structure(losses.get, loss)
        super().compile(optimizer=optimizer, loss=None, metrics=metrics, **kwargs)

    def call(self, inputs: Any, training: bool | None = None, **kwargs: Any) -> Any:
        return self.student(inputs, training=training, **kwargs)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """The weighted sum of the student's loss and the distillation losses."""
        if y_pred is None:
            y_pred = self(x, training=training)
        weight = self.student_loss_weight
        own = self._loss_of_student(y, y_pred) if weight > 0 and y is not None else 0.0
        distance = self._distance(x, y_pred) if weight < 1 else 0.0
        total = ops.add(ops.multiply(weight, own), ops.multiply(1.0 - weight, distance))
        self.student_loss_tracker.update_state(own)
        self.distillation_loss_tracker.update_state(distance)
        self.total_loss_tracker.update_state(total)
        return total

    def _loss_of_student(self, y: Any, y_pred: Any) -> Any:
        values = tree.map_structure(lambda loss, *o: loss(*o), self._student_loss, y, y_pred)
        flat = tree.flatten(values)
        return ops.mean(flat[0]) if len(flat) == 1 else ops.sum(ops.stack(flat))

    def _distance(self, x: Any, y_pred: Any) -> Any:
        """The distillation losses, summed up by their weights."""
        if self._teacher_features is None:
            teacher = {FINAL: self.teacher(x, training=False)}
        else:
            teacher = self._teacher_features(x, training=False)
        student = {FINAL: y_pred}
        if self._student_features is not None:
            student = self._student_features(x, training=True)
        total: Any = 0.0
        pairs = zip(self.distillation_losses, self.distillation_loss_weights, strict=True)
        for loss, weight in pairs:
            if loss.teacher_layer_name is None:
                outputs = teacher[FINAL], y_pred
            else:
                outputs = (
                    teacher[loss.teacher_layer_name],
                    student[loss.student_layer_name or FINAL],
                )
            loss.validate_outputs(*outputs)
            value = loss.compute_loss(*outputs)
            if len(getattr(value, "shape", ())):
                raise ValueError(
                    f"Distillation loss {type(loss).__name__} returned a non-scalar loss of shape "
                    f"{value.shape}; compute_loss() gives one number."
                )
            total = total + weight * value
        return total

    def get_config(self) -> dict:
        return super().get_config() | {
            "teacher": configs.serialize(self.teacher),
            "student": configs.serialize(self.student),
            "distillation_losses": [configs.serialize(x) for x in self.distillation_losses],
            "distillation_loss_weights": self.distillation_loss_weights,
            "student_loss_weight": self.student_loss_weight,
        }

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Any:
        made: dict[str, Any] = dict(config)
        for name in ("teacher", "student"):
            made[name] = configs.deserialize(config[name])
        made["distillation_losses"] = [
            configs.deserialize(part) for part in config["distillation_losses"]
        ]
        return cls(**made)


def _extractor(model: Any, names: list[str | None]) -> Any:
    """A model that also gives the outputs of these layers; None without names."""
    wanted = dict.fromkeys(name for name in names if name)
    if not wanted:
        return None
    last = model.layers[-1].output if isinstance(model, Sequential) else model.output
    outputs = {FINAL: last} | {name: model.get_layer(name=name).output for name in wanted}
    return Model(model.inputs, outputs, name=f"{model.name}_multi_feature_extractor")


def _check_models(teacher: Any, student: Any) -> None:
    """ValueError unless both are models, and take and give the same."""
    for which, model in (("Teacher", teacher), ("Student", student)):
        if not isinstance(model, Model):
            raise ValueError(f"{which} must be a Model; received {type(model).__name__}.")
    for what in ("inputs", "outputs"):
        ours, theirs = (getattr(model, what, None) for model in (teacher, student))
        if ours is not None and theirs is not None:
            tree.map_structure(lambda a, b, what=what: _check_same(what[:-1], a, b), ours, theirs)


def _check_same(what: str, teacher: Any, student: Any) -> None:
    shapes = f"Teacher: {tuple(teacher.shape)}, Student: {tuple(student.shape)}."
    if len(teacher.shape) != len(student.shape):
        raise ValueError(f"Teacher and student {what} shapes have different dimensions. {shapes}")
    pairs = zip(teacher.shape, student.shape, strict=True)
    if any(a != b for a, b in pairs if a is not None and b is not None):
        raise ValueError(f"Teacher and student {what} shapes are incompatible. {shapes}")
    if teacher.dtype != student.dtype:
        raise ValueError(
            f"Teacher and student {what} dtypes must match. Teacher: {teacher.dtype}, Student: "
            f"{student.dtype}."
        )
