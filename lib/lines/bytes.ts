/** Bytes of a log, in a buffer that no other thread shares. */
export type Bytes = Uint8Array<ArrayBuffer>;
