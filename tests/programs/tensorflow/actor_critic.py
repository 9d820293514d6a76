"""An actor and a critic in an environment that is made here, and a network of Q values."""

import collections

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(42)
eps = np.finfo(np.float32).eps.item()


class Balance:
    """A number that drifts; pushing it back to 0 earns a point a step."""

    def reset(self):
        self.state, self.steps = np.array([0.1, 0.0], "float32"), 0
        return self.state.copy()

    def step(self, action):
        self.state[1] += 0.1 * (1 if action else -1)
        self.state[0] += self.state[1]
        self.steps += 1
        done = abs(self.state[0]) > 1 or self.steps >= 15
        return self.state.copy(), 1.0, bool(done)


env = Balance()


class ActorCritic(tf.keras.Model):
    def __init__(self, num_actions, num_hidden_units):
        super().__init__()
        self.common = layers.Dense(num_hidden_units, activation="relu")
        self.actor = layers.Dense(num_actions)
        self.critic = layers.Dense(1)

    def call(self, inputs):
        x = self.common(inputs)
        return self.actor(x), self.critic(x)


def env_step(action):
    state, reward, done = env.step(action)
    return state.astype(np.float32), np.array(reward, np.int32), np.array(done, np.int32)


def tf_env_step(action):
    return tf.numpy_function(env_step, [action], [tf.float32, tf.int32, tf.int32])


def run_episode(initial_state, model, max_steps):
    action_probs = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True)
    values = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True)
    rewards = tf.TensorArray(dtype=tf.int32, size=0, dynamic_size=True)
    initial_state_shape = initial_state.shape
    state = initial_state
    for t in tf.range(max_steps):
        state = tf.expand_dims(state, 0)
        action_logits_t, value = model(state)
        action = tf.random.categorical(action_logits_t, 1)[0, 0]
        action_probs_t = tf.nn.softmax(action_logits_t)
        values = values.write(t, tf.squeeze(value))
        action_probs = action_probs.write(t, action_probs_t[0, action])
        state, reward, done = tf_env_step(action)
        state.set_shape(initial_state_shape)
        rewards = rewards.write(t, reward)
        if tf.cast(done, tf.bool):
            break
    return action_probs.stack(), values.stack(), rewards.stack()


def get_expected_return(rewards, gamma, standardize=True):
    n = tf.shape(rewards)[0]
    returns = tf.TensorArray(dtype=tf.float32, size=n)
    rewards = tf.cast(rewards[::-1], dtype=tf.float32)
    discounted_sum = tf.constant(0.0)
    for i in tf.range(n):
        discounted_sum = rewards[i] + gamma * discounted_sum
        returns = returns.write(i, discounted_sum)
    returns = returns.stack()[::-1]
    if standardize:
        returns = (returns - tf.math.reduce_mean(returns)) / (tf.math.reduce_std(returns) + eps)
    return returns


huber_loss = tf.keras.losses.Huber(reduction=tf.keras.losses.Reduction.SUM)


def compute_loss(action_probs, values, returns):
    advantage = returns - values
    action_log_probs = tf.math.log(action_probs)
    return -tf.math.reduce_sum(action_log_probs * advantage) + huber_loss(values, returns)


optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
model = ActorCritic(2, 8)


@tf.function
def train_step(initial_state):
    with tf.GradientTape() as tape:
        action_probs, values, rewards = run_episode(initial_state, model, 15)
        returns = get_expected_return(rewards, 0.99)
        action_probs, values, returns = [
            tf.expand_dims(x, 1) for x in [action_probs, values, returns]
        ]
        loss = compute_loss(action_probs, values, returns)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return tf.math.reduce_sum(rewards)


recent = collections.deque(maxlen=10)
for _ in range(2):
    initial_state = tf.constant(env.reset(), dtype=tf.float32)
    recent.append(int(train_step(initial_state)))
print("rewards", list(recent))

q_model, target = (tf.keras.Sequential([layers.Input((2,)), layers.Dense(2)]) for _ in range(2))
target.set_weights(q_model.get_weights())
states = np.random.default_rng(0).normal(size=(16, 2)).astype("float32")
actions = np.random.default_rng(1).integers(0, 2, 16)
future = tf.reduce_max(target.predict(states, verbose=0), axis=1)
updated = np.ones(16) + 0.99 * future
masks = tf.one_hot(actions, 2)
with tf.GradientTape() as tape:
    q_action = tf.reduce_sum(tf.multiply(q_model(states), masks), axis=1)
    loss = tf.keras.losses.Huber()(updated, q_action)
grads = tape.gradient(loss, q_model.trainable_variables)
grads, norm = tf.clip_by_global_norm(grads, 1.0)
tf.keras.optimizers.Adam(0.01, clipnorm=1.0).apply_gradients(
    zip(grads, q_model.trainable_variables)
)
assert float(tf.linalg.global_norm(grads)) <= 1.0 + 1e-5
print("done")
