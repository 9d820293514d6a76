"""What `compile`, `fit`, `evaluate` and `predict` are made of."""
