// A small server of one folder's files on 127.0.0.1, for the tests alone.

import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** The file that a request's path means, or null when it is not in `root`. */
function fileOf(root, path) {
  try {
    let file = realpathSync(join(root, decodeURIComponent(path)));
    if (statSync(file).isDirectory()) {
      if (!path.endsWith("/")) return null;
      file = realpathSync(join(file, "index.html"));
    }
    return file.startsWith(root + sep) && statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** The headers that a folder's `_headers` sets for all paths below `prefix`, as hosts send them. */
function headersOf(root, prefix) {
  const file = join(root, "_headers");
  const headers = {};
  let counts = false;
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    if (/^\S/.test(line)) counts = line.trim() === `${prefix}*`;
    const found = counts && /^\s+([^:!]+):\s*(.*)$/.exec(line);
    if (found) headers[found[1].trim().toLowerCase()] = found[2].trim();
  }
  return headers;
}

/** Serves `folder` under `prefix` (such as `/` or `/campaign/`). Resolves to `{ origin, headers, close }`. */
export function serve(folder, prefix) {
  const root = realpathSync(folder);
  const headers = headersOf(root, prefix);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const wanted = pathname.startsWith(prefix) ? pathname.slice(prefix.length - 1) : null;
    const known = request.method === "GET" || request.method === "HEAD";
    const file = known && wanted !== null ? fileOf(root, wanted) : null;
    if (file === null) {
      response.writeHead(known ? 404 : 405, { "content-type": "text/plain" }).end("not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "content-type": type, "cache-control": "no-store" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  server.maxConnections = 32;
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const close = () => new Promise((done) => { server.closeAllConnections(); server.close(done); });
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, headers, close });
    });
  });
}
