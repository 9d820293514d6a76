"""What programs use of TensorFlow outside tf.keras, and of Keras's old backend, in Addax's terms.

Pure data; `equivalents.py` says how an equivalent reads. Real differences are in `functions.py`.
"""

from addax.core.version import KERAS

TENSORFLOW_VERSION = "2.20.0"

_SAME = """
    abs add cos cosh divide einsum equal erf exp expm1 eye floor greater greater_equal isnan less
    less_equal log log1p logical_and logical_not logical_or matmul maximum meshgrid minimum
    multiply not_equal ones round rsqrt sign sin sinh sqrt square stack subtract tan where zeros"""
_DTYPES = """
    bfloat16 bool complex64 complex128 float16 float32 float64 int8 int16 int32 int64 string uint8
    uint16 uint32 uint64"""
_ACTIVATIONS = """
    elu gelu leaky_relu log_softmax relu relu6 selu sigmoid silu softmax softplus softsign swish
    tanh"""
_NOTHING = """
    autograph.set_verbosity compat.v1.logging.set_verbosity compat.v1.disable_v2_behavior
    compat.v1.enable_eager_execution config.experimental.enable_op_determinism
    config.experimental.set_memory_growth config.experimental.set_visible_devices
    config.experimental.set_virtual_device_configuration config.optimizer.set_jit
    config.run_functions_eagerly config.set_logical_device_configuration
    config.set_soft_device_placement config.set_visible_devices
    config.threading.set_inter_op_parallelism_threads
    config.threading.set_intra_op_parallelism_threads debugging.set_log_device_placement
    logging.set_verbosity"""

