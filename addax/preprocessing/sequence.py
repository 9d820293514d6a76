"""Sequences of different lengths."""

from addax.utils.sequences import pad_sequences as pad_sequences
