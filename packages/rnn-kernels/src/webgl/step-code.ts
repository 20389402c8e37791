/**
 * What the programs of the steps have in common. `read` takes the numbers of four rows of one unit out of a
 * band. tanh is written out: GLSL's own may overflow, and 1 - 2 / (e^2x + 1) loses digits near 0.
 */
export const stepCode = `
  vec4 read(sampler2D bands, ivec2 band, int quantity, int unit, int group) {
    return texelFetch(bands, band + ivec2(unit, quantity * groups + group), 0);
  }
  vec4 sigmoidOf(vec4 x) {
    return 1.0 / (1.0 + exp(-x));
  }
  vec4 tanhOf(vec4 x) {
    vec4 e = exp(-2.0 * abs(x));
    vec4 far = (1.0 - e) / (1.0 + e);
    vec4 square = x * x;
    vec4 near = x * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 - square * 17.0 / 315.0)));
    return mix(mix(far, -far, lessThan(x, vec4(0.0))), near, lessThan(abs(x), vec4(0.15)));
  }
  // The unit and the group of this texel, and which quantity of the band it is.
  ivec3 place() {
    ivec2 texel = ivec2(gl_FragCoord.xy) - origin;
    int quantity = texel.y / groups;
    return ivec3(texel.x, texel.y - quantity * groups, quantity);
  }
  bvec4 aliveAt(vec4 lengths) {
    return lessThan(vec4(step), lengths);
  }`;

/** The lengths of four rows, for programs that read `lengths`. */
export const lengthsCode = `
  vec4 lengthsOf(int group) {
    return texelFetch(lengths, lengthsAt + ivec2(0, group), 0);
  }`;

/**
 * The product of the first quantity of a band and a matrix in the layout of depth, for one unit. Its last
 * four terms may be less than four: what stands beyond the band is not its own.
 */
export function depthProductCode(bands: string): string {
  return `
    vec4 depthProduct(int unit, int group) {
      vec4 sum = vec4(0.0);
      for (int k = 0; k < UNITS; k += 4) {
        vec4 w = texelFetch(weights, ivec2(unit, k / 4), 0);
        sum += read(${bands}, ${bands}At, 0, k, group) * w.x;
        if (k + 1 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 1, group) * w.y;
        if (k + 2 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 2, group) * w.z;
        if (k + 3 < UNITS) sum += read(${bands}, ${bands}At, 0, k + 3, group) * w.w;
      }
      return sum;
    }`;
}
