/** Bytes that are not the safetensors file they should be: `where: what: expected ..., got ...`. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}
