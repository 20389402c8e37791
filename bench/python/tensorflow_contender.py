"""TensorFlow's legacy cells in a graph. Variant: `dynamic` or `static`, and the inter-op threads."""

from serve import Task, not_here, serve

try:
    from tensorflow_v1 import CELLS, VERSION, MultiRNNCell, session, tf, training
except ImportError as error:
    not_here(str(error))


def output_of(state):
    """What a layer gave as output of the step that its state is from."""
    return getattr(state, "h", state)


def read_forward(task, loop, sequences):
    cells = [CELLS[task.cell](task.units) for _ in range(task.layers)]
    cell = cells[0] if task.layers == 1 else MultiRNNCell(cells)
    if loop == "static":
        _, state = tf.nn.static_rnn(cell, tf.unstack(sequences, task.time, 1), dtype=tf.float32)
    else:
        _, state = tf.nn.dynamic_rnn(cell, sequences, dtype=tf.float32)
    return output_of(state if task.layers == 1 else state[-1])


def read_both_ways(task, loop, sequences):
    forward, backward = CELLS[task.cell](task.units), CELLS[task.cell](task.units)
    if loop == "static":
        steps = tf.unstack(sequences, task.time, 1)
        _, *states = tf.nn.static_bidirectional_rnn(forward, backward, steps, dtype=tf.float32)
    else:
        _, states = tf.nn.bidirectional_dynamic_rnn(
            forward, backward, sequences, dtype=tf.float32)
    return tf.concat([output_of(state) for state in states], 1)


task = Task()
loop, inter_op = task.variant.split()
tf.set_random_seed(1)
sequences = tf.placeholder(tf.float32, [None, task.time, task.inputSize])
labels = tf.placeholder(tf.int32, [None])
read = read_both_ways if task.bidirectional else read_forward
fetches = training(read(task, loop, sequences), labels)
run = session(task.threads, int(inter_op)).run
run(tf.global_variables_initializer())


def step():
    _, loss, _ = run(fetches, {sequences: task.images, labels: task.labels})
    return loss


serve(step, {"TensorFlow": VERSION})
