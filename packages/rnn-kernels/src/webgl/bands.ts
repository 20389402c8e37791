import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Pass, Plane, Region } from './pass.js';
import type { SequenceShape } from './sequence-shape.js';

/**
 * How quantities of every step lie in a plane: a step is a band, `units` texels wide and a group of four
 * rows high for each quantity, one quantity below the other. Bands stand below each other as long as a
 * texture may be high, then in further columns.
 */
export interface BandLayout {
  readonly units: number;
  readonly groups: number;
  readonly quantities: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

export function bandLayout(
  { units, groups }: Pick<SequenceShape, 'units' | 'groups'>,
  quantities: number,
  count: number,
): BandLayout {
  const most = env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
  const height = quantities * groups;
  const perColumn = Math.max(1, Math.min(count, Math.floor(most / height)));
  const columns = Math.ceil(count / perColumn);
  const width = columns * units;
  if (width > most || height > most) {
    throw new RangeError(
      `rnn-kernels/webgl: expected a sequence that fits into a texture of ${most} by ${most} texels, got one of ${width} by ${perColumn * height}`,
    );
  }
  return { units, groups, quantities, columns, width, height: perColumn * height };
}

/** Where a band begins, by its number; {@link bandSizes} has the sizes. */
export const bandsCode = `
  ivec2 bandAt(int number) {
    return ivec2((number % bandColumns) * bandWidth, (number / bandColumns) * bandHeight);
  }`;

export interface BandSizes {
  readonly bandColumns: number;
  readonly bandWidth: number;
  readonly bandHeight: number;
}

export function bandSizes({ units, groups, quantities, columns }: BandLayout): BandSizes {
  return { bandColumns: columns, bandWidth: units, bandHeight: quantities * groups };
}

/** One band for each step in one plane, which is written as a whole. */
export class Bands {
  readonly layout: BandLayout;
  readonly plane: Plane;

  constructor(layout: BandLayout, plane: Plane) {
    this.layout = layout;
    this.plane = plane;
  }

  at(step: number): Region {
    return region(this.layout, this.plane, step);
  }
}

/**
 * One band for each step, even steps in one plane and odd ones in another: so a step is computed from the
 * step before it, though no program may read the texture that it writes.
 */
export class AlternatingBands {
  readonly layout: BandLayout;
  readonly planes: readonly [even: Plane, odd: Plane];

  private constructor(layout: BandLayout, planes: readonly [Plane, Plane]) {
    this.layout = layout;
    this.planes = planes;
  }

  /** New bands. */
  static make(
    pass: Pass,
    shape: SequenceShape,
    { quantities, count }: { readonly quantities: number; readonly count: number },
  ): AlternatingBands {
    const layout = bandLayout(shape, quantities, Math.ceil(count / 2));
    const { width, height } = layout;
    return new AlternatingBands(layout, [pass.plane(width, height), pass.plane(width, height)]);
  }

  /** The states of a forward pass, from its reserve: one more than there are steps. */
  static from(
    shape: SequenceShape,
    quantities: number,
    [even, odd]: readonly [TensorInfo, TensorInfo],
  ): AlternatingBands {
    const layout = bandLayout(shape, quantities, Math.ceil((shape.time + 1) / 2));
    const { width, height } = layout;
    return new AlternatingBands(layout, [
      { info: even, width, height },
      { info: odd, width, height },
    ]);
  }

  at(step: number): Region {
    return region(this.layout, this.planes[step % 2]!, Math.floor(step / 2));
  }
}

function region(
  { units, groups, quantities, columns }: BandLayout,
  plane: Plane,
  number: number,
): Region {
  const height = quantities * groups;
  const [x, y] = [(number % columns) * units, Math.floor(number / columns) * height];
  return { plane, x, y, width: units, height };
}
