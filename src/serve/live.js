// Keeps a page up to date while its site is written: listens to the server, loads the page anew when its bytes have
// changed, swaps style sheets in place, and shows what is wrong. It is no part of what is published.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script) return;
  const { handbillSource: source } = script.dataset;
  let { handbillVersion: version, handbillSeen: seen } = script.dataset;
  const start = "/_handbill/";
  const isOwnPage = location.pathname === start;
  const isFramed = window.top !== window;
  const key = `handbill ${location.pathname}${location.search}`;

  // What a tab keeps over loading. Where the browser forbids it, nothing is kept.
  const store = {
    get(name) { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } },
    set(name, value) { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* not kept */ } },
    remove(name) { try { sessionStorage.removeItem(name); } catch { /* not kept */ } },
  };

  // Scroll, forms and what is unfolded.

  const fieldsOf = () => {
    const counts = new Map();
    return [...document.querySelectorAll("input, textarea, select")]
      .filter((field) => !["password", "file", "hidden", "submit", "button", "reset", "image"].includes(field.type))
      .map((field) => {
        const isChoice = field.type === "radio" || field.type === "checkbox";
        const name = [field.tagName, field.type, field.id, field.name, isChoice ? field.value : ""].join("|");
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        return [`${name}|${count}`, field];
      });
  };
  const isChanged = (field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  };
  const unfoldable = () =>
    [...document.querySelectorAll("details")].map((details, at) => [
      `${at} ${details.id} ${details.querySelector("summary")?.textContent.trim() ?? ""}`,
      details,
    ]);

  function keep() {
    const focused = document.activeElement;
    const fields = fieldsOf();
    const state = {
      scroll: [scrollX, scrollY],
      fields: fields.filter(([, field]) => isChanged(field)).map(([name, field]) => [
        name,
        field.tagName === "SELECT"
          ? [...field.options].map((option) => option.selected)
          : field.type === "radio" || field.type === "checkbox" ? field.checked : field.value,
      ]),
      focus: fields.find(([, field]) => field === focused)?.[0] ?? null,
      caret: null,
      open: unfoldable().map(([name, details]) => [name, details.open]),
    };
    try { state.caret = [focused.selectionStart, focused.selectionEnd]; } catch { /* it has no caret */ }
    store.set(key, state);
  }

  function restore() {
    const state = store.get(key);
    store.remove(key);
    if (!state) return;
    const open = new Map(state.open);
    for (const [name, details] of unfoldable()) if (open.has(name)) details.open = open.get(name);
    const kept = new Map(state.fields);
    for (const [name, field] of fieldsOf()) {
      if (kept.has(name)) {
        const value = kept.get(name);
        if (field.tagName === "SELECT") [...field.options].forEach((option, at) => { option.selected = value[at] ?? option.selected; });
        else if (typeof value === "boolean") field.checked = value;
        else field.value = value;
        for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
      }
      if (name === state.focus) {
        field.focus({ preventScroll: true });
        try { field.setSelectionRange(...state.caret); } catch { /* it has no caret */ }
      }
    }
    const [left, top] = state.scroll;
    let isMoved = false;
    for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(type, () => { isMoved = true; }, { once: true, passive: true, capture: true });
    }
    const scroll = () => { if (!isMoved) scrollTo({ left, top, behavior: "instant" }); };
    scroll();
    // Pictures and styles that come late move what is below them.
    addEventListener("load", () => { scroll(); requestAnimationFrame(scroll); }, { once: true });
  }

  let isLeaving = false;
  function reload(target) {
    if (isLeaving) return;
    // A page that is another one each time would load for ever.
    const last = store.get("handbill reloads");
    const now = Date.now();
    const count = last && last.key === key && last.target === target && now - last.at < 10_000 ? last.count + 1 : 1;
    if (target && count > 3) return;
    store.set("handbill reloads", { key, target, count, at: now });
    isLeaving = true;
    keep();
    location.reload();
  }

  // Style sheets.

  const outgoing = new Set();
  let fresh = new Set();
  const sheets = () => [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !outgoing.has(link));
  function replace(link, href) {
    const next = link.cloneNode();
    const done = () => { outgoing.delete(link); link.remove(); };
    next.addEventListener("load", done, { once: true });
    next.addEventListener("error", done, { once: true });
    outgoing.add(link);
    next.href = href;
    link.after(next);
    return next;
  }
  function swap(hrefs, target) {
    const links = sheets();
    if (links.length !== hrefs.length) return reload(target);
    version = target;
    links.forEach((link, at) => {
      if (link.getAttribute("href") !== hrefs[at]) fresh.add(new URL(replace(link, hrefs[at]).href).pathname);
    });
  }

  // Files that changed: the page knows which of them it uses.

  function filesChanged(paths, state) {
    const used = new Set();
    const use = (address) => {
      try {
        const url = new URL(address, document.baseURI);
        if (url.origin === location.origin) used.add(url.pathname);
      } catch { /* no address */ }
    };
    performance.getEntriesByType("resource").forEach((entry) => use(entry.name));
    document.querySelectorAll("[src]").forEach((element) => use(element.src));
    document.querySelectorAll("img").forEach((image) => use(image.currentSrc));
    sheets().forEach((link) => use(link.href));
    const hit = paths.filter((path) => used.has(path) && !fresh.has(path));
    fresh = new Set();
    seen = state;
    if (hit.length === 0) return;
    if (!hit.every((path) => path.endsWith(".css"))) return reload(null);
    const direct = sheets().filter((link) => hit.includes(new URL(link.href).pathname));
    const isImported = direct.length < hit.length;
    for (const link of isImported ? sheets() : direct) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("handbill", state);
      replace(link, url.href);
    }
  }

  // What is shown over the page.

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    .box { position: fixed; z-index: 2147483647; font: 14px/1.45 system-ui, sans-serif; color: #1d2321; color-scheme: light dark; }
    .badge { inset-block-end: 8px; inset-inline-start: 8px; display: flex; gap: 2px; align-items: center; max-width: calc(100vw - 16px); opacity: .62; transition: opacity .15s; }
    .badge:hover, .badge:focus-within, .badge.bad { opacity: 1; }
    .badge > * { font: inherit; font-size: 12px; color: inherit; background: #fffffff2; border: 1px solid #8b948f; border-radius: 999px; padding: 3px 10px; min-height: 26px; text-decoration: none; cursor: pointer; }
    .badge a { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .badge a:hover { text-decoration: underline; }
    .badge .count { background: #a3221a; border-color: #a3221a; color: #fff; font-weight: 600; }
    .badge .count.mild { background: #7a4b00; border-color: #7a4b00; }
    :focus-visible { outline: 3px solid #0b5a43; outline-offset: 2px; }
    .panel { inset-inline: 0; inset-block-end: 0; max-height: min(70vh, 44rem); overflow: auto; background: #fffdfc; border-top: 4px solid #a3221a; box-shadow: 0 -6px 30px #0004; padding: 14px clamp(14px, 3vw, 32px) 18px; }
    .panel.mild { border-top-color: #b87400; }
    .bar { display: flex; gap: 6px 16px; align-items: baseline; flex-wrap: wrap; margin: 0 0 10px; }
    h2 { font: inherit; font-size: 16px; font-weight: 650; margin: 0; color: #a3221a; }
    .mild h2 { color: #7a4b00; }
    .bar p { margin: 0; color: #59625e; }
    .bar a { color: #0b5a43; }
    .bar button { font: inherit; color: inherit; margin-inline-start: auto; background: none; border: 1px solid #8b948f; border-radius: 6px; padding: 3px 12px; cursor: pointer; }
    pre { font: 12.5px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; margin: 0 0 10px; padding: 10px 14px; overflow-x: auto; background: #f6f3ee; border-inline-start: 4px solid #34508f; border-radius: 4px; }
    pre.error { border-inline-start-color: #a3221a; background: #fdeeec; }
    pre.warning { border-inline-start-color: #b87400; background: #fdf3df; }
    @media (prefers-color-scheme: dark) {
      .box { color: #e9ece9; }
      .badge > * { background: #1d2320f2; }
      .panel { background: #1a1f1c; border-top-color: #ff9d92; }
      h2 { color: #ff9d92; }
      .panel.mild { border-top-color: #f0c274; }
      .mild h2 { color: #f0c274; }
      .bar p { color: #a5afa9; }
      .bar a { color: #7fd3b2; }
      pre { background: #252c28; border-inline-start-color: #a9bdf2; }
      pre.error { background: #3a1d1a; border-inline-start-color: #ff9d92; }
      pre.warning { background: #352a13; border-inline-start-color: #f0c274; }
    }
    @media (min-width: 60rem) { pre { white-space: pre-wrap; overflow-wrap: anywhere; } }
    @media (max-width: 30rem) { .badge a { max-width: 60vw; } }
    @media (prefers-reduced-motion: reduce) { .badge { transition: none; } }
    @media print { .box { display: none; } }
  `;
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const counted = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;

  let root = null;
  let badge = null;
  let panel = null;
  let problems = null;
  let isDismissed = false;
  function shadow() {
    if (root) return root;
    const host = document.createElement("handbill-notes");
    // Whatever the page is written in, these words are English.
    host.lang = "en";
    host.dir = "ltr";
    root = host.attachShadow({ mode: "open" });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(element("style", "", STYLE));
    }
    document.documentElement.append(host);
    return root;
  }

  function showBadge() {
    if (isFramed || isOwnPage) return;
    badge?.remove();
    // The panel says it all.
    if (panel) return;
    const count = problems ? problems.errors + problems.warnings : 0;
    const isHidden = store.get("handbill badge") === "hidden";
    if (count === 0 && (isHidden || !source)) return;
    badge = element("div", "box badge");
    badge.setAttribute("role", "group");
    badge.setAttribute("aria-label", "While you write");
    badge.classList.toggle("bad", Boolean(problems?.errors));
    if (source && !isHidden) {
      const link = element("a", "", source);
      link.href = `${start}?${new URLSearchParams({ q: source })}`;
      link.title = "This page comes from this file. See it among all content.";
      badge.append(link);
    }
    if (count > 0) {
      const text = problems.errors ? counted(problems.errors, "mistake") : counted(problems.warnings, "warning");
      const button = element("button", problems.errors ? "count" : "count mild", text);
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => { isDismissed = false; showPanel(true); showBadge(); });
      badge.append(button);
    }
    if (source && !isHidden) {
      const button = element("button", "", "×");
      button.setAttribute("aria-label", "Hide the file’s name");
      button.addEventListener("click", () => { store.set("handbill badge", "hidden"); showBadge(); });
      badge.append(button);
    }
    shadow().append(badge);
  }

  function showPanel(isWanted) {
    panel?.remove();
    panel = null;
    if (!isWanted || !problems || isFramed || isOwnPage || document.body?.classList.contains("stand-in")) return;
    panel = element("div", problems.errors ? "box panel" : "box panel mild");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "What is wrong");
    const bar = element("div", "bar");
    const said = [problems.errors && counted(problems.errors, "mistake"), problems.warnings && counted(problems.warnings, "warning")];
    const heading = element("h2", "", said.filter(Boolean).join(", "));
    heading.setAttribute("role", "status");
    const all = element("a", "", "All content");
    all.href = start;
    const words = element("p", "", problems.errors ? "What you see is the last good state. " : "The site can be published all the same. ");
    words.append(all);
    const hide = element("button", "", "Hide");
    hide.addEventListener("click", () => { isDismissed = true; showPanel(false); showBadge(); });
    bar.append(heading, words, hide);
    panel.append(bar);
    for (const { severity, text } of problems.items) {
      const told = element("pre", severity, text);
      told.tabIndex = 0;
      panel.append(told);
    }
    if (problems.more) panel.append(element("p", "", `And ${problems.more} more.`));
    shadow().append(panel);
  }

  function tellProblems(next) {
    const before = problems;
    problems = next.errors + next.warnings > 0 ? next : null;
    const errors = (all) => JSON.stringify(all?.items.filter((item) => item.severity === "error") ?? []);
    if (errors(before) !== errors(problems)) isDismissed = false;
    const isOpenByHand = Boolean(panel) && Boolean(problems);
    showPanel(Boolean(problems) && !isDismissed && (problems.errors > 0 || isOpenByHand));
    showBadge();
  }

  // The server.

  let stream = null;
  let isResting = false;
  // Between a failure and the next attempt, which somebody who looks need not wait for.
  let isWaiting = false;
  const SHORTEST = 700;
  const LONGEST = 10_000;
  let patience = SHORTEST;
  let timer = null;
  function close() {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }
  function connect() {
    close();
    isResting = false;
    isWaiting = false;
    const page = isOwnPage ? location.pathname + location.search : location.pathname;
    stream = new EventSource(`${start}events?${new URLSearchParams({ page, version, seen })}`);
    const on = (name, act) => stream.addEventListener(name, (event) => {
      if (!isLeaving) act(JSON.parse(event.data));
    });
    on("page", (data) => { if (data.version !== version) reload(data.version); });
    on("styles", (data) => swap(data.hrefs, data.version));
    on("files", (data) => filesChanged(data.paths, data.seen));
    on("problems", tellProblems);
    on("show", (data) => {
      if (data.url === location.pathname.replace(/index\.html$/, "")) return;
      isLeaving = true;
      location.assign(data.url);
    });
    on("moved", (data) => {
      isLeaving = true;
      location.replace(data.url + location.search + location.hash);
    });
    on("rest", () => {
      close();
      isResting = true;
      // Several windows may be in sight: they take turns.
      if (!document.hidden) timer = setTimeout(connect, 3_000);
    });
    // Its own way of connecting again would tell the server of the page as it once was.
    stream.addEventListener("open", () => { patience = SHORTEST; });
    stream.addEventListener("error", () => {
      close();
      isWaiting = true;
      // The server may have been stopped, or have too many tabs: the longer that lasts, the rarer it is asked.
      timer = setTimeout(connect, patience * (0.75 + Math.random() / 2));
      patience = Math.min(patience * 1.6, LONGEST);
    });
  }
  const wake = () => { if ((isResting || isWaiting) && !document.hidden) connect(); };
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) { isLeaving = false; connect(); } });

  restore();
  showBadge();
  // A tab in the background listens once somebody looks at it.
  if (document.hidden) isResting = true;
  else connect();
})();
