// Opens a chart as an interactive one, in place of its drawing: words at each point, series on and off, pictures and
// data to take away. Vega, the chart and the words come only when a reader asks; every string in them is ready.
(function () {
  "use strict";
  const { crossfoot } = window;

  // The narrow drawing serves below 36rem, as the stylesheet has it for the plain one.
  const WIDE = 36;
  // How far from a mark, in px, a pointer still means it.
  const NEAR = 24;
  const MARGIN = 24;
  // More switches than this stay folded until a reader asks for them.
  const MANY = 6;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // --- the drawing: what is switched off leaves it, and what stands below closes up

  const closing = (layout, on) => {
    const gone = layout.bands.filter((band) => !band.of.some((one) => on[one])).sort((a, b) => a.top - b.top);
    const apart = [];
    for (const band of gone) if (!apart.length || band.top >= apart[apart.length - 1].bottom) apart.push(band);
    return (y) => apart.reduce((sum, { top, bottom }) => sum + Math.max(0, Math.min(y, bottom) - top), 0);
  };

  const arranged = (layout, on) => {
    const lost = closing(layout, on), spec = structuredClone(layout.vega);
    for (const data of spec.data) {
      if (!data.values) continue;
      data.values = data.values.filter(({ of }) => !of || !of.length || of.some((one) => on[one]));
      if (layout.scaled.includes(data.name)) continue;
      for (const row of data.values) {
        for (const key of ["y", "y2"]) if (key in row) row[key] -= lost(row[key]);
      }
    }
    for (const scale of spec.scales || []) {
      if (scale.name.endsWith("_y")) scale.range = scale.range.map((y) => y - lost(y));
    }
    spec.height -= lost(spec.height);
    if (layout.fit) grown(spec, layout.fit, on);
    return spec;
  };

  // Bars grow when longer ones are switched off, as far as the values after them leave room.
  const grown = (spec, { high, start, end, room, needs }, on) => {
    const whole = end - start;
    const top = Math.max(...needs.filter(([one]) => on[one])
      .map(([one, value, need]) => (value * whole) / (Math.min(end, room - need) - start)));
    if (!(top > 0)) return;
    for (const scale of spec.scales || []) if (scale.name.endsWith("_x")) scale.domain = [0, top];
    for (const { values } of spec.data) {
      for (const row of values || []) if ("by" in row) row.x += row.by * whole * (1 / top - 1 / high);
    }
  };

  const viewed = (spec, drawing, options) => new vega.View(vega.parse(spec, null, { ast: true }), {
    expr: vegaInterpreter.expressionInterpreter,
    locale: drawing.locale,
    logLevel: vega.Error,
    hover: false,
    tooltip: () => 0,
    ...options
  });

  // With real fonts, and on paper with real colours: a picture taken away knows nothing of the page.
  const dressed = (spec, font, paper) => JSON.parse(JSON.stringify(spec), (key, value) => {
    if (value === "@font") return font;
    return paper && typeof value === "string" ? value.replace(/^var\((--[\w-]+)\)$/, (all, name) => paper[name] || all) : value;
  });

  // --- where each point stands in the drawing

  const boxes = (view) => {
    const found = new Map();
    const visit = (mark, x, y) => {
      for (const item of mark.items) {
        if (item.items) for (const inner of item.items) visit(inner, x + (item.x || 0), y + (item.y || 0));
        const of = item.datum && item.datum.of;
        if (item.items || !of || of.length !== 1) continue;
        // A line is one shape with a corner at each point.
        const { x1, y1, x2, y2 } = mark.marktype === "line"
          ? { x1: item.x - 4, y1: item.y - 4, x2: item.x + 4, y2: item.y + 4 } : item.bounds;
        const box = { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y, text: mark.marktype === "text" };
        found.set(of[0], [...(found.get(of[0]) || []), box]);
      }
    };
    visit(view.scenegraph().root, 0, 0);
    return found;
  };

  const area = (box) => Math.max(box.x2 - box.x1, 1) * Math.max(box.y2 - box.y1, 1);

  const around = (all) => ({
    x1: Math.min(...all.map((box) => box.x1)), y1: Math.min(...all.map((box) => box.y1)),
    x2: Math.max(...all.map((box) => box.x2)), y2: Math.max(...all.map((box) => box.y2))
  });

  // One frame around all that shows a point, or around its largest row of marks where that would take in other points too.
  const framed = (all) => {
    const whole = around(all), sum = all.reduce((total, box) => total + area(box), 0);
    if (area(whole) <= 2 * sum || whole.y2 - whole.y1 < 44) return whole;
    const marks = all.filter((box) => !box.text), rows = new Map();
    for (const box of marks.length ? marks : all) {
      const row = Math.round((box.y1 + box.y2) / 8);
      rows.set(row, [...(rows.get(row) || []), box]);
    }
    return [...rows.values()].map(around).reduce((one, other) => (area(other) > area(one) ? other : one));
  };

  const distance = (box, x, y) =>
    Math.hypot(Math.max(box.x1 - x, 0, x - box.x2), Math.max(box.y1 - y, 0, y - box.y2));

  // --- what a reader takes away

  const picture = (chart, drawing, on, font) => {
    const layout = chart.layouts[0], spec = arranged(layout, on), lines = [];
    const set = (rows, colour, start) => rows.reduce((y, [text, size]) => {
      const down = y + size * 1.45;
      lines.push({ text, size, y: down - size * 0.35, bold: size > 14 ? "bold" : "normal", colour: size > 14 ? "var(--ink)" : colour });
      return down;
    }, start);
    const above = set(layout.above, "var(--ink-quiet)", 0) + 16;
    lines.forEach((line) => { line.y -= above; });
    const below = set(layout.below, "var(--ink-quiet)", spec.height + 12) - spec.height;
    spec.data.push({ name: "around", values: lines });
    spec.marks.push({
      type: "text",
      from: { data: "around" },
      encode: { enter: {
        x: { value: 0 }, y: { field: "y" }, text: { field: "text" }, font: { value: "@font" },
        fontSize: { field: "size" }, fontWeight: { field: "bold" }, fill: { field: "colour" }
      } }
    });
    spec.background = "var(--paper)";
    spec.padding = { left: MARGIN, right: MARGIN, top: above + MARGIN, bottom: below + MARGIN };
    return viewed(dressed(spec, font, drawing.paper), drawing, { renderer: "none" });
  };

  const svgOf = (chart, words) => {
    const root = new DOMParser().parseFromString(words, "image/svg+xml").documentElement;
    const said = (name, text) => {
      const element = document.createElementNS(root.namespaceURI, name);
      element.textContent = text;
      return element;
    };
    // Vega names its groups in English for screen readers; title and description say it better.
    for (const group of root.querySelectorAll("[aria-roledescription], [role]")) {
      group.removeAttribute("aria-roledescription");
      group.removeAttribute("role");
    }
    root.setAttribute("role", "img");
    root.setAttribute("lang", chart.tag);
    root.prepend(said("title", chart.title), said("desc", chart.description));
    return new XMLSerializer().serializeToString(root);
  };

  // --- the chart on the page

  const open = (control, words, chart, drawing) => {
    const figure = control.closest("figure"), plain = figure.querySelector(".drawing");
    const font = getComputedStyle(figure).fontFamily;
    const on = chart.points.map(() => true);
    const off = new Set();
    let view, layout, places = new Map(), current = -1, pointed = false, leaving = 0;

    const canvas = make("div", { class: "canvas", "aria-hidden": "true" });
    const leads = chart.points.some((one) => one.href);
    const help = make("p", { class: "interactive-keys", id: `${figure.id}-keys` },
      words[leads ? "interactive.keys" : "interactive.keys_only"]);
    const list = make("div", {
      class: "points", role: "listbox", tabindex: "0", "aria-describedby": help.id,
      "aria-label": words["interactive.points"].replace("{}", chart.title)
    });
    const options = chart.points.map((point, index) => make("div", {
      class: "point", role: "option", id: `${figure.id}-point-${index}`, "aria-selected": "false", "aria-label": point.said
    }));
    const tip = make("div", { class: "tip", hidden: "" });
    const stage = make("div", { class: "stage" }, canvas, list, tip);
    const switches = make("div", { class: "switches", role: "group", "aria-label": words["interactive.show"] });
    const folded = make("details", { class: "switching" }, make("summary", {}, words["interactive.show"]), switches);
    folded.open = chart.names.length <= MANY;
    const button = (name, text, act) => {
      const element = make("button", { type: "button", "data-act": name }, text);
      element.addEventListener("click", act);
      return element;
    };

    const hide = () => {
      tip.hidden = true;
      if (current >= 0) options[current].setAttribute("aria-selected", "false");
      list.removeAttribute("aria-activedescendant");
      current = -1;
    };

    const point = (index, byPointer) => {
      hide();
      current = index;
      pointed = byPointer;
      const { place, shown, notes, href } = chart.points[index], option = options[index];
      option.setAttribute("aria-selected", "true");
      list.setAttribute("aria-activedescendant", option.id);
      tip.replaceChildren(
        make("p", { class: "tip-name" }, place),
        make("p", { class: "tip-value" }, shown),
        ...notes.map((note) => make("p", { class: "tip-note" }, note))
      );
      if (href) tip.append(make("a", { href: addressOf(href) }, words["interactive.evidence"]));
      tip.hidden = false;
      // Over the point, where no controls stand; below it only where the screen ends. Never beyond the sides.
      const frame = stage.getBoundingClientRect(), box = option.getBoundingClientRect();
      const middle = (box.left + box.right) / 2 - frame.left - tip.offsetWidth / 2;
      const above = box.top - tip.offsetHeight - 8;
      tip.style.left = `${Math.max(0, Math.min(middle, frame.width - tip.offsetWidth))}px`;
      tip.style.top = `${(above >= 0 ? above : box.bottom + 8) - frame.top}px`;
    };

    const draw = () => {
      hide();
      const wide = stage.clientWidth >= WIDE * parseFloat(getComputedStyle(document.documentElement).fontSize);
      layout = chart.layouts[wide ? 0 : 1];
      stage.classList.toggle("slim", !wide);
      if (view) view.finalize();
      const spec = arranged(layout, on);
      view = viewed(dressed(spec, font), drawing, { renderer: "svg", container: canvas });
      view.run();
      const svg = canvas.querySelector("svg");
      svg.setAttribute("viewBox", `0 0 ${spec.width} ${spec.height}`);
      svg.removeAttribute("width");
      svg.removeAttribute("height");
      places = boxes(view);
      list.replaceChildren(...options.filter((option, index) => on[index]));
      options.forEach((option, index) => {
        const box = places.has(index) ? framed(places.get(index)) : { x1: 0, y1: spec.height, x2: 0, y2: spec.height };
        const share = (px, whole) => `${(100 * px) / whole}%`;
        option.style.left = share(box.x1, spec.width);
        option.style.top = share(box.y1, spec.height);
        option.style.width = share(box.x2 - box.x1, spec.width);
        option.style.height = share(box.y2 - box.y1, spec.height);
      });
      stage.dataset.layout = wide ? "wide" : "narrow";
    };

    const aimed = (event) => {
      const frame = canvas.getBoundingClientRect(), scale = layout.vega.width / frame.width;
      const x = (event.clientX - frame.left) * scale, y = (event.clientY - frame.top) * scale;
      let best = -1, least = NEAR;
      for (const [index, all] of places) {
        for (const box of all) {
          const far = distance(box, x, y) + (box.text ? 0.5 : 0);
          if (far < least) [best, least] = [index, far];
        }
      }
      return best;
    };

    list.addEventListener("pointermove", (event) => {
      const index = event.pointerType === "mouse" ? aimed(event) : -1;
      if (index >= 0 && index !== current) point(index, true);
    });
    list.addEventListener("click", (event) => {
      const index = aimed(event);
      if (index >= 0) point(index, true);
      else hide();
    });
    // Words that a pointer called stay for a moment, so that it can reach the link in them.
    stage.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && pointed) leaving = setTimeout(hide, 300);
    });
    stage.addEventListener("pointerenter", () => clearTimeout(leaving));
    stage.addEventListener("focusout", (event) => { if (!stage.contains(event.relatedTarget)) hide(); });
    stage.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    list.addEventListener("keydown", (event) => {
      const shown = chart.points.map((one, index) => index).filter((index) => on[index]);
      const at = shown.indexOf(current), last = shown.length - 1;
      const next = {
        ArrowDown: Math.min(at + 1, last), ArrowRight: Math.min(at + 1, last),
        ArrowUp: at < 0 ? last : Math.max(at - 1, 0), ArrowLeft: at < 0 ? last : Math.max(at - 1, 0),
        Home: 0, End: last
      }[event.key];
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (next !== undefined) {
        event.preventDefault();
        point(shown[next], false);
        options[current].scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter" && current >= 0 && chart.points[current].href) {
        location.href = addressOf(chart.points[current].href);
      }
    });

    for (const name of chart.names) {
      const box = make("input", { type: "checkbox" });
      box.checked = true;
      box.addEventListener("change", () => {
        if (!box.checked && off.size === chart.names.length - 1) {
          box.checked = true;
          crossfoot.say(words["interactive.last"]);
          return;
        }
        crossfoot.say("");
        if (box.checked) off.delete(name);
        else off.add(name);
        chart.points.forEach((one, index) => { on[index] = !off.has(one[chart.by]); });
        draw();
      });
      switches.append(make("label", {}, box, make("span", {}, name)));
    }

    const saves = {
      SVG: () => picture(chart, drawing, on, font).toSVG().then((svg) =>
        crossfoot.save(`${chart.file}.svg`, "image/svg+xml", svgOf(chart, svg))),
      PNG: () => picture(chart, drawing, on, font).toCanvas(2).then((sheet) =>
        sheet.toBlob((blob) => crossfoot.save(`${chart.file}.png`, "image/png", blob), "image/png")),
      CSV: () => crossfoot.save(`${chart.file}.csv`, "text/csv;charset=utf-8",
        [chart.csv, ...chart.points.filter((one, index) => on[index]).map((one) => one.csv)].join(""))
    };
    const close = () => {
      sizes.disconnect();
      if (view) view.finalize();
      box.remove();
      figure.classList.remove("opened");
      control.hidden = false;
      control.focus();
    };
    const acts = make("div", { class: "acts" }, make("span", {}, words["interactive.save"]),
      ...Object.entries(saves).map(([name, act]) => button(name, name, act)),
      button("close", words["interactive.close"], close));
    const box = make("div", { class: "interactive" }, stage, help, ...(chart.names.length ? [folded] : []), acts);

    // Nothing is changed on the page before the drawing stands.
    plain.after(box);
    figure.classList.add("opened");
    const sizes = new ResizeObserver(() => {
      const wide = stage.clientWidth >= WIDE * parseFloat(getComputedStyle(document.documentElement).fontSize);
      if (stage.clientWidth && stage.dataset.layout !== (wide ? "wide" : "narrow")) draw();
    });
    try {
      draw();
    } catch (error) {
      close();
      throw error;
    }
    sizes.observe(stage);
    control.hidden = true;
    list.focus({ preventScroll: true });
    crossfoot.say("");
  };

  const addressOf = (path) => crossfoot.root + (/^http/.test(location.protocol) ? path.replace(/index\.html(?=#|$)/, "") : path);

  crossfoot.feature("interactive", (control) => {
    if (control.closest("figure.opened")) return undefined;
    return Promise.all([
      crossfoot.words(), crossfoot.data(control.dataset.chart), crossfoot.data(`charts/${crossfoot.language}/drawing.js`),
      crossfoot.load("vendor/vega.js"), crossfoot.load("vendor/vega-interpreter.js"), crossfoot.load("save.js")
    ]).then((come) => open(control, ...come)).catch(() => {
      crossfoot.say(document.querySelector("[role=status]").dataset.failed);
    });
  });
})();
