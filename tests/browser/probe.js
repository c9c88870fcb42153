// Looks at a page as it stands on the screen or on paper and returns what is wrong, each as a sentence.
// Called with {smallest, print, large}: the least size of a text in a drawing, in pixels, whether the page is on
// paper, and whether the reader has doubled the size of text, which may let tables scroll but must cut no words.
({ smallest, print, large }) => {
  const findings = [];
  const root = document.documentElement;
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const quote = (text) => {
    const words = text.trim().replace(/\s+/g, " ");
    return `“${words.length > 30 ? words.slice(0, 30) + "…" : words}”`;
  };
  const where = (element) => {
    const near = element.closest("[id]");
    const kind = typeof element.className === "string" && element.className ? "." + element.className.split(" ")[0] : "";
    const name = element.localName + (element.id ? "#" + element.id : kind);
    return near && near !== element ? `${name} in #${near.id}` : name;
  };
  const say = (element, words) => findings.push(`${where(element)}: ${words}`);
  const seen = (element) => element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true, contentVisibilityAuto: true });

  // For ears only, or waiting for the focus: clipped to nothing or moved off the page.
  const offstages = new Map();
  const offstage = (element) => {
    if (!element || element === root) return false;
    if (!offstages.has(element)) {
      const box = element.getBoundingClientRect();
      const look = style(element);
      const positioned = look.position === "absolute" || look.position === "fixed";
      const clipped = look.clip !== "auto" || /inset\((50|100)%/.test(look.clipPath);
      const tiny = box.width <= 1 && box.height <= 1 && look.overflow !== "visible";
      const away = positioned && (box.right + scrollX <= 0 || box.bottom + scrollY <= 0);
      offstages.set(element, (positioned && clipped) || tiny || away || offstage(element.parentElement));
    }
    return offstages.get(element);
  };

  // The nearest ancestor that scrolls or cuts what does not fit, sideways.
  const framers = new Map();
  const framer = (element) => {
    if (!element || element === document.body || element === root) return null;
    if (!framers.has(element)) {
      const cuts = style(element).display !== "inline" && style(element).overflowX !== "visible";
      framers.set(element, cuts ? element : framer(element.parentElement));
    }
    return framers.get(element);
  };
  const scrolls = (element) => !print && /auto|scroll/.test(style(element).overflowX);

  // --- the page is as wide as the screen
  const width = root.clientWidth;
  if (root.scrollWidth > width) {
    findings.push(`the page is ${root.scrollWidth} px wide on a screen of ${width} px`);
    const wide = [...document.body.querySelectorAll("*")].filter(
      (e) => e.getBoundingClientRect().right > width + 1 && !framer(e.parentElement) && !offstage(e),
    );
    wide.slice(-3).forEach((e) => say(e, `reaches to ${Math.round(e.getBoundingClientRect().right)} px`));
  }

  // --- colours
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const colour = (words) => {
    if (!colours.has(words)) {
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = words;
      pixel.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
      colours.set(words, [r, g, b, a / 255]);
    }
    return colours.get(words);
  };
  const over = ([r, g, b, a], ground, strength = 1) => {
    const part = a * strength;
    return [r, g, b].map((value, i) => value * part + ground[i] * (1 - part)).concat(1);
  };
  const light = ([r, g, b]) =>
    [r, g, b]
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element, alone = false) => {
    if (!element) return over(colour("Canvas"), [255, 255, 255]);
    const own = colour(style(element).backgroundColor);
    if (alone) return own;
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const strength = (element, end) => {
    let value = 1;
    for (let e = element; e && e !== end.parentElement; e = e.parentElement) value *= parseFloat(style(e).opacity);
    return value;
  };

  // --- no text is cut, off the screen, tiny, or on another text
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, script, template, noscript") || !seen(parent) || offstage(parent)) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
      if (boxes.length) found.push({ parent, boxes, words: quote(node.data) });
    }
    return found;
  };
  for (const { parent, boxes, words } of texts()) {
    if (parseFloat(style(parent).fontSize) < (print ? 8 : 10)) say(parent, `text of ${style(parent).fontSize}: ${words}`);
    const left = Math.min(...boxes.map((box) => box.left)) + scrollX;
    const right = Math.max(...boxes.map((box) => box.right)) + scrollX;
    const frame = framer(parent);
    if (frame && !scrolls(frame)) {
      const edge = frame.getBoundingClientRect();
      const bottom = Math.max(...boxes.map((box) => (box.top + box.bottom) / 2));
      const cutsDown = style(frame).overflowY !== "visible";
      if (right > edge.right + scrollX + 1 || left < edge.left + scrollX - 1 || (cutsDown && bottom > edge.bottom + 1))
        say(parent, `text is cut by ${where(frame)}: ${words}`);
    }
    if (!frame && (left < -1 || right > width + 1)) say(parent, `text leaves the screen: ${words}`);
  }

  // A box as high as its glyphs: the lines of Chinese fonts are half as high again as what is seen.
  const glyphs = (box, size) => {
    const middle = (box.top + box.bottom) / 2;
    const half = Math.min(box.bottom - box.top, size) / 2;
    return { left: box.left, right: box.right, top: middle - half, bottom: middle + half };
  };
  const share = (one, other) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across <= 0 || down <= 0) return 0;
    const area = (box) => (box.right - box.left) * (box.bottom - box.top);
    return (across * down) / Math.min(area(one), area(other));
  };
  // What lies under a surface is hidden by it, as text is that has scrolled under a header that stays.
  const shows = (element, x, y) => {
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
    const layers = document.elementsFromPoint(x, y);
    const surface = layers.findIndex((layer) => ground(layer, true)[3] === 1);
    return !layers.includes(element) || surface < 0 || layers.indexOf(element) <= surface;
  };
  // Below the screen no layer can be asked for: there a column that stays hides what its frame has scrolled under it.
  const lid = (over, under) => {
    const frame = framer(under);
    if (!frame || !frame.scrollLeft) return false;
    for (let e = over; e && e !== frame; e = e.parentElement)
      if (style(e).position === "sticky" && ground(e, true)[3] === 1) return frame.contains(e) && !e.contains(under);
    return false;
  };
  const collide = (one, other) => {
    if (share(one, other) <= 0.2) return false;
    const x = (Math.max(one.left, other.left) + Math.min(one.right, other.right)) / 2;
    const y = (Math.max(one.top, other.top) + Math.min(one.bottom, other.bottom)) / 2;
    if ((y < 0 || y > innerHeight - 2) && (lid(one.parent, other.parent) || lid(other.parent, one.parent))) return false;
    return shows(one.parent, x, y) && shows(other.parent, x, y);
  };
  const collisions = (screenful) => {
    const lines = [];
    // What a dialog that is alone on stage lies on is out of reach, and dimmed.
    const stage = [...document.querySelectorAll("dialog:modal")].find((one) => one.checkVisibility());
    for (const { parent, boxes, words } of texts()) {
      if (stage && !stage.contains(parent)) continue;
      // Raised marks reach into the line above, and may hang over a full stop.
      if (parent.closest("sup, sub") || !/[\p{L}\p{N}]/u.test(words)) continue;
      const frame = framer(parent)?.getBoundingClientRect();
      for (const box of boxes) {
        if (screenful && (box.bottom < 0 || box.top > innerHeight)) continue;
        const hidden = frame && (box.left >= frame.right || box.right <= frame.left || box.top >= frame.bottom || box.bottom <= frame.top);
        if (!hidden) lines.push({ ...glyphs(box, parseFloat(style(parent).fontSize)), words, parent });
      }
    }
    lines.sort((a, b) => a.top - b.top);
    let count = 0;
    lines.forEach((one, i) => {
      for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++)
        if (collide(one, lines[j]) && ++count <= 2)
          say(one.parent, `text lies on text: ${one.words} and ${lines[j].words} (${where(lines[j].parent)})`);
    });
    if (count > 2) findings.push(`text lies on text ${screenful ? "at the end of the page" : "along the page"} in ${count} places`);
  };
  const at = scrollY;
  collisions(false);
  if (!print) {
    scrollTo({ top: root.scrollHeight, behavior: "instant" });
    collisions(true);
    scrollTo({ top: at, behavior: "instant" });
  }

  // --- what scrolls sideways is a table, inside its own frame
  for (const frame of print || large ? [] : document.body.querySelectorAll("*")) {
    if (!scrolls(frame) || frame.scrollWidth <= frame.clientWidth + 1 || !seen(frame) || offstage(frame)) continue;
    const edge = frame.getBoundingClientRect();
    const table = frame.querySelector("table");
    const reach = (e) => e.getBoundingClientRect().right;
    const far = [...frame.querySelectorAll("*")].reduce((a, e) => (reach(e) > reach(a) + 0.5 ? e : a), frame.firstElementChild || frame);
    const by = `${where(far)} ${quote(far.textContent)} sticks out by ${Math.round(frame.scrollWidth - frame.clientWidth)} px`;
    if (!table) say(frame, `scrolls sideways, yet holds no table: ${by}`);
    else if (Math.max(...[...table.rows].map((row) => row.cells.length)) <= 3) say(frame, `a table of three columns scrolls sideways: ${by}`);
    if (edge.left < -1 || edge.right > width + 1) say(frame, "a frame that scrolls is wider than the screen");
    if (frame.tabIndex < 0 && ![...frame.querySelectorAll("a[href], button, [tabindex='0']")].some(seen))
      say(frame, "scrolls sideways, but the keyboard cannot reach it");
  }

  // --- the text of drawings
  for (const figure of document.querySelectorAll("figure.chart")) {
    if (large || !seen(figure)) continue;
    const drawings = [...figure.querySelectorAll("svg")].filter(seen);
    if (drawings.length !== 1) say(figure, `${drawings.length} drawings show, not one`);
  }
  for (const svg of document.querySelectorAll("svg")) {
    const labels = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && seen(text));
    if (large || !seen(svg) || !labels.length) continue;
    const edge = svg.getBoundingClientRect();
    const shapes = [...svg.querySelectorAll("rect, path, circle, ellipse, polygon")].filter(
      (s) => seen(s) && style(s).fill !== "none" && !s.closest("defs, clipPath, mask, pattern, marker"),
    );
    const boxes = [];
    for (const text of labels) {
      const box = text.getBoundingClientRect();
      const words = quote(text.textContent);
      for (const part of [text, ...text.querySelectorAll("tspan")]) {
        if (![...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const to = part.getScreenCTM();
        const shown = parseFloat(style(part).fontSize) * Math.sqrt(Math.abs(to.a * to.d - to.b * to.c));
        if (shown < smallest - 0.05) say(svg, `text of ${shown.toFixed(1)} px, less than ${smallest}: ${words}`);
      }
      const m = text.getScreenCTM();
      const size = parseFloat(style(text).fontSize) * Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
      const block = Math.abs(m.b) > 0.01 || text.querySelector("tspan[dy], tspan[y]");
      const own = { ...(block ? { left: box.left, right: box.right, top: box.top, bottom: box.bottom } : glyphs(box, size)), words };
      const out = Math.max(edge.left - own.left, own.right - edge.right, edge.top - own.top, own.bottom - edge.bottom);
      if (out > 1) say(svg, `text leaves the drawing by ${Math.round(out)} px: ${words}`);
      for (const other of boxes) if (share(own, other) > 0.2) say(svg, `texts lie on each other: ${words} and ${other.words}`);
      boxes.push(own);

      // The text against the topmost shape painted under it, at three points of its line.
      const look = style(text);
      if (look.fill === "none" || look.fill.startsWith("url")) {
        say(svg, `text without a plain colour: ${words}`);
        continue;
      }
      const paper = ground(svg);
      const halo = look.stroke !== "none" && parseFloat(look.strokeWidth) > 0 && look.paintOrder.startsWith("stroke");
      const needed = size >= 24 ? 3 : 4.5;
      let worst = 21;
      for (const part of [0.1, 0.5, 0.9]) {
        const point = new DOMPoint(box.left + box.width * part, (box.top + box.bottom) / 2);
        let under = paper;
        for (const shape of halo ? [] : shapes) {
          if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          const to = shape.getScreenCTM();
          if (!to || !shape.isPointInFill(point.matrixTransform(to.inverse()))) continue;
          const fill = style(shape).fill;
          if (fill.startsWith("url")) continue;
          under = over(colour(fill), under, strength(shape, svg) * parseFloat(style(shape).fillOpacity));
        }
        if (halo) under = over(colour(look.stroke), paper);
        const ink = over(colour(look.fill), under, strength(text, svg) * parseFloat(look.fillOpacity));
        worst = Math.min(worst, contrast(ink, under));
      }
      if (worst < needed) say(svg, `text of contrast ${worst.toFixed(2)}, less than ${needed}: ${words}`);
    }
  }

  // --- paper
  if (print) {
    if (light(ground(document.body)) < 0.8) findings.push("the page prints on a dark ground");
    for (const element of document.body.querySelectorAll("*")) {
      const own = element.closest("svg") ? [0, 0, 0, 0] : colour(style(element).backgroundColor);
      const box = element.getBoundingClientRect();
      if (own[3] === 1 && light(own) < 0.4 && box.width * box.height > 5000 && seen(element)) say(element, "prints as a dark surface");
    }
    for (const details of document.querySelectorAll("main details")) {
      const inner = details.querySelector("table, svg, p");
      if (inner && !details.open && seen(details) && !seen(inner)) say(details, "is closed on paper: what it holds is lost");
    }
  }
  return [...new Set(findings)];
};
