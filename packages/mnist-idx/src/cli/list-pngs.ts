import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { leadsToFolder } from './convert-plan.js';
import { FileError, reasonOf } from './file-error.js';

/** Where the images of a folder are, in order. */
export interface PngList {
  readonly paths: readonly string[];
  /** One for each path, where the images are in folders of their classes. */
  readonly labels?: readonly number[] | undefined;
}

/** Image files that are no PNGs: left out, they would be missed. Other files are none of ours. */
const OTHER_IMAGES: ReadonlySet<string> = new Set(
  ['bmp', 'gif', 'jpeg', 'jpg', 'pgm', 'ppm', 'tif', 'tiff', 'webp'].map((end) => `.${end}`),
);

const NUMBER = /^\d{1,9}$/;

interface Entry {
  readonly path: string;
  /** The name without its ending. */
  readonly stem: string;
  readonly className: string;
}

/**
 * Finds the PNGs of a folder, or of its folders: one for each class, as torchvision's `ImageFolder`
 * has them. A class whose name is a number is that number; where names are other words, a class is its
 * place in their sorted order, which is `ImageFolder`'s own. Images whose names are all numbers, each
 * its own, are in that order; others are class by class, by name.
 *
 * @throws FileError when there are none, or other images, or both kinds of places
 */
export async function listPngs(folder: string): Promise<PngList> {
  const { files, folders } = await look(folder);
  const flat = pngs(folder, '', files);
  const classed: Entry[] = [];
  for (const name of folders.toSorted()) {
    classed.push(...pngs(join(folder, name), name, (await look(join(folder, name))).files));
  }
  if (flat.length > 0 && classed.length > 0) {
    const got = `${flat[0]?.path} and ${classed[0]?.path}`;
    throw new FileError(`${folder}: expected PNGs in it or in folders of classes, got ${got}`);
  }
  const entries = inOrder(flat.length > 0 ? flat : classed);
  if (entries.length === 0) {
    throw new FileError(`${folder}: expected PNG images (*.png), got none`);
  }
  const paths = entries.map(({ path }) => path);
  return { paths, labels: flat.length > 0 ? undefined : labelsOf(entries) };
}

async function look(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const { files, folders } = await lookAtAll(folder);
  const isShown = (name: string) => !name.startsWith('.');
  const shown = { files: files.filter(isShown), folders: folders.filter(isShown) };
  // Links to folders of classes are as good as these.
  for (const name of shown.files.filter((file) => extname(file) !== '.png')) {
    if (await leadsToFolder(join(folder, name))) shown.folders.push(name);
  }
  return { ...shown, files: shown.files.filter((name) => !shown.folders.includes(name)) };
}

/** Hidden ones included. */
async function lookAtAll(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FileError(`${folder}: expected a readable folder, got ${reasonOf(cause)}`, { cause });
  });
  return {
    files: entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name),
    folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
  };
}

function pngs(folder: string, className: string, files: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  for (const name of files.toSorted()) {
    const end = extname(name);
    if (OTHER_IMAGES.has(end.toLowerCase())) {
      throw new FileError(`${join(folder, name)}: expected PNG images only, got another`);
    }
    if (end.toLowerCase() !== '.png') continue;
    entries.push({ path: join(folder, name), stem: name.slice(0, -end.length), className });
  }
  return entries;
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const numbers = new Set(entries.map(({ stem }) => (NUMBER.test(stem) ? Number(stem) : -1)));
  if (numbers.has(-1) || numbers.size < entries.length) return entries;
  return entries.toSorted((a, b) => Number(a.stem) - Number(b.stem));
}

function labelsOf(entries: readonly Entry[]): readonly number[] {
  const classes = [...new Set(entries.map(({ className }) => className))].toSorted();
  const asNumbers = classes.every((name) => NUMBER.test(name));
  return entries.map(({ className }) =>
    asNumbers ? Number(className) : classes.indexOf(className),
  );
}

/**
 * Checks that a folder may be replaced as a whole, as one that this program made.
 *
 * @throws FileError when anything but PNGs and folders of PNGs is in it
 */
export async function checkPngsOnly(folder: string): Promise<void> {
  const { folders } = await lookAtAll(folder);
  for (const inner of [folder, ...folders.map((name) => join(folder, name))]) {
    const { files, folders: deeper } = await lookAtAll(inner);
    const [other] = [
      ...files.filter((name) => extname(name) !== '.png'),
      ...(inner === folder ? [] : deeper),
    ];
    if (other === undefined) continue;
    const expected = 'expected nothing but PNGs in a folder to replace';
    throw new FileError(`${folder}: ${expected}, got ${join(inner, other)}`);
  }
}
