import type { EventSink } from './event-sink.js';

/** The call of an {@link EventSink} that failed. */
export type EventSinkOperation = keyof EventSink;

/**
 * The sink of a {@link SummaryWriter} failed (a full disk, say). Events since the last successful
 * flush may be lost, and the writer takes no more: it throws this same error from then on. `cause`
 * is what the sink threw.
 */
export class EventSinkError extends Error {
  override readonly name = 'EventSinkError';
  /** The call that failed. */
  readonly operation: EventSinkOperation;

  constructor(operation: EventSinkOperation, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`SummaryWriter: sink.${operation}: expected it to succeed, got ${reason}`, { cause });
    this.operation = operation;
  }
}
