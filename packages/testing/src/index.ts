export { type AnyCell, buildCell, type CellLibrary } from './cell-library.js';
export { expectClose, type Numbers } from './expect-close.js';
export { expectNoLeak } from './expect-no-leak.js';
export { expectRefusal } from './expect-refusal.js';
export type { CellSpec, GoldenCase, GoldenState, GoldenTensor } from './golden-case.js';
export { describeGoldens } from './golden-laws.js';
export { describeSequenceLaws } from './sequence-laws.js';
export { goldenCases } from './goldens.js';
export { type GoldenRun, leaves, runGoldenCase, stateOf, tensorOf } from './run-golden-case.js';
