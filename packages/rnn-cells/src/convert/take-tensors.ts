import { checkPlainTensor, type PlainTensor, type PlainTensors } from './plain-tensor.js';

/** Shapes by name; undefined for what must not be there. */
type Shapes = Readonly<Record<string, readonly (number | string)[] | undefined>>;

export interface TakeTensorsOptions<Wanted extends Shapes> {
  /** What every name begins with. Default: nothing. */
  readonly scope?: string;
  readonly shapes: Wanted;
}

type Taken<Wanted extends Shapes> = {
  readonly [Name in keyof Wanted]: Wanted[Name] extends readonly unknown[]
    ? PlainTensor
    : PlainTensor | undefined;
};

/**
 * The tensors of a record by their names below the scope, checked: all that must be there, of the right
 * shapes, and no other.
 *
 * @throws RangeError if one is missing, or not known
 * @throws {@link ShapeError} if one has another shape
 * @throws TypeError if one is no plain tensor
 */
export function takeTensors<const Wanted extends Shapes>(
  where: string,
  tensors: PlainTensors,
  { scope = '', shapes }: TakeTensorsOptions<Wanted>,
): Taken<Wanted> {
  const wanted = Object.entries(shapes).filter(([, shape]) => shape !== undefined);
  const names = wanted.map(([name]) => `${scope}${name}`);
  for (const name of Object.keys(tensors)) {
    if (!names.includes(name)) {
      throw new RangeError(`${where}: expected the tensors ${names.join(', ')}, got ${name}`);
    }
  }
  const taken = wanted.map(([name, shape]) => {
    const path = `${scope}${name}`;
    const tensor = tensors[path];
    if (tensor === undefined) {
      throw new RangeError(`${where}: expected the tensors ${names.join(', ')}, got no ${path}`);
    }
    checkPlainTensor(`${where}: ${path}`, tensor, shape!);
    return [name, tensor] as const;
  });
  return Object.fromEntries(taken) as Taken<Wanted>;
}
