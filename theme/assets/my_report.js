// The store of "My report": which parts the reader has ticked, kept in this browser and nowhere else. Loaded by the first
// tick, and on every page once something is chosen. What is stored is taken for what a stranger wrote: each entry must
// match a strict pattern, and nothing of it ever becomes HTML or an address outside the site.
(function () {
  "use strict";
  const crossfoot = window.crossfoot;
  if (crossfoot.mine) return; // the page of the report names this script itself

  const MOST = 100, LONGEST = 8e6, COPY = 400000;
  const PAGE = /^[A-Za-z0-9_-]{1,80}(\/[A-Za-z0-9_-]{1,120}){0,3}$/, ANCHOR = /^[A-Za-z0-9-]{0,160}$/;
  const SORTS = ["section", "table", "chart", "figure"];
  const inFolder = location.protocol === "file:";

  const text = function (value, most) { return typeof value === "string" ? value.slice(0, most) : ""; };

  // One stored entry, of known fields only; null where it is not one.
  const entry = function (found) {
    if (!found || typeof found !== "object" || Array.isArray(found)) return null;
    const page = found.page, anchor = found.anchor, sort = found.sort;
    if (typeof page !== "string" || !PAGE.test(page) || typeof anchor !== "string" || !ANCHOR.test(anchor)) return null;
    if (!SORTS.includes(sort) || (!anchor && sort !== "figure")) return null;
    const part = { page: page, anchor: anchor, sort: sort };
    part.title = text(found.title, 300);
    part.language = /^[A-Za-z-]{2,20}$/.test(found.language) ? found.language : "";
    part.version = /^[0-9a-f]{1,64}$/.test(found.version) ? found.version : "";
    // A copy of the part's HTML, only from a folder, where no page can be fetched; it is cleaned again before it is shown.
    if (inFolder && typeof found.copy === "string" && found.copy.length <= COPY) part.copy = found.copy;
    return part;
  };

  const mine = crossfoot.mine = {
    inFolder: inFolder,
    most: MOST,
    longestCopy: COPY,
    name: function (part) { return part.page + "#" + part.anchor; },

    // The chosen parts in order, and how many entries were not to be read; -1 where that is all of it.
    read: function () {
      let stored = null;
      try {
        stored = localStorage.getItem(crossfoot.choice);
      } catch (refused) {}
      if (!stored) return { parts: [], dropped: 0 };
      let found = null;
      try {
        found = stored.length <= LONGEST ? JSON.parse(stored) : null;
      } catch (spoilt) {}
      if (!found || found.version !== 1 || !Array.isArray(found.parts)) return { parts: [], dropped: -1 };
      const parts = new Map();
      for (const one of found.parts.slice(0, 10 * MOST)) {
        const part = entry(one);
        if (part && parts.size < MOST) parts.set(mine.name(part), part);
      }
      return { parts: [...parts.values()], dropped: found.parts.length - parts.size };
    },

    // Whether the browser kept it.
    write: function (parts) {
      try {
        if (parts.length) localStorage.setItem(crossfoot.choice, JSON.stringify({ version: 1, parts: parts }));
        else localStorage.removeItem(crossfoot.choice);
      } catch (refused) {
        return false;
      }
      mine.count(parts);
      return true;
    },

    // The number in the header.
    count: function (parts) {
      document.querySelectorAll("[data-count]").forEach(function (count) {
        count.textContent = parts.length ? count.dataset.count.replace("{}", parts.length) : "";
      });
    },

    // Every box and the number in the header show what is stored. At *first* a box that is ticked stays so: the ticks that
    // loaded this script have yet to be stored.
    mark: function (first) {
      const parts = mine.read().parts, names = new Set(parts.map(mine.name)), page = mine.page();
      document.querySelectorAll("[data-feature=my_report]").forEach(function (box) {
        box.checked = (first && box.checked) || names.has(page + "#" + box.dataset.anchor);
        box.defaultChecked = box.checked; // else Firefox brings back on a reload what was ticked before it
      });
      mine.count(parts);
    },

    // The page's name in every language: `figures/environment`.
    page: function () {
      const path = decodeURIComponent(location.pathname.slice(new URL(crossfoot.root).pathname.length));
      return path.replace(/^[^/]*\//, "").replace(/(^|\/)index\.html$/, "").replace(/\/$/, "") || "index";
    },

    // The words of an element, without marks, codes and boxes.
    words: function (element) {
      const bare = element.cloneNode(true);
      bare.querySelectorAll("sup, .codes, .tick-box, .untranslated, .visually-hidden").forEach(function (one) {
        one.remove();
      });
      return bare.textContent.replace(/\s+/g, " ").trim();
    },

    // Said aloud and shown for a while.
    tell: function (said) {
      clearTimeout(mine.timer);
      crossfoot.say(said);
      mine.timer = setTimeout(function () { crossfoot.say(""); }, 8000);
    }
  };

  // What the box stands for, in words: the element its name refers to, else the label of its row or the title of the page.
  const titleOf = function (box) {
    const named = (box.getAttribute("aria-labelledby") || "").split(" ")[1];
    const found = named ? document.getElementById(named) : box.closest("th") || document.querySelector("h1");
    return found ? mine.words(found) : "";
  };

  crossfoot.feature("my_report", async function (box) {
    const wanted = box.checked, title = titleOf(box);
    const part = { page: mine.page(), anchor: box.dataset.anchor, sort: box.dataset.sort, title: title };
    part.language = document.documentElement.lang;
    part.version = document.documentElement.dataset.version || "";
    if (inFolder && wanted) {
      await crossfoot.load("my_report_parts.js");
      const copy = mine.copy(part);
      if (copy && copy.length <= COPY) part.copy = copy;
    }
    const parts = mine.read().parts, others = parts.filter(function (one) { return mine.name(one) !== mine.name(part); });
    const full = wanted && others.length >= MOST;
    const kept = !full && mine.write(wanted ? [...others, part] : others);
    if (!kept) box.checked = !wanted;
    box.defaultChecked = box.checked;
    const words = await crossfoot.words();
    if (kept) mine.tell(words[wanted ? "my_report.added" : "my_report.removed"].replace("{}", function () { return title; }));
    else mine.tell(full ? words["my_report.too_many"].replace("{}", MOST) : words["my_report.refused"]);
  });

  addEventListener("storage", function (event) {
    if (event.key !== crossfoot.choice && event.key !== null) return;
    mine.mark();
    document.dispatchEvent(new CustomEvent("my-report"));
  });
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    mine.mark();
    document.dispatchEvent(new CustomEvent("my-report"));
  });
  mine.mark(true);
})();
