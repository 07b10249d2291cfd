import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { NumberColumn } from "../../lib/tables/number_column.ts";

Deno.test("NumberColumn holds what an array does, whatever the order of writing", () => {
  const value = fc.oneof(
    fc.constantFrom(0, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53, -1),
    fc.integer({ min: -1e15, max: 1e15 }),
  );
  const write = fc.record({ row: fc.nat(300), value, isIncrease: fc.boolean() });
  fc.assert(fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
    const [column, expected] = [new NumberColumn(), new Map<number, number>()];
    for (const { row, value, isIncrease } of writes) {
      const sum = isIncrease ? (expected.get(row) ?? 0) + value : value;
      if (!Number.isSafeInteger(sum)) continue;
      if (isIncrease) column.increase(row, value);
      else column.set(row, value);
      expected.set(row, sum);
    }
    for (let row = 0; row <= 301; row++) assertEquals(column.at(row), expected.get(row) ?? 0);
  }));
});

Deno.test("NumberColumn adds to its first rows what an array does", () => {
  const number = fc.oneof(fc.constantFrom(0, 255, 65_535, 2 ** 32 - 1), fc.nat(2 ** 31 - 1));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 80 }), fc.nat(100), number, (numbers, rows, by) => {
      const column = new NumberColumn();
      for (const [row, each] of numbers.entries()) column.set(row, each);
      column.increaseFirst(rows, by);
      for (let row = 0; row <= 101; row++) {
        assertEquals(column.at(row), (numbers[row] ?? 0) + (row < rows ? by : 0));
      }
    }),
  );
});

Deno.test("NumberColumn takes as many bytes a row as its largest number needs", () => {
  for (const [value, bytes] of [[255, 1], [65_535, 2], [2 ** 32 - 1, 4], [2 ** 32, 8], [-1, 8]]) {
    const column = new NumberColumn();
    for (let row = 0; row < 10_000; row++) column.set(row, row === 5000 ? value! : 1);
    const most = 1.5 * 10_000 * bytes!;
    assertEquals(column.byteLength >= 10_000 * bytes! && column.byteLength <= most, true);
  }
});
