/*
 * Registers the gradients of TensorFlow.js's ops. `@tensorflow/tfjs-core` alone registers none, and in
 * Node its own registration cannot be imported (its modules are neither CommonJS nor resolvable ES
 * modules); so the build bundles it from there.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
