// Hands a reader a file that was made in the browser, and writes rows as CSV. Loaded when a reader asks for such a file;
// nothing is sent anywhere.
(() => {
  "use strict";
  const { crossfoot } = window;

  // `content` is a text or a Blob.
  crossfoot.save = (name, type, content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    // A browser may read the file only after the click, and ask the reader first.
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // As in the site's own CSV files: text that a spreadsheet would take for a formula gets a mark in front, numbers do not;
  // the mark at the start says that the file is UTF-8.
  const cell = (text) => {
    const risky = /^[=+\-@\t\r]/.test(text) && !/^[+-](\d+\.?\d*|\.\d+)$/.test(text);
    const safe = risky ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  crossfoot.csv = (rows) => `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
})();
