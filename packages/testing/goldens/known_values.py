"""The numbers that TensorFlow's own tests assert, held against the cells used here.

In all of them the scope's initializer is the constant 0.5, and what has an
initializer of its own keeps it: the biases are 0, or 1 for the gates of a GRU. A
LayerNormBasicLSTMCell without its norm has none: its bias is 0.5 as well.
"""

import numpy as np

from cells import LayerNormBasicLSTMCell
from tensorflow_v1 import rnn_cell, session, tf


def check_known_values():
    """Raises AssertionError where a cell disagrees with TensorFlow's tests."""
    lstm_state = lambda c, h: rnn_cell.LSTMStateTuple(_row(c), _row(h))  # noqa: E731
    tenths = lambda: lstm_state([0.1, 0.1], [0.1, 0.1])  # noqa: E731
    ones = [1.0, 1.0]

    gru = lambda: _call(rnn_cell.GRUCell(2), ones, _row([0.1, 0.1]))  # noqa: E731
    _expect(gru, [0.175991] * 4)
    wide = lambda: _call(rnn_cell.GRUCell(2), [1.0] * 3, _row([0.1, 0.1]))  # noqa: E731
    _expect(wide, [0.156736] * 4)
    grus = lambda: _call(  # noqa: E731
        rnn_cell.MultiRNNCell([rnn_cell.GRUCell(2) for _ in range(2)]), ones,
        (_row([0.1, 0.1]), _row([0.1, 0.1])))
    _expect(grus, [0.13248] * 2 + [0.175991] * 2 + [0.13248] * 2)
    lstms = lambda: _call(  # noqa: E731
        rnn_cell.MultiRNNCell([rnn_cell.BasicLSTMCell(2) for _ in range(2)]), ones,
        (tenths(), tenths()))
    _expect(lstms, np.repeat([0.24024698, 0.68967271, 0.44848421, 0.39897051, 0.24024698], 2))
    _expect(_unrolled_lstm, np.repeat([0.751109, 0.895509, 1.949385, 0.895509], 3))
    _expect(_projected_gru, [0.231907] * 2)
    _expect(lambda: _call(rnn_cell.GRUCell(3), [1.0] * 3, _row([0.1] * 3)), [0.154605] * 6)
    _expect(lambda: _call(rnn_cell.GRUCell(2), [0.5] * 2, _row([0.1, 0.1])), [0.17139] * 4)

    normed = lambda **options: _call(  # noqa: E731
        rnn_cell.MultiRNNCell([LayerNormBasicLSTMCell(2, **options)] * 2), ones,
        (lstm_state([0, 0.1], [0.2, 0.3]), lstm_state([0.4, 0.5], [0.6, 0.7])))
    h = [-0.38079708, 0.38079708]
    _expect(normed, h + ([-1, 1] + h) * 2)
    upper = [0.70230919, 0.72581059]
    _expect(
        lambda: normed(layer_norm=False),
        upper + [0.8020075, 0.89599884, 0.56668288, 0.60858738, 1.17500675, 1.26892965] + upper)
    for unroll in (_count_dynamic, _count_static):
        _expect(unroll, [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 2, 3])


class _PlusOne(rnn_cell.RNNCell):
    """Adds one to its input and one to its state."""

    state_size = output_size = 1

    def call(self, inputs, state):
        return inputs + 1, state + 1


def _row(values):
    return tf.constant([values], tf.float32)


def _call(cell, x, state):
    return cell(_row(x), state)


def _unrolled_lstm():
    x = tf.constant([[[2.0] * 3], [[1.0] * 3]])
    state = rnn_cell.LSTMStateTuple(_row([0.1] * 3), _row([0.1] * 3))
    return tf.nn.dynamic_rnn(rnn_cell.LSTMCell(3), x, initial_state=state, time_major=True)


def _projected_gru():
    output, _ = _call(rnn_cell.GRUCell(3), [1.0] * 3, _row([0.1] * 3))
    return tf.matmul(output, tf.constant(0.5, shape=[3, 2]))


def _count_dynamic():
    return tf.nn.dynamic_rnn(_PlusOne(), tf.zeros([2, 8, 1]), [2, 3], dtype=tf.float32)


def _count_static():
    outputs, state = tf.nn.static_rnn(
        _PlusOne(), [tf.zeros([2, 1])] * 8, dtype=tf.float32, sequence_length=[2, 3])
    return tf.stack(outputs, axis=1), state


def _expect(build, expected):
    """Builds a graph under the constant initializer, and compares all its leaves in order."""
    with tf.Graph().as_default(), session() as running:
        with tf.variable_scope("root", initializer=tf.constant_initializer(0.5)):
            fetched = build()
        running.run(tf.global_variables_initializer())
        leaves = tf.nest.flatten(running.run(fetched))
    values = np.concatenate([leaf.ravel() for leaf in leaves])
    np.testing.assert_allclose(values, expected, rtol=1e-5, atol=1e-6)
