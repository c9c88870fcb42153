// Comforts only: every page works without this file.
(function () {
  "use strict";
  var each = function (selector, act) { document.querySelectorAll(selector).forEach(act); };

  var aim = function () { return document.getElementById(location.hash.slice(1)); };

  // Links name index.html, to work from a folder; the web needs none.
  if (/^http/.test(location.protocol)) {
    each('a[href*="index.html"]', function (link) {
      if (link.origin === location.origin) {
        link.setAttribute("href", link.getAttribute("href").replace(/(^|\/)index\.html(?=#|$)/, "$1") || "./");
      }
    });
  }

  // The language switch keeps the place: the anchor, else the part being read.
  var place = function () {
    var target = aim(), box = target && target.getBoundingClientRect();
    if (box && (scrollY < innerHeight || (box.top < innerHeight && box.bottom > 0))) return location.hash;
    var found = "";
    each("main h2[id], main h3[id]", function (heading) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) found = "#" + heading.id;
    });
    return found;
  };
  each(".languages a", function (link) {
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

  // A table that fits needs no stop for the keyboard.
  each(".scrolls > .table-frame", function (frame) {
    new ResizeObserver(function () {
      frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
    }).observe(frame);
  });

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
