/**
 * Lets the program's other work run: signals, messages, timers. Waiting for values that are there
 * already never does, so a loop on the cpu would not hear that it shall stop.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener(
      'message',
      () => {
        port1.close();
        resolve();
      },
      { once: true },
    );
    port1.start();
    port2.postMessage(null);
  });
}
