import type { DataSetSpec } from '../data-set-spec.js';
import { mnistFiles } from './mnist-files.js';

/**
 * Kuzushiji-MNIST: ten cursive hiragana, 60,000 and 10,000 images of 28 by 28. Known by the hashes
 * of its gzip files only (those of TensorFlow Datasets and of torchvision's prototype, which agree).
 */
export const KMNIST: DataSetSpec = {
  name: 'KMNIST',
  files: mnistFiles('gzipSha256', {
    trainImages: '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
    trainLabels: 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
    testImages: 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
    testLabels: '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
  }),
  classes: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  mirrors: ['http://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
};