TENSORFLOW = {name: f"ops.{name}()" for name in _SAME.split()}
TENSORFLOW |= {name: f"'{name}'" for name in _DTYPES.split()}
# The activations themselves, not wrapped: `activation=tf.nn.relu` is saved under its name.
TENSORFLOW |= {f"nn.{name}": f"activations.{name}" for name in _ACTIVATIONS.split()}
TENSORFLOW |= dict.fromkeys(_NOTHING.split(), "compat.functions.nothing")
TENSORFLOW |= {
    "__version__": f"'{TENSORFLOW_VERSION}'",
    "version.VERSION": f"'{TENSORFLOW_VERSION}'",
    "half": "'float16'",
    "double": "'float64'",
    "newaxis": "None",
    "sigmoid": "activations.sigmoid",
    "tanh": "activations.tanh",
    # gradients
    "GradientTape": "core.tape.GradientTape",
    "UnconnectedGradients.NONE": "'none'",
    "UnconnectedGradients.ZERO": "'zero'",
    # making tensors
    "Tensor": "compat.functions.Tensor",
    "TensorShape": "compat.functions.tensor_shape",
    "Variable": "compat.functions.variable",
    "constant": "compat.functions.constant",
    "convert_to_tensor": "ops.convert_to_tensor(x=value)",
    "fill": "ops.full(shape=dims, fill_value=value)",
    "identity": "ops.convert_to_tensor(x=input)",
    "is_tensor": "ops.is_tensor()",
    "linspace": "ops.linspace()",
    "ones_like": "ops.ones_like(x=input)",
    "range": "ops.arange(stop=limit, step=delta)",
    "zeros_like": "ops.zeros_like(x=input)",
    "add_n": "compat.functions.add_n",
    # shapes
    "boolean_mask": "compat.functions.boolean_mask",
    "broadcast_to": "ops.broadcast_to(x=input)",
    "cast": "ops.cast()",
    "concat": "ops.concatenate(xs=values)",
    "expand_dims": "ops.expand_dims(x=input)",
    "gather": "ops.take(x=params, axis=0)",
    "one_hot": "ops.one_hot(x=indices, num_classes=depth)",
    "pad": "compat.functions.pad",
    "rank": "ops.ndim(x=input)",
    "repeat": "ops.repeat(x=input)",
    "reshape": "ops.reshape(x=tensor, newshape=shape)",
    "reverse": "ops.flip(x=tensor)",
    "roll": "ops.roll(x=input)",
    "shape": "ops.shape(x=input)",
    "size": "ops.size(x=input)",
    "slice": "ops.slice(inputs=input_, start_indices=begin, shape=size)",
    "sort": "ops.sort(x=values)",
    "split": "compat.functions.split",
    "squeeze": "ops.squeeze(x=input)",
    "tile": "ops.tile(x=input, repeats=multiples)",
    "transpose": "ops.transpose(x=a, axes=perm)",
    "unstack": "ops.unstack(x=value)",
    # arithmetic
    "argmax": "ops.argmax(x=input, axis=0)",
    "argmin": "ops.argmin(x=input, axis=0)",
    "argsort": "ops.argsort(x=values)",
    "clip_by_value": "ops.clip(x=t, x_min=clip_value_min, x_max=clip_value_max)",
    "cumsum": "ops.cumsum(axis=0)",
    "linalg.inv": "ops.linalg.inv(x=input)",
    "linalg.matmul": "compat.functions.matmul",
    "matmul": "compat.functions.matmul",
    "math.divide_no_nan": "ops.divide_no_nan()",
    "math.l2_normalize": "compat.functions.l2_normalize",
    "math.reduce_logsumexp": "ops.logsumexp(x=input_tensor)",
    "math.reduce_std": "ops.std(x=input_tensor)",
    "math.reduce_variance": "ops.var(x=input_tensor)",
    "math.top_k": "ops.top_k(x=input, k=1)",
    "negative": "ops.negative()",
    "norm": "compat.functions.norm",
    "pow": "ops.power(x1=x, x2=y)",
    "reduce_all": "ops.all(x=input_tensor)",
    "reduce_any": "ops.any(x=input_tensor)",
    "reduce_max": "ops.max(x=input_tensor)",
    "reduce_mean": "ops.mean(x=input_tensor)",
    "reduce_min": "ops.min(x=input_tensor)",
    "reduce_prod": "ops.prod(x=input_tensor)",
    "reduce_sum": "ops.sum(x=input_tensor)",
    "stop_gradient": "ops.stop_gradient(variable=input)",
    "tensordot": "ops.tensordot(x1=a, x2=b)",
    "nn.dropout": "random.dropout(inputs=x)",
    "nn.embedding_lookup": "ops.take(x=params, indices=ids, axis=0)",
    "nn.l2_normalize": "compat.functions.l2_normalize",
    "nn.moments": "compat.functions.moments",
    "nn.sigmoid_cross_entropy_with_logits": "compat.functions.sigmoid_cross_entropy",
    "nn.softmax_cross_entropy_with_logits":
        "ops.categorical_crossentropy(target=labels, output=logits, from_logits=True)",
    "nn.sparse_softmax_cross_entropy_with_logits":
        "ops.sparse_categorical_crossentropy(target=labels, output=logits, from_logits=True)",
    "nn.top_k": "ops.top_k(x=input, k=1)",
    "image.rgb_to_grayscale": "ops.image.rgb_to_grayscale()",
    # control
    "cond": "ops.cond()",
    "function": "compat.functions.function",
    "map_fn": "ops.map(f=fn, xs=elems)",
    "while_loop": "ops.while_loop()",
    # chance
    "random.categorical": "random.categorical()",
    "random.normal": "random.normal()",
    "random.set_seed": "utils.set_random_seed(seed=seed)",
    "random.shuffle": "random.shuffle(x=value)",
    "random.truncated_normal": "random.truncated_normal()",
    "random.uniform": "compat.functions.random_uniform",
    "compat.v1.set_random_seed": "utils.set_random_seed(seed=seed)",
    "set_random_seed": "utils.set_random_seed(seed=seed)",
    # parts of tf.keras under other names
    "initializers": "initializers",
    "losses": "losses",
    "metrics": "metrics",
    "optimizers": "optimizers",
    # the process and its devices
    "ConfigProto": "compat.functions.Settings",
    "GPUOptions": "compat.functions.Settings",
    "Session": "compat.functions.Session",
    "compat.v1.logging.DEBUG": "10",
    "compat.v1.logging.INFO": "20",
    "compat.v1.logging.WARN": "30",
    "compat.v1.logging.ERROR": "40",
    "logging.INFO": "20",
    "logging.ERROR": "40",
    "config.LogicalDeviceConfiguration": "compat.functions.Settings",
    "config.experimental.VirtualDeviceConfiguration": "compat.functions.Settings",
    "config.experimental.list_logical_devices": "compat.functions.list_devices",
    "config.experimental.list_physical_devices": "compat.functions.list_devices",
    "config.get_visible_devices": "compat.functions.list_devices",
    "config.list_logical_devices": "compat.functions.list_devices",
    "config.list_physical_devices": "compat.functions.list_devices",
    "data.AUTOTUNE": "-1",
    "data.Dataset": "compat.functions.Dataset",
    "data.INFINITE_CARDINALITY": "-1",
    "data.Options": "compat.functions.Settings",
    "data.UNKNOWN_CARDINALITY": "-2",
    "data.experimental.AUTOTUNE": "-1",
    "data.experimental.cardinality": "compat.functions.cardinality",
    "TensorSpec": "compat.functions.TensorSpec",
    "device": "compat.functions.device",
    "executing_eagerly": "compat.functions.executing_eagerly",
    "get_logger": "compat.functions.get_logger",
    "name_scope": "name_scope",
    "python.client.device_lib.list_local_devices": "compat.functions.list_devices",
    "test.gpu_device_name": "compat.functions.gpu_device_name",
    "test.is_built_with_cuda": "compat.functions.is_gpu_available",
    "test.is_gpu_available": "compat.functions.is_gpu_available",
}  # fmt: skip

