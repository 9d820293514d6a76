"""Addax: the Keras API on one engine, JAX/XLA. `import addax as keras` is the whole migration."""

__version__ = "0.1.0"
