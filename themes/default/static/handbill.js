// Lists of coming events were right when the site was built; hide what has passed since.
(() => {
  const now = Date.now();
  for (const list of document.querySelectorAll("[data-upcoming]")) {
    let left = 0;
    for (const item of list.querySelectorAll("[data-ends]")) {
      const ends = item.dataset.ends;
      // A date without a time lasts until its day is over.
      const passed = ends.length > 10 ? Date.parse(ends) < now : new Date(ends + "T23:59:59").getTime() < now;
      if (passed) item.hidden = true;
      else left += 1;
    }
    const month = list.closest(".month");
    if (month && !left) month.hidden = true;
  }

  // Code that is wider than the screen can be scrolled; let the keyboard reach it.
  const reach = () => {
    for (const code of document.querySelectorAll("pre")) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);

  // The text of a letter or a message stands in a box; offer to copy it where the browser can.
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const box = button.closest("section").querySelector("textarea");
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.value);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 3000);
    });
  }
})();