# Files, images and texts, in functions that data sets map.
_HOST = {
    "image": """adjust_brightness adjust_contrast central_crop convert_image_dtype decode_image
        flip_left_right flip_up_down grayscale_to_rgb per_image_standardization random_brightness
        random_contrast random_crop random_flip_left_right random_flip_up_down resize
        resize_with_pad rot90""",
    "io": "decode_image read_file",
    "strings": """as_string join length lower regex_full_match regex_replace split strip substr
        to_number upper""",
}
TENSORFLOW |= {
    f"{space}.{name}": f"compat.host.{name}"
    for space, names in _HOST.items()
    for name in names.split()
}
TENSORFLOW |= {
    f"{space}.decode_{kind}": "compat.host.decode_image"
    for space in ("image", "io")
    for kind in ("bmp", "gif", "jpeg", "png")
}

# tf.math.exp is tf.exp, and so on: what a namespace lacks is looked up without it.
OPEN_NAMESPACES = ("compat.v1.", "compat.v2.", "dtypes.", "linalg.", "math.")

# What to do instead of what begins so.
INSTEAD = {
    "keras.backend.function": "make a keras.Model from the inputs to the outputs",
    "keras.backend.gradients": "train with model.fit, or override Model.compute_loss",
    "keras.backend.get_session": "there are no sessions: call the model",
    "keras.src": "import the public name from keras: this is Keras's own inside",
    "tensorflow.data": "use tf.data.Dataset, or pass a keras.utils.PyDataset to model.fit",
    "tensorflow.distribute": "use keras.distribution",
    "tensorflow.estimator": "use keras.Model",
    "tensorflow.examples": "use keras.datasets.mnist",
    "tensorflow.layers": "use keras.layers",
    "tensorflow.lite": "use model.export",
    "tensorflow.placeholder": "use keras.Input",
    "tensorflow.python": "import the public name from tensorflow or keras",
    "tensorflow.saved_model": "use model.save and keras.models.load_model",
    "tensorflow.summary": "use keras.callbacks.TensorBoard",
    "tensorflow.train": "use keras.optimizers and keras.callbacks.ModelCheckpoint",
}

