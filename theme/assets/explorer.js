// Filter, sort, choose from and compare the table of all indicators. The page is whole without this file: it hides rows,
// moves them, and shows words and figures that the page or its data file already hold. It formats no figure.
(() => {
  "use strict";
  const crossfoot = window.crossfoot;
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const table = $("#explorer table");
  if (!table) return;
  // What a link may hold, so that nothing built by a stranger costs a reader more than a moment.
  const LONGEST = 4000, MOST = 12, FIRST = "#?";

  // Nodes are built, never written as HTML: words come from data, from the address, from the reader.
  const node = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };
  const SVG = "http://www.w3.org/2000/svg";
  const fill = (words, ...values) => values.reduce((said, value) => said.replace("{}", () => value), words);

  // --- what the page holds
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => {
    const label = $("th[scope=row]", row);
    return {
      row, place, box: $("input", row), id: row.dataset.id, chapter: row.dataset.id.split(".")[0], unit: row.dataset.unit,
      unitName: $("td.unit", row).textContent.trim(),
      label: ($("a.evidence", label) || label).textContent.trim(), link: $("a.evidence", label),
      codes: (row.dataset.codes || "").split("|"),
      values: row.dataset.values.split("|").map((pair) => [pair.slice(0, pair.lastIndexOf("=")), pair.slice(pair.lastIndexOf("=") + 1)]),
    };
  });
  const byId = new Map(rows.map((one) => [one.id, one]));
  const plain = (text) => text.normalize("NFKC").toLocaleLowerCase(document.documentElement.lang);
  for (const one of rows) one.text = plain(`${one.label} ${one.id} ${one.codes.join(" ")}`);
  const heads = new Map(all("th[data-sort]", table).map((head) => [head.dataset.sort, head]));
  const filters = new Map(all("[data-filter]").map((control) => [control.dataset.filter, control]));
  const compared = new Map(all("[data-compare]").map((control) => [control.dataset.compare, control]));
  const count = $(".explorer-count"), leftOut = $(".explorer-left-out"), bar = $(".explorer-bar");
  const periods = compared.size ? [...compared.get("since").options].map((option) => option.value) : [];
  const usually = (name) => (compared.size ? [...compared.get(name).options].find((option) => option.defaultSelected).value : "");

  const start = () => ({
    filters: new Map([...filters.keys()].map((name) => [name, ""])), sort: "chapter", chosen: [],
    since: usually("since"), until: usually("until"),
  });
  let view = start();

  // --- the view in the address
  const written = () => {
    const parts = new URLSearchParams(), usual = start();
    for (const [name, value] of view.filters) if (value) parts.set(name, value);
    if (view.sort !== usual.sort) parts.set("sort", view.sort);
    if (view.chosen.length) parts.set("chosen", view.chosen.join(","));
    for (const name of ["since", "until"]) if (view[name] !== usual[name]) parts.set(name, view[name]);
    const said = parts.toString();
    return said ? FIRST + said : "";
  };
  const remember = () => {
    // An anchor that a reader followed stays, until there is something to remember.
    const said = written();
    if (said || location.hash.startsWith(FIRST)) history.replaceState(null, "", location.href.split("#")[0] + said);
  };

  // Takes what it knows from an address, and returns what it had to leave out, each as a key of a sentence.
  const read = (hash) => {
    const found = start(), faults = new Map();
    const fault = (name, number = 1) => faults.set(name, (faults.get(name) || 0) + number);
    if (hash.length > LONGEST) return [found, new Map([["too_long", 1]])];
    const seen = new Set();
    for (const [name, value] of new URLSearchParams(hash.slice(FIRST.length))) {
      if (seen.has(name)) {
        fault("unknown");
      } else if (name === "q") {
        found.filters.set(name, value.slice(0, 200));
      } else if (filters.has(name)) {
        if ([...filters.get(name).options].some((option) => option.value === value)) found.filters.set(name, value);
        else fault("filter_gone");
      } else if (name === "sort") {
        if (heads.has(value.replace(/^-/, ""))) found.sort = value;
        else fault("filter_gone");
      } else if (name === "chosen") {
        const ids = [...new Set(value.split(","))].filter(Boolean), known = ids.filter((id) => byId.has(id));
        if (ids.length > known.length) fault("gone", ids.length - known.length);
        if (known.length > MOST) fault("most");
        found.chosen = known.slice(0, MOST);
      } else if (compared.has(name)) {
        if (periods.includes(value)) found[name] = value;
        else fault("filter_gone");
      } else {
        fault("unknown");
      }
      seen.add(name);
    }
    return [found, faults];
  };
  const confess = (faults, words) => [...faults].map(([name, number]) => {
    const said = words[`explorer.${name}${name === "gone" && number === 1 ? "_one" : ""}`];
    return fill(said, name === "most" ? MOST : number);
  }).join(document.documentElement.lang.startsWith("zh") ? "" : " ");

  // --- the table
  const fits = (one) => {
    const wanted = (name) => view.filters.get(name);
    const period = wanted("period"), status = wanted("status");
    return plain(wanted("q")).split(/\s+/).every((word) => one.text.includes(word)) &&
      (!wanted("chapter") || one.chapter === wanted("chapter")) &&
      (!wanted("code") || one.codes.includes(wanted("code"))) &&
      (!wanted("unit") || one.unit === wanted("unit")) &&
      (!(period || status) || one.values.some(([at, is]) => (!period || at === period) && (!status || is === status)));
  };
  const letters = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const amount = (one, column) => {
    const value = $("data", one.row.cells[column]);
    return value && value.value !== "" ? Number(value.value) : null;
  };
  const sort = () => {
    const back = view.sort.startsWith("-") ? -1 : 1, key = view.sort.replace(/^-/, "");
    const column = heads.get(key).cellIndex;
    // Figures of unlike units have no order: each unit stands by itself, and what has no figure comes last in it.
    const order = key.startsWith("period:")
      ? (a, b) => {
        const [one, other] = [amount(a, column), amount(b, column)];
        return letters.compare(a.unitName, b.unitName) || (one === null) - (other === null) || back * (one - other);
      }
      : key === "chapter" ? (a, b) => back * (a.place - b.place)
        : (a, b) => back * (key === "unit" ? letters.compare(a.unitName, b.unitName) : letters.compare(a.label, b.label));
    body.append(...[...rows].sort((a, b) => order(a, b) || a.place - b.place).map((one) => one.row));
    for (const [name, head] of heads) {
      if (name === key) head.setAttribute("aria-sort", back === 1 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  };
  let later = 0, sortedBy = "";
  const show = () => {
    let number = 0;
    for (const one of rows) {
      one.row.hidden = !fits(one);
      number += !one.row.hidden;
    }
    if (sortedBy !== view.sort) sort();
    sortedBy = view.sort;
    table.classList.toggle("empty", !number);
    // A reader who types is not interrupted at every letter.
    clearTimeout(later);
    later = setTimeout(async () => {
      remember();
      const words = await crossfoot.words();
      const said = fill(words["explorer.count"], number, rows.length) + (number ? "" : ` ${words["explorer.none"]}`);
      if (count.textContent !== said) count.textContent = said;
    }, 250);
  };

  // --- what is chosen
  // The bar leads back to the chart, so it is there only for a reader who is down in the table and sees no chart.
  const inView = new Set();
  const offer = () => {
    bar.hidden = !(view.chosen.length && inView.has("explorer") && !inView.has("chosen-part"));
    document.documentElement.classList.toggle("has-bar", !bar.hidden);
  };
  const watcher = new IntersectionObserver((parts) => {
    for (const part of parts) inView[part.isIntersecting ? "add" : "delete"](part.target.id);
    offer();
  });
  for (const id of ["explorer", "chosen-part"]) watcher.observe(document.getElementById(id));

  const loaded = () => Promise.all([crossfoot.words(), crossfoot.data(`explorer/${crossfoot.language}.js`)]);
  const draw = async () => {
    const chosen = view.chosen.map((id) => byId.get(id));
    for (const one of rows) one.box.checked = view.chosen.includes(one.id);
    let words, data;
    if (chosen.length) {
      try {
        [words, data] = await loaded();
      } catch {
        crossfoot.say($("[data-failed]").dataset.failed);
        return;
      }
    }
    if (chosen.some((one, at) => view.chosen[at] !== one.id) || view.chosen.length !== chosen.length) return; // asked again since
    $(".explorer-none").hidden = chosen.length > 0;
    $(".explorer-shown").hidden = !chosen.length;
    offer();
    if (!chosen.length) return;
    const known = new Map(data.indicators.map((one) => [one.id, one])), names = new Map(data.periods);
    $("output", bar).textContent = fill(words["explorer.chosen"], chosen.length);
    settle(data.pairs);
    $(".explorer-chart").replaceChildren(...charts(chosen, known, names, words));
    $(".explorer-numbers").replaceChildren(numbers(chosen, known, names, words));
  };

  // Only periods that can be compared are offered: the second list follows the first.
  const settle = (pairs) => {
    if (!periods.length) return;
    const after = (since) => pairs.filter((pair) => pair[0] === since).map((pair) => pair[1]);
    if (!after(view.since).length) view.since = usually("since");
    if (!after(view.since).includes(view.until)) view.until = after(view.since).at(-1);
    for (const option of compared.get("since").options) option.disabled = !after(option.value).length;
    for (const option of compared.get("until").options) option.disabled = !after(view.since).includes(option.value);
    put();
    remember();
  };

  // One drawing for each unit, all bars of a drawing on one scale that starts at zero. Every bar has its figure in words
  // beside it, so the bars themselves are only for the eye.
  const charts = (chosen, known, names, words) => {
    const units = new Map();
    for (const one of chosen) units.set(one.unit, [...(units.get(one.unit) || []), one]);
    return [...units.values()].map((group) => {
      const values = group.map((one) => known.get(one.id).values.filter((value) => value.value !== undefined));
      const ends = values.flat().flatMap((value) => [Number(value.value), Number(value.upto || value.value)]);
      const low = Math.min(0, ...ends), high = Math.max(0, ...ends), span = high - low || 1;
      const at = (value) => (100 * (value - low)) / span;
      const drawing = node("figure", {}, node("figcaption", {}, fill(words["explorer.chart"], group[0].unitName)));
      group.forEach((one, number) => {
        drawing.append(node("p", { class: "explorer-of" }, one.label));
        const bars = node("ul", { class: "explorer-bars" });
        for (const value of values[number]) {
          const piece = document.createElementNS(SVG, "svg");
          piece.setAttribute("aria-hidden", "true");
          const part = (from, to, kind) => {
            const shape = document.createElementNS(SVG, "rect");
            const box = { x: `${Math.min(at(from), at(to))}%`, width: `${Math.abs(at(to) - at(from))}%`, y: 0, height: "100%", class: kind };
            for (const [name, side] of Object.entries(box)) shape.setAttribute(name, side);
            piece.append(shape);
          };
          part(0, Number(value.value), "bar");
          if (value.upto) part(Number(value.value), Number(value.upto), "bar upto");
          const zero = document.createElementNS(SVG, "line");
          for (const [name, side] of Object.entries({ x1: `${at(0)}%`, x2: `${at(0)}%`, y1: 0, y2: "100%" })) zero.setAttribute(name, side);
          piece.append(zero);
          bars.append(node("li", {}, node("span", { class: "explorer-when" }, names.get(value.period)), piece,
            node("span", { class: "explorer-figure" }, value.shown, ...noted(value))));
        }
        drawing.append(bars.children.length ? bars : node("p", { class: "explorer-note" }, words["explorer.no_bars"]));
      });
      return drawing;
    });
  };
  const noted = (value) => (value.note ? [" ", node("span", { class: "explorer-note" }, value.note)] : []);

  const numbers = (chosen, known, names, words) => {
    const { since, until } = view;
    const titles = [words["explorer.indicator"], words["explorer.unit"],
      ...(periods.length ? [names.get(since), names.get(until), words["explorer.change"]] : [words["explorer.values"]])];
    const lines = chosen.map((one) => {
      const { values, changes } = known.get(one.id);
      const label = one.link ? node("a", { href: one.link.getAttribute("href") }, one.label) : one.label;
      const remove = node("button", { type: "button", "data-remove": one.id, "aria-label": fill(words["explorer.remove_one"], one.label) }, words["explorer.remove"]);
      const cell = (title, ...inside) => node("td", { "data-label": title }, node("div", {}, ...inside));
      const said = (value) => (value ? [value.shown, ...noted(value)] : [node("span", { class: "explorer-note" }, words["explorer.no_value"])]);
      const line = node("tr", {}, node("th", { scope: "row" }, label, " ", remove), cell(titles[1], one.unitName));
      if (!periods.length) {
        const list = values.map((value) => node("p", {}, ...fill(words["explorer.in_period"], names.get(value.period), "\0").split("\0").flatMap((part, end) => (end ? [...said(value), part] : [part]))));
        line.append(cell(titles[2], ...(list.length ? list : said())));
        return line;
      }
      const change = changes.find((found) => found.since === since && found.until === until);
      line.append(...[since, until].map((period, end) => cell(titles[2 + end], ...said(values.find((value) => value.period === period)))));
      line.append(cell(titles[4], ...(change
        ? [...(change.short ? [node("strong", {}, change.short), " "] : []), node("span", { class: "explorer-note" }, change.words || "")]
        : [node("span", { class: "explorer-note" }, words["explorer.no_change"])])));
      return line;
    });
    const head = node("tr", {}, ...titles.map((title) => node("th", { scope: "col" }, title)));
    return node("div", { class: "table stacked table-compare" }, node("div", { class: "table-frame" },
      node("table", {}, node("caption", { class: "visually-hidden" }, words["explorer.table"]), node("thead", {}, head), node("tbody", {}, ...lines))));
  };

  // What a reader has ticked stays under the finger while the chart grows above it.
  const choose = async (id, yes, held) => {
    const before = held && held.getBoundingClientRect().top;
    if (yes && view.chosen.length >= MOST) {
      byId.get(id).box.checked = false;
      crossfoot.words().then((words) => tell(fill(words["explorer.most"], MOST)));
      return;
    }
    view.chosen = yes ? [...view.chosen, id] : view.chosen.filter((one) => one !== id);
    remember();
    await draw();
    if (held) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
  };
  let silence = 0;
  const tell = (text) => {
    crossfoot.say(text);
    clearTimeout(silence);
    silence = setTimeout(() => crossfoot.say(""), 6000);
  };

  // --- the shown rows as a file
  const download = async () => {
    const [[words, data]] = await Promise.all([loaded(), crossfoot.load("save.js")]);
    const fields = ["period", "value", "upto", "unit", "qualifier", "status", "omission"];
    const known = new Map(data.indicators.map((one) => [one.id, one]));
    const lines = [["id", "label", ...fields]];
    for (const row of body.rows) {
      if (row.hidden) continue;
      const one = byId.get(row.dataset.id), { values, unit } = known.get(one.id);
      for (const value of values) lines.push([one.id, one.label, ...fields.map((name) => (name === "unit" ? unit : value[name] || ""))]);
    }
    crossfoot.save(`${words["explorer.file"]}.csv`, "text/csv;charset=utf-8", crossfoot.csv(lines));
  };

  const copy = async () => {
    remember();
    const words = await crossfoot.words(), box = $(".explorer-link"), field = $("input", box);
    try {
      await navigator.clipboard.writeText(location.href);
      tell(words["explorer.copied"]);
    } catch {
      // Some browsers hand the clipboard to no page opened from a folder: there the reader copies.
      box.hidden = false;
      field.value = location.href;
      field.focus();
      field.select();
      tell(words["explorer.copy_this"]);
    }
  };

  // --- what a reader does
  const put = () => {
    for (const [name, control] of filters) control.value = view.filters.get(name);
    for (const [name, control] of compared) control.value = view[name];
  };
  const acts = {
    reset: () => {
      view = { ...start(), chosen: view.chosen, since: view.since, until: view.until };
      leftOut.textContent = "";
      put();
      show();
    },
    clear: () => {
      view.chosen = [];
      remember();
      draw();
      table.querySelector("input").focus({ preventScroll: true });
    },
    see: () => {
      $("#chosen").scrollIntoView();
      $("#chosen").focus({ preventScroll: true });
    },
    csv: () => download().catch(() => crossfoot.say($("[data-failed]").dataset.failed)),
    copy,
  };
  for (const [name, control] of filters) {
    control.addEventListener("input", () => {
      view.filters.set(name, control.value);
      show();
    });
  }
  for (const [name, control] of compared) {
    control.addEventListener("change", () => {
      view[name] = control.value;
      draw();
    });
  }
  body.addEventListener("change", (event) => {
    const row = event.target.closest("tr");
    if (row) choose(row.dataset.id, event.target.checked, event.target);
  });
  addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]"), remove = event.target.closest("[data-remove]");
    if (act && Object.hasOwn(acts, act.dataset.act)) acts[act.dataset.act]();
    if (remove) {
      // The focus goes to the next one, and to the heading after the last.
      const at = view.chosen.indexOf(remove.dataset.remove);
      choose(remove.dataset.remove, false).then(() => (all("[data-remove]")[Math.min(at, view.chosen.length - 1)] || $("#chosen")).focus());
    }
  });
  for (const [name, head] of heads) {
    const title = head.textContent.trim();
    const button = node("button", { type: "button" }, ...head.childNodes);
    button.addEventListener("click", async () => {
      view.sort = view.sort === name ? `-${name}` : name;
      show();
      const words = await crossfoot.words();
      tell(fill(words[`explorer.sorted${name.startsWith("period:") ? "_units" : ""}`], title));
    });
    head.append(button);
  }
  // The other language shows the same view. This listener comes after the one in site.js, which keeps the place.
  for (const link of all(".languages a")) {
    link.addEventListener("click", () => {
      if (written()) link.hash = written();
    });
  }

  const restore = async () => {
    const [found, faults] = read(location.hash.startsWith(FIRST) ? location.hash : "");
    view = found;
    put();
    if (written() || sortedBy) show();
    draw();
    if (faults.size) remember();
    leftOut.textContent = faults.size ? confess(faults, await crossfoot.words()) : "";
  };
  addEventListener("hashchange", () => {
    if (location.hash.startsWith(FIRST)) restore();
  });
  restore();
})();
