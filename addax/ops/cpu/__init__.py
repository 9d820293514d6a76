"""How CPUs compute primitives that XLA's CPU backend is slow at; other platforms keep XLA's own.

Each primitive is a table of strategies (`strategy.py`), in the order in which they are tried, and
all thresholds stand in `thresholds.py`. `addax doctor --lowering` says which one a shape gets.
"""
