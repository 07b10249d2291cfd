/** A piece of input with a name, by which it counts only once however often it was read. */
export interface Shard {
  /** Its name. */
  readonly id: string;
  /** How many lines it has. */
  readonly lines: number;
  /** How many bytes it has, decompressed. */
  readonly bytes: number;
  /** The checksum of its analysis: 16 hexadecimal digits. */
  readonly checksum: string;
}
