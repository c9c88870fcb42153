// Comforts only: every page reads and works without this file.
(function () {
  "use strict";
  var each = function (selector, act) { document.querySelectorAll(selector).forEach(act); };

  var aim = function () { return document.getElementById(location.hash.slice(1)); };

  // Links are written with index.html so that the site works from a folder; on the web the addresses are clean.
  if (/^http/.test(location.protocol)) {
    each('a[href*="index.html"]', function (link) {
      if (link.origin === location.origin) {
        link.setAttribute("href", link.getAttribute("href").replace(/(^|\/)index\.html(?=#|$)/, "$1") || "./");
      }
    });
  }

  // The language switch keeps the place: the part being read, at the top of the page the anchor in the address.
  var place = function () {
    var found = scrollY < innerHeight / 2 ? location.hash : "";
    if (!found) each("main h2[id], main h3[id]", function (heading) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) found = "#" + heading.id;
    });
    return found;
  };
  each(".languages a", function (link) {
    link.addEventListener("click", function () { link.hash = place(); });
  });

  // An anchor inside something folded opens it.
  var unfold = function () {
    for (var target = aim(), at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS" && !at.open) {
        at.open = true;
        target.scrollIntoView();
      }
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  // A table that fits needs no stop for the keyboard.
  each(".scrolls > .table-frame", function (frame) {
    new ResizeObserver(function () {
      frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
    }).observe(frame);
  });

  // Paper cannot be unfolded.
  addEventListener("beforeprint", function () {
    each("main details", function (details) { details.open = true; });
  });
})();
