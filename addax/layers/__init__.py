"""Layers: the pieces models are made of."""

from addax.core import absent as _absent
from addax.core import configs
from addax.core.configs import deserialize as deserialize
from addax.core.configs import getter
from addax.core.input_spec import InputSpec as InputSpec
from addax.core.layer import Layer as Layer
from addax.core.names import publish
from addax.layers import scale as _scale  # which files name  # noqa: F401
from addax.layers.activation import ELU as ELU
from addax.layers.activation import Activation as Activation
from addax.layers.activation import LeakyReLU as LeakyReLU
from addax.layers.activation import PReLU as PReLU
from addax.layers.activation import ReLU as ReLU
from addax.layers.activation import Softmax as Softmax
from addax.layers.attention import AdditiveAttention as AdditiveAttention
from addax.layers.attention import Attention as Attention
from addax.layers.attention import GroupedQueryAttention as GroupQueryAttention  # noqa: F401
from addax.layers.attention import MultiHeadAttention as MultiHeadAttention
from addax.layers.basic import Identity as Identity
from addax.layers.basic import Lambda as Lambda
from addax.layers.basic import Masking as Masking
from addax.layers.cells import GRUCell as GRUCell
from addax.layers.cells import LSTMCell as LSTMCell
from addax.layers.cells import SimpleRNNCell as SimpleRNNCell
from addax.layers.cells import StackedRNNCells as StackedRNNCells
from addax.layers.conv import Conv1D as Conv1D
from addax.layers.conv import Conv1DTranspose as Conv1DTranspose
from addax.layers.conv import Conv2D as Conv2D
from addax.layers.conv import Conv2DTranspose as Conv2DTranspose
from addax.layers.conv import Conv3D as Conv3D
from addax.layers.conv import Conv3DTranspose as Conv3DTranspose
from addax.layers.conv_depthwise import DepthwiseConv1D as DepthwiseConv1D
from addax.layers.conv_depthwise import DepthwiseConv2D as DepthwiseConv2D
from addax.layers.conv_depthwise import SeparableConv1D as SeparableConv1D
from addax.layers.conv_depthwise import SeparableConv2D as SeparableConv2D
from addax.layers.conv_rnn import ConvLSTM1D as ConvLSTM1D
from addax.layers.conv_rnn import ConvLSTM2D as ConvLSTM2D
from addax.layers.conv_rnn import ConvLSTM3D as ConvLSTM3D
from addax.layers.dense import Dense as Dense
from addax.layers.dense import EinsumDense as EinsumDense
from addax.layers.dropout import ActivityRegularization as ActivityRegularization
from addax.layers.dropout import AlphaDropout as AlphaDropout
from addax.layers.dropout import Dropout as Dropout
from addax.layers.dropout import GaussianDropout as GaussianDropout
from addax.layers.dropout import GaussianNoise as GaussianNoise
from addax.layers.dropout import SpatialDropout1D as SpatialDropout1D
from addax.layers.dropout import SpatialDropout2D as SpatialDropout2D
from addax.layers.dropout import SpatialDropout3D as SpatialDropout3D
from addax.layers.embedding import Embedding as Embedding
from addax.layers.embedding import ReversibleEmbedding as ReversibleEmbedding
from addax.layers.input import Input as Input
from addax.layers.input import InputLayer as InputLayer
from addax.layers.merge import Add as Add
from addax.layers.merge import Average as Average
from addax.layers.merge import Concatenate as Concatenate
from addax.layers.merge import Dot as Dot
from addax.layers.merge import Maximum as Maximum
from addax.layers.merge import Minimum as Minimum
from addax.layers.merge import Multiply as Multiply
from addax.layers.merge import Subtract as Subtract
from addax.layers.merge import add as add
from addax.layers.merge import average as average
from addax.layers.merge import concatenate as concatenate
from addax.layers.merge import dot as dot
from addax.layers.merge import maximum as maximum
from addax.layers.merge import minimum as minimum
from addax.layers.merge import multiply as multiply
from addax.layers.merge import subtract as subtract
from addax.layers.norm import BatchNormalization as BatchNormalization
from addax.layers.norm import GroupNormalization as GroupNormalization
from addax.layers.norm import LayerNormalization as LayerNormalization
from addax.layers.norm import RMSNormalization as RMSNormalization
from addax.layers.norm import SpectralNormalization as SpectralNormalization
from addax.layers.norm import UnitNormalization as UnitNormalization
from addax.layers.pool import AdaptiveAveragePooling1D as AdaptiveAveragePooling1D
from addax.layers.pool import AdaptiveAveragePooling2D as AdaptiveAveragePooling2D
from addax.layers.pool import AdaptiveAveragePooling3D as AdaptiveAveragePooling3D
from addax.layers.pool import AdaptiveMaxPooling1D as AdaptiveMaxPooling1D
from addax.layers.pool import AdaptiveMaxPooling2D as AdaptiveMaxPooling2D
from addax.layers.pool import AdaptiveMaxPooling3D as AdaptiveMaxPooling3D
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
from addax.layers.preprocessing import feature_space as _feature_space  # noqa: F401  files name it
from addax.layers.preprocessing.audio import MelSpectrogram as MelSpectrogram
from addax.layers.preprocessing.audio import STFTSpectrogram as STFTSpectrogram
from addax.layers.preprocessing.categorical import CategoryEncoding as CategoryEncoding
from addax.layers.preprocessing.categorical import Discretization as Discretization
from addax.layers.preprocessing.color import AutoContrast as AutoContrast
from addax.layers.preprocessing.color import (
    ContrastLimitedAdaptiveHistogramEqualization as ContrastLimitedAdaptiveHistogramEqualization,
)
from addax.layers.preprocessing.color import Equalization as Equalization
from addax.layers.preprocessing.color import RandomBrightness as RandomBrightness
from addax.layers.preprocessing.color import RandomColorDegeneration as RandomColorDegeneration
from addax.layers.preprocessing.color import RandomColorJitter as RandomColorJitter
from addax.layers.preprocessing.color import RandomContrast as RandomContrast
from addax.layers.preprocessing.color import RandomGaussianBlur as RandomGaussianBlur
from addax.layers.preprocessing.color import RandomGrayscale as RandomGrayscale
from addax.layers.preprocessing.color import RandomHue as RandomHue
from addax.layers.preprocessing.color import RandomInvert as RandomInvert
from addax.layers.preprocessing.color import RandomPosterization as RandomPosterization
from addax.layers.preprocessing.color import RandomSaturation as RandomSaturation
from addax.layers.preprocessing.color import RandomSharpness as RandomSharpness
from addax.layers.preprocessing.color import Solarization as Solarization
from addax.layers.preprocessing.geometry import CenterCrop as CenterCrop
from addax.layers.preprocessing.geometry import RandomCrop as RandomCrop
from addax.layers.preprocessing.geometry import RandomElasticTransform as RandomElasticTransform
from addax.layers.preprocessing.geometry import RandomFlip as RandomFlip
from addax.layers.preprocessing.geometry import RandomPerspective as RandomPerspective
from addax.layers.preprocessing.geometry import RandomRotation as RandomRotation
from addax.layers.preprocessing.geometry import RandomShear as RandomShear
from addax.layers.preprocessing.geometry import RandomTranslation as RandomTranslation
from addax.layers.preprocessing.geometry import RandomZoom as RandomZoom
from addax.layers.preprocessing.geometry import Resizing as Resizing
from addax.layers.preprocessing.hashing import HashedCrossing as HashedCrossing
from addax.layers.preprocessing.hashing import Hashing as Hashing
from addax.layers.preprocessing.lookup import IntegerLookup as IntegerLookup
from addax.layers.preprocessing.lookup import StringLookup as StringLookup
from addax.layers.preprocessing.mix import AugMix as AugMix
from addax.layers.preprocessing.mix import CutMix as CutMix
from addax.layers.preprocessing.mix import MaxNumBoundingBoxes as MaxNumBoundingBoxes
from addax.layers.preprocessing.mix import MixUp as MixUp
from addax.layers.preprocessing.mix import Pipeline as Pipeline
from addax.layers.preprocessing.mix import RandAugment as RandAugment
from addax.layers.preprocessing.mix import RandomErasing as RandomErasing
from addax.layers.preprocessing.numeric import Normalization as Normalization
from addax.layers.preprocessing.numeric import Rescaling as Rescaling
from addax.layers.preprocessing.text import TextVectorization as TextVectorization
from addax.layers.reshape import Cropping1D as Cropping1D
from addax.layers.reshape import Cropping2D as Cropping2D
from addax.layers.reshape import Cropping3D as Cropping3D
from addax.layers.reshape import Flatten as Flatten
from addax.layers.reshape import Permute as Permute
from addax.layers.reshape import RepeatVector as RepeatVector
from addax.layers.reshape import Reshape as Reshape
from addax.layers.reshape import UpSampling1D as UpSampling1D
from addax.layers.reshape import UpSampling2D as UpSampling2D
from addax.layers.reshape import UpSampling3D as UpSampling3D
from addax.layers.reshape import ZeroPadding1D as ZeroPadding1D
from addax.layers.reshape import ZeroPadding2D as ZeroPadding2D
from addax.layers.reshape import ZeroPadding3D as ZeroPadding3D
from addax.layers.rnn import GRU as GRU
from addax.layers.rnn import LSTM as LSTM
from addax.layers.rnn import RNN as RNN
from addax.layers.rnn import SimpleRNN as SimpleRNN
from addax.layers.wrap import Bidirectional as Bidirectional
from addax.layers.wrap import FlaxLayer as FlaxLayer
from addax.layers.wrap import JaxLayer as JaxLayer
from addax.layers.wrap import TFSMLayer as TFSMLayer
from addax.layers.wrap import TimeDistributed as TimeDistributed
from addax.layers.wrap import TorchModuleWrapper as TorchModuleWrapper
from addax.layers.wrap import Wrapper as Wrapper

get = getter("layer", "keras.layers")


def serialize(layer: Layer) -> dict:
    """The configuration that `deserialize` makes an equal layer of."""
    return configs.serialize(layer)


publish(
    "keras.layers",
    {n: o for n, o in vars().items() if isinstance(o, type) and issubclass(o, Layer)},
)

# Older names of the same classes
ALIASES = {
    f"{new}Pool{rank}": f"{new}Pooling{rank}"
    for new in ("Max", "Average", "Avg", "GlobalMax", "GlobalAverage", "GlobalAvg")
    for rank in ("1D", "2D", "3D")
}
ALIASES = {k: v.replace("Avg", "Average") for k, v in ALIASES.items()}
ALIASES |= {
    name.replace("Conv", "Convolution"): name
    for name in (
        *(f"Conv{rank}{kind}" for rank in ("1D", "2D", "3D") for kind in ("", "Transpose")),
        *("SeparableConv1D", "SeparableConv2D"),
    )
}
for _alias, _name in ALIASES.items():
    globals()[_alias] = globals()[_name]

__getattr__ = _absent.names_of(__name__)
