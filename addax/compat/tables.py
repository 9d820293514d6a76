"""What programs use of TensorFlow outside tf.keras, and of Keras's old backend, in Addax's terms.

Pure data; `equivalents.py` says how an equivalent reads. Real differences are in `functions.py`.
"""

from addax.core.version import KERAS

TENSORFLOW_VERSION = "2.20.0"

# Those that Addax has under the same name.
_SAME = """
    abs add angle arctan2 conj cos cosh divide einsum equal erf exp expm1 floor greater
    greater_equal imag isnan less less_equal log log1p logical_and logical_not logical_or
    logical_xor maximum minimum multiply nextafter not_equal ones real reciprocal repeat round rsqrt
    saturate_cast searchsorted sign sin sinh sqrt square subtract tan vectorized_map zeros"""
# And those that it has under another one.
_OTHERS = {
    "acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh", "atan": "arctan",
    "atan2": "arctan2", "atanh": "arctanh", "bitwise.bitwise_and": "bitwise_and",
    "bitwise.bitwise_or": "bitwise_or", "bitwise.bitwise_xor": "bitwise_xor",
    "bitwise.invert": "bitwise_not", "bitwise.left_shift": "left_shift",
    "bitwise.right_shift": "right_shift", "floordiv": "floor_divide", "math.ceil": "ceil",
    "math.divide_no_nan": "divide_no_nan",
    "math.erfc": "erfc", "math.erfinv": "erfinv", "math.floormod": "mod",
    "math.is_finite": "isfinite", "math.is_inf": "isinf", "math.is_nan": "isnan",
    "math.log_sigmoid": "log_sigmoid", "math.mod": "mod", "math.rint": "round", "mod": "mod",
    "math.scalar_mul": "multiply", "negative": "negative", "realdiv": "divide",
    "scalar_mul": "multiply", "truediv": "true_divide",
}  # fmt: skip
_DTYPES = """
    bfloat16 bool complex64 complex128 float16 float32 float64 int8 int16 int32 int64 string uint8
    uint16 uint32 uint64"""
_ACTIVATIONS = """
    elu gelu leaky_relu log_softmax relu relu6 selu sigmoid silu softmax softplus softsign swish
    tanh"""
_NOTHING = """
    autograph.set_verbosity compat.v1.logging.set_verbosity compat.v1.disable_v2_behavior
    compat.v1.enable_eager_execution config.experimental.enable_op_determinism
    config.experimental.reset_memory_stats config.experimental.set_memory_growth
    config.experimental.set_visible_devices
    config.experimental.set_virtual_device_configuration config.optimizer.set_jit
    config.run_functions_eagerly config.set_logical_device_configuration
    config.set_soft_device_placement config.set_visible_devices
    config.threading.set_inter_op_parallelism_threads
    config.threading.set_intra_op_parallelism_threads debugging.set_log_device_placement
    logging.set_verbosity"""

