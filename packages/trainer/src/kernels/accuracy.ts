/**
 * The kernel of `accuracy`. It takes `labels`, int32 `[batch]`, and `logits`, float32 `[batch, classes]`,
 * and gives a scalar: the share of rows whose first largest logit is the label's.
 */
export const Accuracy = 'Accuracy';
