// What pages say about time was right when the site was built; this keeps it right since. Nothing here is needed to read
// a page, and nothing is stored in the browser.
(() => {
  const now = Date.now();
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const passed = (ends) => Date.parse(ends) < now;

  // Lists of coming events leave out what has passed; elsewhere it is shown as past.
  for (const item of all("[data-ends]")) {
    if (!passed(item.dataset.ends)) continue;
    if (item.closest("[data-upcoming]") || item.matches(".event-sooner")) item.hidden = true;
    else item.classList.add("is-past");
  }
  for (const note of all("[data-when-over]")) note.hidden = !passed(note.dataset.whenOver);
  for (const part of all("[data-before]")) part.hidden = passed(part.dataset.before);

  // Where the next meeting is over, the one after it stands under its heading; where nothing is left, that is said.
  for (const list of all(".rows-first")) {
    const after = list.nextElementSibling;
    if (!all("li:not([hidden])", list).length && after?.matches("h3")) after.hidden = true;
  }
  for (const note of all("[data-none-left]")) {
    note.hidden = all("[data-upcoming] [data-ends]:not([hidden])", note.parentElement).length > 0;
  }

  // The mark of the next date moves on to the first that is left and takes place.
  for (const list of all("[data-next]")) {
    const next = all("li:not([hidden], .is-off)", list)[0];
    const mark = list.querySelector(".next-mark");
    if (mark && next) next.querySelector(".date-more").prepend(mark);
  }

  // Today, in the site's own zone, in tables of days.
  for (const table of all(".cal")) {
    let day;
    try { day = new Date().toLocaleDateString("sv", { timeZone: table.dataset.zone }); } catch { continue; }
    const cell = table.querySelector(`[data-day="${day}"]`);
    if (!cell) continue;
    cell.setAttribute("aria-current", "date");
    cell.title = table.dataset.today;
  }

  // A list's tables lead only to days that it still shows, its months go when they are empty.
  const settle = (list) => {
    const rows = all(".event", list);
    const left = rows.filter((row) => !row.hidden && !row.dataset.out);
    for (const row of rows) row.style.display = row.dataset.out ? "none" : "";
    for (const link of all("a.cal-number", list)) {
      const { day } = link.parentElement.dataset;
      const on = left.filter((row) => row.dataset.day <= day && day <= row.dataset.last);
      const row = on.find((row) => row.dataset.day === day) ?? on[0];
      if (row) link.href = `#${row.id}`;
      else link.removeAttribute("href");
    }
    const shown = new Set(left.map((row) => row.querySelector("a").href));
    for (const item of all(".cal-events li:not(.cal-more)", list)) item.hidden = !shown.has(item.querySelector("a").href);
    for (const month of all(".month", list)) month.hidden = !left.some((row) => month.contains(row));
    return left.length;
  };

  // The form that narrows a list. The address keeps what is chosen: #online&step_free&of=Coast
  const form = document.querySelector("[data-filter]");
  for (const list of all("[data-filtered]")) {
    settle(list);
    if (!form) break;
    const rows = all(".event:not([hidden])", list);
    const boxes = all("input", form);
    const select = form.querySelector("select");
    const count = form.querySelector("[data-count]");
    const reset = form.querySelector("[type=reset]");
    const words = (row, name) => (row.dataset[name] ?? "").split(name === "regions" ? "|" : " ");
    const narrow = () => {
      const wanted = boxes.filter((box) => box.checked);
      const of = select?.value;
      const unsure = new Map();
      let leftOut = 0;
      for (const row of rows) {
        const known = wanted.map(({ name }) => {
          if (name === "online") return row.dataset.attendance !== "offline";
          return words(row, "access").includes(name) || (words(row, "unknown").includes(name) ? null : false);
        });
        if (of) known.push(words(row, "groups").includes(of) || words(row, "regions").includes(of));
        row.dataset.out = known.every((fits) => fits === true) ? "" : "1";
        // It may fit, but nobody said so.
        if (known.includes(false) || !known.includes(null)) continue;
        leftOut += 1;
        wanted.forEach((box, at) => { if (known[at] === null) unsure.set(box, box.closest("label").textContent.trim()); });
      }
      const shown = settle(list);
      const told = [form.dataset.shown.replace("{shown}", shown).replace("{total}", rows.length)];
      if (!shown) told.unshift(form.dataset.none);
      if (leftOut) told.push(form.dataset.leftOut.replace("{count}", leftOut).replace("{what}", [...unsure.values()].join(", ")));
      const narrowed = wanted.length > 0 || Boolean(of);
      count.textContent = narrowed ? told.join(" · ") : "";
      reset.hidden = !narrowed;
      return [...wanted.map((box) => box.name), ...(of ? [`of=${encodeURIComponent(of).replaceAll("%2F", "/")}`] : [])].join("&");
    };
    const read = () => {
      let parts;
      try { parts = location.hash.slice(1).split("&").map(decodeURIComponent); } catch { return; }
      // Places in the page begin alike; they say nothing about the choice.
      if (parts[0].startsWith("hb-")) return;
      for (const box of boxes) box.checked = parts.includes(box.name);
      if (select) {
        select.value = parts.find((part) => part.startsWith("of="))?.slice(3) ?? "";
        if (select.selectedIndex < 0) select.value = "";
      }
      narrow();
    };
    const write = () => history.replaceState(null, "", `#${narrow()}`.replace(/^#$/, location.pathname + location.search));
    form.addEventListener("change", write);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { write(); form.querySelector("summary").focus(); }));
    addEventListener("hashchange", read);
    read();
    form.hidden = false;
    // Where there is room, or something is chosen, its choices are in sight.
    form.querySelector("details").open = matchMedia("(min-width: 60rem)").matches || !reset.hidden;
  }

  // A menu closes when the reader turns to something else.
  addEventListener("click", (event) => {
    for (const menu of all(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all(".menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Code that is wider than the screen can be scrolled; let the keyboard reach it.
  const reach = () => {
    for (const code of all("pre")) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);

  // A page of another site comes only when a reader asks for it, and then it is what the keyboard is in.
  for (const button of all("button[data-frame]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.title = button.dataset.title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.sandbox = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts";
      frame.src = button.dataset.frame;
      button.closest(".embed-face").replaceWith(frame);
      frame.focus();
    });
  }

  // The text of a letter or a message stands in a box, an address in the button; offer to copy it where the browser can.
  if (!navigator.clipboard) return;
  for (const button of all("[data-copy]")) {
    const box = button.closest("section")?.querySelector("textarea");
    const label = button.textContent;
    button.hidden = false;
    button.closest("li[hidden]")?.removeAttribute("hidden");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy || box.value);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 3000);
    });
  }
})();
