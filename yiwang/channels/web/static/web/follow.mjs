// The reporter's page: photos that are added are sent while one writes, and the link can be taken along.
import { takeOver } from "./photos.mjs";

const adds = document.querySelector("#add, #answer");
if (adds) takeOver(adds);

const copy = document.querySelector("#copy-link");
copy.hidden = !navigator.clipboard;
copy.addEventListener("click", async () => {
  const said = copy.nextElementSibling;
  try {
    await navigator.clipboard.writeText(copy.dataset.link);
    copy.textContent = copy.dataset.done;
  } catch {
    copy.textContent = copy.dataset.failed;
    getSelection().selectAllChildren(said);
  }
});
