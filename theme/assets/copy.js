// Copies the value or the citation of a figure; loaded by the first press of such a button.
(function () {
  "use strict";
  const { crossfoot } = window;

  const said = (words, text) => words["data.copied"].replace("{}", text);

  // Where the browser keeps the clipboard from scripts, the text is shown and selected, so that the reader can copy it.
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const shown = (control, text) => {
    const box = control.parentElement;
    const found = box.querySelector(".copy-text") || box.appendChild(document.createElement("p"));
    found.className = "copy-text";
    found.textContent = text;
    return found;
  };

  crossfoot.feature("copy", async (control) => {
    const words = await crossfoot.words();
    const citation = control.closest(".copies") && control.closest(".copies").querySelector(".citation");
    const text = (control.dataset.copy || citation.textContent).replace(/\s+/g, " ").trim();
    // Emptied first: the same words said twice are announced twice.
    crossfoot.say("");
    try {
      await navigator.clipboard.writeText(text);
      crossfoot.say(said(words, text));
    } catch (refused) {
      select(control.dataset.copy ? shown(control, text) : citation);
      // Old, but where it works it spares the reader a step.
      crossfoot.say(document.execCommand("copy") ? said(words, text) : words["data.selected"]);
    }
  });
})();
