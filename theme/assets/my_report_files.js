// Makes files of the chosen parts: one page that needs nothing else, and their figures as CSV and JSON. Nothing is sent
// anywhere; the browser hands each file to the reader as a download.
(function () {
  "use strict";
  const crossfoot = window.crossfoot, mine = crossfoot.mine;
  const KINDS = {
    page: { ending: "html", type: "text/html;charset=utf-8" },
    csv: { ending: "csv", type: "text/csv;charset=utf-8" },
    json: { ending: "json", type: "application/json" }
  };

  // -- the figures ---------------------------------------------------------------------------------------

  // Every figure that stands in a part, once: as programs read it, and as the part shows it. A figure that is not disclosed
  // has no value and says why.
  const figures = function (parts, facts) {
    const found = new Map();
    parts.forEach(function (one) {
      one.section.querySelectorAll("data.value[data-figure], .absent[data-figure]").forEach(function (figure) {
        const fact = figure.dataset, known = Object.hasOwn(facts.figures, fact.figure) ? facts.figures[fact.figure] : [];
        const row = {
          id: fact.figure,
          label: known[0] || "",
          period: fact.period || "",
          part: fact.part || "",
          value: figure.getAttribute("value") || "",
          upto: fact.upto || "",
          unit: fact.unit || "",
          qualifier: fact.qualifier || "",
          omission: fact.omission || "",
          shown: figure.textContent.trim(),
          address: known[2] || ""
        };
        const key = [row.id, row.period, row.part, row.value, row.upto, row.qualifier, row.omission].join("\n");
        if (!found.has(key)) found.set(key, row);
      });
    });
    return [...found.values()];
  };

  const csv = function (rows, words) {
    const keys = Object.keys(rows[0]), head = keys.map(function (key) { return words["my_report.col_" + key]; });
    return crossfoot.csv([head, ...rows.map(function (row) { return keys.map(function (key) { return row[key]; }); })]);
  };
  const json = function (rows, parts, facts) {
    const told = {};
    ["title", "organisation", "disclaimer", "source", "licence"].forEach(function (key) { told[key] = facts[key]; });
    told.language = document.documentElement.lang;
    told.data_version = facts.version;
    told.parts = parts.map(function (one) {
      return { title: one.got.title, chapter: one.got.chapter, sort: one.part.sort, page: one.part.page, anchor: one.part.anchor };
    });
    told.figures = rows;
    return JSON.stringify(told, null, 1) + "\n";
  };

  // -- one page ------------------------------------------------------------------------------------------

  // Where a link of the site leads from a reader's disk: to the published site, where its address is known.
  const outward = function (link, facts) {
    const raw = link.getAttribute("href");
    if (!raw || raw[0] === "#" || /^https?:/.test(raw)) return;
    const path = new URL(raw, location.href).href.slice(crossfoot.root.length);
    const root = facts.site || (mine.inFolder ? "" : crossfoot.root);
    if (root) link.setAttribute("href", root + path.replace(/(^|\/)index\.html(?=#|$)/, "$1"));
    else link.removeAttribute("href");
  };

  const page = function (parts, facts, styles, words) {
    const doc = document.implementation.createHTMLDocument(facts.title);
    const make = function (tag, look, text) {
      const made = doc.createElement(tag);
      if (look) made.className = look;
      if (text) made.textContent = text;
      return made;
    };
    const meta = function (facts_) {
      const made = doc.createElement("meta");
      Object.entries(facts_).forEach(function ([key, value]) { made.setAttribute(key, value); });
      doc.head.append(made);
    };
    doc.documentElement.lang = document.documentElement.lang;
    meta({ charset: "utf-8" });
    meta({ "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" });
    meta({ name: "viewport", content: "width=device-width, initial-scale=1" });
    meta({ name: "color-scheme", content: "light dark" });
    doc.body.className = "sheet kept-page";
    const main = make("main"), prose = make("div", "prose"), box = make("div", "my-report");
    main.id = "main";
    if (facts.organisation) main.append(make("p", "kept-organisation", facts.organisation));
    if (facts.disclaimer) main.append(make("p", "disclaimer", facts.disclaimer));
    main.append(make("h1", "", facts.title), make("p", "lede", words["my_report.excerpt"]));
    const list = make("ol", "my-report-list"), body = make("div", "my-report-document");
    parts.forEach(function (one) {
      const part = doc.importNode(one.section, true), line = make("li"), name = make("p", "my-report-name");
      const link = make("a", "", one.got.title);
      link.href = "#" + part.id;
      name.id = part.getAttribute("aria-labelledby");
      if (part.lang) name.lang = part.lang;
      name.append(link);
      line.append(name, make("p", "my-report-facts", document.getElementById(name.id).nextElementSibling.textContent));
      list.append(line);
      part.querySelectorAll("a[href]").forEach(function (a) { outward(a, facts); });
      body.append(part);
    });
    const ends = [...facts.lines, document.querySelector(".my-report-version")?.textContent].filter(Boolean);
    box.append(make("h2", "", words["my_report.contents"]), list);
    ends.forEach(function (text) { box.append(make("p", "my-report-version", text)); });
    box.append(body);
    prose.append(box);
    main.append(prose);
    doc.body.replaceChildren(main);
    // Written into the text: this site's own policy allows no style elements, not even in a document that is never shown.
    const look = styles.map(function (text, i) {
      const media = i === styles.length - 1 ? ' media="print"' : "";
      return "<style" + media + ">\n" + text.replaceAll("</", "<\\/") + "</style>\n";
    });
    const html = doc.documentElement.outerHTML, head = html.indexOf("</head>");
    return "<!doctype html>\n" + html.slice(0, head) + look.join("") + html.slice(head) + "\n";
  };

  // Makes the file of *kind* of *parts*, each as it was chosen, got and shown; returns what to say.
  mine.save = async function (kind, parts, words) {
    if (!parts.length) return words["my_report.nothing_to_save"];
    const facts = await crossfoot.data("my-report/" + crossfoot.language + ".js");
    const name = "my-report-" + crossfoot.language + "." + KINDS[kind].ending, type = KINDS[kind].type;
    if (kind === "page") {
      crossfoot.save(name, type, page(parts, facts, await crossfoot.data("my-report/styles.js"), words));
    } else {
      const rows = figures(parts, facts);
      if (!rows.length) return words["my_report.no_figures"];
      crossfoot.save(name, type, kind === "csv" ? csv(rows, words) : json(rows, parts, facts));
    }
    return words["my_report.saved"].replace("{}", name);
  };
})();
