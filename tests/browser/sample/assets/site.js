// Addresses without index.html where a server serves them; the place on the page kept by the language switch.
if (location.protocol.startsWith("http")) {
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.origin === location.origin && link.pathname.endsWith("index.html")) link.pathname = link.pathname.replace(/index\.html$/, "");
  }
}
for (const link of document.querySelectorAll("header a[hreflang]")) {
  link.addEventListener("click", () => {
    if (location.hash) link.hash = location.hash;
  });
}
