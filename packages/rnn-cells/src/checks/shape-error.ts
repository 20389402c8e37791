/** A tensor, or a structure of tensors, does not have the shape that was expected. */
export class ShapeError extends RangeError {
  override readonly name = 'ShapeError';
}
