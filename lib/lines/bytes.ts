/** Bytes of a log, in a buffer that is nobody else's. */
export type Bytes = Uint8Array<ArrayBuffer>;
