/**
 * What the programs of the steps have in common. `read` takes the numbers of four rows of one unit out of a
 * band. tanh is written out: GLSL's own may overflow, and 1 - 2 / (e^2x + 1) loses digits near 0.
 */
export const stepCode = `
  vec4 read(sampler2D bands, ivec2 band, int quantity, int unit, int group) {
    return texelFetch(bands, band + ivec2(unit, quantity * GROUPS + group), 0);
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
    int quantity = texel.y / GROUPS;
    return ivec3(texel.x, texel.y - quantity * GROUPS, quantity);
  }
  bvec4 aliveAt(vec4 lengths) {
    return lessThan(vec4(step), lengths);
  }`;

/** Declares what the product programs read of the state's rows: lengths of four rows. */
export const lengthsCode = `
  vec4 lengthsOf(int group) {
    return texelFetch(lengths, lengthsAt + ivec2(0, group), 0);
  }`;
