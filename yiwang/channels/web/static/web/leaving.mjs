// Who leaves a page while htmx still asks for something does not wait for the answer: that is no error to be told of.
const asked = new Set();

function leave() {
  asked.forEach((question) => {
    question.onerror = question.onabort = question.ontimeout = null;
    question.abort();
  });
}

document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  // Only meanwhile: a page that listens for its end is not kept for the way back.
  if (!asked.size) addEventListener("beforeunload", leave);
  asked.add(xhr);
  xhr.addEventListener("loadend", () => {
    asked.delete(xhr);
    if (!asked.size) removeEventListener("beforeunload", leave);
  });
});
