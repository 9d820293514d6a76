"""`tf.experimental`, of which `numpy` is here."""
