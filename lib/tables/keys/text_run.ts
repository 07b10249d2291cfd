/** Texts in UTF-8, and their aliases. */
export interface TextRun {
  /** The bytes of all texts. */
  readonly bytes: Uint8Array;
  /** For each text, the index of its first byte. */
  readonly starts: Int32Array;
  /** For each text, the index behind its last byte. */
  readonly ends: Int32Array;
  /**
   * For each text, an integer from 0 on that has had no other text since it was last forgotten: a text with an
   * alias is looked up only once. Below 0 if the text has no alias.
   */
  readonly aliases: Int32Array;
}
