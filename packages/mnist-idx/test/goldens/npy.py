"""Makes npy.json: small .npy files as numpy writes them, of every kind that the command reads.

    pip install numpy==2.4.6
    python test/goldens/npy.py > test/goldens/npy.json
"""

import io
import json

import numpy as np
from numpy.lib import format as npy

DTYPES = ["uint8", "int8", "int16", "int32", "float32", "float64"]
SHAPES = [(), (0,), (5,), (2, 3), (2, 1, 3), (3, 0, 2)]


def write(array, version):
    file = io.BytesIO()
    npy.write_array(file, array, version=version)
    return file.getvalue().hex()


def cases():
    for dtype in DTYPES:
        for shape in SHAPES:
            count = int(np.prod(shape))
            plain = (np.arange(count) * 5.5 - 3).astype(np.int64).astype(dtype).reshape(shape)
            for byte_order in ["<", ">"]:
                for order in ["C", "F"]:
                    array = plain.astype(plain.dtype.newbyteorder(byte_order), order=order)
                    versions = [(1, 0), (2, 0), (3, 0)] if shape == (2, 3) else [(1, 0)]
                    for version in versions:
                        yield {
                            "name": f"{dtype} {list(shape)} {byte_order} {order} {version[0]}",
                            "dtype": dtype,
                            "shape": shape,
                            "values": plain.ravel().tolist(),
                            # What numpy.save writes of this array on a little-endian machine.
                            "plain": byte_order == "<" and order == "C" and version == (1, 0),
                            "hex": write(array, version),
                        }


print(json.dumps(list(cases())))
