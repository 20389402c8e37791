"""Reads the graph of a run with TensorBoard's own Python reader, and prints it.

    pip install tensorboard==2.21.0
    python test/judge/read_graph.py <folder of the run>

The output is JSON: the graph as JSON and as TensorBoard's page gets it, and what its runs took by tag.
"""

import json
import sys

from google.protobuf.json_format import MessageToDict
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main(folder):
    accumulator = EventAccumulator(folder)
    accumulator.Reload()
    tags = accumulator.Tags()
    graph = accumulator.Graph() if tags["graph"] else None
    runs = {tag: accumulator.RunMetadata(tag) for tag in tags["run_metadata"]}
    json.dump(
        {
            "graph": graph and MessageToDict(graph),
            "graphText": str(graph),
            "runs": {tag: MessageToDict(run) for tag, run in runs.items()},
            "runTexts": {tag: str(run) for tag, run in runs.items()},
        },
        sys.stdout,
        ensure_ascii=False,
    )
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: read_graph.py <folder of the run>")
    main(sys.argv[1])
