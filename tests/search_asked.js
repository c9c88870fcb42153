// For the tests, in node: `tokens` reads a JSON list of texts and answers the tokens of each; `find FILE` reads queries and
// answers what the index of a built search file finds; `unpack` reads base64 and answers the text.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [, , what, file] = process.argv;
const assets = path.join(__dirname, "..", "theme", "assets");
const given = {};
globalThis.window = { crossfoot: { give: (name, value) => { given[name] = value; } } };
globalThis.crossfoot = window.crossfoot;
require(path.join(assets, "bunzip2.js"));
require(path.join(assets, "search-index.js"));
window.MiniSearch = require(path.join(assets, "vendor", "minisearch.js"));

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const answer = (value) => process.stdout.write(JSON.stringify(value));
const shown = (index, text, terms) => index.cut(text, terms, 160).map((one) => (one.hit ? `[${one.text}]` : one.text)).join("");

if (what === "tokens") {
  answer(asked.map((text) => crossfoot.tokens(text).map((one) => ({ ...one, text: text.slice(one.start, one.end) }))));
} else if (what === "unpack") {
  answer(asked.map((packed) => crossfoot.bunzip2(packed)));
} else {
  vm.runInThisContext(fs.readFileSync(file, "utf8"));
  crossfoot.index(Object.values(given)[0]).then((index) => answer(asked.map((text) => {
    const found = index.find(text);
    return found && {
      all: found.all,
      hits: found.hits.map(({ doc, terms }) => ({
        kind: doc.kind, path: doc.page.path, to: doc.to,
        title: shown(index, doc.label, terms), text: shown(index, doc.text, terms), heading: doc.heading
      }))
    };
  })));
}
