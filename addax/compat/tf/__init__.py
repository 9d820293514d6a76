"""The namespaces of TensorFlow that need more than a line a name: `tf.io` is `io.py`, and so on.

What a file here defines is there for programs, under its name. `tables.py` has the names that are
one line each. `root.py` is `tf` itself, `io/gfile.py` is `tf.io.gfile`.
"""
