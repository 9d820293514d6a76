"""`tf.tpu`: there are none of TensorFlow."""
