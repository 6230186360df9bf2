// Who leaves a page while htmx still asks for something does not wait for the answer: that is no error to be told of.
// A page that has been left runs no timer any more; one that stays hears of its cut-off question a moment later.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  let withdrawn = false;
  const later = (told) => told && ((event) => (withdrawn ? told.call(xhr, event) : setTimeout(() => told.call(xhr, event))));
  xhr.onerror = later(xhr.onerror);
  xhr.onabort = later(xhr.onabort);
  // What htmx itself takes back it must know of at once.
  xhr.abort = () => {
    withdrawn = true;
    XMLHttpRequest.prototype.abort.call(xhr);
  };
});