TENSORFLOW = {name: f"ops.{name}()" for name in _SAME.split()}
TENSORFLOW |= {name: f"ops.{other}()" for name, other in _OTHERS.items()}
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
    "custom_gradient": "ops.custom_gradient",
    "recompute_grad": "core.remat.remat",
    # making tensors
    "Tensor": "compat.functions.Tensor",
    "constant": "compat.functions.constant",
    "convert_to_tensor": "ops.convert_to_tensor(x=value)",
    "fill": "ops.full(shape=dims, fill_value=value)",
    "identity": "ops.convert_to_tensor(x=input)",
    "is_tensor": "ops.is_tensor()",
    "linspace": "ops.linspace()",
    "meshgrid": "ops.meshgrid()",
    "identity_n": "ops.convert_to_tensor(x=input)",
    "ones_like": "ops.ones_like(x=input)",
    "range": "ops.arange(stop=limit, step=delta)",
    "zeros_like": "ops.zeros_like(x=input)",
    "add_n": "compat.functions.add_n",
    # shapes
    "broadcast_to": "ops.broadcast_to(x=input)",
    "cast": "ops.cast()",
    "expand_dims": "ops.expand_dims(x=input)",
    "pad": "compat.functions.pad",
    "reshape": "ops.reshape(x=tensor, newshape=shape)",
    "reverse": "ops.flip(x=tensor)",
    "roll": "ops.roll(x=input)",
    "slice": "ops.slice(inputs=input_, start_indices=begin, shape=size)",
    "split": "compat.functions.split",
    "squeeze": "ops.squeeze(x=input)",
    "tile": "ops.tile(x=input, repeats=multiples)",
    "transpose": "ops.transpose(x=a, axes=perm)",
    "unstack": "ops.unstack(x=value)",
    # arithmetic
    "argmax": "ops.argmax(x=input, axis=0)",
    "argmin": "ops.argmin(x=input, axis=0)",
    "clip_by_value": "ops.clip(x=t, x_min=clip_value_min, x_max=clip_value_max)",
    "cumsum": "compat.tf.math.cumsum",
    "linalg.cholesky": "ops.linalg.cholesky(x=input)",
    "linalg.det": "ops.linalg.det(x=input)",
    "linalg.eig": "ops.linalg.eig(x=tensor)",
    "linalg.eigh": "ops.linalg.eigh(x=tensor)",
    "linalg.inv": "ops.linalg.inv(x=input)",
    "linalg.lstsq": "ops.linalg.lstsq(a=matrix, b=rhs)",
    "linalg.matrix_rank": "ops.linalg.matrix_rank(x=a)",
    "linalg.pinv": "ops.linalg.pinv(x=a)",
    "linalg.qr": "ops.linalg.qr(x=input)",
    "linalg.solve": "ops.linalg.solve(a=matrix, b=rhs)",
    "linalg.matmul": "compat.functions.matmul",
    "matmul": "compat.functions.matmul",
    "math.in_top_k": "ops.in_top_k()",
    "math.l2_normalize": "compat.functions.l2_normalize",
    "math.reduce_logsumexp": "ops.logsumexp(x=input_tensor)",
    "math.reduce_std": "ops.std(x=input_tensor)",
    "math.reduce_variance": "ops.var(x=input_tensor)",
    "math.top_k": "ops.top_k(x=input, k=1)",
    "norm": "compat.functions.norm",
    "pow": "ops.power(x1=x, x2=y)",
    "reduce_all": "ops.all(x=input_tensor)",
    "reduce_any": "ops.any(x=input_tensor)",
    "reduce_min": "ops.min(x=input_tensor)",
    "reduce_prod": "ops.prod(x=input_tensor)",
    "reduce_logsumexp": "ops.logsumexp(x=input_tensor)",
    "stop_gradient": "ops.stop_gradient(variable=input)",
    "tensordot": "ops.tensordot(x1=a, x2=b)",
    "nn.depth_to_space": "ops.depth_to_space(x=input)",
    "nn.dropout": "random.dropout(inputs=x)",
    "nn.embedding_lookup": "ops.take(x=params, indices=ids, axis=0)",
    "nn.in_top_k": "ops.in_top_k()",
    "nn.l2_normalize": "compat.functions.l2_normalize",
    "nn.moments": "compat.functions.moments",
    "nn.sigmoid_cross_entropy_with_logits": "compat.functions.sigmoid_cross_entropy",
    "nn.space_to_depth": "ops.space_to_depth(x=input)",
    "nn.zero_fraction": "compat.tf.math.zero_fraction",
    "nn.softmax_cross_entropy_with_logits":
        "ops.categorical_crossentropy(target=labels, output=logits, from_logits=True)",
    "nn.sparse_softmax_cross_entropy_with_logits":
        "ops.sparse_categorical_crossentropy(target=labels, output=logits, from_logits=True)",
    "nn.top_k": "ops.top_k(x=input, k=1)",
    "image.ssim": "ops.image.ssim()",
    # control
    "cond": "ops.cond()",
    "function": "compat.functions.function",
    # chance
    "random.categorical": "random.categorical()",
    "random.normal": "random.normal()",
    "random.set_seed": "utils.set_random_seed(seed=seed)",
    "random.shuffle": "random.shuffle(x=value)",
    "random.truncated_normal": "random.truncated_normal()",
    "compat.v1.set_random_seed": "utils.set_random_seed(seed=seed)",
    "set_random_seed": "utils.set_random_seed(seed=seed)",
    # parts of tf.keras under other names
    "constant_initializer": "initializers.Constant",
    "ones_initializer": "initializers.Ones",
    "random_normal_initializer": "initializers.RandomNormal",
    "random_uniform_initializer": "initializers.RandomUniform",
    "zeros_initializer": "initializers.Zeros",
    "compat.v1.layers.BatchNormalization": "layers.BatchNormalization",
    "compat.v1.layers.Conv2D": "layers.Conv2D",
    "compat.v1.layers.Dense": "layers.Dense",
    "compat.v1.layers.Dropout": "layers.Dropout",
    "compat.v1.layers.Flatten": "layers.Flatten",
    "compat.v1.layers.MaxPooling2D": "layers.MaxPooling2D",
    "compat.v1.train.AdagradOptimizer": "optimizers.Adagrad",
    "compat.v1.train.AdamOptimizer": "optimizers.Adam",
    "compat.v1.train.GradientDescentOptimizer": "optimizers.SGD",
    "compat.v1.train.RMSPropOptimizer": "optimizers.RMSprop",
    "compat.v1.train.latest_checkpoint": "compat.tf.train.latest_checkpoint",
    "compat.v1.train.list_variables": "compat.tf.train.list_variables",
    "compat.v1.train.load_checkpoint": "compat.tf.train.load_checkpoint",
    "compat.v1.gfile.Exists": "compat.tf.io.gfile.exists",
    "compat.v1.gfile.GFile": "compat.tf.io.gfile.GFile",
    "compat.v1.gfile.Glob": "compat.tf.io.gfile.glob",
    "compat.v1.gfile.MakeDirs": "compat.tf.io.gfile.makedirs",
    "compat.as_bytes": "compat.functions.as_bytes",
    "compat.as_str": "compat.functions.as_text",
    "compat.as_str_any": "compat.functions.as_text",
    "compat.as_text": "compat.functions.as_text",
    # data
    "io.FixedLenFeature": "data.examples.FixedLenFeature",
    "io.FixedLenSequenceFeature": "data.examples.FixedLenSequenceFeature",
    "io.RaggedFeature": "data.examples.RaggedFeature",
    "io.TFRecordOptions": "data.TFRecordOptions",
    "io.TFRecordWriter": "data.TFRecordWriter",
    "io.VarLenFeature": "data.examples.VarLenFeature",
    "io.decode_csv": "data.tables.decode_csv",
    "io.parse_example": "data.examples.parse_example",
    "io.parse_single_example": "data.examples.parse_single_example",
    "io.parse_tensor": "data.tensors.parse_tensor",
    "io.serialize_tensor": "data.tensors.serialize_tensor",
    "train.BytesList": "data.examples.BytesList",
    "train.Example": "data.examples.Example",
    "train.Feature": "data.examples.Feature",
    "train.Features": "data.examples.Features",
    "train.FloatList": "data.examples.FloatList",
    "train.Int64List": "data.examples.Int64List",
    "RaggedTensor": "data.RaggedTensor",
    "SparseTensor": "data.SparseTensor",
    "sparse.SparseTensor": "data.SparseTensor",
    "RaggedTensorSpec": "compat.functions.TensorSpec",
    "SparseTensorSpec": "compat.functions.TensorSpec",
    "data.FixedLengthRecordDataset": "data.FixedLengthRecordDataset",
    "data.TFRecordDataset": "data.TFRecordDataset",
    "data.TextLineDataset": "data.TextLineDataset",
    "data.experimental.CsvDataset": "data.CsvDataset",
    "data.experimental.DistributeOptions": "compat.functions.Settings",
    "data.experimental.INFINITE_CARDINALITY": "-1",
    "data.experimental.TFRecordWriter": "data.TFRecordWriter",
    "data.experimental.UNKNOWN_CARDINALITY": "-2",
    "data.experimental.make_csv_dataset": "data.make_csv_dataset",
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
    "config.experimental_connect_to_cluster": "compat.functions.nothing",
    "config.experimental_connect_to_host": "compat.functions.nothing",
    "config.experimental.get_device_details": "compat.functions.no_details",
    "config.experimental.get_memory_growth": "compat.functions.nothing",
    "config.experimental.get_memory_info": "compat.functions.no_details",
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
    "TensorSpec": "compat.functions.TensorSpec",
    "device": "compat.functions.device",
    "executing_eagerly": "compat.functions.executing_eagerly",
    "get_logger": "compat.functions.get_logger",
    "name_scope": "name_scope",
    "VariableAggregation.MEAN": "'mean'",
    "VariableAggregation.NONE": "'none'",
    "VariableAggregation.ONLY_FIRST_REPLICA": "'only_first_replica'",
    "VariableAggregation.SUM": "'sum'",
    "VariableSynchronization.AUTO": "'auto'",
    "VariableSynchronization.ON_READ": "'on_read'",
    "VariableSynchronization.ON_WRITE": "'on_write'",
    "config.functions_run_eagerly": "compat.functions.executing_eagerly",
    "config.get_soft_device_placement": "compat.functions.executing_eagerly",
    "inside_function": "compat.functions.nothing",
    "is_symbolic_tensor": "backend.is_keras_tensor",
    "python.client.device_lib.list_local_devices": "compat.functions.list_devices",
    "test.gpu_device_name": "compat.functions.gpu_device_name",
    "test.is_built_with_cuda": "compat.functions.is_gpu_available",
    "test.is_gpu_available": "compat.functions.is_gpu_available",
}  # fmt: skip

