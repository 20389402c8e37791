/** An embedding in `projector_config.pbtxt`; paths are relative to the log directory. */
export interface EmbeddingInfo {
  readonly tensorName: string;
  readonly tensorPath: string;
  readonly tensorShape: readonly [rows: number, columns: number];
  readonly metadataPath: string | undefined;
  readonly sprite: SpriteInfo | undefined;
}

/** A picture of all points' pictures. */
interface SpriteInfo {
  readonly imagePath: string;
  readonly width: number;
  readonly height: number;
}

/** A ProjectorConfig in protobuf's text format. */
export function projectorConfig(embeddings: Iterable<EmbeddingInfo>): string {
  return Array.from(embeddings, embeddingText).join('');
}

function embeddingText(info: EmbeddingInfo): string {
  const { tensorName, tensorPath, tensorShape, metadataPath, sprite } = info;
  const lines = [
    `tensor_name: ${quote(tensorName)}`,
    `tensor_path: ${quote(tensorPath)}`,
    ...tensorShape.map((size) => `tensor_shape: ${size}`),
  ];
  if (metadataPath !== undefined) lines.push(`metadata_path: ${quote(metadataPath)}`);
  if (sprite !== undefined) {
    const { imagePath, width, height } = sprite;
    const size = `single_image_dim: ${width} single_image_dim: ${height}`;
    lines.push(`sprite { image_path: ${quote(imagePath)} ${size} }`);
  }
  return `embeddings {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function quote(text: string): string {
  const escaped = text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /["\\\u0000-\u001f]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}
