// Writes the libraries that a reader's browser loads on request into the folder named: pinned by package-lock.json,
// made small, each with its licence. `make vendor` calls it; a test holds the committed files against it.
"use strict";
const fs = require("fs");
const path = require("path");
const { buildSync } = require("esbuild");

const LIBRARIES = [
  // the file, the global it sets, the package, its file, and where its licence stands
  { to: "minisearch.js", global: "MiniSearch", of: "minisearch", from: "dist/umd/index.js", licence: "LICENSE.txt" },
  { to: "vega.js", global: "vega", of: "vega", from: "build/vega.min.js", licence: "LICENSE" },
  // of the same repository and licence as Vega; published as a module, made a plain script here
  { to: "vega-interpreter.js", global: "vegaInterpreter", of: "vega-interpreter", from: "build/vega-interpreter.js" },
];

const here = (...parts) => path.join(__dirname, "node_modules", ...parts);

const folder = process.argv[2];
fs.mkdirSync(folder, { recursive: true });
const licences = [];
for (const { to, global, of, from, licence } of LIBRARIES) {
  const { version } = JSON.parse(fs.readFileSync(here(of, "package.json"), "utf8"));
  const banner = { js: `/* ${of} ${version}; licence in LICENSE.txt */` };
  const isModule = !licence;
  const made = buildSync({
    entryPoints: [here(of, from)],
    bundle: isModule,
    ...(isModule ? { format: "iife", globalName: global } : {}),
    minify: true,
    legalComments: "none",
    charset: "utf8",
    target: "es2020",
    write: false,
    logLevel: "error",
    banner,
  });
  fs.writeFileSync(path.join(folder, to), made.outputFiles[0].contents);
  const words = licence ? fs.readFileSync(here(of, licence), "utf8").trim() : "The licence of Vega above.";
  licences.push(`${to}: ${of} ${version}, sets ${global}\n\n${words}\n`);
}
fs.writeFileSync(path.join(folder, "LICENSE.txt"), licences.join("\n" + "-".repeat(80) + "\n\n"));
