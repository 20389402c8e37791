import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeIdx } from '@unroll/mnist-idx';
import { describeWithPython } from '@unroll/testing/python';
import { expect, test } from 'vitest';
import { convert } from '../../src/cli/convert.js';
import { images, labels } from '../tiny-mnist.js';
import { judge } from './python.js';

describeWithPython("torchvision's ImageFolder", ['torch', 'torchvision', 'PIL'], () => {
  test('reads the PNGs that convert makes, with their labels', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-judge-'));
    try {
      await writeFile(join(folder, 'images.idx'), encodeIdx(images(10, 2, 3)));
      await writeFile(join(folder, 'labels.idx'), encodeIdx(labels(10)));
      const { signal } = new AbortController();
      await convert(join(folder, 'images.idx'), join(folder, 'digits/'), { signal });
      const { status, stdout, stderr } = await judge('image_folder.py', join(folder, 'digits'));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

      const image = (index: number) => [
        ...images(10, 2, 3).data.subarray(index * 6, index * 6 + 6),
      ];
      expect(JSON.parse(stdout)).toEqual({
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        // Class by class; the labels of these images count down.
        samples: Array.from({ length: 10 }, (_, label) => [
          { mode: 'L', size: [3, 2], pixels: image(9 - label) },
          label,
        ]),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
