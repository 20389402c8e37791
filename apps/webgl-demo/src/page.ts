/** The elements of index.html that are read or change. */
export const page = {
  settings: find('settings', HTMLFormElement),
  epochs: find('epochs', HTMLInputElement),
  seed: find('seed', HTMLInputElement),
  toggle: find('toggle', HTMLButtonElement),
  error: find('error', HTMLElement),
  state: find('state', HTMLElement),
  epoch: find('epoch', HTMLElement),
  batch: find('batch', HTMLElement),
  loss: find('loss', HTMLElement),
  accuracy: find('accuracy', HTMLElement),
  speed: find('speed', HTMLElement),
  testAccuracy: find('test-accuracy', HTMLElement),
  lossCurve: find('loss-curve', HTMLElement),
  accuracyCurve: find('accuracy-curve', HTMLElement),
  log: find('log', HTMLAnchorElement),
  logOffer: find('log-offer', HTMLElement),
  backend: find('backend', HTMLElement),
  renderer: find('renderer', HTMLElement),
  model: find('model', HTMLElement),
};

function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new TypeError(`page: #${id}: expected ${kind.name}, got ${found?.tagName ?? 'nothing'}`);
}
