/** A sound: samples of each frame one after another, in [-1, 1]. */
export interface Sound {
  readonly samples: ArrayLike<number>;
  readonly channels: number;
  /** Frames per second. */
  readonly sampleRate: number;
}

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/**
 * A WAV file of 16-bit PCM. Samples are multiplied by 32768, rounded away from zero and clipped, as
 * TensorFlow's `encode_wav` does; NaN is silence.
 */
export function encodeWAV({ samples, channels, sampleRate }: Sound): Uint8Array {
  const dataBytes = samples.length * BYTES_PER_SAMPLE;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
  writeWord(view, 0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeWord(view, 8, 'WAVE');
  writeWord(view, 12, 'fmt ');
  view.setUint32(16, 16, true);
  // Linear PCM.
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * BYTES_PER_SAMPLE, true);
  view.setUint16(32, channels * BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  writeWord(view, 36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let i = 0, at = HEADER_BYTES; i < samples.length; i++, at += BYTES_PER_SAMPLE) {
    view.setInt16(at, pcmOf(Number(samples[i])), true);
  }
  return new Uint8Array(view.buffer);
}

function pcmOf(sample: number): number {
  const scaled = Math.fround(sample) * 32768;
  const rounded = Math.sign(scaled) * Math.round(Math.abs(scaled));
  return Math.max(-32768, Math.min(32767, rounded));
}

function writeWord(view: DataView, at: number, word: string): void {
  for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
}
