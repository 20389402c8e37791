import { describe, expect, test } from 'vitest';
import { printed } from './printed.js';

type Rows = number[][]; // [batch, units]
type Sequences = number[][][]; // [batch, time, units]

/** The words that one-hot inputs spell. */
function wordsOf(inputs: Sequences): string[] {
  return inputs.map((row) => row.map((letter) => 'helo'[letter.indexOf(1)]).join(''));
}

/** Each row's output at its last step. */
function lastOf(outputs: Sequences, lengths: readonly number[]): Rows {
  return outputs.map((row, i) => row[lengths[i]! - 1]!);
}

/** The numbers of all steps past their row's length, each once. */
function numbersPast(outputs: Sequences, lengths: readonly number[]): number[] {
  return [...new Set(outputs.flatMap((row, i) => row.slice(lengths[i]).flat()))];
}

const hello = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];
const words = ['hello', 'eolll', 'lleel'];
const all = [5, 5, 5];

describe('examples', () => {
  test('one-letter: a cell of two units gives one output of two', async () => {
    const { lines, tensor } = await printed(() => import('../src/one-letter.js'));
    expect(lines).toEqual(['output size 2', 'state size 2']);
    expect(tensor('inputs', [1, 1, 4])).toEqual([[[1, 0, 0, 0]]]);
    tensor('outputs', [1, 1, 2]);
  });

  test('sequence: five outputs, of which the last is the state, and the two of l differ', async () => {
    const { tensor } = await printed(() => import('../src/sequence.js'));
    expect(tensor('inputs', [1, 5, 4])).toEqual([hello]);
    const outputs = tensor('outputs', [1, 5, 2]) as Sequences;
    expect(tensor('final state', [1, 2])).toEqual([outputs[0]![4]]);
    expect(outputs[0]![2]).not.toEqual(outputs[0]![3]);
  });

  test('three-rows: the h of an LSTM and the state of a GRU are their last outputs', async () => {
    const { tensor } = await printed(() => import('../src/three-rows.js'));
    expect(wordsOf(tensor('inputs', [3, 5, 4]) as Sequences)).toEqual(words);
    const lstm = tensor('LSTM: outputs', [3, 5, 2]) as Sequences;
    const gru = tensor('GRU: outputs', [3, 5, 2]) as Sequences;
    expect(tensor('LSTM: final h', [3, 2])).toEqual(lastOf(lstm, all));
    expect(tensor('LSTM: final c', [3, 2])).not.toEqual(lastOf(lstm, all));
    expect(tensor('GRU: final state', [3, 2])).toEqual(lastOf(gru, all));
  });

  test('dynamic-length: zeros past lengths 5, 3, 4, where the state stays', async () => {
    const lengths = [5, 3, 4];
    const { tensor } = await printed(() => import('../src/dynamic-length.js'));
    expect(wordsOf(tensor('inputs', [3, 5, 4]) as Sequences)).toEqual(words);
    const outputs = tensor('outputs', [3, 5, 2]) as Sequences;
    expect(numbersPast(outputs, lengths)).toEqual([0]);
    expect(numbersPast(outputs, [0, 0, 0])).not.toEqual([0]);
    expect(tensor('final h', [3, 2])).toEqual(lastOf(outputs, lengths));
    tensor('final c', [3, 2]);
  });

  test('initial-state: a state that is fed changes the outputs, and carries a word on', async () => {
    const { lines, tensor } = await printed(() => import('../src/initial-state.js'));
    expect(wordsOf(tensor('inputs', [3, 5, 4]) as Sequences)).toEqual(words);
    const fromZeros = tensor('outputs from zeros', [3, 5, 2]);
    expect(tensor('outputs from the final state', [3, 5, 2])).not.toEqual(fromZeros);
    expect(numberAfter(lines[0], 'largest difference of the two parts and the whole')).toBeLessThan(
      1e-6,
    );
  });

  test('bidirectional: backward begins at each row’s own end, both give zeros past it', async () => {
    const lengths = [2, 3, 1];
    const { tensor } = await printed(() => import('../src/bidirectional.js'));
    const [first] = tensor('inputs', [3, 5, 3]) as Sequences;
    expect(first).toEqual([0, 3, 6, 9, 12].map((n) => [n, n + 1, n + 2]));
    for (const [kind, states] of [
      ['RNN', ['forward state, after the last step', 'backward state, after the first step']],
      ['LSTM', ['forward h', 'backward h']],
    ] as const) {
      const forward = tensor(`${kind}: forward outputs`, [3, 5, 5]) as Sequences;
      const backward = tensor(`${kind}: backward outputs`, [3, 5, 5]) as Sequences;
      for (const outputs of [forward, backward]) {
        expect(numbersPast(outputs, lengths)).toEqual([0]);
      }
      expect(tensor(`${kind}: ${states[0]}`, [3, 5])).toEqual(lastOf(forward, lengths));
      expect(tensor(`${kind}: ${states[1]}`, [3, 5])).toEqual(lastOf(backward, [1, 1, 1]));
    }
    tensor('LSTM: forward c', [3, 5]);
    tensor('LSTM: backward c', [3, 5]);
  });

  test('three-layers: a state for each layer, and the top one’s is the last output', async () => {
    const { tensor } = await printed(() => import('../src/three-layers.js'));
    const rnn = tensor('RNN: outputs', [3, 5, 5]) as Sequences;
    const lstm = tensor('LSTM: outputs', [3, 5, 5]) as Sequences;
    const layers = [0, 1, 2].map((layer) => {
      tensor(`LSTM: c of layer ${layer}`, [3, 5]);
      return {
        rnn: tensor(`RNN: state of layer ${layer}`, [3, 5]),
        lstm: tensor(`LSTM: h of layer ${layer}`, [3, 5]),
      };
    });
    expect(layers[2]).toEqual({ rnn: lastOf(rnn, all), lstm: lastOf(lstm, all) });
    expect(layers[0]!.rnn).not.toEqual(layers[1]!.rnn);
  });

  test('shared-weights: one cell three times has one kernel, and equals three of its kind', async () => {
    const { lines, tensor } = await printed(() => import('../src/shared-weights.js'));
    const weights = (name: string, cells: readonly number[]) =>
      cells.flatMap((cell) => {
        const path = `${name} rnn/multi_rnn_cell/cell_${cell}/basic_lstm_cell`;
        return [`${path}/kernel, shape [10, 20]`, `${path}/bias, shape [20]`];
      });
    expect(lines.slice(0, 8)).toEqual([
      ...weights('shared', [0]),
      ...weights('separate', [0, 1, 2]),
    ]);
    const shared = tensor('shared: outputs', [3, 3, 5]);
    expect(tensor('separate: outputs', [3, 3, 5])).not.toEqual(shared);
    expect(numberAfter(lines[8], 'largest difference with the same weights')).toBeLessThan(1e-6);
    const other = numberAfter(lines[9], 'largest difference with another bias in layer 2');
    expect(other).toBeGreaterThan(0.01);
  });
});

/** The number at the end of a line that says what it is. */
function numberAfter(line: string | undefined, name: string): number {
  expect(line?.startsWith(`${name} `)).toBe(true);
  return Number(line!.slice(name.length));
}
