"""Makes graph.json beside it, with TensorBoard's own Python messages.

    pip install tensorboard==2.21.0
    python test/goldens/make_graph.py

It holds a graph and a run of it as our writer takes them, and the events that Python makes of them.
"""

import json
from pathlib import Path

from tensorboard.compat.proto import (
    attr_value_pb2,
    config_pb2,
    event_pb2,
    graph_pb2,
    step_stats_pb2,
    tensor_pb2,
    tensor_shape_pb2,
    types_pb2,
)

WALL_TIME = 1700000000.25


def shape(*sizes):
    dims = [tensor_shape_pb2.TensorShapeProto.Dim(size=size) for size in sizes]
    return tensor_shape_pb2.TensorShapeProto(dim=dims)


def attr(**value):
    return attr_value_pb2.AttrValue(**value)


def list_attr(**values):
    return attr(list=attr_value_pb2.AttrValue.ListValue(**values))


FLOAT, INT32 = types_pb2.DT_FLOAT, types_pb2.DT_INT32

# name, op, inputs, device, [(attribute, as our writer takes it, as Python does)]
NODES = [
    (
        "x",
        "Placeholder",
        [],
        "",
        [
            ("shape", {"shape": [None, 28]}, attr(shape=shape(-1, 28))),
            ("dtype", {"dtype": "float32"}, attr(type=FLOAT)),
            ("_output_shapes", [{"shape": [None, 28]}], list_attr(shape=[shape(-1, 28)])),
        ],
    ),
    (
        "dense/kernel",
        "VariableV2",
        [],
        "/device:CPU:0",
        [
            ("shape", {"shape": [28, 10]}, attr(shape=shape(28, 10))),
            ("shared_name", "", attr(s=b"")),
        ],
    ),
    (
        "dense/scale",
        "Const",
        [],
        "",
        [
            (
                "value",
                {"tensor": {"dtype": "int32", "shape": [2], "values": [1, -2]}},
                attr(
                    tensor=tensor_pb2.TensorProto(
                        dtype=INT32, tensor_shape=shape(2), int_val=[1, -2]
                    )
                ),
            ),
        ],
    ),
    (
        "dense/MatMul",
        "MatMul",
        ["x", "dense/kernel", "^dense/scale"],
        "/device:GPU:0",
        [
            ("transpose_a", False, attr(b=False)),
            ("transpose_b", True, attr(b=True)),
            ("T", {"dtype": "float32"}, attr(type=FLOAT)),
        ],
    ),
    (
        "every/kind",
        "Überraschung",
        ["dense/MatMul:1"],
        "",
        [
            ("zero", 0, attr(i=0)),
            ("negative", -7, attr(i=-7)),
            ("half", 0.5, attr(f=0.5)),
            ("one", {"float": 1}, attr(f=1)),
            ("word", "é", attr(s="é".encode())),
            ("unknown", {"shape": None}, attr(shape=tensor_shape_pb2.TensorShapeProto(unknown_rank=True))),
            ("scalar", {"shape": []}, attr(shape=shape())),
            ("called", {"func": "inner"}, attr(func=attr_value_pb2.NameAttrList(name="inner"))),
            ("none", [], list_attr()),
            ("ints", [1, 0, -1], list_attr(i=[1, 0, -1])),
            ("floats", [1, 0.5], list_attr(f=[1, 0.5])),
            ("texts", ["a", ""], list_attr(s=[b"a", b""])),
            ("bools", [True, False], list_attr(b=[True, False])),
            ("types", [{"dtype": "string"}, {"dtype": "resource"}], list_attr(type=[types_pb2.DT_STRING, types_pb2.DT_RESOURCE])),
            ("funcs", [{"func": "g"}], list_attr(func=[attr_value_pb2.NameAttrList(name="g")])),
            (
                "tensors",
                [
                    {"tensor": {"dtype": "float32", "shape": [], "values": [0.5]}},
                    {"tensor": {"dtype": "float64", "shape": [1], "values": [0.1]}},
                    {"tensor": {"dtype": "uint8", "shape": [1], "values": [255]}},
                    {"tensor": {"dtype": "int64", "shape": [1], "values": [-1]}},
                    {"tensor": {"dtype": "bool", "shape": [2], "values": [True, False]}},
                    {"tensor": {"dtype": "string", "shape": [1], "values": ["é"]}},
                    {"tensor": {"dtype": "float32", "shape": [1000, 1000]}},
                ],
                list_attr(
                    tensor=[
                        tensor_pb2.TensorProto(dtype=FLOAT, tensor_shape=shape(), float_val=[0.5]),
                        tensor_pb2.TensorProto(dtype=types_pb2.DT_DOUBLE, tensor_shape=shape(1), double_val=[0.1]),
                        tensor_pb2.TensorProto(dtype=types_pb2.DT_UINT8, tensor_shape=shape(1), int_val=[255]),
                        tensor_pb2.TensorProto(dtype=types_pb2.DT_INT64, tensor_shape=shape(1), int64_val=[-1]),
                        tensor_pb2.TensorProto(dtype=types_pb2.DT_BOOL, tensor_shape=shape(2), bool_val=[True, False]),
                        tensor_pb2.TensorProto(dtype=types_pb2.DT_STRING, tensor_shape=shape(1), string_val=["é".encode()]),
                        tensor_pb2.TensorProto(dtype=FLOAT, tensor_shape=shape(1000, 1000)),
                    ]
                ),
            ),
        ],
    ),
]

