import { DataSet } from '@unroll/mnist-idx/data-sets';

/** As many images as told, of `side` by `side` pixels, whose label is their number modulo 10. */
export function syntheticDigits(count: number, side = 28): DataSet {
  const pixels = side * side;
  const data = Uint8Array.from({ length: count * pixels }, (_, at) => {
    const image = Math.floor(at / pixels);
    return (image * 37 + (at % pixels) * 11) % 256;
  });
  return new DataSet({
    images: { dtype: 'uint8', shape: [count, side, side], data },
    labels: {
      dtype: 'uint8',
      shape: [count],
      data: Uint8Array.from({ length: count }, (_, i) => i % 10),
    },
  });
}
