"""What import statements of programs written for Keras and TensorFlow give."""

import importlib
import logging
import sys

import pytest

import addax
from addax.compat import install, paths, uninstall

pytestmark = pytest.mark.usefixtures("stand_ins")

IMPORTS = {
    "import keras": ("keras.layers.Dense", "layers.Dense"),
    "import keras.layers as KL": ("KL.Dense", "layers.Dense"),
    "import keras.backend as K": ("K.epsilon", "backend.epsilon"),
    "from keras import backend as K": ("K.floatx", "backend.floatx"),
    "from keras.layers import Dense": ("Dense", "layers.Dense"),
    "from keras.layers import *": ("Conv2D", "layers.Conv2D"),
    "from keras.layers.core import Dense, Flatten": ("Flatten", "layers.Flatten"),
    "from keras.layers.convolutional import Conv2D": ("Conv2D", "layers.Conv2D"),
    "from keras.layers.normalization import BatchNormalization":
        ("BatchNormalization", "layers.BatchNormalization"),
    "from keras.layers.experimental import preprocessing":
        ("preprocessing.Rescaling", "layers.Rescaling"),
    "from keras.engine.topology import Layer, InputSpec": ("InputSpec", "InputSpec"),
    "from keras.utils import np_utils": ("np_utils.to_categorical", "utils.to_categorical"),
    "from keras.utils.np_utils import to_categorical": ("to_categorical", "utils.to_categorical"),
    "from keras.preprocessing.sequence import pad_sequences":
        ("pad_sequences", "preprocessing.sequence.pad_sequences"),
    "from keras.models import Sequential, Input": ("Input", "Input"),
    "from keras.optimizers.legacy import Adam": ("Adam", "optimizers.Adam"),
    "from keras.optimizers import adam": ("adam", "optimizers.Adam"),
    "from keras.optimizer_v2.adam import Adam": ("Adam", "optimizers.Adam"),
    "from keras.callbacks import EarlyStopping": ("EarlyStopping", "callbacks.EarlyStopping"),
    "from keras.datasets import mnist": ("mnist.load_data", "datasets.mnist.load_data"),
    "import tensorflow as tf": ("tf.keras.Sequential", "Sequential"),
    "import tensorflow.keras as tk": ("tk.layers.Dense", "layers.Dense"),
    "from tensorflow import keras": ("keras.losses.Huber", "losses.Huber"),
    "from tensorflow.keras import layers": ("layers.LSTM", "layers.LSTM"),
    "from tensorflow.keras.models import Sequential": ("Sequential", "Sequential"),
    "from tensorflow.keras.layers import Dense as D": ("D", "layers.Dense"),
    "from tensorflow.python.keras.layers import GRU": ("GRU", "layers.GRU"),
    "from keras_preprocessing.sequence import pad_sequences":
        ("pad_sequences", "preprocessing.sequence.pad_sequences"),
    "import keras.applications as apps": ("apps.VGG16", "applications.VGG16"),
    "from keras.applications import imagenet_utils":
        ("imagenet_utils.decode_predictions", "applications.imagenet_utils.decode_predictions"),
    "from keras.applications.resnet50 import ResNet50, preprocess_input":
        ("preprocess_input", "applications.resnet50.preprocess_input"),
    "from tensorflow.keras.applications import MobileNetV2 as net":
        ("net", "applications.MobileNetV2"),
    "from tensorflow.keras.applications.efficientnet import EfficientNetB0":
        ("EfficientNetB0", "applications.EfficientNetB0"),
    "from tensorflow.nn import relu": ("relu", "activations.relu"),
    "from tf_keras.layers import Dense": ("Dense", "layers.Dense"),
}  # fmt: skip


def at(path: str):
    value = addax
    for part in path.split("."):
        value = getattr(value, part)
    return value


@pytest.mark.parametrize("statement", IMPORTS)
def test_import(statement):
    namespace: dict = {}
    exec(statement, namespace)
    name, path = IMPORTS[statement]
    assert eval(name, namespace) is at(path)


@pytest.mark.parametrize("old", [p for p in paths.HOMES if p not in paths.ROOTS["keras"]])
def test_every_old_module_can_be_imported(old):
    assert importlib.import_module(old) is importlib.import_module(paths.HOMES[old])


