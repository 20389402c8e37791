/**
 * The kernel that makes one step of `adam` for all variables at once. It takes, for the i-th of `count`,
 * `weight{i}`, `m{i}`, `v{i}` and `gradient{i}`, all of one shape, and gives new tensors for
 * `[weight0, m0, v0, weight1, ...]`:
 *
 * ```text
 * m = beta1 · m + (1 - beta1) · gradient
 * v = beta2 · v + (1 - beta2) · gradient²
 * weight = weight - rate · m / (√v + epsilon)
 * ```
 */
export const ApplyAdam = 'ApplyAdam';

export interface ApplyAdamAttrs {
  readonly count: number;
  /** The learning rate with this step's correction. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
