"""TensorFlow alone: variables, a module, a loop by hand, a strategy, summaries, ragged texts."""

import datetime
import os

import numpy as np
import tensorflow as tf

tf.random.set_seed(42)
print(tf.__version__, tf.config.list_physical_devices("GPU"))


class Dense(tf.Module):
    def __init__(self, in_features, out_features, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.random.normal([in_features, out_features]), name="w")
        self.b = tf.Variable(tf.zeros([out_features]), name="b")

    def __call__(self, x):
        return tf.nn.relu(tf.matmul(x, self.w) + self.b)


class MySequential(tf.Module):
    def __init__(self, name=None):
        super().__init__(name=name)
        self.dense_1 = Dense(in_features=3, out_features=4)
        self.dense_2 = Dense(in_features=4, out_features=1)

    @tf.function
    def __call__(self, x):
        return self.dense_2(self.dense_1(x))


module = MySequential(name="the_model")
assert len(module.variables) == 4 and len(module.submodules) == 2
x = tf.random.normal([32, 3])
y = tf.reduce_sum(x, axis=1, keepdims=True) + 3.0
before = tf.reduce_mean(tf.square(y - module(x)))
for _ in range(20):
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(tf.square(y - module(x)))
    for v, g in zip(module.trainable_variables, t.gradient(loss, module.trainable_variables)):
        v.assign_sub(0.02 * g)
assert float(loss) <= float(before)
prefix = tf.train.Checkpoint(model=module).write("my_checkpoint")
other = MySequential()
tf.train.Checkpoint(model=other).restore(prefix)
np.testing.assert_allclose(other(x), module(x))
assert len(tf.train.list_variables(prefix)) == 5

strategy = tf.distribute.MirroredStrategy()
print("replicas", strategy.num_replicas_in_sync)
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(1)])
    optimizer = tf.keras.optimizers.SGD(0.1)
dataset = tf.data.Dataset.from_tensor_slices((np.array(x), np.array(y))).batch(8)
dist_dataset = strategy.experimental_distribute_dataset(dataset)
log_dir = os.path.join("logs", datetime.datetime.now().strftime("%Y%m%d"))
writer = tf.summary.create_file_writer(log_dir)


def step_fn(inputs):
    features, labels = inputs
    with tf.GradientTape() as tape:
        per_example = tf.reduce_mean(tf.square(labels - model(features)), axis=1)
        loss = tf.nn.compute_average_loss(per_example, global_batch_size=8)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


step = tf.Variable(0, dtype=tf.int64)
for batch in dist_dataset:
    per_replica = strategy.run(step_fn, args=(batch,))
    loss = strategy.reduce(tf.distribute.ReduceOp.SUM, per_replica, axis=None)
    with writer.as_default():
        tf.summary.scalar("loss", loss, step=step)
        tf.summary.histogram("kernel", model.layers[0].kernel, step=step)
    step.assign_add(1)
writer.close()
assert os.listdir(log_dir) and int(step) == 4
try:
    tpu = tf.distribute.cluster_resolver.TPUClusterResolver()
except ValueError:
    strategy = tf.distribute.get_strategy()
assert strategy.num_replicas_in_sync == 1

sentences = tf.constant(["What makes you think", "she is", ""])
ragged = tf.strings.split(sentences)
assert ragged.row_lengths().numpy().tolist() == [4, 2, 0]
assert ragged.to_tensor().shape == (3, 4)
chars = tf.strings.unicode_split("h\u00e4ll\u00f6", input_encoding="UTF-8")
ids = tf.keras.layers.StringLookup(vocabulary=sorted(set(chars.numpy().tolist())), mask_token=None)
back = tf.keras.layers.StringLookup(
    vocabulary=ids.get_vocabulary(), invert=True, mask_token=None
)
text = tf.strings.reduce_join(back(ids(chars)), axis=-1)
assert text.numpy().decode("utf-8") == "h\u00e4ll\u00f6"
buckets = tf.data.Dataset.from_generator(
    lambda: iter([[1], [1, 2], [1, 2, 3]]), tf.int32, tf.TensorShape([None])
).bucket_by_sequence_length(lambda e: tf.shape(e)[0], [3], [2, 2])
assert [b.shape for b in buckets] == [(2, 2), (1, 3)]
i, total = tf.while_loop(lambda i, s: i < 5, lambda i, s: [i + 1, s + i], [0, 0])
assert int(total) == 10
print("done")
