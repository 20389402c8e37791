"""From a cell's description, as the JSON files hold it, to a TensorFlow cell."""

from tensorflow_v1 import rnn_cell, tf

ACTIVATIONS = {
    "tanh": tf.tanh,
    "relu": tf.nn.relu,
    "sigmoid": tf.sigmoid,
    "linear": lambda x: x,
}


class CudnnCompatibleGRUCell(rnn_cell.LayerRNNCell):
    """The GRU that resets after the product: `act(x W + b + r (h R + d))`.

    Composed here, since TensorFlow 2 dropped tf.contrib.cudnn_rnn; the names
    and shapes of the variables are the ones it had there.
    """

    def __init__(self, units, activation=tf.tanh):
        super().__init__()
        self._units = units
        self._activation = activation

    @property
    def state_size(self):
        return self._units

    @property
    def output_size(self):
        return self._units

    def build(self, inputs_shape):
        features, units = int(inputs_shape[-1]), self._units
        self._gates_kernel = self.add_variable("gates/kernel", [features + units, 2 * units])
        self._gates_bias = self.add_variable("gates/bias", [2 * units])
        self._input_kernel = self.add_variable(
            "candidate/input_projection/kernel", [features, units])
        self._hidden_kernel = self.add_variable(
            "candidate/hidden_projection/kernel", [units, units])
        self._input_bias = self.add_variable("candidate/input_projection/bias", [units])
        self._hidden_bias = self.add_variable("candidate/hidden_projection/bias", [units])
        self.built = True

    def call(self, inputs, state):
        gates = tf.matmul(tf.concat([inputs, state], 1), self._gates_kernel) + self._gates_bias
        r, u = tf.split(tf.sigmoid(gates), 2, axis=1)
        candidate = self._activation(
            tf.matmul(inputs, self._input_kernel) + self._input_bias
            + r * (tf.matmul(state, self._hidden_kernel) + self._hidden_bias))
        new_state = u * state + (1 - u) * candidate
        return new_state, new_state


class LayerNormBasicLSTMCell(rnn_cell.RNNCell):
    """tf.contrib.rnn.LayerNormBasicLSTMCell without its dropout.

    Normalises each gate and the new c over the units, with epsilon 1e-12. The
    normalised c is the one that the state keeps. There is a bias only where
    `layer_norm` is False; the gates' beta stands for it otherwise.
    """

    def __init__(self, units, forget_bias=1.0, activation=tf.tanh, layer_norm=True):
        super().__init__()
        self._units = units
        self._forget_bias = forget_bias
        self._activation = activation
        self._layer_norm = layer_norm

    @property
    def state_size(self):
        return rnn_cell.LSTMStateTuple(self._units, self._units)

    @property
    def output_size(self):
        return self._units

    def _norm(self, x, scope):
        if not self._layer_norm:
            return x
        with tf.variable_scope(scope):
            gamma = tf.get_variable(
                "gamma", [self._units], x.dtype, tf.constant_initializer(1.0))
            beta = tf.get_variable(
                "beta", [self._units], x.dtype, tf.constant_initializer(0.0))
        mean, variance = tf.nn.moments(x, [1], keep_dims=True)
        return tf.nn.batch_normalization(x, mean, variance, beta, gamma, 1e-12)

    def call(self, inputs, state):
        c, h = state
        joined = tf.concat([inputs, h], 1)
        kernel = tf.get_variable("kernel", [joined.shape[1], 4 * self._units], joined.dtype)
        gates = tf.matmul(joined, kernel)
        if not self._layer_norm:
            gates += tf.get_variable("bias", [4 * self._units], joined.dtype)
        i, j, f, o = tf.split(gates, 4, axis=1)
        i, j = self._norm(i, "input"), self._norm(j, "transform")
        f, o = self._norm(f, "forget"), self._norm(o, "output")
        new_c = c * tf.sigmoid(f + self._forget_bias) + tf.sigmoid(i) * self._activation(j)
        new_c = self._norm(new_c, "state")
        new_h = self._activation(new_c) * tf.sigmoid(o)
        return new_h, rnn_cell.LSTMStateTuple(new_c, new_h)


def build_cell(spec):
    """Builds the TensorFlow cell that `spec` describes.

    :param spec: a dict with `type`, and that type's own keys.
    :returns: an RNNCell; its variables come with its first call.
    :raises KeyError: for a type that is not known here.
    """
    return _BUILDERS[spec["type"]](spec)


def _basic_rnn(spec):
    return rnn_cell.BasicRNNCell(spec["units"], ACTIVATIONS[spec["activation"]])


def _basic_lstm(spec):
    return rnn_cell.BasicLSTMCell(
        spec["units"], spec["forgetBias"], activation=ACTIVATIONS[spec["activation"]])


def _lstm(spec):
    return rnn_cell.LSTMCell(
        spec["units"],
        use_peepholes=spec.get("usePeepholes", False),
        cell_clip=spec.get("cellClip"),
        num_proj=spec.get("projectionSize"),
        proj_clip=spec.get("projectionClip"),
        forget_bias=spec["forgetBias"],
        activation=ACTIVATIONS[spec["activation"]])


def _gru(spec):
    cell = CudnnCompatibleGRUCell if spec.get("resetAfter") else rnn_cell.GRUCell
    return cell(spec["units"], activation=ACTIVATIONS[spec["activation"]])


def _layer_norm_basic_lstm(spec):
    return LayerNormBasicLSTMCell(
        spec["units"], spec["forgetBias"], ACTIVATIONS[spec["activation"]],
        spec.get("layerNorm", True))


def _multi_rnn(spec):
    if spec.get("shared"):
        return rnn_cell.MultiRNNCell([build_cell(spec["cells"][0])] * len(spec["cells"]))
    return rnn_cell.MultiRNNCell([build_cell(cell) for cell in spec["cells"]])


def _residual(spec):
    return rnn_cell.ResidualWrapper(build_cell(spec["cell"]))


_BUILDERS = {
    "BasicRNNCell": _basic_rnn,
    "BasicLSTMCell": _basic_lstm,
    "LSTMCell": _lstm,
    "GRUCell": _gru,
    "LayerNormBasicLSTMCell": _layer_norm_basic_lstm,
    "MultiRNNCell": _multi_rnn,
    "ResidualWrapper": _residual,
}
