// The button that opens the browser's own print window; without scripts its menu does. Where nothing is, none is there.
const button = document.querySelector("#print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
