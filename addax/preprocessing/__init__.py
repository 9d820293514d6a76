"""Preparing data, under the names of older Keras programs."""

from addax.preprocessing import sequence as sequence
