// A case: long lists that can be searched, and the sender's position.

// Above a long list a field that narrows it; without scripts the list is there whole.
function narrowing(list) {
  const field = document.createElement("input");
  const all = [...list.children].map((part) => part.cloneNode(true));
  field.type = "search";
  field.className = "form-control";
  field.dataset.filter = "";
  field.placeholder = document.getElementById("act").dataset.narrow;
  field.setAttribute("aria-label", field.placeholder);
  field.addEventListener("input", () => {
    const words = field.value.trim().toLowerCase();
    const chosen = list.value;
    const has = (option) => option.textContent.toLowerCase().includes(words) || option.value === words;
    list.replaceChildren(...all.map((part) => part.cloneNode(true)));
    for (const option of list.querySelectorAll("option")) if (!has(option)) option.remove();
    for (const group of list.querySelectorAll("optgroup")) if (!group.children.length) group.remove();
    if ([...list.options].some((option) => option.value === chosen)) list.value = chosen;
  });
  list.before(field);
}

function locating(button) {
  const form = button.closest("form");
  const said = form.querySelector("[data-located]");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lat.value = coords.latitude.toFixed(6);
        form.elements.lon.value = coords.longitude.toFixed(6);
        said.textContent = said.dataset.found;
      },
      () => (said.textContent = said.dataset.failed),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

function prepare(part) {
  part.querySelectorAll("select[data-filtered]").forEach((list) => list.length > 12 && narrowing(list));
  if (navigator.geolocation) part.querySelectorAll("[data-locate]").forEach(locating);
}

prepare(document);
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.target);
  event.target.querySelector("#move :is(input:not([type=hidden]), select, textarea, button)")?.focus();
});
