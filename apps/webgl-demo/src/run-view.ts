import { curvePlot } from './curve-plot.js';
import { count, percent } from './format.js';
import { page } from './page.js';
import type { Run } from './run.js';

/** Shows a run in numbers and curves. */
export interface RunView {
  /** Shows it as it is now, as soon as the browser draws again. */
  update(run: Run): void;
}

/** The loss of a guess among ten digits is 2.3, so an axis up to here shows every start. */
const guess = 2.5;

/** Steps that the axes have room for while there is no run. */
const emptySteps = 500;

export function runView(): RunView {
  const loss = curvePlot({
    target: page.lossCurve,
    name: 'Loss',
    top: (largest) => Math.max(guess, largest),
    format: (value) => value.toFixed(2),
  });
  const accuracy = curvePlot({
    target: page.accuracyCurve,
    name: 'Accuracy',
    top: () => 1,
    format: (value) => percent(value, 0),
  });
  const empty = { steps: [], train: [], test: [] };
  loss.draw(empty, emptySteps);
  accuracy.draw(empty, emptySteps);

  let frame: number | undefined;
  let shown: Run;
  const draw = () => {
    frame = undefined;
    showNumbers(shown);
    loss.draw(shown.loss, shown.steps);
    accuracy.draw(shown.accuracy, shown.steps);
  };
  return {
    update(run) {
      shown = run;
      frame ??= requestAnimationFrame(draw);
    },
  };
}

function showNumbers(run: Run): void {
  const { begin, latest, latestStep, latestTest } = run;
  page.epoch.textContent = `${latest?.epoch ?? 1} of ${begin.epochs}`;
  page.batch.textContent = batchText(run);
  page.loss.textContent = latestStep?.loss.toFixed(4) ?? '–';
  page.accuracy.textContent = latestStep === undefined ? '–' : percent(latestStep.accuracy);
  page.speed.textContent =
    latestStep === undefined ? '–' : `${run.millisecondsPerStep.toFixed(1)} ms/step`;
  page.testAccuracy.textContent = latestTest === undefined ? '–' : percent(latestTest.accuracy);
  const { cell, layers, units, parameters } = begin.model;
  page.model.textContent = `${cell}, ${layers} x ${units} units, ${count(parameters)} parameters`;
}

function batchText({ begin, latest }: Run): string {
  if (latest === undefined) return '–';
  return latest.phase === 'train'
    ? `${latest.batch} of ${begin.trainBatches}`
    : `test ${latest.batch} of ${begin.testBatches}`;
}
