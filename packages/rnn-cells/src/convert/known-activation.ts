import type { ActivationName } from '../activation.js';
import { refuse } from './conversion-error.js';

const names: readonly ActivationName[] = ['linear', 'relu', 'sigmoid', 'tanh'];

/**
 * The activation of another system that goes by the same name here.
 *
 * @throws {@link ConversionError} if there is none
 */
export function knownActivation(where: string, activation: string): ActivationName {
  const known = names.find((name) => name === activation);
  return (
    known ??
    refuse(`${where}: activation`, {
      expected: `one of ${names.map((name) => `'${name}'`).join(', ')}`,
      got: `'${activation}'`,
      reason: 'cells know no other by name',
    })
  );
}
