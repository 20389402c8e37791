import './style.css';
import { count, percent } from './format.js';
import type { DoneMessage, FromWorker } from './messages.js';
import { page } from './page.js';
import { Run } from './run.js';
import { runView } from './run-view.js';
import { trainingClient } from './training-client.js';

let state: 'idle' | 'running' | 'stopping' = 'idle';
let run: Run | undefined;
const view = runView();
const client = trainingClient(receive);

// The button, and Enter in a field.
page.settings.addEventListener('submit', (event) => {
  event.preventDefault();
  if (state === 'idle') start();
  else stop();
});

function start(): void {
  enter('running');
  say(run === undefined ? 'Loading the images…' : 'Starting…');
  page.error.hidden = true;
  page.logOffer.hidden = true;
  client.start({ seed: page.seed.valueAsNumber, epochs: page.epochs.valueAsNumber });
}

function stop(): void {
  enter('stopping');
  client.stop();
}

function receive(message: FromWorker): void {
  switch (message.type) {
    case 'ready':
      page.backend.textContent = message.backend;
      page.renderer.textContent = message.renderer;
      if (state === 'idle') say('Ready.');
      break;
    case 'begin':
      run = new Run(message);
      if (state === 'running') say('Taking the first step…');
      view.update(run);
      break;
    case 'progress':
    case 'tested':
      run!.add(message);
      if (state === 'running') say(`Training, epoch ${message.epoch} of ${run!.begin.epochs}.`);
      view.update(run!);
      break;
    case 'done':
      enter('idle');
      say(outcome(message, run));
      if (message.log !== undefined) offer(message.log);
      break;
    case 'error':
      enter('idle');
      say('Failed.');
      page.error.hidden = false;
      page.error.textContent = message.message;
  }
}

function enter(next: typeof state): void {
  state = next;
  page.toggle.textContent = { idle: 'Start', running: 'Stop', stopping: 'Stopping…' }[state];
  page.epochs.readOnly = state !== 'idle';
  page.seed.readOnly = state !== 'idle';
}

function outcome({ step, interrupted }: DoneMessage, ended: Run | undefined): string {
  const steps = `${count(step)} ${step === 1 ? 'step' : 'steps'}`;
  if (interrupted) return `Stopped after ${steps}.`;
  const accuracy = ended?.latestTest?.accuracy ?? Number.NaN;
  return `Done after ${steps}: it reads ${percent(accuracy)} of the test images right.`;
}

/** Offers a file for download, in place of the last one. */
function offer(file: File): void {
  URL.revokeObjectURL(page.log.href);
  page.log.href = URL.createObjectURL(file);
  page.log.download = file.name;
  page.logOffer.hidden = false;
}

/** Screen readers read it aloud, so the same is not said twice. */
function say(text: string): void {
  if (page.state.textContent !== text) page.state.textContent = text;
}
