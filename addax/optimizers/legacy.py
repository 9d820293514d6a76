"""tf.keras's legacy optimizers are the same rules: old arguments, `lr` and `decay`, work too."""

from addax.optimizers import SGD as SGD
from addax.optimizers import Adagrad as Adagrad
from addax.optimizers import Adam as Adam
from addax.optimizers import Ftrl as Ftrl
from addax.optimizers import Optimizer as Optimizer
from addax.optimizers import RMSprop as RMSprop
