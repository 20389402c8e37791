import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { describe, expectTypeOf, test } from 'vitest';
import {
  type BasicLSTMCell,
  type BasicRNNCell,
  type bidirectionalDynamicRNN,
  type DropoutWrapper,
  dynamicRNN,
  type GRUCell,
  type LSTMStateTuple,
  type MultiRNNCell,
  type ResidualWrapper,
  type RNNCell,
  type StackedState,
} from '../src/index.js';

declare const inputs: Tensor3D;
type Stack = MultiRNNCell<
  readonly [BasicLSTMCell, DropoutWrapper<Tensor2D>, MultiRNNCell<readonly [GRUCell]>]
>;

// Never run: what is tested is that the compiler takes it, or does not.
describe('the compiler', () => {
  test('knows the state of a mixed stack, and that of a loop over it', () => {
    type State = readonly [LSTMStateTuple, Tensor2D, readonly [Tensor2D]];
    expectTypeOf<ReturnType<Stack['zeroState']>>().toEqualTypeOf<State>();
    expectTypeOf<StackedState<[BasicRNNCell, BasicLSTMCell]>>().toEqualTypeOf<
      [Tensor2D, LSTMStateTuple]
    >();
    const run = (stack: Stack) => dynamicRNN(stack, inputs);
    expectTypeOf<ReturnType<typeof run>['finalState']>().toEqualTypeOf<State>();
    expectTypeOf<ReturnType<typeof run>['outputs']>().toEqualTypeOf<Tensor3D>();
  });

  test('knows the states of both directions', () => {
    type Loop = typeof bidirectionalDynamicRNN<LSTMStateTuple, Tensor2D>;
    expectTypeOf<ReturnType<Loop>['finalState']>().toEqualTypeOf<
      [fw: LSTMStateTuple, bw: Tensor2D]
    >();
    expectTypeOf<ReturnType<Loop>['outputs']>().toEqualTypeOf<[fw: Tensor3D, bw: Tensor3D]>();
  });

  test('takes every cell for one of its own state, and for no other', () => {
    expectTypeOf<BasicLSTMCell>().toExtend<RNNCell<LSTMStateTuple>>();
    expectTypeOf<ResidualWrapper<LSTMStateTuple>>().toExtend<RNNCell<LSTMStateTuple>>();
    expectTypeOf<BasicLSTMCell>().not.toExtend<RNNCell<Tensor2D>>();
    expectTypeOf<Stack>().toExtend<RNNCell<unknown>>();
  });

  test('refuses wrong programs', () => {
    const wrong = (lstm: BasicLSTMCell, stack: Stack, state: Tensor2D, input: Tensor2D) => {
      // @ts-expect-error An LSTM's state is { c, h }.
      lstm.call(input, state);
      // @ts-expect-error The initial state of an LSTM is { c, h }.
      dynamicRNN(lstm, inputs, { initialState: state });
      // @ts-expect-error Inputs of a sequence have three axes.
      dynamicRNN(lstm, input);
      // @ts-expect-error A stack's state is the tuple of its cells' states, in their order.
      dynamicRNN(stack, inputs, { initialState: [state, { c: state, h: state }, [state]] });
      // @ts-expect-error An option is misspelt.
      dynamicRNN(lstm, inputs, { sequenceLengths: [1] });
      // @ts-expect-error A tuple of three states has no fourth.
      return dynamicRNN(stack, inputs).finalState[3];
    };
    expectTypeOf(wrong).toBeFunction();
  });
});