# As our writer takes it.
STATS = [
    {
        "name": "x",
        "startMicros": 0,
        "micros": 0.2,
        "outputs": [{"dtype": "float32", "shape": [128, 28]}],
    },
    {
        "name": "dense/MatMul",
        "startMicros": 1000,
        "micros": 250,
        "bytes": 5120,
        "outputs": [
            {"dtype": "float32", "shape": [128, 10]},
            {"dtype": "int32", "shape": []},
        ],
        "device": "/device:GPU:0",
    },
    {"name": "dense/scale", "micros": 3},
]


def exec_stats(name, start, micros, size, outputs):
    memory = [step_stats_pb2.AllocatorMemoryUsed(allocator_name="cpu", total_bytes=size)]
    stats = step_stats_pb2.NodeExecStats(
        node_name=name,
        all_start_micros=start,
        op_end_rel_micros=micros,
        all_end_rel_micros=micros,
        memory=memory if size else [],
    )
    for slot, (dtype, sizes) in enumerate(outputs):
        output = stats.output.add(slot=slot)
        output.tensor_description.dtype = dtype
        output.tensor_description.shape.CopyFrom(shape(*sizes))
    return stats


RUN_METADATA = config_pb2.RunMetadata(
    step_stats=step_stats_pb2.StepStats(
        dev_stats=[
            step_stats_pb2.DeviceStepStats(
                device="/device:CPU:0",
                node_stats=[
                    exec_stats("x", 0, 1, 0, [(FLOAT, [128, 28])]),
                    exec_stats("dense/scale", 0, 3, 0, []),
                ],
            ),
            step_stats_pb2.DeviceStepStats(
                device="/device:GPU:0",
                node_stats=[
                    exec_stats("dense/MatMul", 1000, 250, 5120, [(FLOAT, [128, 10]), (INT32, [])])
                ],
            ),
        ]
    )
)


def serialized(message):
    # Attributes by name, as we have them. upb puts a name after those that begin with it; none does.
    return message.SerializeToString(deterministic=True)


def main():
    graph = graph_pb2.GraphDef()
    for name, op, inputs, device, attributes in NODES:
        node = graph.node.add(name=name, op=op, input=inputs, device=device)
        for key, _, value in attributes:
            node.attr[key].CopyFrom(value)
    metadata = event_pb2.TaggedRunMetadata(tag="step 7", run_metadata=serialized(RUN_METADATA))
    events = [
        event_pb2.Event(wall_time=WALL_TIME, graph_def=serialized(graph)),
        event_pb2.Event(wall_time=WALL_TIME, step=7, tagged_run_metadata=metadata),
    ]
    golden = {
        "made by": "make_graph.py",
        "wallTime": WALL_TIME,
        "nodes": [
            {
                "name": name,
                "op": op,
                "inputs": inputs,
                "device": device,
                "attributes": {key: ours for key, ours, _ in attributes},
            }
            for name, op, inputs, device, attributes in NODES
        ],
        "tag": metadata.tag,
        "step": 7,
        "stats": STATS,
        "events": [serialized(event).hex() for event in events],
    }
    text = json.dumps(golden, indent=2, ensure_ascii=False)
    Path(__file__).with_name("graph.json").write_text(text + "\n", encoding="utf-8")


main()
