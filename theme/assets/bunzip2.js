// Unpacks bzip2, which browsers cannot: it packs text a fifth smaller than gzip. `crossfoot.bunzip2(base64)` returns text.
(function () {
  "use strict";
  const BLOCK = 0x314159, END = 0x177245, SELECTED = 50;

  function bitsOf(bytes) {
    let at = 0, held = 0, left = 0;
    const bits = (count) => {
      let value = 0;
      while (count > 0) {
        if (left === 0) {
          held = bytes[at++];
          left = 8;
        }
        const take = Math.min(count, left);
        value = value * (1 << take) + ((held >> (left - take)) & ((1 << take) - 1));
        left -= take;
        count -= take;
      }
      return value;
    };
    return bits;
  }

  // A prefix code is told by the length of each symbol's code; codes of one length follow each other.
  function codeOf(bits, symbols) {
    const lengths = [], found = new Map();
    for (let symbol = 0, length = bits(5); symbol < symbols; symbol++) {
      while (bits(1)) length += bits(1) ? -1 : 1;
      lengths.push(length);
    }
    for (let length = 1, code = 2; length < 21; length++, code *= 2) {
      lengths.forEach((one, symbol) => { if (one === length) found.set(code++, symbol); });
    }
    return () => {
      let code = 1; // before its first bit, so that leading zeros count
      while (!found.has(code)) {
        if (code > 1e7) throw new Error("bzip2");
        code = code * 2 + bits(1);
      }
      return found.get(code);
    };
  }

  function toFront(list, index) {
    const [one] = list.splice(index, 1);
    list.unshift(one);
    return one;
  }

  // One block, before its bytes are put back in order.
  function symbolsOf(bits) {
    const used = [], map = bits(16), selectors = [], tables = [], found = [];
    for (let high = 0; high < 16; high++) {
      const row = (map >> (15 - high)) & 1 ? bits(16) : 0;
      for (let low = 0; low < 16; low++) if ((row >> (15 - low)) & 1) used.push(high * 16 + low);
    }
    const groups = bits(3), order = Array.from({ length: groups }, (_, index) => index);
    for (let left = bits(15); left > 0; left--) {
      let index = 0;
      while (bits(1)) index++;
      selectors.push(toFront(order, index));
    }
    const end = used.length + 1;
    for (let group = 0; group < groups; group++) tables.push(codeOf(bits, end + 1));
    let run = 0, weight = 1;
    for (let read = 0; ; read++) {
      const symbol = tables[selectors[Math.floor(read / SELECTED)]]();
      if (symbol < 2) {
        run += weight << symbol;
        weight *= 2;
        continue;
      }
      for (; run > 0; run--) found.push(used[0]);
      weight = 1;
      if (symbol === end) return found;
      found.push(toFront(used, symbol - 1));
    }
  }

  // The Burrows-Wheeler transform undone, then runs: four equal bytes are followed by how many more there are.
  function ordered(last, start, out) {
    const next = new Uint32Array(last.length), starts = new Array(256).fill(0);
    last.forEach((byte) => starts[byte]++);
    for (let byte = 0, sum = 0; byte < 256; byte++) [starts[byte], sum] = [sum, sum + starts[byte]];
    last.forEach((byte, index) => { next[starts[byte]++] = index; });
    let same = 0, before = -1;
    for (let count = last.length, at = next[start]; count > 0; count--, at = next[at]) {
      const byte = last[at];
      if (same === 4) {
        for (let more = byte; more > 0; more--) out.push(before);
        same = 0;
        before = -1;
        continue;
      }
      same = byte === before ? same + 1 : 1;
      before = byte;
      out.push(byte);
    }
  }

  window.crossfoot.bunzip2 = function (base64) {
    const bits = bitsOf(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))), out = [];
    bits(32);
    for (let mark = bits(24); mark !== END; mark = bits(24)) {
      if (mark !== BLOCK) throw new Error("bzip2");
      bits(24);
      bits(32);
      bits(1);
      const start = bits(24);
      ordered(symbolsOf(bits), start, out);
    }
    return new TextDecoder().decode(Uint8Array.from(out));
  };
})();
