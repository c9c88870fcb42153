// The search: a dialog over the page. It is loaded, and brings its index, when a reader first asks for it.
(function () {
  "use strict";
  const crossfoot = window.crossfoot;
  const LONGEST = 200, PAGE = 30, PASSAGE = 200, PASSAGE_HAN = 90, PAUSE = 80;
  const SLASH = "crossfoot.slash"; // "off" in the reader's storage: the key / is left alone
  const isHan = document.documentElement.lang.startsWith("zh");
  const isFolder = location.protocol === "file:";
  // Chinese names on a page in another language keep the glyphs of their own.
  const hanTag = ((document.querySelector(".languages [lang|=zh]") || {}).lang || "zh-Hant");
  let words, ui, index, shown, followed;

  // An element with a class, and what it holds: text or elements, never markup.
  function make(tag, name, ...inside) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  }

  function say(key, ...values) {
    let text = words[`search.${key}`];
    for (const value of values) text = text.replace("{}", () => value);
    return text;
  }

  function tell(text) {
    if (ui.status.textContent !== text) ui.status.textContent = text;
  }

  function hanMarked(text) {
    if (isHan) return [text];
    return text.split(/(\p{Script=Han}+)/u).filter(Boolean).map((piece, row) => {
      if (!/^\p{Script=Han}/u.test(piece)) return piece;
      const span = make("span", "", piece);
      span.lang = hanTag;
      return span;
    });
  }

  function marked(text, terms, most) {
    return index.cut(text, terms, most).map((piece) => make(piece.hit ? "mark" : "span", "", ...hanMarked(piece.text)));
  }

  // --- the dialog

  function build() {
    const dialog = make("dialog", "search"), title = make("h2", "search-title", say("title"));
    const input = make("input"), label = make("label", "search-label", say("label"));
    const close = make("button", "search-close", say("close")), status = make("p", "search-status");
    const results = make("ol", "search-results"), more = make("button", "search-more", say("more"));
    const slash = make("input"), key = make("label", "search-key", slash, say("key"));
    title.id = "search-title";
    input.id = label.htmlFor = "search-input";
    Object.assign(input, { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search" });
    input.autofocus = true;
    close.type = more.type = "button";
    slash.type = "checkbox";
    slash.checked = stored() !== "off";
    more.hidden = true;
    status.setAttribute("role", "status");
    results.setAttribute("aria-label", say("results"));
    results.setAttribute("role", "list"); // Safari forgets a list that has no numbers
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(
      make("div", "search-head", make("div", "search-line", title, close), label, input, status),
      make("div", "search-body", results, more, key)
    );
    document.body.append(dialog);
    ui = { dialog, input, status, results, more, slash };
    close.addEventListener("click", () => dialog.close());
    more.addEventListener("click", showMore);
    slash.addEventListener("change", () => store(slash.checked ? "on" : "off"));
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("click", (event) => {
      followed = Boolean(event.target.closest(".search-results a"));
      // Only the backdrop is the dialog itself: everything else lies in its parts.
      if (followed || event.target === dialog) dialog.close();
    });
    let timer;
    const later = (event) => {
      clearTimeout(timer);
      ui.dialog.dataset.state = "typing";
      if (!event.isComposing) timer = setTimeout(search, PAUSE);
    };
    input.addEventListener("input", later);
    input.addEventListener("compositionend", later);
  }

  function stored() {
    try {
      return localStorage.getItem(SLASH);
    } catch {
      return null;
    }
  }

  function store(value) {
    try {
      localStorage.setItem(SLASH, value);
    } catch {
      // A browser that keeps nothing: the choice holds for this page alone.
    }
  }

  // --- the keyboard

  function onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event, links = [...ui.results.querySelectorAll("a")], at = links.indexOf(target);
    const go = (element) => {
      event.preventDefault();
      if (element) element.focus();
    };
    if (target === ui.input) {
      if (key === "ArrowDown" && links.length) go(links[0]);
      if (key === "Enter" && links.length && shown.text === ui.input.value) links[0].click();
    } else if (at >= 0) {
      if (key === "ArrowDown") go(links[at + 1] || (ui.more.hidden ? null : ui.more));
      else if (key === "ArrowUp") go(links[at - 1] || ui.input);
      else if (key === "Home") go(links[0]);
      else if (key === "End") go(links[links.length - 1]);
      else if (key === "/") go(ui.input);
    } else if (target === ui.more && key === "ArrowUp") go(links[links.length - 1]);
  }

  // --- the results

  function search() {
    const text = ui.input.value;
    if (!index) return;
    ui.dialog.dataset.state = "done";
    if (shown && shown.text === text) return;
    shown = { text, hits: [], count: 0 };
    ui.results.replaceChildren();
    ui.dialog.querySelector(".search-body").scrollTop = 0;
    const found = [...text].length > LONGEST ? undefined : index.find(text);
    if (found) shown.hits = found.hits;
    showMore();
    if (!text.trim()) tell(say("hint"));
    else if (found === undefined) tell(say("long", LONGEST));
    else if (found === null) tell(say("nothing"));
    else if (!found.hits.length) tell(say("none", text.trim()));
    else if (!found.all) tell(say("some", found.hits.length));
    else tell(found.hits.length === 1 ? say("count_one") : say("count", found.hits.length));
  }

  function showMore() {
    const next = shown.hits.slice(shown.count, shown.count + PAGE), first = shown.count > 0;
    const items = next.map(({ doc, terms }, row) => itemOf(doc, terms, shown.count + row));
    ui.results.append(...items);
    shown.count += next.length;
    ui.more.hidden = shown.count >= shown.hits.length;
    if (first && items.length) items[0].querySelector("a").focus();
  }

  function hrefOf(doc) {
    const file = isFolder ? "index.html" : "", folder = crossfoot.root + doc.page.path;
    if (doc.kind === "page") return folder + file;
    return doc.to.endsWith("/") ? folder + doc.to + file : folder + file + (doc.to ? `#${encodeURIComponent(doc.to)}` : "");
  }

  function itemOf(doc, terms, row) {
    const link = make("a", "search-link", ...marked(doc.label || doc.page.title, terms, 400));
    const place = make("p", "search-place", make("span", "search-kind", say(`kinds.${doc.kind}`)));
    const where = [doc.kind === "page" || !doc.label ? "" : doc.page.title, doc.heading].filter(Boolean);
    where.forEach((one) => place.append(" ", make("span", "search-step", ...hanMarked(one))));
    const passage = make("p", "search-passage", ...marked(doc.text, terms, isHan ? PASSAGE_HAN : PASSAGE));
    link.href = hrefOf(doc);
    place.id = `search-place-${row}`;
    passage.id = `search-passage-${row}`;
    link.setAttribute("aria-describedby", `${place.id} ${passage.id}`);
    return make("li", "", place, link, ...(doc.text ? [passage] : []));
  }

  // --- opening

  function bring() {
    const data = `search/${crossfoot.language}.js`;
    const scripts = ["vendor/minisearch.js", "bunzip2.js", "search-index.js"].map((name) => crossfoot.load(name));
    return Promise.all([crossfoot.data(data), ...scripts]).then(([packed]) => crossfoot.index(packed));
  }

  function prepare() {
    if (index) return search();
    ui.dialog.dataset.state = "loading";
    tell(say("preparing"));
    return bring().then((made) => {
      index = made;
      search();
    }, () => tell(words.failed));
  }

  crossfoot.feature("search", (control) => crossfoot.words().then((found) => {
    words = found;
    if (!ui) build();
    if (!ui.dialog.open) ui.dialog.showModal();
    ui.input.focus();
    ui.input.select();
    followed = false;
    // The browser returns to where one was; where that was nowhere (Safari gives a clicked button no focus), to the button.
    ui.dialog.onclose = () => {
      const at = document.activeElement;
      if (!followed && (!at || at === document.body || ui.dialog.contains(at))) control.focus({ preventScroll: true });
    };
    return prepare();
  }, () => crossfoot.say(document.querySelector("[data-failed]").dataset.failed)));
})();
