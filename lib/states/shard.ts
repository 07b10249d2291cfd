/** A part of the input that has a name, so that it counts once however often it was read. */
export interface Shard {
  /** Its name. */
  readonly id: string;
  /** How many lines it has. */
  readonly lines: number;
  /** How many bytes it has, decompressed. */
  readonly bytes: number;
  /** What was found in it: 16 hexadecimal digits. */
  readonly checksum: string;
}
