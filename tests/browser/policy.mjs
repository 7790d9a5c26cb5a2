// Plants scripts and styles in pages, as somebody would who found a way in, and looks whether the site's own
// Content-Security-Policy stops them. That it stops nothing of the pages themselves is seen by opening them all.

const PLANTED = {
  "an inline script": `<script>document.documentElement.dataset.planted = "yes"</script>`,
  "a handler": `<img src="data:," alt="" onerror="document.documentElement.dataset.planted = 'yes'">`,
  "a script from elsewhere": `<script src="https://evil.example/x.js"></script>`,
  "an inline style": `<style>:root { --planted: yes }</style>`,
  "a frame": `<iframe src="https://evil.example/" title="planted"></iframe>`,
  "a form that leads elsewhere": `<form action="https://evil.example/" id="planted"></form><script src="data:,0"></script>`,
  "a base": `<base href="https://evil.example/"><script src="data:,0"></script>`,
};

/** What is wrong with the policy of a served site. */
export async function faultsOfPolicy(newContext, server, path) {
  if (!server.headers["content-security-policy"]) return ["no host is told to send a Content-Security-Policy"];
  const faults = [];
  for (const [what, markup] of Object.entries(PLANTED)) {
    const context = await newContext({});
    try {
      await context.addInitScript(() => {
        globalThis.stopped = [];
        document.addEventListener("securitypolicyviolation", (event) => globalThis.stopped.push(event.violatedDirective));
      });
      const page = await context.newPage();
      await page.route(`${server.origin}${path}`, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace("</body>", () => `${markup}</body>`);
        await route.fulfill({ response, body });
      });
      await page.goto(server.origin + path, { waitUntil: "load", timeout: 15_000 });
      const seen = await page.evaluate(() => ({
        ran: document.documentElement.dataset.planted ?? getComputedStyle(document.documentElement).getPropertyValue("--planted"),
        stopped: globalThis.stopped,
      }));
      if (seen.ran) faults.push(`${what} that was planted ran`);
      if (seen.stopped.length === 0) faults.push(`${what} that was planted was not stopped`);
    } finally {
      await context.close();
    }
  }
  return faults;
}
