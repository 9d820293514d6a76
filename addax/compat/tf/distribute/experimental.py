"""`tf.distribute.experimental`: older places of the strategies."""

from addax.compat.tf.distribute import MirroredStrategy as CentralStorageStrategy
from addax.compat.tf.distribute import MultiWorkerMirroredStrategy, TPUStrategy

__all__ = ["CentralStorageStrategy", "MultiWorkerMirroredStrategy", "TPUStrategy"]
