/** Texts as bytes of UTF-8, and what stands for them. */
export interface TextRun {
  /** Where all of them are. */
  readonly bytes: Uint8Array;
  /** Where each begins. */
  readonly starts: Int32Array;
  /** Where each ends. */
  readonly ends: Int32Array;
  /**
   * Of each an integer from 0 on that has stood for it since it was renewed: then it is looked for only
   * once; below 0 if there is none.
   */
  readonly aliases: Int32Array;
}
