import { enableProdMode, type Tensor } from '@tensorflow/tfjs-core';

enableProdMode(); // or TensorFlow.js greets first

/** Prints what a tensor is, its shape, and its values in rows as numpy does. */
export function show(name: string, tensor: Tensor): void {
  const whole = tensor.dataSync().every((value) => Number.isInteger(value));
  const format = (value: number) =>
    whole ? String(value).padStart(2) : value.toFixed(6).padStart(9);
  const values = nested(tensor.arraySync(), format, '  ');
  console.log(`${name}, shape [${tensor.shape.join(', ')}]\n  ${values}`);
}

type Values = number | readonly Values[];

function nested(values: Values, format: (value: number) => string, indent: string): string {
  if (typeof values === 'number') return format(values);
  const inner = values.map((value) => nested(value, format, `${indent} `));
  return `[${inner.join(typeof values[0] === 'number' ? ', ' : `,\n${indent} `)}]`;
}
