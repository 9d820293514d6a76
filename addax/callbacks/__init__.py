"""Callbacks: what happens at the beginnings and ends of training, epochs and batches."""

import typing as _typing

from addax.callbacks.backup_and_restore import BackupAndRestore as BackupAndRestore
from addax.callbacks.callback import Callback as Callback
from addax.callbacks.callback_list import CallbackList as CallbackList
from addax.callbacks.csv_logger import CSVLogger as CSVLogger
from addax.callbacks.early_stopping import EarlyStopping as EarlyStopping
from addax.callbacks.history import History as History
from addax.callbacks.lambda_callback import LambdaCallback as LambdaCallback
from addax.callbacks.learning_rate_scheduler import LearningRateScheduler as LearningRateScheduler
from addax.callbacks.model_checkpoint import ModelCheckpoint as ModelCheckpoint
from addax.callbacks.orbax_checkpoint import OrbaxCheckpoint as OrbaxCheckpoint
from addax.callbacks.progbar_logger import ProgbarLogger as ProgbarLogger
from addax.callbacks.reduce_lr_on_plateau import ReduceLROnPlateau as ReduceLROnPlateau
from addax.callbacks.remote_monitor import RemoteMonitor as RemoteMonitor
from addax.callbacks.swap_ema_weights import SwapEMAWeights as SwapEMAWeights
from addax.callbacks.tensorboard import TensorBoard as TensorBoard
from addax.callbacks.terminate_on_nan import TerminateOnNaN as TerminateOnNaN
from addax.core import absent as _absent

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
