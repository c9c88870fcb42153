// `crossfoot.tokens` cuts the passages and the query alike; `crossfoot.index` makes the index, in slices; its `find` answers
// a query, `cut` shows a passage around its first hit.
(function () {
  "use strict";
  const crossfoot = window.crossfoot;
  const KINDS = ["page", "text", "table", "chart", "note", "figure", "code"];
  const WHOLE = new Set(["chart", "note", "figure", "code"]); // found as one passage, not line by line
  const WEIGHTS = { page: 1.3, figure: 1.2, code: 1.1 };
  const STOP = new Set("a an and are as at by for from in is it its of on or that the to was were with".split(" "));
  const SLICE = 40, MOST = 24;

  // --- the tokenizer

  // Not Han: letters and digits of every other script.
  const WORD = "(?:(?!\\p{Script=Han})[\\p{L}\\p{N}])";
  const SCAN = new RegExp([
    "\\p{Script=Han}+",
    "\\d{1,3}(?: \\d{3})+(?![\\d,])(?:\\.\\d+)?", // 13 093.57
    "\\d+[a-z]?(?:\\([a-z\\d]{1,4}\\))+", // 29(a)(i)
    `${WORD}+(?:[.,'&-]${WORD}+)*`
  ].join("|"), "gu");
  const NUMBER = /^(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?$/;
  const PERCENT = /^ ?(?:· ?)?%/;
  let plain = new Map(); // what each character folds to, once it was asked for

  function plainOf(one) {
    const form = one.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s/g, " ").toLowerCase();
    const known = form !== one && plain.get(form) || form;
    plain.set(one, known);
    return known;
  }

  // One form for what is the same to a reader; `from` tells where each character of it stood.
  function folded(text) {
    const from = [];
    let all = "", at = 0;
    for (const one of text) {
      const form = plain.get(one) || plainOf(one);
      all += form;
      for (let unit = 0; unit < form.length; unit++) from.push(at);
      at += one.length;
    }
    from.push(at);
    return { all, from };
  }

  function undoubled(word) {
    return /([bdgklmnprt])\1$/.test(word) ? word.slice(0, -1) : word;
  }

  // English endings that change no meaning; both sides lose them, so a crude stem is a good one.
  function stem(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    let bare = word;
    if (/ies$/.test(bare) && bare.length > 4) bare = bare.slice(0, -3) + "y";
    else if (/(?:ss|x|ch|sh|z)es$/.test(bare)) bare = bare.slice(0, -2);
    else if (/[^aisu]s$/.test(bare)) bare = bare.slice(0, -1);
    const root = /^(.*[aeiouy].*)(?:ing|ed)$/.exec(bare);
    if (root && root[1].length > 2 && !/e$/.test(root[1])) bare = undoubled(root[1]);
    return bare.length > 3 ? bare.replace(/e$/, "") : bare;
  }

  function number(digits) {
    const bare = digits.replace(/[, ]/g, "");
    return bare.includes(".") ? bare.replace(/\.?0+$/, "") : bare;
  }

  // Each with its term, role (word, number, code, han, or part of the one before), start and end.
  crossfoot.tokens = function (text) {
    const { all, from } = folded(text), found = [];
    const put = (term, role, start, end, raw) => found.push({ term, role, start: from[start], end: from[end], raw: raw || term });
    for (const match of all.matchAll(SCAN)) {
      const run = match[0], start = match.index, end = start + run.length;
      const money = /^([a-z]{3})(.*[.,].*)$/.exec(run); // RMB5.8
      if (/^\p{Script=Han}/u.test(run)) hanOf([...run], start, put);
      else if (money && NUMBER.test(money[2])) {
        put(money[1], "word", start, start + 3);
        numberOf(money[2], start + 3, end, all, put);
      } else if (NUMBER.test(run)) numberOf(run, start, end, all, put);
      else if (/\d/.test(run) && !run.includes(",") && /[.(-]|[a-z]\d|\d[a-z]/.test(run)) codeOf(run, start, end, put);
      else partsOf(run, start, put, all);
    }
    return found;
  };

  // Pairs find a word anywhere in a sentence; single characters are for who asks for one.
  function hanOf(run, start, put) {
    let at = start;
    run.forEach((one, index) => {
      const next = run[index + 1] || "";
      if (next) put(one + next, "han", at, at + one.length + next.length);
      put(one, run.length > 1 ? "part" : "han", at, at + one.length);
      at += one.length;
    });
  }

  // 13,093.57 and 13093.57 are one; 13093 finds it too. 95% is found by 95.
  function numberOf(run, start, end, all, put) {
    const plain = number(run), whole = plain.split(".")[0];
    if (PERCENT.test(all.slice(end, end + 4))) {
      put(plain + "%", "number", start, end);
      put(plain, "part", start, end);
    } else put(plain, "number", start, end);
    if (whole !== plain && whole !== "0") put(whole, "part", start, end);
  }

  // A1.2, B6.5, 305-1, 29(a)(i) stay whole; scope-1 and ISO14001 are found by their parts as well.
  function codeOf(run, start, end, put) {
    put(run, "code", start, end);
    const parts = run.match(/[a-z]+|\d+/g);
    if (parts.length > 1 && parts.some((part) => /[a-z]{3}/.test(part))) parts.forEach((part) => put(stem(part), "part", start, end));
    else if (run.includes("(")) put(/^\d+/.exec(run)[0], "part", start, end);
  }

  function partsOf(run, start, put, all) {
    if (run.includes("&") && run.length < 6) {
      put(run, "word", start, start + run.length);
      return;
    }
    for (const match of run.matchAll(/[^.,'&-]+/g)) {
      const part = match[0], at = start + match.index, end = at + part.length;
      if (part === "s" && run[match.index - 1] === "'") continue;
      if (/^\d+$/.test(part)) numberOf(part, at, end, all, put);
      else if (/[a-z]\d|\d[a-z]/.test(part)) codeOf(part, at, end, put);
      else put(stem(part), "word", at, end, part);
    }
  }

  // --- the index

  // Lines as `lines_of` in search.py writes them.
  function partsFrom(lines) {
    const parts = [], figures = [];
    let page, heading = "";
    for (const line of lines) {
      const [first, second, path, title, lead] = line.split("\t"), part = parts[parts.length - 1];
      if (path) {
        page = { path, title, lead };
        heading = "";
      } else if (first && second !== undefined) {
        const kind = KINDS[first[0]], to = first.slice(1) || (kind === "code" ? second.replace(/ /g, "-") : "");
        if (kind === "text" && second) heading = second;
        const label = kind === "code" ? `${page.lead} ${second}` : second;
        parts.push({ page, kind, to, label, heading: kind === "text" || kind === "page" ? "" : heading, texts: [] });
        if (kind === "figure") figures.push(parts[parts.length - 1]);
      } else part.texts.push(first || (() => `${figures[second].label} · ${figures[second].texts.join(" ")}`));
    }
    return parts;
  }

  // One to find for each paragraph or row, one for a chart, note, figure or code. The first carries the title.
  function docsOf(lines) {
    const docs = [];
    for (const { texts, ...part } of partsFrom(lines)) {
      const all = texts.map((text) => text.call ? text() : text);
      for (const [row, text] of (WHOLE.has(part.kind) || !all.length ? [all.join(" ")] : all).entries()) {
        docs.push({ ...part, id: docs.length, text, title: row ? "" : part.label, under: row ? part.label : "" });
      }
    }
    return docs;
  }

  crossfoot.index = function (data) {
    const lines = crossfoot.bunzip2(data).replace(/\^(.)/g, (_, small) => small.toUpperCase()).split("\n"), forms = lines.pop();
    const characters = [...new Set(lines.join(""))].filter((one) => one >= "\u2e80" && one.length === 1).sort();
    plain = new Map([...forms].map((form, row) => [characters[row], form]).filter(([, form]) => form !== "."));
    const docs = docsOf(lines);
    const index = new window.MiniSearch({
      fields: ["title", "text", "under"],
      tokenize: (text) => crossfoot.tokens(text).map((token) => token.term),
      processTerm: (term) => term
    });
    return index.addAllAsync(docs, { chunkSize: SLICE }).then(() => ({ find: (text) => find(index, docs, text), cut }));
  };

  // --- the query

  const all = (queries) => ({ combineWith: "AND", queries });
  const any = (queries) => ({ combineWith: "OR", queries });
  const term = (text, options) => ({ queries: [text], ...options });

  function wordOf(token, isLast, fuzzy) {
    const prefix = token.term.length > 2 || (isLast && token.term.length > 1);
    const ways = [term(token.term, { prefix, fuzzy: fuzzy && token.term.length > 4 ? 0.2 : false })];
    // Someone still typing "recycling" has typed "recycli" first, of which no stem begins.
    if (token.raw !== token.term) ways.push(term(token.raw, { prefix }));
    const typed = isLast && /^(.{3,}?)(?:i|in|e)$/.exec(token.raw);
    if (typed) ways.push(term(stem(typed[1]), { prefix: false }));
    return any(ways);
  }

  function nodeOf(token, parts, isLast, fuzzy) {
    if (token.role === "word") return wordOf(token, isLast, fuzzy);
    if (token.role === "han") return term(token.term);
    const whole = term(token.term, { prefix: token.role === "code" || (isLast && token.term.length > 2) });
    return token.role === "code" && parts.length ? any([whole, all(parts.map((part) => term(part.term)))]) : whole;
  }

  function nodesOf(text, fuzzy) {
    const tokens = crossfoot.tokens(text), said = tokens.filter((token) => token.role !== "part");
    const telling = said.filter((token) => !STOP.has(token.raw)), kept = (telling.length ? telling : said).slice(0, MOST);
    return kept.map((token) => {
      const parts = tokens.filter((one) => one.role === "part" && one.start === token.start && one.end === token.end);
      return nodeOf(token, parts, token === said[said.length - 1], fuzzy);
    });
  }

  // A title that is the query, then one that begins with it or holds it, then the words as they were typed.
  function weight(doc, asked) {
    const title = folded(doc.label).all, text = doc.text && folded(doc.text).all, base = WEIGHTS[doc.kind] || 1;
    const own = doc.title ? 1 : 0.5;
    if (title === asked) return base * own * 10;
    if (title.startsWith(asked)) return base * own * 4;
    if (title.includes(asked)) return base * own * 2.5;
    return text.includes(asked) ? base * 1.5 : base;
  }

  // Returns { hits, all } where `all` says whether each hit has all of the words; null where there is nothing to ask for.
  function find(index, docs, text) {
    const asked = folded(text.trim()).all;
    for (const [combine, fuzzy] of [[all, false], [all, true], [any, true]]) {
      const nodes = nodesOf(text, fuzzy);
      if (!nodes.length) return null;
      const options = { tokenize: (one) => [one], processTerm: (one) => one, boost: { title: 4, under: 0.1 } };
      const found = index.search(combine(nodes), options)
        .filter((hit) => Object.values(hit.match).some((fields) => fields.some((one) => one !== "under")));
      if (found.length) {
        const hits = found.map((hit, row) => ({
          doc: docs[hit.id], terms: new Set(hit.terms), score: row < 400 ? hit.score * weight(docs[hit.id], asked) : hit.score
        }));
        return { all: combine === all, hits: hits.sort((one, other) => other.score - one.score || one.doc.id - other.doc.id) };
      }
    }
    return { all: true, hits: [] };
  }

  // Stretches of `text`, `hit` where found; about `most` characters around the first hit.
  function cut(text, terms, most) {
    const found = crossfoot.tokens(text).filter((token) => terms.has(token.term)).sort((one, other) => one.start - other.start);
    let start = 0, end = text.length;
    if (text.length > most) {
      const first = found.length ? found[0].start : 0;
      start = first < most * 0.6 ? 0 : first - Math.floor(most / 3);
      end = Math.min(text.length, start + most);
      while (start > 0 && /[\p{L}\p{N}.]/u.test(text[start - 1]) && text[start] < "\u2e80") start--;
      while (end < text.length && /[\p{L}\p{N}.]/u.test(text[end]) && text[end] < "\u2e80") end++;
      const half = (at) => at > 0 && at < text.length && /[\udc00-\udfff]/.test(text[at]);
      if (half(start)) start--;
      if (half(end)) end++;
    }
    const pieces = start > 0 ? [{ text: "…" }] : [];
    let at = start;
    for (const token of found) {
      if (token.end > end || token.end <= at) continue;
      const from = Math.max(token.start, at), last = pieces[pieces.length - 1];
      if (from > at) pieces.push({ text: text.slice(at, from) });
      if (from === at && last && last.hit) last.text += text.slice(from, token.end);
      else pieces.push({ text: text.slice(from, token.end), hit: true });
      at = token.end;
    }
    if (at < end) pieces.push({ text: text.slice(at, end) });
    if (end < text.length) pieces.push({ text: "…" });
    return pieces;
  }
})();