# tf.image and tf.io both have them.
_PICTURES = """
    decode_and_crop_jpeg decode_bmp decode_gif decode_image decode_jpeg decode_png encode_jpeg
    encode_png extract_jpeg_shape is_jpeg"""
TENSORFLOW |= {f"image.{name}": f"compat.tf.io.{name}" for name in _PICTURES.split()}
_CHECKS = """
    assert_equal assert_greater assert_less assert_rank"""
TENSORFLOW |= {name: f"compat.tf.debugging.{name}" for name in _CHECKS.split()}

# tf.math.exp is tf.exp, and so on: what a namespace lacks is looked up without it.
OPEN_NAMESPACES = ("compat.v1.", "compat.v2.", "dtypes.", "linalg.", "math.")

# What to do instead of what begins so.
_FEATURES = "use keras.utils.FeatureSpace, or preprocessing layers as keras.layers.StringLookup"
_ESTIMATORS = "make a keras.Model, and call fit, evaluate and predict"
INSTEAD = {
    "keras.backend.gradients": "train with model.fit, or override Model.compute_loss",
    "keras.backend.get_session": "there are no sessions: call the model",
    "keras.estimator": _ESTIMATORS,
    "keras.layers.DenseFeatures": _FEATURES,
    "keras.src": "import the public name from keras: this is Keras's own inside",
    "tensorflow.Graph": "there are no graphs of TensorFlow: call functions and models",
    "tensorflow.autograph": "there is no AutoGraph: functions run as Python",
    "tensorflow.compat.v1.data.make_one_shot_iterator": "loop over the data set",
    "tensorflow.compat.v1.GraphKeys": "use model.variables",
    "tensorflow.compat.v1.estimator": _ESTIMATORS,
    "tensorflow.compat.v1.feature_column": _FEATURES,
    "tensorflow.compat.v1.get_variable": "use tf.Variable, or Layer.add_weight",
    "tensorflow.compat.v1.global_variables": "use model.variables",
    "tensorflow.compat.v1.layers": "use keras.layers",
    "tensorflow.compat.v1.placeholder": "use keras.Input",
    "tensorflow.compat.v1.train": "use keras.optimizers, keras.callbacks and model.save",
    "tensorflow.compat.v1.variable_scope": "there are no scopes of variables: keep a layer",
    "tensorflow.data": "use tf.data.Dataset, or pass a keras.utils.PyDataset to model.fit",
    "tensorflow.distribute": "use keras.distribution",
    "tensorflow.estimator": _ESTIMATORS,
    "tensorflow.examples": "use keras.datasets.mnist",
    "tensorflow.experimental.dtensor": "use keras.distribution",
    "tensorflow.feature_column": _FEATURES,
    "tensorflow.gradients": "use tf.GradientTape",
    "tensorflow.image.non_max_suppression": "use tf.image.non_max_suppression",
    "tensorflow.io.parse_sequence_example": "write each sequence as lists of an Example",
    "tensorflow.io.parse_single_sequence_example": "write each sequence as lists of an Example",
    "tensorflow.layers": "use keras.layers",
    "tensorflow.lite": "use model.export",
    "tensorflow.nn.max_pool_with_argmax": "use tf.nn.max_pool2d",
    "tensorflow.placeholder": "use keras.Input",
    "tensorflow.profiler": "use keras.callbacks.TensorBoard(profile_batch=...)",
    "tensorflow.python": "import the public name from tensorflow or keras",
    "tensorflow.queue": "use tf.data.Dataset",
    "tensorflow.raw_ops": "use the function of the same name in tf or keras.ops",
    "tensorflow.saved_model": "use model.save and keras.models.load_model",
    "tensorflow.train": "use keras.optimizers, keras.callbacks and tf.train.Checkpoint",
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
    "Variable": "Variable",
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
    "function": "compat.functions.backend_function",
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
    "reduce_logsumexp": "ops.logsumexp(x=input_tensor)",
    "stop_gradient": "ops.stop_gradient(variable=variables)",
    "switch": "ops.where(x1=then_expression, x2=else_expression)",
    "truncated_normal": "random.truncated_normal()",
    "update": "compat.functions.set_value",
    "variable": "compat.functions.backend_variable",
}

_LONG = {
    "kld": "kl_divergence", "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error", "mse": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
}  # fmt: skip
_SHORT = {name: f"losses.{long}" for name, long in _LONG.items()}
_SHORT |= {name.upper(): row for name, row in _SHORT.items()}
# Names that a namespace of Keras had and Addax's does not have.
KERAS = {
    "keras": {"__version__": f"'{KERAS}'", "version": "compat.functions.keras_version"},
    "keras.backend": BACKEND,
    "keras.layers": {"CuDNNGRU": "layers.GRU", "CuDNNLSTM": "layers.LSTM"},
    "keras.losses": {"Reduction": "compat.functions.Reduction", **_SHORT},
    "keras.metrics": _SHORT,
    "keras.models": {"Input": "Input"},
    "keras.optimizers": {
        old: f"optimizers.{new}"
        for old, new in {
            "adadelta": "Adadelta", "adagrad": "Adagrad", "adam": "Adam", "adamax": "Adamax",
            "nadam": "Nadam", "rmsprop": "RMSprop", "sgd": "SGD",
        }.items()
    },
}  # fmt: skip
