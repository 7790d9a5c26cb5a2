// Trying what the script does: each trial has a page of the site that shows it, in a browser of its own.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The first page whose HTML has all of these. */
export function pageWith(root, paths, ...marks) {
  const text = (path) => readFileSync(join(root, path.endsWith("/") ? `${path}index.html` : path), "utf8");
  return paths.find((path) => marks.every((mark) => text(path).includes(mark)));
}

/** Runs `[trial, path, options]` where there is such a page, and gives what each found wrong. */
export async function faultsOfTrials(newContext, site, trials) {
  const faults = [];
  for (const [trial, path, options] of trials) {
    if (!path) continue;
    const context = await newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const found = [];
    try {
      await trial(await context.newPage(), site + path, found);
    } catch (error) {
      found.push(String(error.message).split("\n")[0]);
    } finally {
      await context.close();
    }
    faults.push(...found.map((fault) => `${path}: ${fault}`));
  }
  return faults;
}
