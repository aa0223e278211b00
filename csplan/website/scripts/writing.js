// Keeps what is being written for the writer alone, after a pause in typing, and says so. The form works without it.
const PAUSE = 3000;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const status = document.getElementById("kept");
  let waiting = 0;
  let sending = new AbortController();

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sending.abort();
  });

  async function keep() {
    sending.abort();
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: sending.signal,
      });
      const isSaid = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      say(isSaid ? (await answer.json()).words : answer.status === 403 ? form.dataset.signedOut : form.dataset.failed);
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.failed);
    }
  }

  // The same words are not announced twice.
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }
}
