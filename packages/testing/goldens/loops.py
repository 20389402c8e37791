"""From a loop's description to the TensorFlow graph that unrolls it."""

from cells import build_cell
from tensorflow_v1 import tf


def build_loop(case, inputs, initial_state, sequence_length):
    """Unrolls the cells of `case` over `inputs`.

    :param case: the case, with `loop` and the loop's `cell`, `cellFw` and
        `cellBw`, or `cellsFw` and `cellsBw`.
    :param inputs: `[batch, time, features]`, or `[time, batch, features]` with
        `timeMajor`.
    :param initial_state: tensors in the structure of `state_sizes`, or None for
        zeros; of a bidirectional loop's pair one side may be None.
    :param sequence_length: `[batch]` int32, or None.
    :returns: `(outputs, final_state)` in TensorFlow's structures; the outputs
        of static loops are stacked on axis 1.
    """
    return _LOOPS[case["loop"]["type"]](case, inputs, initial_state, sequence_length)


def state_sizes(case):
    """The state sizes of the cells of `case`, in the structure of its state."""
    if "cell" in case:
        return build_cell(case["cell"]).state_size
    if "cellFw" in case:
        return (build_cell(case["cellFw"]).state_size, build_cell(case["cellBw"]).state_size)
    return tuple(
        tuple(build_cell(cell).state_size for cell in case[side]) for side in ("cellsFw", "cellsBw"))


def _dynamic(case, inputs, initial_state, sequence_length):
    return tf.nn.dynamic_rnn(
        build_cell(case["cell"]), inputs, sequence_length, initial_state,
        dtype=inputs.dtype, time_major=case["loop"]["timeMajor"])


def _static(case, inputs, initial_state, sequence_length):
    outputs, final_state = tf.nn.static_rnn(
        build_cell(case["cell"]), tf.unstack(inputs, axis=1), initial_state,
        dtype=inputs.dtype, sequence_length=sequence_length)
    return tf.stack(outputs, axis=1), final_state


def _bidirectional_dynamic(case, inputs, initial_state, sequence_length):
    state_fw, state_bw = initial_state or (None, None)
    return tf.nn.bidirectional_dynamic_rnn(
        build_cell(case["cellFw"]), build_cell(case["cellBw"]), inputs, sequence_length,
        state_fw, state_bw, dtype=inputs.dtype, time_major=case["loop"]["timeMajor"])


def _static_bidirectional(case, inputs, initial_state, sequence_length):
    state_fw, state_bw = initial_state or (None, None)
    outputs, final_fw, final_bw = tf.nn.static_bidirectional_rnn(
        build_cell(case["cellFw"]), build_cell(case["cellBw"]), tf.unstack(inputs, axis=1),
        state_fw, state_bw, dtype=inputs.dtype, sequence_length=sequence_length)
    return tf.stack(outputs, axis=1), (final_fw, final_bw)


def _stack_bidirectional_dynamic(case, inputs, initial_state, sequence_length):
    """tf.contrib.rnn's stack: fw and bw, joined on features, feed the next layer."""
    layers = list(zip(case["cellsFw"], case["cellsBw"]))
    states_fw, states_bw = initial_state or ([None] * len(layers),) * 2
    final_fw, final_bw = [], []
    with tf.variable_scope("stack_bidirectional_rnn"):
        for layer, (spec_fw, spec_bw) in enumerate(layers):
            with tf.variable_scope(f"cell_{layer}"):
                outputs, (fw, bw) = tf.nn.bidirectional_dynamic_rnn(
                    build_cell(spec_fw), build_cell(spec_bw), inputs, sequence_length,
                    states_fw[layer], states_bw[layer], dtype=inputs.dtype,
                    time_major=case["loop"]["timeMajor"])
            inputs = tf.concat(outputs, 2)
            final_fw.append(fw)
            final_bw.append(bw)
    return inputs, (tuple(final_fw), tuple(final_bw))


_LOOPS = {
    "dynamicRNN": _dynamic,
    "staticRNN": _static,
    "bidirectionalDynamicRNN": _bidirectional_dynamic,
    "staticBidirectionalRNN": _static_bidirectional,
    "stackBidirectionalDynamicRNN": _stack_bidirectional_dynamic,
}
