"""Programs that import keras or tensorflow.keras run on Addax, unmodified (`addax run`).

`install()` lets `keras`, `tf_keras` and `tensorflow` name views of Addax in this process, whether
or not those packages are installed; nothing on disk changes.

    paths        which old module path lives where now (a table)
    names        one-line equivalents of Keras's old backend and of TensorFlow (tables)
    functions    those that need more than a line
    tf           namespaces of TensorFlow, a file each; tfds is tensorflow_datasets
    placed       where an operation computes: on the device, or in NumPy (numpy_ops)
    equivalents  how a one-line equivalent is read
    modules      the views, and the finder that hands them to `import`
    runner       running a script or a module as `__main__`
"""

from addax.compat.modules import install, uninstall
from addax.compat.runner import ProgramError, run_module, run_script

__all__ = ["ProgramError", "install", "run_module", "run_script", "uninstall"]
