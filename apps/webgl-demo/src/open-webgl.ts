import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import { enableProdMode, env, ready, setBackend } from '@tensorflow/tfjs-core';

/** What computes. */
export interface Backend {
  /** TensorFlow.js's name for it. */
  readonly backend: string;
  /** The graphics card or its substitute, in the browser's words. */
  readonly renderer: string;
}

const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  powerPreference: 'high-performance',
};

/**
 * Starts TensorFlow.js on WebGL 2 in a worker.
 *
 * The context is ours: TensorFlow.js would take none that is slow (software), makes none in a worker
 * in Safari, and tells nobody when it is lost.
 *
 * @param onLost - called when the browser takes the context away, after which nothing computes
 * @throws Error if there is no WebGL 2, or it cannot render what training needs
 */
export async function openWebGL(onLost: () => void): Promise<Backend> {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', attributes);
  if (gl === null) {
    throw new Error('This page needs WebGL 2, and this browser offers none.');
  }
  canvas.addEventListener('webglcontextlost', onLost);
  setWebGLContext(2, gl);
  enableProdMode();
  // 16 bits are too few for Adam's squares of gradients.
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new Error('This page needs WebGL that renders 32-bit floats, and this GPU does not.');
  }
  if (!(await setBackend('webgl')))
    throw new Error("TensorFlow.js's WebGL backend does not start.");
  await ready();
  return { backend: 'webgl', renderer: rendererOf(gl) };
}

function rendererOf(gl: WebGL2RenderingContext): string {
  // Chromium and Safari hide the name behind an extension; Firefox warns of whoever asks for that.
  const name = gl.getParameter(gl.RENDERER) as string;
  if (!name.startsWith('WebKit')) return name;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return info === null ? name : (gl.getParameter(info.UNMASKED_RENDERER_WEBGL) as string);
}
