import type { ScalarSeries } from '../reading/scalar-series.js';
import { jsonOf } from './json.js';

/** The points of a tag of a run. */
export interface Curve extends ScalarSeries {
  readonly run: string;
  readonly tag: string;
}

/** CSV, a line for each point; in pieces, as all of it may be longer than a string can be. */
export function* csvLines(curves: readonly Curve[]): Generator<string, void, undefined> {
  yield 'run,tag,step,wall_time,value\n';
  for (const { run, tag, steps, wallTimes, values } of curves) {
    const name = `${csvField(run)},${csvField(tag)}`;
    for (let i = 0; i < steps.length; i++) {
      yield `${name},${steps[i]},${wallTimes[i]},${values[i]}\n`;
    }
  }
}

/** JSON, an array with an object for each curve, each on a line. */
export function* jsonText(curves: readonly Curve[]): Generator<string, void, undefined> {
  yield '[';
  for (const [i, curve] of curves.entries()) yield `${i === 0 ? '' : ','}\n${jsonOf(curve)}`;
  yield '\n]\n';
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
