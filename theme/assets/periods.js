// The years of a table: which of them are shown, and how two of them compare. Loaded when a reader asks for it.
// All words and changes come ready from the build; nothing is reckoned here.
(function () {
  "use strict";
  const crossfoot = window.crossfoot;
  let count = 0;

  const make = function (tag, properties, children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...(children || []));
    return made;
  };

  const fill = function (text, gaps) {
    return text.replace(/\{(\w*)\}/g, function (gap, name) { return name in gaps ? gaps[name] : gap; });
  };

  const panel = function (control, box, words, data) {
    const say = function (key, gaps) { return fill(words["editions." + key], gaps || {}); };
    const table = box.querySelector("table"), frame = box.querySelector(".table-frame");
    const head = table.tHead.rows[0], rows = [...table.tBodies].flatMap(function (body) { return [...body.rows]; });
    const spans = rows.filter(function (row) { return row.cells.length === 1; });
    const cols = [...table.querySelectorAll("col")], width = head.cells.length, scrolled = box.classList.contains("scrolls");
    const columns = [...head.cells].map(function (cell) { return cell.dataset.period || ""; });
    const label = Object.fromEntries(data.periods.map(function (one) { return [one.id, one.label]; }));
    const id = "periods-" + (count += 1);
    const status = make("p", { className: "periods-said" });
    status.setAttribute("role", "status");

    const ticks = data.periods.map(function (one) {
      const tick = make("input", { type: "checkbox", checked: true, value: one.id });
      tick.addEventListener("change", function () {
        if (!ticks.some(function (other) { return other.checked; })) {
          tick.checked = true;
          status.textContent = say("keep");
          return;
        }
        show();
        status.textContent = say("visible", { "": shown().map(function (period) { return label[period]; }).join(words["editions.comma"]) });
      });
      return tick;
    });
    const shown = function () {
      return ticks.filter(function (tick) { return tick.checked; }).map(function (tick) { return tick.value; });
    };

    const choice = function (name, none) {
      const options = data.periods.map(function (one) { return make("option", { value: one.id, textContent: one.label }); });
      if (none) options.unshift(make("option", { value: "", textContent: none }));
      const select = make("select", { id: id + name }, options);
      select.addEventListener("change", function () {
        show();
        const found = pair(), gaps = { from: label[from.value], to: label[until.value] };
        if (Array.isArray(found)) frame.scrollLeft = frame.scrollWidth;
        // Where the two periods are not alike, the build says why.
        status.textContent = typeof found === "string" ? found : say(!from.value ? "removed" : found ? "done" : "order", gaps);
      });
      return select;
    };
    const from = choice("-from", say("none")), until = choice("-to");
    until.value = data.periods[data.periods.length - 1].id;

    // The changes between the two chosen periods, a row each; a sentence where they are not compared; nothing where the first
    // is not before the second.
    const pair = function () { return from.value && data.changes[from.value + ">" + until.value]; };

    const show = function () {
      const seen = shown(), found = pair(), changes = Array.isArray(found) ? found : null;
      columns.forEach(function (period, at) {
        const hidden = period !== "" && !seen.includes(period);
        if (cols[at]) cols[at].hidden = hidden;
        [head, ...rows].forEach(function (row) { if (!spans.includes(row)) row.cells[at].hidden = hidden; });
      });
      box.querySelectorAll(".period-change").forEach(function (old) { old.remove(); });
      if (changes) {
        const title = say("change", { from: label[from.value], to: label[until.value] });
        head.append(make("th", { className: "period-change", scope: "col", textContent: title }));
        table.querySelector("colgroup").append(make("col", { className: "period-change" }));
        rows.forEach(function (row, at) {
          if (!changes[at]) return;
          const [text, note] = changes[at];
          const cell = make("td", { className: "period-change" }, text ? [text] : []);
          if (note) cell.append(make("small", { textContent: note }));
          row.append(cell);
        });
      }
      const gone = columns.filter(function (period) { return period !== "" && !seen.includes(period); }).length;
      spans.forEach(function (row) { row.cells[0].colSpan = width - gone + (changes ? 1 : 0); });
      // One column more may be more than a phone holds.
      box.classList.toggle("scrolls", scrolled || !!changes);
      frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
    };

    const labelled = ticks.map(function (tick) { return make("label", {}, [tick, " " + label[tick.value]]); });
    const made = make("div", { id: id, className: "periods-panel" }, [
      make("fieldset", {}, [make("legend", { textContent: say("shown") }), ...labelled]),
      make("p", {}, [
        make("span", {}, [make("label", { htmlFor: from.id, textContent: say("from") }), from]),
        make("span", {}, [make("label", { htmlFor: until.id, textContent: say("to") }), until])
      ]),
      status
    ]);
    control.parentElement.after(made);
    control.setAttribute("aria-controls", id);
    return made;
  };

  const panels = new WeakMap();
  crossfoot.feature("periods", function (control) {
    const open = function (made) {
      made.hidden = control.getAttribute("aria-expanded") === "true";
      control.setAttribute("aria-expanded", String(!made.hidden));
    };
    if (panels.has(control)) return panels.get(control).then(open);
    const path = "periods/" + crossfoot.language + "/" + control.dataset.name + ".js";
    const made = Promise.all([crossfoot.words(), crossfoot.data(path)]).then(function (found) {
      return panel(control, control.closest(".table"), found[0], found[1]);
    });
    panels.set(control, made);
    return made.then(open, function (failure) {
      panels.delete(control);  // so that it can be tried again
      throw failure;
    });
  });
})();
