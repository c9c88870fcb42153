// The page "My report": the list of what was chosen, and below it those parts as one document. On a server each part is
// fetched from its page, so that nothing is stale; in a folder, where nothing can be fetched, the copy kept with it is shown.
(function () {
  "use strict";
  const crossfoot = window.crossfoot, mine = crossfoot.mine, box = document.querySelector(".my-report");
  const pages = new Map(), shown = new Map();
  let words = {}, parts = [], before = null, notice = "", count = 0;

  const say = function (key, ...values) {
    return values.reduce(function (said, value) {
      return said.replace("{}", function () { return value; });
    }, words["my_report." + key]);
  };
  const make = function (tag, look, ...content) {
    const made = document.createElement(tag);
    if (look) made.className = look;
    made.append(...content);
    return made;
  };
  const button = function (said, act) {
    const made = make("button", "", said);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const address = function (language, part) {
    return crossfoot.root + language + "/" + (part.page === "index" ? "" : part.page + "/") + "index.html";
  };

  // The page at *url*: its document, null where there is none; fails where nothing answers.
  const page = function (url) {
    if (!pages.has(url)) {
      pages.set(url, fetch(url, { credentials: "same-origin" }).then(async function (answer) {
        if (answer.status >= 500) throw new Error(url);
        if (!answer.ok || !answer.url.startsWith(crossfoot.root)) return null;
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      }).catch(function (failed) {
        pages.delete(url);
        throw failed;
      }));
    }
    return pages.get(url);
  };

  // The other languages, by the language switch of this page.
  const elsewhere = async function (part) {
    for (const link of document.querySelectorAll(".languages a:not([aria-current])")) {
      const other = link.href.slice(crossfoot.root.length).split("/")[0];
      if (!link.href.startsWith(crossfoot.root) || !/^[A-Za-z-]+$/.test(other)) continue;
      if (await page(address(other, part))) {
        return { href: address(other, part), lang: link.lang, text: link.textContent };
      }
    }
    return null;
  };

  // What is to be shown of a part: a clean copy, or why there is none.
  const load = async function (part, prefix) {
    if (mine.inFolder) {
      if (!part.copy) return { fault: "no_copy" };
      const cut = mine.paste(part.copy, part, prefix), html = document.documentElement;
      if (part.language !== html.lang) Object.assign(cut, { remark: "kept_in", lang: part.language });
      if (part.version !== html.dataset.version) cut.remark = "kept";
      return cut;
    }
    try {
      const url = address(crossfoot.language, part), doc = await page(url);
      if (!doc) return { fault: "gone_page", other: await elsewhere(part) };
      const cut = mine.cut(doc, url, part, prefix);
      if (!cut) return { fault: "gone_part" };
      if (part.version && part.version !== cut.version) cut.remark = "updated";
      return cut;
    } catch (failed) {
      return { fault: "unreachable" };
    }
  };

  // -- what the reader does ------------------------------------------------------------------------------

  const change = function (next, said) {
    const old = parts;
    if (!mine.write(next)) {
      mine.tell(say("refused"));
      return false;
    }
    parts = next;
    before = old;
    render();
    mine.tell(said);
    return true;
  };
  const remove = function (at) {
    const name = title(parts[at]);
    if (!change(parts.filter(function (_, i) { return i !== at; }), say("removed", name))) return;
    const rest = box.querySelectorAll("[data-act=remove]");
    (rest[Math.min(at, rest.length - 1)] || box.querySelector("[data-act=undo]")).focus();
  };
  const move = function (at, by) {
    const to = at + by;
    if (to < 0 || to >= parts.length) {
      mine.tell(say(by < 0 ? "at_top" : "at_end"));
      return;
    }
    const next = [...parts], name = title(parts[at]);
    next.splice(to, 0, ...next.splice(at, 1));
    if (!change(next, say("moved", to + 1, next.length, name))) return;
    before = null;
    render();
    box.querySelectorAll(by < 0 ? "[data-act=up]" : "[data-act=down]")[to].focus();
  };
  const clear = function () {
    if (change([], say("cleared", parts.length))) box.querySelector("[data-act=undo]").focus();
  };
  const undo = function () {
    if (!change(before, say("restored"))) return;
    before = null;
    render();
    box.querySelector("h2").focus();
  };
  const save = function (kind) {
    const ready = parts.map(function (part) { return { part: part, got: shown.get(mine.name(part)).got, section: section(part) }; })
      .filter(function (one) { return one.got && one.got.content; });
    return Promise.all([crossfoot.load("save.js"), crossfoot.load("my_report_files.js")]).then(function () {
      return mine.save(kind, ready, words);
    }).then(mine.tell, function () { mine.tell(words.failed); });
  };

  // -- what is shown -------------------------------------------------------------------------------------

  const state = function (part) { return shown.get(mine.name(part)); };
  const title = function (part) {
    const got = state(part).got;
    return (got && got.title) || part.title || say("nameless");
  };
  const section = function (part) { return state(part).section; };

  const fault = function (part, got) {
    if (got.other) {
      const link = make("a", "", got.other.text);
      Object.assign(link, { href: got.other.href, lang: got.other.lang, hreflang: got.other.lang });
      const [lead, tail] = words["my_report.only_in"].split("{}");
      return make("p", "my-report-fault", lead, link, tail);
    }
    return make("p", "my-report-fault", say(got.fault));
  };

  const line = function (part, at) {
    const { got, prefix } = state(part), name = make("p", "my-report-name"), facts = [say("sorts_" + part.sort)];
    name.id = prefix + "name";
    if (got && got.content) {
      const link = make("a", "", title(part));
      link.href = "#" + prefix + "part";
      name.append(link);
    } else {
      name.append(title(part));
    }
    if (got && got.lang) name.lang = got.lang;
    else if (!(got && got.title) && part.title && part.language) name.lang = part.language;
    if (got && got.chapter && got.chapter !== title(part)) facts.push(got.chapter);
    const words_ = make("div", "", name, make("p", "my-report-facts", facts.join(" · ")));
    if (got && got.fault) words_.append(fault(part, got));
    if (got && got.remark) words_.append(make("p", "my-report-facts", say(got.remark)));
    const acts = make("div", "my-report-acts needs-script");
    [["up", function () { move(at, -1); }], ["down", function () { move(at, 1); }], ["remove", function () { remove(at); }]]
      .concat(got && got.fault === "unreachable" ? [["again", function () { state(part).got = null; fill(); }]] : [])
      .forEach(function ([act, run]) {
        const made = button(say(act), run);
        made.dataset.act = act;
        made.id = prefix + act;
        made.setAttribute("aria-labelledby", made.id + " " + name.id);
        if ((act === "up" && !at) || (act === "down" && at === parts.length - 1)) made.setAttribute("aria-disabled", "true");
        acts.append(made);
      });
    return make("li", "", words_, acts);
  };

  // A part of the document, made once and then only moved.
  const place = function (part) {
    const one = state(part);
    if (!one.got || !one.got.content || one.section) return;
    const found = make("section", "chosen chosen-" + part.sort), from = make("a", "", part.anchor && one.got.chapter ? one.got.chapter : title(part));
    found.id = one.prefix + "part";
    found.setAttribute("aria-labelledby", one.prefix + "name");
    if (one.got.lang) found.lang = one.got.lang;
    const way = "../../" + address(crossfoot.language, part).slice(crossfoot.root.length);
    from.href = (mine.inFolder ? way : way.replace(/index\.html$/, "")) + (part.anchor ? "#" + part.anchor : "");
    const [lead, tail] = words["my_report.from"].split("{}");
    found.append(make("p", "chosen-from", lead, from, tail), make("div", "prose", one.got.content));
    found.querySelectorAll(".table-frame").forEach(crossfoot.watch);
    one.section = found;
  };

  const render = function () {
    parts.forEach(function (part) {
      if (!state(part)) shown.set(mine.name(part), { prefix: "part-" + (count += 1) + "-", got: null, section: null });
      place(part);
    });
    const head = make("h2", "", say("list")), acts = make("div", "my-report-acts needs-script");
    head.tabIndex = -1;
    const waits = parts.some(function (part) { return !state(part).got; });
    const all = [
      ["print", function () { window.print(); }], ["save_page", function () { save("page"); }],
      ["save_csv", function () { save("csv"); }], ["save_json", function () { save("json"); }], ["clear", clear]
    ];
    if (parts.length) all.forEach(function ([act, run]) { acts.append(Object.assign(button(say(act), run), { className: act })); });
    acts.querySelectorAll("button").forEach(function (one, i) { one.dataset.act = all[i][0]; });
    const again = before && button(say("undo"), undo);
    if (again) again.dataset.act = "undo";
    const way = make("a", "", say("empty_way"));
    way.href = box.dataset.home;
    const list = parts.length
      ? make("ol", "my-report-list", ...parts.map(line))
      : make("div", "my-report-empty", make("p", "", say("empty")), make("p", "", way));
    const found = [head, list];
    if (notice) found.unshift(make("p", "my-report-fault", notice));
    if (again) found.push(make("p", "my-report-undo needs-script", again));
    if (parts.length) found.push(acts);
    if (waits) found.push(make("p", "my-report-waits", say("loading")));
    const body = make("div", "my-report-document", ...parts.map(section).filter(Boolean));
    const version = document.documentElement.dataset.version;
    if (parts.length && version) found.push(make("p", "my-report-version", box.dataset.version + version));
    box.replaceChildren(...found, body);
    box.dataset.state = waits ? "loading" : "ready";
  };

  const fill = async function () {
    render();
    await Promise.all(parts.map(async function (part) {
      const one = state(part);
      if (one.got) return;
      one.got = await load(part, one.prefix);
    }));
    const focus = document.activeElement && document.activeElement.id;
    render();
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
    const aim = location.hash && document.getElementById(location.hash.slice(1));
    if (aim && box.contains(aim)) aim.scrollIntoView();
  };

  const start = function () {
    const found = mine.read();
    parts = found.parts;
    if (found.dropped) {
      notice = found.dropped < 0 ? say("unreadable") : say("dropped", found.dropped);
      mine.write(parts); // said once, then forgotten
    }
    return fill();
  };

  document.addEventListener("my-report", function () {
    before = null;
    start();
  });
  crossfoot.words().then(function (found) {
    words = found;
    return start();
  }, function () {
    const status = document.querySelector("[role=status]");
    if (status) crossfoot.say(status.dataset.failed);
  });
})();
