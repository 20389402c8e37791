export { expectClose, type Numbers } from './expect-close.js';
export { expectNoLeak } from './expect-no-leak.js';
