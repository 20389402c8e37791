import type { DataSetSpec } from '../data-set-spec.js';
import { mnistFiles } from './mnist-files.js';

/**
 * Ten kinds of clothing, 60,000 and 10,000 images of 28 by 28.
 *
 * The hashes were computed of the files of Debian's package dataset-fashion-mnist, whose gzip files
 * are the published ones, byte by byte, without the names and times of day in their headers
 * (`test/family.test.ts` puts those back and compares).
 */
export const FASHION_MNIST: DataSetSpec = {
  name: 'Fashion-MNIST',
  files: mnistFiles('sha256', {
    trainImages: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    trainLabels: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    testImages: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    testLabels: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  }),
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
  corsMirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
};
