"""One epoch of a small CNN, from process start: `first_epoch MODULE cold|warm`.

Cold: with no program that an earlier process compiled.
"""

import importlib
import os
import sys
import tempfile

module, start = sys.argv[1:]
if start == "cold":
    folder = tempfile.TemporaryDirectory()
    os.environ["JAX_COMPILATION_CACHE_DIR"] = folder.name

keras = importlib.import_module(module)
problem = importlib.import_module("benchmarks.models").PROBLEMS["mnist_cnn"]
model = problem.build(keras)
model.compile("adam", problem.loss, metrics=["accuracy"])
x, y = problem.data(model.input_shape, model.output_shape, 100 * problem.batch)
model.fit(x, y, batch_size=problem.batch, verbose=0)
