"""Layers: the pieces models are made of."""

from addax.core import registry
from addax.core.input_spec import InputSpec as InputSpec
from addax.core.layer import Layer as Layer
from addax.core.registry import deserialize as deserialize
from addax.core.registry import getter
from addax.core.registry import serialize as serialize
from addax.layers.activation import Activation as Activation
from addax.layers.conv import Conv2D as Conv2D
from addax.layers.dense import Dense as Dense
from addax.layers.dropout import Dropout as Dropout
from addax.layers.embedding import Embedding as Embedding
from addax.layers.input import Input as Input
from addax.layers.input import InputLayer as InputLayer
from addax.layers.merge import Add as Add
from addax.layers.merge import Concatenate as Concatenate
from addax.layers.norm import BatchNormalization as BatchNormalization
from addax.layers.pool import AveragePooling1D as AveragePooling1D
from addax.layers.pool import AveragePooling2D as AveragePooling2D
from addax.layers.pool import AveragePooling3D as AveragePooling3D
from addax.layers.pool import GlobalAveragePooling1D as GlobalAveragePooling1D
from addax.layers.pool import GlobalAveragePooling2D as GlobalAveragePooling2D
from addax.layers.pool import GlobalAveragePooling3D as GlobalAveragePooling3D
from addax.layers.pool import GlobalMaxPooling1D as GlobalMaxPooling1D
from addax.layers.pool import GlobalMaxPooling2D as GlobalMaxPooling2D
from addax.layers.pool import GlobalMaxPooling3D as GlobalMaxPooling3D
from addax.layers.pool import MaxPooling1D as MaxPooling1D
from addax.layers.pool import MaxPooling2D as MaxPooling2D
from addax.layers.pool import MaxPooling3D as MaxPooling3D
from addax.layers.preprocessing.numeric import Normalization as Normalization
from addax.layers.preprocessing.numeric import Rescaling as Rescaling
from addax.layers.reshape import Flatten as Flatten
from addax.layers.reshape import Reshape as Reshape
from addax.layers.rnn import LSTM as LSTM
from addax.layers.rnn import RNN as RNN
from addax.layers.rnn import LSTMCell as LSTMCell

get = getter("layer", "keras.layers")

registry.publish(
    "keras.layers",
    {n: o for n, o in vars().items() if isinstance(o, type) and issubclass(o, Layer)},
)

# Older names of the same classes
ALIASES = {
    f"{new}Pool{rank}": f"{new}Pooling{rank}"
    for new in ("Max", "Average", "Avg", "GlobalMax", "GlobalAverage", "GlobalAvg")
    for rank in ("1D", "2D", "3D")
}
for _alias, _name in ALIASES.items():
    globals()[_alias] = globals()[_name.replace("Avg", "Average")]
