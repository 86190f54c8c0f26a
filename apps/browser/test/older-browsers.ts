/*
 * Scripts that take from Chromium what other browsers lack, put before every script of the page and of its workers.
 */

/** As Firefox was until relaxed SIMD came: no module with such an instruction is valid (0xfd 0x105: f32x4.relaxed_madd). */
export const withoutRelaxed = `{
  const { validate } = WebAssembly;
  const isRelaxed = (bytes) => {
    for (let at = bytes.indexOf(0xfd); at >= 0; at = bytes.indexOf(0xfd, at + 1)) {
      if (bytes[at + 1] === 0x85 && bytes[at + 2] === 2) return true;
    }
    return false;
  };
  WebAssembly.validate = (bytes) => !isRelaxed(bytes) && validate(bytes);
}
`;

/** As Safari is to pages that are not isolated: no memory is shared, and a module that asks for one does not fit. */
export const withoutShared = `{
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor) {
      if (descriptor.shared) throw new TypeError('Shared memory is not enabled');
      super(descriptor);
    }
  };
}
`;
