// Follow-on questions come and go with the answer they hang on; marked words of the draft are offered to be commented on.
// Both forms work without it: every question stands there with its condition, and each part of the draft has its field.
const LONGEST = 1000;

for (const form of document.querySelectorAll("form[data-answer]")) {
  const following = [...form.querySelectorAll("[data-follows]")];
  for (const part of following) part.querySelector(".csp-follows__words").hidden = true;
  form.addEventListener("change", show);
  // Going back to the page, a browser fills in the fields after this has run.
  addEventListener("pageshow", show);
  show();

  function show() {
    // In the order of the form, so that what hangs on a hidden question is hidden too.
    for (const part of following) {
      const answers = JSON.parse(part.dataset.answers);
      const on = [...form.elements].filter((field) => field.name === part.dataset.follows && !field.closest("[hidden]"));
      part.hidden = !on.some((field) => answers.includes(field.value) && (field.checked || field.tagName === "SELECT"));
    }
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const offer = form.querySelector(".csp-picked");
  const shown = offer.querySelector(".csp-picked__words");
  let part = null;
  let quote = "";

  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const words = selection.toString().replace(/\s+/g, " ").trim();
    if (!words) {
      // Pressing the button takes the marking away on some phones: what was marked stays until something else is.
      return;
    }
    // By its words and not by where it ends: three clicks mark a paragraph as far as the beginning of what follows.
    const start = closest(selection.getRangeAt(0).startContainer);
    const isOne = start && words.length <= LONGEST && bare(start.textContent).includes(bare(words));
    offer.hidden = !isOne;
    if (isOne) {
      part = start.closest("[data-clause]");
      quote = words;
      shown.textContent = words;
    }
  });

  offer.querySelector("button").addEventListener("click", () => {
    const select = part.querySelector("select");
    const held = [...select.options].find((option) => option.value === quote);
    const option = held || select.appendChild(new Option(quote, quote));
    option.selected = true;
    select.parentElement.classList.add("is-chosen");
    part.querySelector("details").open = true;
    offer.hidden = true;
    part.querySelector("details textarea").focus();
  });

  function bare(text) {
    return text.replace(/\s+/g, "");
  }

  function closest(node) {
    const element = node && (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    return element && element.closest ? element.closest(".csp-part__words") : null;
  }
}
