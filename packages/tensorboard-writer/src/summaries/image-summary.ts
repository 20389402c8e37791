import { checkCount } from '../checks/check-count.js';
import {
  type ImageInput,
  type ImagesInput,
  type Picture,
  readPicture,
  readPictures,
} from '../images/image-input.js';
import { pngEncoder } from '../images/png-encoder.js';
import { stringTensor } from '../messages/make-tensor-proto.js';
import type { SummaryValue } from '../messages/summary.js';
import type { Init } from '../protobuf/message-type.js';
import { type Later, whenThere } from '../values/later.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** How a batch of images is written. */
export interface ImagesOptions extends SummaryOptions {
  /** How many of the batch are written, the first ones; a whole number from 1. Default 3. */
  readonly maxOutputs?: number | undefined;
}

/** One image. */
export function imageSummary(
  where: string,
  tag: string,
  image: ImageInput,
  options: SummaryOptions,
): Later<Init<SummaryValue>> {
  return whenThere(readPicture(`${where}: image`, image), (picture) =>
    summaryOf(tag, [picture], options),
  );
}

/** The first images of a batch, as samples of one tag. */
export function imagesSummary(
  where: string,
  tag: string,
  images: ImagesInput,
  options: ImagesOptions,
): Later<Init<SummaryValue>> {
  const { maxOutputs = 3 } = options;
  checkCount(`${where}: maxOutputs`, maxOutputs);
  return whenThere(readPictures(`${where}: images`, images, maxOutputs), (pictures) =>
    summaryOf(tag, pictures, options),
  );
}

/** The width and height in words, then the files. */
function summaryOf(
  tag: string,
  pictures: readonly Picture[],
  options: SummaryOptions,
): Later<Init<SummaryValue>> {
  return whenThere(imageFiles(pictures), (files) => {
    const { width = 0, height = 0 } = pictures[0] ?? {};
    const strings = [String(width), String(height), ...files];
    return {
      tag,
      tensor: stringTensor(strings, [strings.length]),
      metadata: metadataOf('images', options),
    };
  });
}

/** The pictures as files: PNG, but for those that are files already. */
export function imageFiles(pictures: readonly Picture[]): Later<readonly Uint8Array[]> {
  const ready = pictures.flatMap((picture) => ('file' in picture ? [picture.file] : []));
  if (ready.length === pictures.length) return ready;
  return whenThere(pngEncoder(), (encode) =>
    pictures.map((picture) => ('file' in picture ? picture.file : encode(picture))),
  );
}
