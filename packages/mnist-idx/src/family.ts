export { EMNIST } from './family/emnist.js';
export type { EmnistSplitName } from './family/emnist-hashes.js';
export { FASHION_MNIST } from './family/fashion-mnist.js';
export { KMNIST } from './family/kmnist.js';
export {
  QMNIST,
  QMNIST_COLUMNS,
  QMNIST_10K,
  QMNIST_50K,
  type QmnistSplit,
} from './family/qmnist.js';
export { MNIST } from './mnist-spec.js';
