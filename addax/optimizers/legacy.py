"""tf.keras's legacy optimizers are the same rules: old arguments, `lr` and `decay`, work too."""

from addax.optimizers.base import Optimizer as Optimizer
from addax.optimizers.rules import SGD as SGD
from addax.optimizers.rules import Adagrad as Adagrad
from addax.optimizers.rules import Adam as Adam
from addax.optimizers.rules import Ftrl as Ftrl
from addax.optimizers.rules import RMSprop as RMSprop
