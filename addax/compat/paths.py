"""Where the modules of Keras 1, Keras 2 and tf.keras live now."""

ROOTS = {
    "keras": (
        "tf_keras",
        "tensorflow.keras",
        "tensorflow.python.keras",
        "tensorflow.contrib.keras",
        "tensorflow.compat.v1.keras",
        "tensorflow.compat.v2.keras",
        "keras.api",
        "keras.api._v1.keras",
        "keras.api._v2.keras",
        "keras._tf_keras.keras",
    ),
    # libraries around Keras
    "keras.tuner": ("keras_tuner", "kerastuner"),
    "keras.wrappers": ("scikeras",),
    "keras.wrappers.scikeras": ("scikeras.wrappers",),
}

# New home -> old modules, relative to `keras`.
MOVED = {
    "keras": """
        engine engine.base_layer engine.functional engine.input_layer engine.input_spec
        engine.keras_tensor engine.network engine.sequential engine.topology engine.training""",
    "keras.activations": "activations.activations",
    "keras.backend": "backend.common backend.tensorflow_backend",
    "keras.callbacks": """
        callbacks.callbacks callbacks.experimental callbacks.tensorboard_v1
        callbacks.tensorboard_v2""",
    "keras.initializers": """
        initializers.initializers initializers.initializers_v1 initializers.initializers_v2""",
    "keras.layers": """
        layers.activation layers.advanced_activations layers.attention layers.convolutional
        layers.convolutional_recurrent layers.core layers.cudnn_recurrent layers.embeddings
        layers.experimental layers.experimental.preprocessing layers.local layers.merge
        layers.merging layers.noise layers.normalization layers.normalization_v2 layers.pooling
        layers.preprocessing layers.recurrent layers.recurrent_v2 layers.regularization
        layers.reshaping layers.rnn layers.wrappers""",
    "keras.losses": "objectives losses.losses",
    "keras.metrics": "metrics.metrics",
    "keras.mixed_precision": "mixed_precision.experimental",
    "keras.models": "models.functional models.model models.sequential",
    "keras.optimizers": """
        optimizer_experimental optimizer_v1 optimizer_v2 optimizer_v2.adadelta
        optimizer_v2.adagrad optimizer_v2.adam optimizer_v2.adamax optimizer_v2.gradient_descent
        optimizer_v2.nadam optimizer_v2.rmsprop optimizers.adadelta optimizers.adagrad
        optimizers.adam optimizers.adam_v2 optimizers.adamax optimizers.experimental
        optimizers.gradient_descent_v2 optimizers.legacy optimizers.nadam
        optimizers.optimizer_experimental optimizers.optimizer_v2 optimizers.rmsprop
        optimizers.sgd""",
    "keras.optimizers.schedules": """
        optimizer_v2.learning_rate_schedule optimizers.learning_rate_schedule
        optimizers.schedules.learning_rate_schedule""",
    "keras.saving": """
        engine.saving saving.hdf5_format saving.legacy saving.save saving.saved_model""",
    "keras.tuner": "tuner.engine",
    "keras.tuner.tuner": "tuner.base_tuner",
    "keras.utils": """
        engine.data_adapter preprocessing.image_dataset preprocessing.text_dataset
        preprocessing.timeseries utils.all_utils utils.conv_utils utils.data_utils
        utils.generic_utils utils.image_dataset utils.image_utils utils.io_utils
        utils.layer_utils utils.np_utils utils.test_utils utils.tf_utils utils.vis_utils""",
}

HOMES = {old: new for new, olds in ROOTS.items() for old in olds}
HOMES["keras_preprocessing"] = "keras.preprocessing"
HOMES |= {f"keras.{old}": new for new, olds in MOVED.items() for old in olds.split()}


def canonical(name: str) -> str:
    """The present path of module `name`, as Keras 3 spells it; `name` itself if it never moved."""
    head, tail = name, ""
    while head:
        if head in HOMES:
            return canonical(HOMES[head] + tail)
        head, _, last = head.rpartition(".")
        tail = f".{last}{tail}"
    return name