MISSING = {
    "from keras.layers import Densee": "keras.layers.Densee is not part of Addax. .*'Dense'",
    "from keras.layers.core import Densee": "keras.layers.Densee is not .*'Dense'",
    "from keras.layers import Vectorizer": "keras.layers.Vectorizer is not part of Addax.$",
    "from keras.layers import TextVectorizatio": "TextVectorizatio is not .*'TextVectorization'",
    "import keras.laers": "keras.laers is not .*'layers'",
    "from keras.src.layers import Dense": "keras.src is not .*import the public name from keras",
    "from tensorflow import estimator": "tensorflow.estimator is not .*keras.Model",
    "from tensorflow.keras.layers import LSTMM": "keras.layers.LSTMM is not .*'LSTM'",
    "import tensorflow.contrib.slim": "tensorflow.contrib is not part of Addax's stand-in",
    "from tensorflow.examples.tutorials.mnist import input_data": "keras.datasets.mnist",
    "from tensorflow.python.framework import ops": "tensorflow.python.framework is not .*public",
}


@pytest.mark.parametrize("statement", MISSING)
def test_missing_module_or_name(statement):
    with pytest.raises(ImportError, match=MISSING[statement]):
        exec(statement)


ABSENT = {
    "keras.layers.Densee": "keras.layers.Densee is not part of Addax. .*'Dense'",
    "keras.src": "public name",
    "keras.backend.gradients": "model.fit",
    "tf.reduce_meen": "tensorflow.reduce_meen is not .*'reduce_mean'",
    "tf.nn.rellu": "tensorflow.nn.rellu is not .*'relu'",
    "tf.distribute.ParameterServerStrategy": "ParameterServerStrategy is not .*keras.distribution",
    "tf.data.Iterator": "tensorflow.data.Iterator is not .*PyDataset",
    "tf.keras.layers.Densee": "keras.layers.Densee is not",
}


@pytest.mark.parametrize("name", ABSENT)
def test_missing_attribute(name):
    import keras
    import tensorflow as tf

    with pytest.raises(AttributeError, match=ABSENT[name]):
        eval(name, {"keras": keras, "tf": tf})


def test_every_way_leads_to_the_same_modules():
    import keras.layers
    import tensorflow as tf
    import tensorflow.keras.layers
    import tf_keras

    assert tf.keras is keras is tf_keras
    assert tensorflow.keras.layers is keras.layers is keras.layers.core
    assert keras.ops.image.resize is addax.ops.image.resize


def test_addax_itself_stays_as_it_is():
    import keras.layers.core
    from keras.utils import np_utils  # noqa: F401

    assert not hasattr(addax.layers, "core")
    assert not hasattr(addax.utils, "np_utils")
    assert addax.__version__ != keras.__version__


def test_dir_lists_what_is_there():
    import keras
    import tensorflow as tf

    assert {"Dense", "CuDNNLSTM"} <= set(dir(keras.layers))
    assert {"reduce_mean", "keras", "nn"} <= set(dir(tf))
    assert "relu" in dir(tf.nn)
    assert "exp" in dir(tf.math)


def test_runtime_settings_are_accepted():
    import keras.backend as K
    import tensorflow as tf

    for gpu in tf.config.experimental.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(gpu, True)
    assert all(d.device_type == "CPU" for d in tf.config.list_physical_devices("CPU"))
    assert tf.config.list_physical_devices("CPU")
    assert tf.test.is_gpu_available() == bool(tf.config.list_physical_devices("GPU"))
    assert tf.executing_eagerly()
    tf.get_logger().setLevel("ERROR")
    tf.get_logger().setLevel(logging.NOTSET)
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    tf.autograph.set_verbosity(0)
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    session = tf.compat.v1.Session(config=config)
    K.set_session(session)
    with pytest.raises(RuntimeError, match="no sessions"):
        session.run([])


def test_function_leaves_functions_alone():
    import tensorflow as tf

    def step():
        return 3

    assert tf.function(step) is step
    assert tf.function(jit_compile=True)(step) is step


def test_tensors_are_instances():
    import tensorflow as tf

    assert isinstance(tf.constant(1.0), tf.Tensor)
    assert not isinstance(1.0, tf.Tensor)


def test_installing_again_changes_nothing():
    before = sys.meta_path[:]
    install()
    assert sys.meta_path == before


def test_uninstall_gives_real_keras_back():
    from addax.compat import uninstall

    uninstall()
    import keras

    assert keras.__file__ is not None


def test_tensorboard_does_not_take_the_stand_in_for_tensorflow():
    assert "tensorboard.compat.notf" in sys.modules
    uninstall()
    assert "tensorboard.compat.notf" not in sys.modules
    install()
