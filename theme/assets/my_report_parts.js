// Cuts a part out of a page of the report and makes a clean copy of it: only elements and attributes on the lists below,
// built anew one by one, so that nothing that could run comes along, whatever the page or a stored copy holds.
(function () {
  "use strict";
  const crossfoot = window.crossfoot, mine = crossfoot.mine;
  if (mine.cut) return; // loaded by a tick before

  const list = function (names) { return new Set(names.split(" ")); };
  const SVG = "http://www.w3.org/2000/svg", HTML = document.documentElement.namespaceURI;
  const ELEMENTS = {
    [HTML]: list("section div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td " +
      "figure figcaption blockquote aside details summary span a strong em sup sub small cite code data time br wbr abbr"),
    [SVG]: list("svg g path text tspan line rect circle ellipse polyline polygon title desc")
  };
  const ATTRIBUTES = {
    [HTML]: list("class lang dir scope colspan rowspan value datetime hreflang aria-label aria-hidden start"),
    [SVG]: list("class lang viewBox width height d x y x1 y1 x2 y2 cx cy r rx ry points fill fill-opacity stroke " +
      "stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin opacity transform text-anchor " +
      "dominant-baseline font-size font-weight font-family aria-label aria-hidden")
  };
  const FACTS = list("data-figure data-period data-part data-unit data-upto data-qualifier data-omission data-label data-more");
  const ROLES = list("region note img group list listitem");
  const REFERENCES = list("aria-labelledby aria-describedby headers");
  const LEFT_OUT = ".tools, .tick-box, .needs-script, script, style, template";

  const level = function (element) { return element && /^H[1-6]$/.test(element.tagName) ? +element.tagName[1] : 0; };

  // The elements of *doc* that a part is made of, in order; null where it is not there. `keep` says which rows stay.
  const find = function (doc, part) {
    const main = doc.getElementById("main"), prose = main && main.querySelector(".prose");
    if (!prose) return null;
    if (!part.anchor) {
      const all = [...prose.children].filter(function (one) { return !one.matches(".footnotes, " + LEFT_OUT); });
      return all.length ? { elements: all, title: main.querySelector("h1"), shift: 1 } : null;
    }
    const found = doc.getElementById(part.anchor);
    if (!found || !prose.contains(found)) return null;
    if (part.sort === "table" && found.matches(".table")) {
      return { elements: [found], title: found.querySelector(".caption-title"), shift: 0 };
    }
    if (part.sort === "chart" && found.matches("figure")) {
      return { elements: [found], title: found.querySelector(".chart-title"), shift: 0 };
    }
    if (part.sort === "figure" && found.matches("tr")) {
      const keep = function (row) { return row === found || !row.closest("tbody"); };
      return { elements: [found.closest(".table")], title: found.querySelector("th"), shift: 0, keep: keep };
    }
    if (part.sort === "section" && level(found)) {
      const elements = [found];
      for (let at = found.nextElementSibling; at; at = at.nextElementSibling) {
        if (level(at) && level(at) <= level(found)) break;
        if (!at.matches(".footnotes")) elements.push(at);
      }
      return { elements: elements, title: found, shift: 2 - level(found) };
    }
    return null;
  };

  const idsIn = function (elements) {
    const ids = new Set();
    elements.forEach(function (one) {
      if (one.id) ids.add(one.id);
      one.querySelectorAll("[id]").forEach(function (below) { ids.add(below.id); });
    });
    return ids;
  };

  // Footnotes and editor's notes that the elements call and do not hold, and those that these call in turn.
  const notesOf = function (doc, elements) {
    const notes = [];
    for (let from = elements; from.length;) {
      const held = idsIn([...elements, ...notes]), more = [];
      from.forEach(function (one) {
        one.querySelectorAll("a[href*='#']").forEach(function (link) {
          const href = link.getAttribute("href");
          const note = href[0] === "#" && !held.has(href.slice(1)) && doc.getElementById(href.slice(1));
          if (note && note.matches(".editor-note, .notes-list > li") && !more.includes(note)) more.push(note);
        });
      });
      notes.push(...more);
      from = more;
    }
    return notes;
  };

  // Makes clean copies of elements that stood on the page at *base*. Their ids get *prefix*, their headings move by *shift*
  // levels, links to the site start from a page two folders below its root.
  const copier = function (base, ids, prefix, shift, keep) {
    const here = base.split("#")[0];
    const aim = function (raw) {
      let url = null;
      try {
        url = new URL(raw, base);
      } catch (spoilt) {
        return "";
      }
      const own = url.href.startsWith(crossfoot.root);
      if (!own) return /^https?:$/.test(url.protocol) ? url.href : "";
      const id = url.hash.slice(1);
      if (id && ids.has(id) && url.href.split("#")[0] === here) return "#" + prefix + id;
      const path = url.href.slice(crossfoot.root.length);
      return "../../" + (mine.inFolder ? path : path.replace(/(^|\/)index\.html(?=#|$)/, "$1"));
    };
    const attribute = function (from, to, name, value) {
      const space = from.namespaceURI;
      if (ATTRIBUTES[space].has(name) || FACTS.has(name)) {
        if (!/url\s*\(/i.test(value)) to.setAttribute(name, value);
      } else if (name === "id") {
        if (/^[\w-]+$/.test(value)) to.id = prefix + value;
      } else if (REFERENCES.has(name)) {
        const known = value.split(/\s+/).filter(function (id) { return ids.has(id); });
        if (known.length) to.setAttribute(name, known.map(function (id) { return prefix + id; }).join(" "));
      } else if (name === "role") {
        if (ROLES.has(value)) to.setAttribute(name, value);
      } else if (name === "tabindex") {
        if (value === "0") to.tabIndex = 0;
      } else if (name === "href" && space === HTML && from.localName === "a") {
        const href = aim(value);
        if (href) to.setAttribute("href", href);
        if (/^http/.test(href)) to.rel = "external noreferrer";
      }
    };
    const copy = function (from) {
      if (from.nodeType === Node.TEXT_NODE) return document.createTextNode(from.data);
      if (from.nodeType !== Node.ELEMENT_NODE) return null;
      const space = from.namespaceURI, name = from.localName;
      if (!ELEMENTS[space] || !ELEMENTS[space].has(name) || from.matches(LEFT_OUT)) return null;
      if (keep && name === "tr" && !keep(from)) return null;
      // The way back from a note to a mark that did not come along.
      if (from.matches("a.back") && !ids.has((from.getAttribute("href") || "").slice(1))) return null;
      const high = level(from);
      const to = document.createElementNS(space, high ? "h" + Math.min(6, Math.max(2, high + shift)) : name);
      for (const one of from.attributes) attribute(from, to, one.name, one.value);
      for (const below of from.childNodes) {
        const made = copy(below);
        if (made) to.append(made);
      }
      return name === "tbody" && !to.children.length ? null : to;
    };
    return copy;
  };

  // The part as a clean fragment with what it is called, as it stands on the page *doc* at *base*; null where it is gone.
  mine.cut = function (doc, base, part, prefix) {
    const found = find(doc, part);
    if (!found) return null;
    const { elements, title, shift, keep } = found, notes = notesOf(doc, elements);
    const copy = copier(base, idsIn([...elements, ...notes]), prefix, shift, keep);
    const content = document.createDocumentFragment();
    if (!part.anchor && title) {
      const heading = document.createElement("h2");
      heading.textContent = mine.words(title);
      content.append(heading);
    }
    elements.forEach(function (one) {
      const made = copy(one);
      if (made) content.append(made);
    });
    const asides = notes.filter(function (one) { return one.matches(".editor-note"); });
    const lines = notes.filter(function (one) { return !one.matches(".editor-note"); });
    [[asides, "div", "editor-notes"], [lines, "ol", "notes-list chosen-notes"]].forEach(function ([some, tag, look]) {
      if (!some.length) return;
      const box = document.createElement(tag);
      box.className = look;
      some.forEach(function (one) {
        const made = copy(one);
        if (made) box.append(made);
      });
      content.append(box);
    });
    // The page of a figure carries the figure's own name; its chapter is the last page above it.
    const chapter = part.anchor ? doc.querySelector("h1") : [...doc.querySelectorAll(".crumbs a")].pop();
    return {
      content: content,
      title: title ? mine.words(title) : "",
      chapter: chapter ? mine.words(chapter) : "",
      version: doc.documentElement.dataset.version || ""
    };
  };

  // A copy of a part of this very page, to be stored: its HTML, and before it the title of the page.
  mine.copy = function (part) {
    const cut = mine.cut(document, location.href, part, "");
    if (!cut) return "";
    const box = document.createElement("div");
    box.append(Object.assign(document.createElement("h1"), { textContent: cut.chapter }), cut.content);
    return box.innerHTML;
  };

  // A stored copy, cleaned again: whoever can write into the browser's storage can write anything into it.
  mine.paste = function (html, part, prefix) {
    const doc = new DOMParser().parseFromString(html, "text/html"), first = doc.querySelector("h1");
    if (first) first.remove();
    const elements = [...doc.body.children];
    const copy = copier(crossfoot.root + crossfoot.language + "/my-report/index.html", idsIn(elements), prefix, 0);
    const content = document.createDocumentFragment();
    elements.forEach(function (one) {
      const made = copy(one);
      if (made) content.append(made);
    });
    return { content: content, title: part.title, chapter: first ? first.textContent.slice(0, 300) : "", version: part.version };
  };
})();
