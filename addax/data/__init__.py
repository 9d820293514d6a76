"""From files and arrays in memory to batches, on the host and without TensorFlow: `Dataset`."""

from addax.data.dataset import AUTOTUNE as AUTOTUNE
from addax.data.dataset import INFINITE_CARDINALITY as INFINITE_CARDINALITY
from addax.data.dataset import UNKNOWN_CARDINALITY as UNKNOWN_CARDINALITY
from addax.data.dataset import Dataset as Dataset
from addax.data.elements import TensorSpec as TensorSpec
from addax.data.ragged import RaggedTensor as RaggedTensor
from addax.data.records import FixedLengthRecordDataset as FixedLengthRecordDataset
from addax.data.records import TextLineDataset as TextLineDataset
from addax.data.records import TFRecordDataset as TFRecordDataset
from addax.data.records import TFRecordOptions as TFRecordOptions
from addax.data.records import TFRecordWriter as TFRecordWriter
from addax.data.sparse import SparseTensor as SparseTensor
from addax.data.tables import CsvDataset as CsvDataset
from addax.data.tables import make_csv_dataset as make_csv_dataset
