// Keeps an open page of a preview true: what has changed on it is put in its place, and nothing else is touched.
"use strict";

(function () {
  const own = document.currentScript;
  let known = null, state = own.dataset.state, styles = own.dataset.styles, source = null;

  function parsed(text) {
    return new DOMParser().parseFromString(text, "text/html");
  }

  function fetched() {
    return fetch(location.href, { cache: "no-store" }).then((answer) => answer.text()).then(parsed);
  }

  function same(one, other) {
    if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
    if (one.nodeType !== Node.ELEMENT_NODE) return one.nodeValue === other.nodeValue;
    return one.cloneNode(false).isEqualNode(other.cloneNode(false));
  }

  function parts(node) {
    return [...node.childNodes].filter((one) => one.nodeType !== Node.TEXT_NODE || one.nodeValue.trim());
  }

  // What the server said before, what it says now, and what stands on the page, which scripts may have added to.
  function put(before, now, shown) {
    if (before.isEqualNode(now)) return;
    const olds = parts(before), news = parts(now), here = parts(shown);
    const alike = same(before, now) && olds.length === news.length && here.length === olds.length &&
      here.every((one, i) => one.nodeName === olds[i].nodeName);
    if (alike && news.length) {
      news.forEach((one, i) => put(olds[i], one, here[i]));
      return;
    }
    const fresh = document.importNode(now, true);
    if (fresh.nodeType === Node.ELEMENT_NODE) keep(shown, fresh);
    shown.replaceWith(fresh);
  }

  // A reader's own doing outlives the change: what was unfolded.
  function keep(shown, fresh) {
    if (shown.nodeName === "DETAILS" && fresh.nodeName === "DETAILS") fresh.open = shown.open;
    const old = shown.nodeType === Node.ELEMENT_NODE ? [...shown.querySelectorAll("details")] : [];
    [...fresh.querySelectorAll("details")].forEach((one, i) => { if (old[i]) one.open = old[i].open; });
  }

  function restyle() {
    document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
      const fresh = link.cloneNode();
      const address = new URL(link.href);
      address.searchParams.set("now", Date.now());
      fresh.href = address.href;
      fresh.addEventListener("load", function () {
        link.remove();
        document.dispatchEvent(new Event("crossfoot:styled"));
      });
      link.after(fresh);
    });
  }

  function changed() {
    return fetched().then(function (now) {
      // Scripts and styles are not taken back once they are there.
      const told = (doc) => [...doc.querySelectorAll("script[src], link[rel=stylesheet]")]
        .map((one) => one.getAttribute("src") || one.getAttribute("href")).join();
      if (!known || !same(known.body, now.body) || told(known) !== told(now)) return location.reload();
      for (const selector of ["title", "meta[name=description]", "script[type='application/ld+json']"]) {
        const fresh = now.head.querySelector(selector), old = document.head.querySelector(selector);
        if (fresh && old) old.replaceWith(document.importNode(fresh, true));
      }
      if (now.documentElement.dataset.version) {
        document.documentElement.dataset.version = now.documentElement.dataset.version;
      }
      put(known.body, now.body, document.body);
      known = now;
      document.dispatchEvent(new Event("crossfoot:changed"));
    });
  }

  // Had the page changed while it was on its way, it would not be what is compared with later.
  let last = fetch(location.href, { cache: "no-store" }).then(function (answer) {
    if (answer.headers.get("X-State") !== own.dataset.state) return location.reload();
    return answer.text().then((text) => { known = parsed(text); });
  }).catch(() => 0);

  // A browser keeps but a few connections to one place: a page that nobody sees gives its own back.
  function listen() {
    if (source) source.close();
    source = null;
    if (document.visibilityState === "hidden") return;
    source = new EventSource(`${own.dataset.events}&state=${state}&styles=${styles}`);
    source.addEventListener("page", function (event) {
      state = JSON.parse(event.data);
      last = last.then(changed).catch(() => location.reload());
    });
    source.addEventListener("styles", function (event) {
      styles = event.data;
      restyle();
    });
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source && source.close());
  listen();
})();
