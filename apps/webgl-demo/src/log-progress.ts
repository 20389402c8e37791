import type { SummaryWriter } from '@unroll/tensorboard-writer';
import type { FromWorker } from './messages.js';

/** Logs the training's curves, and those of the tests after each epoch. */
export function logProgress(writer: SummaryWriter, message: FromWorker): void {
  if (message.type === 'progress' && message.phase === 'train') {
    writer.scalar('loss/train', message.loss, message.step);
    writer.scalar('accuracy/train', message.accuracy, message.step);
  } else if (message.type === 'tested') {
    writer.scalar('loss/test', message.loss, message.step);
    writer.scalar('accuracy/test', message.accuracy, message.step);
  }
}
