"""TensorFlow as TensorFlow 1 was: graphs, sessions, and the legacy cells.

Without TensorFlow 2's behaviour (its loops and its resource variables), which was never slower. The
legacy cells still import, though `tf.compat.v1.nn.rnn_cell` refuses to work beside Keras 3.
"""

import os
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import tensorflow  # noqa: E402
from tensorflow.python.keras.layers.legacy_rnn import rnn_cell_impl  # noqa: E402

VERSION = tensorflow.__version__
CELLS = {
    "basic-rnn": rnn_cell_impl.BasicRNNCell,
    "basic-lstm": rnn_cell_impl.BasicLSTMCell,
    "gru": rnn_cell_impl.GRUCell,
}
MultiRNNCell = rnn_cell_impl.MultiRNNCell

tf = tensorflow.compat.v1
tf.logging.set_verbosity(tf.logging.FATAL)
tf.disable_v2_behavior()


def session(intra_op, inter_op):
    return tf.Session(config=tf.ConfigProto(
        intra_op_parallelism_threads=intra_op, inter_op_parallelism_threads=inter_op))


def training(features, labels, classes=10):
    """A dense layer, mean cross-entropy, accuracy and Adam: `[train_op, loss, accuracy]`."""
    kernel = tf.get_variable("dense/kernel", [features.shape[1], classes])
    bias = tf.get_variable("dense/bias", [classes], initializer=tf.zeros_initializer())
    logits = tf.matmul(features, kernel) + bias
    loss = tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    right = tf.equal(tf.argmax(logits, 1, output_type=tf.int32), labels)
    accuracy = tf.reduce_mean(tf.cast(right, tf.float32))
    return [tf.train.AdamOptimizer(0.001).minimize(loss), loss, accuracy]
