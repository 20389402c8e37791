import * as core from '@tensorflow/tfjs-core';
import type { EsbuildPlugin } from '@unroll/settings/tsup';
import { readFile } from 'node:fs/promises';

const exported = new Set(Object.keys(core));

/**
 * An esbuild plugin that bundles TensorFlow.js's own registration of gradients, which Node cannot
 * import as it is published. Whatever the gradients need and the core exports comes from the core that
 * the user has, so that there is one engine; what it keeps to itself (pooling and convolution
 * gradients) comes along.
 */
export const bundleGradients: EsbuildPlugin = {
  name: 'bundle-gradients',
  setup(build) {
    build.onLoad({ filter: /tfjs-core[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replaceAll(
        /^import (?:\{([^}]*)\}|\* as (\w+)) from '(\.[^']*)';$/gm,
        (statement, names: string | undefined, namespace: string | undefined, from: string) =>
          names === undefined
            ? importNamespace(statement, namespace ?? '')
            : importNames(names, from),
      );
      return { contents: withoutChainedOps(contents), loader: 'js' };
    });
  },
};

function importNamespace(statement: string, name: string): string {
  return exported.has(name) ? `import { ${name} } from '@tensorflow/tfjs-core';` : statement;
}

function importNames(list: string, from: string): string {
  const names = list.split(',').map((name) => name.trim());
  const isPublic = (name: string) => exported.has(name.split(' ')[0]!);
  const shared = names.filter(isPublic);
  const own = names.filter((name) => !isPublic(name) && name !== 'ENGINE');
  const statements = [`import { ${shared.join(', ')} } from '@tensorflow/tfjs-core';`];
  if (own.length > 0) statements.push(`import { ${own.join(', ')} } from '${from}';`);
  if (names.includes('ENGINE')) {
    statements.push(`import { engine } from '@tensorflow/tfjs-core';`, 'const ENGINE = engine();');
  }
  return statements.join('\n');
}

/**
 * The gradients of `prod` and `gather` call ops as methods of tensors, which tfjs-core alone does not
 * have.
 */
function withoutChainedOps(source: string): string {
  // The rest have slices of shapes only, which are arrays.
  const chained = /\b(dy|indices|permutedX|prodGrad|stacked|x)\.(reshape|slice|split)\((?!\))/g;
  const ops = new Set(Array.from(source.matchAll(chained), ([, , op]) => op));
  if (ops.size === 0) return source;
  const imports = [...ops].map((op) => `${op} as ${op}Op`).join(', ');
  const calls = source.replaceAll(chained, '$2Op($1, ');
  return `import { ${imports} } from '@tensorflow/tfjs-core';\n${calls}`;
}
