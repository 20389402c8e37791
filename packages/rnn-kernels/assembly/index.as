import { basicRNNBackward, basicRNNForward } from './basic-rnn';
import { gruBackward, gruForward } from './gru';
import { lstmBackward, lstmForward } from './lstm';
import { unpackInputGradient, unpackOutputs } from './layout';
import { Part } from './part';
import { resetAfterGRUBackward, resetAfterGRUForward } from './reset-after-gru';
import { startSum } from './weights';

export { applySigmoid, applyTanh, placeNumbers } from './activation';
export { packTransposed, packWeights, unpackSum, zero } from './weights';
export { product, setBlock, transposedProduct } from './product';
export {
  applyAdam,
  applyRMSProp,
  columnSums,
  lossGradient,
  rowProduct,
  softmaxSums,
} from './training';

/** One thread's share of a pass. */
export function run(operation: i32, address: usize): void {
  const part = changetype<Part>(address);
  if (operation == 8) {
    unpackOutputs(part);
    return;
  }
  if (operation == 9) {
    unpackInputGradient(part);
    return;
  }
  // A way back adds to its gradients by the weights.
  if (operation & 1) startSum(part.dWeights, part.gradientBytes);
  if (operation == 0) basicRNNForward(part);
  else if (operation == 1) basicRNNBackward(part);
  else if (operation == 2) lstmForward(part);
  else if (operation == 3) lstmBackward(part);
  else if (operation == 4) gruForward(part);
  else if (operation == 5) gruBackward(part);
  else if (operation == 6) resetAfterGRUForward(part);
  else resetAfterGRUBackward(part);
}
