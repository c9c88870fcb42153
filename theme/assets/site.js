// Comforts only: every page works without this file.
(function () {
  "use strict";
  var each = function (selector, act) { document.querySelectorAll(selector).forEach(act); };

  // What a reader asks for is loaded only then: `crossfoot.load` brings a script of this folder, `crossfoot.data` a file of
  // the site that calls `crossfoot.give(path, value)`. Both work from a folder, where nothing can be fetched.
  var assets = document.currentScript.src.replace(/[^/]*$/, ""), asked = {}, given = {}, features = {};
  var html = document.documentElement, status = document.querySelector("[role=status]"), said;
  var bring = function (url) {
    asked[url] = asked[url] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = url;
      script.onload = done;
      script.onerror = function () {
        delete asked[url];
        script.remove();
        failed(new Error(url));
      };
      document.head.append(script);
    });
    return asked[url];
  };
  var crossfoot = window.crossfoot = {
    root: assets.replace(/assets\/$/, ""),
    language: html.dataset.language,
    load: function (name) { return bring(assets + name); },
    data: function (path) { return bring(crossfoot.root + path).then(function () { return given[path]; }); },
    give: function (path, value) { given[path] = value; },
    // The words of scripts in the page's language: `words["search.none"]`.
    words: function () { return crossfoot.data("words/" + crossfoot.language + ".js"); },
    // Said aloud, and shown for as long as it takes to read.
    say: function (text) {
      if (!status) return;
      clearTimeout(said);
      status.textContent = text;
      said = setTimeout(function () { status.textContent = ""; }, 10000);
    },
    // `crossfoot.feature("search", act)` in search.js is what `data-feature="search"` on a control asks for.
    feature: function (name, act) { features[name] = act; },
    use: function (name, control) {
      return crossfoot.load(name + ".js").then(function () { return features[name](control); }, function () {
        if (control.type === "checkbox") control.checked = !control.checked;
        if (status) crossfoot.say(status.dataset.failed);
      });
    }
  };
  addEventListener("click", function (event) {
    var control = event.target.closest && event.target.closest("[data-feature]");
    if (control) crossfoot.use(control.dataset.feature, control);
  });

  // The keys / and Ctrl+K (Cmd+K) ask for the search; the first, being a character, can be switched off there (WCAG 2.1.4).
  addEventListener("keydown", function (event) {
    var control = document.querySelector("[data-feature=search]"), held = event.ctrlKey || event.metaKey, slash = event.key === "/";
    if (!control || event.altKey || event.isComposing || !(slash ? !held : held && !event.shiftKey && /^k$/i.test(event.key))) return;
    try {
      if (slash && (event.target.closest("input, select, textarea, [contenteditable]") ||
        localStorage.getItem("crossfoot.slash") === "off")) return;
    } catch { /* a browser that keeps nothing */ }
    event.preventDefault();
    crossfoot.use("search", control);
  });

  // What a reader chose for "My report" is kept under this name in the browser, one a site; while there is nothing, nothing
  // is loaded. Reading it may be refused.
  crossfoot.choice = "my-report " + new URL(crossfoot.root).pathname;
  var chosen = function () {
    try {
      if (localStorage.getItem(crossfoot.choice)) crossfoot.load("my_report.js");
    } catch (refused) {}
  };
  ["pageshow", "storage"].forEach(function (event) { addEventListener(event, chosen); });

  var aim = function () { return document.getElementById(location.hash.slice(1)); };

  // Links name index.html, to work from a folder; the web needs none.
  if (/^http/.test(location.protocol)) {
    each('a[href*="index.html"]', function (link) {
      if (link.origin === location.origin) {
        link.setAttribute("href", link.getAttribute("href").replace(/(^|\/)index\.html(?=#|$)/, "$1") || "./");
      }
    });
  }

  // The switches of language and year keep the place: the anchor, else the part being read.
  var place = function () {
    var target = aim(), box = target && target.getBoundingClientRect();
    if (box && (scrollY < innerHeight || (box.top < innerHeight && box.bottom > 0))) return location.hash;
    var found = "";
    each("main h2[id], main h3[id]", function (heading) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) found = "#" + heading.id;
    });
    return found;
  };
  each(".languages a, .editions a, .newer-edition a", function (link) {
    link.addEventListener("click", function () { link.hash = place(); });
  });

  // An anchor opens what is folded around it.
  var unfold = function () {
    var target = aim();
    for (var at = target && (target.querySelector(":scope > details") || target); at; at = at.parentElement) {
      if (at.tagName === "DETAILS" && !at.open) {
        at.open = true;
        target.scrollIntoView();
      }
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  // A table that fits needs no stop for the keyboard; one that large text makes too wide needs one, with a name.
  crossfoot.watch = function (frame) {
    new ResizeObserver(function () {
      const more = frame.scrollWidth > frame.clientWidth, name = frame.querySelector(".caption-title");
      if (more || frame.hasAttribute("tabindex")) frame.tabIndex = more ? 0 : -1;
      if (more && name && !frame.closest(".chosen")) { // a chosen part has that name already
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-labelledby", name.id);
      }
    }).observe(frame);
  };
  each(".table-frame", crossfoot.watch);

  // The lists beside the text stay in view; where they are longer than it, the keyboard can scroll them.
  each(".side-inner", function (side) {
    side.classList.add("stays");
    new ResizeObserver(function () {
      side.tabIndex = side.scrollHeight > side.clientHeight ? 0 : -1;
    }).observe(side);
  });

  // Paper cannot be unfolded.
  addEventListener("beforeprint", function () {
    each("main details", function (details) { details.open = true; });
  });
})();
