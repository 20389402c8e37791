"""TensorFlow as TensorFlow 1 was: graphs, sessions, and the legacy cells.

`tf.compat.v1.nn.rnn_cell` refuses to work beside Keras 3, but the module it
stands for still imports. oneDNN and the graph optimizers are off, and one
thread does all the work, so that sums keep their order.
"""

import os
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import tensorflow  # noqa: E402
from tensorflow.python.keras.layers.legacy_rnn import rnn_cell_impl as rnn_cell  # noqa: E402

VERSION = "2.21.0"
if tensorflow.__version__ != VERSION:
    raise RuntimeError(f"goldens: expected TensorFlow {VERSION}, got {tensorflow.__version__}")

tf = tensorflow.compat.v1
tf.logging.set_verbosity(tf.logging.FATAL)
tf.disable_v2_behavior()


def session():
    """Opens a session that gives the same bits in every run."""
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    return tf.Session(config=config)


__all__ = ["VERSION", "rnn_cell", "session", "tf"]
