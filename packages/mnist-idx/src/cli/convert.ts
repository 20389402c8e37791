import { resolve } from 'node:path';
import type { IdxArray } from '../idx-array.js';
import { isFolder, type Kind, kindOfOutput, leadsToFolder } from './convert-plan.js';
import { FileError, UsageError } from './file-error.js';
import { imagesOf } from './images.js';
import { checkedLabels, labelArray, labelsBeside, labelsPaths } from './labels.js';
import { checkPngsOnly, listPngs } from './list-pngs.js';
import { Outputs } from './outputs.js';
import { readArray } from './read-array.js';
import { readPngs } from './read-pngs.js';
import { writeArray } from './write-array.js';
import { writePngFolder } from './write-png-folder.js';

/** Options of {@link convert}. */
export interface ConvertOptions {
  /** What to make. Default: what the output's name says. */
  readonly to?: Kind | undefined;
  /**
   * The file with the labels of images that become PNGs, or for the labels of a folder's images;
   * `false` for none. Default: by the images' name.
   */
  readonly labels?: string | false | undefined;
  /** Rows as columns, of images from or to PNGs. Default: false. */
  readonly transpose?: boolean | undefined;
  /** Replace what is there. Default: false. */
  readonly force?: boolean | undefined;
  readonly signal: AbortSignal;
}

interface Job extends Omit<ConvertOptions, 'to'> {
  readonly from: string;
  readonly into: string;
  readonly to: Kind;
  readonly outputs: Outputs;
}

/**
 * Makes a file or folder of another kind. Nothing has its final name before all of it is written.
 *
 * @returns a line for each thing that was made
 * @throws UsageError when the options do not go together
 * @throws FileError, IdxFormatError when a file is not what it should be, or cannot be written
 */
export async function convert(
  from: string,
  into: string,
  options: ConvertOptions,
): Promise<readonly string[]> {
  const fromPng = await leadsToFolder(from);
  const to = options.to ?? (await kindOfOutput(into));
  checkOptions(options, fromPng, to);
  if (options.force && (await isFolder(into))) await checkPngsOnly(into);
  const outputs = new Outputs(options.force ?? false);
  const job = { ...options, from, into, to, outputs };
  try {
    const lines = fromPng ? await convertPngs(job) : await convertFile(job);
    options.signal.throwIfAborted();
    await outputs.commit();
    return lines;
  } finally {
    outputs.discard();
  }
}

function checkOptions({ labels, transpose }: ConvertOptions, fromPng: boolean, to: Kind): void {
  const toPng = to === 'png';
  if (!fromPng && !toPng && (labels !== undefined || transpose)) {
    const option = labels === undefined ? '--transpose' : '--labels';
    throw new UsageError(`${option}: expected a folder of PNGs on one side, got files`);
  }
  if (fromPng && toPng && labels !== undefined && labels !== false) {
    throw new UsageError('--labels: expected a file on one side, got folders of PNGs');
  }
}

async function convertFile(job: Job): Promise<string[]> {
  const { from, into, to, transpose, outputs, signal } = job;
  const aside = await outputs.claim(into);
  const { array } = await readArray(from, signal);
  if (to !== 'png') return [await writeOne(aside, array, job)];
  const images = imagesOf(array, { where: from, transpose });
  const path = job.labels === false ? undefined : (job.labels ?? (await labelsBeside(from)));
  const labels =
    path === undefined
      ? undefined
      : checkedLabels((await readArray(path, signal)).array, path, images.count);
  await writePngFolder(aside, { images, labels }, { signal, where: into });
  return [`${into}: ${images.count} PNGs ${classesOf(labels, path)}`];
}

async function convertPngs(job: Job): Promise<string[]> {
  const { from, into, to, transpose, outputs, signal } = job;
  const list = await listPngs(from);
  const { paths } = list;
  const labels = job.labels === false ? undefined : list.labels;
  const labelsInto = to === 'png' ? undefined : labelsTarget(job, labels);
  const aside = await outputs.claim(into);
  const labelsAside = labelsInto && (await outputs.claim(labelsInto));
  const array = await readPngs(paths, { signal, transpose });
  if (to === 'png') {
    const images = imagesOf(array, { where: from });
    await writePngFolder(aside, { images, labels }, { signal, where: into });
    return [`${into}: ${images.count} PNGs ${classesOf(labels, from)}`];
  }
  const lines = [await writeOne(aside, array, job)];
  if (labels !== undefined && labelsInto !== undefined && labelsAside !== undefined) {
    const kind = labelsInto.endsWith('.npy') ? 'npy' : 'idx';
    const labelsJob = { into: labelsInto, to: kind, signal } as const;
    lines.push(await writeOne(labelsAside, labelArray(labels), labelsJob));
  }
  return lines;
}

/** Where a folder's labels go: they are not lost unless somebody says so. */
function labelsTarget(
  { from, into, labels: option }: Job,
  labels: readonly number[] | undefined,
): string | undefined {
  if (labels === undefined) {
    if (option === undefined || option === false) return undefined;
    throw new FileError(`${from}: labels: expected folders of classes, got none`);
  }
  const target = option || labelsPaths(into)[0];
  if (target === undefined || resolve(target) === resolve(into)) {
    const ways = '--labels <file> for the labels that the folder has, or --no-labels';
    throw new UsageError(`${into}: expected ${ways}, got neither`);
  }
  return target;
}

async function writeOne(
  aside: string,
  array: IdxArray,
  { into, to, signal }: Pick<Job, 'into' | 'to' | 'signal'>,
): Promise<string> {
  const kind = to === 'npy' ? 'npy' : 'idx';
  await writeArray(aside, array, { kind, gzipped: into.endsWith('.gz'), where: into, signal });
  return `${into}: ${array.dtype} [${array.shape.join(', ')}]`;
}

function classesOf(labels: readonly number[] | undefined, path: string | undefined): string {
  if (labels === undefined) return 'without labels';
  return `in ${new Set(labels).size} folders by the labels of ${path}`;
}
