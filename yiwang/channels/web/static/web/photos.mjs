// Photos are made smaller on the phone and sent at once, while their reporter goes on writing.
import { positionOf } from "./exif.mjs";

const SIDE = 2048;
const QUALITY = 0.85;

/** Take over a form's photos. `told` hears of a position that a photo brought. What cannot be sent now stays. */
export function takeOver(form, told = () => {}) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("#photos");
  const wrong = form.querySelector("#photos-wrong");
  const waiting = new Map();
  let under_way = 0;

  const say = (words, waits = false) => {
    wrong.textContent = words;
    wrong.hidden = !words;
    // What is said of a photo that waits is over once none does; what was refused for good stays to be read.
    wrong.toggleAttribute("data-waits", waits);
  };
  const count = (change) => {
    under_way += change;
    form.querySelector(".send button").disabled = under_way > 0;
    list.setAttribute("aria-busy", String(under_way > 0));
  };
  // What waits goes with the form; what was sent must not come a second time with it.
  const lay = () => {
    input.value = "";
    if (!waiting.size) return;
    try {
      const files = new DataTransfer();
      for (const file of waiting.values()) files.items.add(file);
      input.files = files.files;
    } catch {
      // An old browser can put no file into a form: what waits is sent by its own button.
    }
  };
  const settle = () => {
    input.closest("label").hidden = list.querySelectorAll(".photo").length >= Number(list.dataset.most);
    for (const shown of waiting.keys()) if (!shown.isConnected) waiting.delete(shown);
    if (!waiting.size && wrong.hasAttribute("data-waits")) say("");
    lay();
  };

  async function add(file) {
    const shown = frame(list, file, settle);
    list.insertBefore(shown, input.closest("label"));
    settle();
    await bring(shown, file);
  }

  async function bring(shown, file) {
    waiting.delete(shown);
    shown.className = "photo on-its-way";
    shown.querySelector(".again")?.remove();
    count(1);
    try {
      const [position, smaller] = await Promise.all([positionOf(file), shrunk(file)]);
      const kept = await send(form, list.dataset.files, smaller ?? file);
      shown.append(hidden(kept.id));
      shown.className = "photo";
      if (position ?? kept.position) told(position ?? kept.position);
      settle();
    } catch (failed) {
      if (failed.final) shown.remove();
      else wait(shown, file);
      settle();
      say(failed.words ?? list.dataset.failed, !failed.final);
    } finally {
      count(-1);
    }
  }

  function wait(shown, file) {
    if (!shown.isConnected) return;
    waiting.set(shown, file);
    shown.className = "photo unsent";
    const again = Object.assign(document.createElement("button"), { type: "button", className: "again", textContent: list.dataset.again });
    again.addEventListener("click", () => bring(shown, file));
    shown.append(again);
  }

  function take() {
    say("");
    const room = Number(list.dataset.most) - list.querySelectorAll(".photo").length;
    const chosen = [...input.files].slice(0, Math.max(0, room));
    lay();
    chosen.forEach(add);
  }

  input.addEventListener("change", take);
  addEventListener("online", () => [...waiting].forEach(([shown, file]) => bring(shown, file)));
  list.querySelectorAll(".photo").forEach((shown) => shown.append(remover(list, shown, settle)));
  list.classList.add("scripted");
  // Somebody was faster than this script.
  take();
  settle();
}

/** The photo made smaller, upright, without anything its camera wrote into it; null where the browser cannot. */
export async function shrunk(file) {
  let picture;
  try {
    picture = await upright(file);
  } catch {
    return null; // a form this browser cannot draw: it goes as it is, and the server makes it smaller
  }
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close?.();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

/** The picture as its camera meant it to stand. */
async function upright(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (unknown) {
    // Older Safari and WeChat know no such option, but turn an image of the page by themselves.
    if (!CSS.supports("image-orientation", "from-image")) throw unknown;
    const image = new Image();
    image.src = URL.createObjectURL(file);
    await image.decode();
    return image;
  }
}

// It is the photo itself that cannot be taken, however often it is sent.
const FINAL = new Set([400, 413, 415, 422]);

/** Send one photo; refused, the error carries the words of the server and whether that is final; without a line none. */
export async function send(form, address, photo) {
  const body = new FormData();
  body.append("file", photo, "photo.jpg");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.ok) return answer.json();
  const { detail } = await answer.json().catch(() => ({}));
  throw Object.assign(new Error("refused"), { words: detail, final: FINAL.has(answer.status) });
}

function frame(list, file, removed) {
  const shown = document.createElement("div");
  shown.className = "photo on-its-way";
  const image = document.createElement("img");
  image.src = URL.createObjectURL(file);
  image.alt = "";
  image.addEventListener("error", () => image.remove());
  shown.append(image, remover(list, shown, removed));
  return shown;
}

function hidden(id) {
  return Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: id });
}

function remover(list, shown, removed) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "remove", textContent: "×" });
  button.setAttribute("aria-label", list.dataset.remove);
  button.addEventListener("click", () => {
    shown.remove();
    removed();
  });
  return button;
}
