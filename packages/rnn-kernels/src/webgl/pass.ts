import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** A texture of our own layout. TensorFlow.js takes it for a packed tensor, and so counts and frees it. */
export interface Plane {
  readonly info: TensorInfo;
  /** In texels of four numbers. */
  readonly width: number;
  readonly height: number;
}

/** Where in a plane something stands. */
export interface Region {
  readonly plane: Plane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The whole of a plane. */
export function wholeOf(plane: Plane): Region {
  return { plane, x: 0, y: 0, width: plane.width, height: plane.height };
}

interface Framebuffer {
  readonly planes: readonly Plane[];
  readonly framebuffer: WebGLFramebuffer;
}

/** One call of a kernel. What it allocates on the way is freed at its end, but for what it keeps. */
export class Pass {
  readonly backend: MathBackendWebGL;
  readonly gl: WebGL2RenderingContext;
  readonly #owned = new Set<TensorInfo>();
  readonly #framebuffers: Framebuffer[] = [];

  constructor(backend: MathBackendWebGL) {
    this.backend = backend;
    this.gl = backend.getGPGPUContext().gl as WebGL2RenderingContext;
  }

  /** Runs one of TensorFlow.js's own kernels that has one output. */
  kernel(name: string, inputs: NamedTensorInfoMap | TensorInfo[], attrs: NamedAttrMap): TensorInfo {
    const { kernelFunc } = getKernel(name, 'webgl');
    const call = { inputs: inputs as NamedTensorInfoMap, attrs, backend: this.backend };
    return this.own(kernelFunc(call) as TensorInfo);
  }

  own(info: TensorInfo): TensorInfo {
    this.#owned.add(info);
    return info;
  }

  /** Takes a result out of what is freed at the end. */
  keep(info: TensorInfo): TensorInfo {
    this.#owned.delete(info);
    return info;
  }

  free({ info }: Plane): void {
    this.#owned.delete(info);
    this.backend.disposeIntermediateTensorInfo(info);
  }

  /** A new plane; what it holds is unknown. */
  plane(width: number, height: number): Plane {
    const info = this.own(this.backend.makeTensorInfo([2 * height, 2 * width], 'float32'));
    const data = this.backend.getDataInfo(info.dataId);
    data.isPacked = true;
    data.texShape = [2 * height, 2 * width];
    this.backend.uploadToGPU(info.dataId);
    return { info, width, height };
  }

  texture({ info }: Plane): WebGLTexture {
    return this.backend.getTexture(info.dataId);
  }

  /** What draws into these planes at once, at the same place in each. */
  framebuffer(planes: readonly Plane[]): WebGLFramebuffer {
    const known = this.#framebuffers.find(
      (one) =>
        one.planes.length === planes.length && one.planes.every((plane, i) => plane === planes[i]),
    );
    if (known !== undefined) return known.framebuffer;
    const { gl } = this;
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const attachments = planes.map((plane, i) => {
      const attachment = gl.COLOR_ATTACHMENT0 + i;
      const texture = this.texture(plane);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, texture, 0);
      return attachment;
    });
    gl.drawBuffers(attachments);
    this.#framebuffers.push({ planes, framebuffer });
    return framebuffer;
  }

  /** Fills a region with zeros. */
  clear({ plane, x, y, width, height }: Region): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer([plane]));
    gl.scissor(x, y, width, height);
    gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
  }

  end(): void {
    for (const { framebuffer } of this.#framebuffers) this.gl.deleteFramebuffer(framebuffer);
    for (const info of this.#owned) this.backend.disposeIntermediateTensorInfo(info);
    this.#owned.clear();
  }
}
