/* For `node --import`: sources import each other by the names that they have once they are compiled. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
