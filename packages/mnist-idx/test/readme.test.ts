import { readmeExamples } from '@unroll/testing/readme';

readmeExamples(new URL('../README.md', import.meta.url));
