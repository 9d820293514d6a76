"""`tf.data`, whose names are rows of the table."""
