import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { PROJECT } from "../support/run_script.ts";

const page = await Deno.readTextFile(join(PROJECT, "docs/architecture.md"));

/** The folders below one that hold files, by their paths from the top. */
async function foldersBelow(folder: string): Promise<string[]> {
  const folders: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(PROJECT, folder))) {
    if (isDirectory) folders.push(`${folder}/${name}`, ...await foldersBelow(`${folder}/${name}`));
  }
  return folders;
}

Deno.test("docs/architecture.md names every folder of lib, and none that is not there", async () => {
  const named = [...page.matchAll(/^\| `(lib\/[^`]+)`/gm)].map(([, folder]) => folder!);
  assertEquals(named.toSorted(), (await foldersBelow("lib")).toSorted());
});

Deno.test("docs/architecture.md names files and functions that are there", async () => {
  const files = [...page.matchAll(/`((?:lib\/|tests\/)?[a-z_]+\/[a-z_/]+\.ts)`/g)].map(([, path]) =>
    path!
  );
  assert(files.length > 15, `${files.length} files`);
  for (const path of files) {
    const found = /^(lib|tests)\//.test(path) ? path : `lib/${path}`;
    await Deno.stat(join(PROJECT, found));
  }
  const code = await Promise.all(
    (await foldersBelow("lib")).map(async (folder) => {
      const texts: string[] = [];
      for await (const { name, isFile } of Deno.readDir(join(PROJECT, folder))) {
        if (isFile) texts.push(await Deno.readTextFile(join(PROJECT, folder, name)));
      }
      return texts.join("\n");
    }),
  );
  const all = code.join("\n");
  const functions = [...page.matchAll(/`(?:[A-Z][A-Za-z]+\.)?([a-zA-Z]+)\(\)`/g)].map(([, name]) =>
    name!
  );
  assert(functions.length > 15, `${functions.length} functions`);
  for (const name of functions) assert(new RegExp(`\\b${name}\\b[<(]`).test(all), name);
});

Deno.test("docs/architecture.md is short enough to be read", () => {
  assert(page.split("\n").length - 1 <= 200);
});