_BACKEND_SAME = """
    abs all any arange cast categorical_crossentropy cos cumprod cumsum equal exp eye greater
    greater_equal less less_equal log max maximum mean min minimum ndim not_equal ones ones_like
    prod round sign sin sqrt square squeeze stack std sum tile transpose var zeros zeros_like"""

BACKEND = {name: f"ops.{name}()" for name in _BACKEND_SAME.split()}
BACKEND |= {
    name: f"activations.{name}"
    for name in ("elu", "hard_sigmoid", "sigmoid", "softmax", "softplus", "softsign", "tanh")
}
BACKEND |= {
    "argmax": "ops.argmax(axis=-1)",
    "argmin": "ops.argmin(axis=-1)",
    "batch_dot": "compat.functions.batch_dot",
    "batch_flatten": "compat.functions.batch_flatten",
    "binary_crossentropy": "ops.binary_crossentropy()",
    "cast_to_floatx": "compat.functions.cast_to_floatx",
    "clip": "ops.clip(x_min=min_value, x_max=max_value)",
    "concatenate": "ops.concatenate(xs=tensors, axis=-1)",
    "constant": "compat.functions.constant",
    "count_params": "ops.size()",
    "ctc_batch_cost": "compat.functions.ctc_batch_cost",
    "ctc_decode": "compat.functions.ctc_decode",
    "dot": "ops.dot(x1=x, x2=y)",
    "dropout": "random.dropout(inputs=x, rate=level)",
    "dtype": "backend.standardize_dtype",
    "eval": "ops.convert_to_numpy()",
    "expand_dims": "ops.expand_dims(axis=-1)",
    "flatten": "ops.ravel()",
    "gather": "ops.take(x=reference, axis=0)",
    "get_value": "ops.convert_to_numpy()",
    "in_top_k": "compat.functions.in_top_k",
    "int_shape": "compat.functions.int_shape",
    "l2_normalize": "compat.functions.l2_normalize",
    "learning_phase": "compat.functions.learning_phase",
    "map_fn": "ops.map(f=fn, xs=elems)",
    "name_scope": "name_scope",
    "one_hot": "ops.one_hot(x=indices)",
    "permute_dimensions": "ops.transpose(axes=pattern)",
    "pow": "ops.power(x1=x, x2=a)",
    "random_normal": "random.normal()",
    "random_uniform": "random.uniform()",
    "relu": "activations.relu(negative_slope=alpha)",
    "repeat_elements": "ops.repeat(repeats=rep)",
    "reshape": "ops.reshape(newshape=shape)",
    "reverse": "ops.flip(axis=axes)",
    "set_session": "compat.functions.nothing",
    "set_value": "compat.functions.set_value",
    "shape": "ops.shape()",
    "sparse_categorical_crossentropy": "ops.sparse_categorical_crossentropy()",
    "stop_gradient": "ops.stop_gradient(variable=variables)",
    "switch": "ops.where(x1=then_expression, x2=else_expression)",
    "truncated_normal": "random.truncated_normal()",
    "update": "compat.functions.set_value",
    "variable": "compat.functions.backend_variable",
}

# Names that a namespace of Keras had and Addax's does not have.
KERAS = {
    "keras": {"__version__": f"'{KERAS}'", "version": "compat.functions.keras_version"},
    "keras.backend": BACKEND,
    "keras.layers": {"CuDNNGRU": "layers.GRU", "CuDNNLSTM": "layers.LSTM"},
    "keras.losses": {"Reduction": "compat.functions.Reduction"},
    "keras.models": {"Input": "Input"},
    "keras.optimizers": {
        old: f"optimizers.{new}"
        for old, new in {
            "adadelta": "Adadelta", "adagrad": "Adagrad", "adam": "Adam", "adamax": "Adamax",
            "nadam": "Nadam", "rmsprop": "RMSprop", "sgd": "SGD",
        }.items()
    },
}  # fmt: skip
