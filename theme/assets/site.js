// Comforts only: every page reads and works without this file.
(function () {
  "use strict";
  var web = /^http/.test(location.protocol);
  var each = function (selector, act) { document.querySelectorAll(selector).forEach(act); };

  var aim = function () { return document.getElementById(location.hash.slice(1)); };

  // Links are written with index.html so that the site works from a folder; on the web the addresses are clean.
  if (web) {
    each("a[href]", function (link) {
      if (link.origin === location.origin && /\/index\.html$/.test(link.pathname)) {
        link.pathname = link.pathname.replace(/index\.html$/, "");
      }
    });
  }

  // The language switch keeps the place: the anchor in the address, else the part being read.
  var place = function () {
    var target = aim();
    if (target) {
      var box = target.getBoundingClientRect();
      if (box.bottom > 0 && box.top < innerHeight) return location.hash;
    }
    var found = "";
    each("main h2[id], main h3[id]", function (heading) {
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

  // Paper cannot be unfolded.
  addEventListener("beforeprint", function () {
    each("main details", function (details) { details.open = true; });
  });
})();
