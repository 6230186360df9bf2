// Photos are made smaller on the phone and sent at once, while their reporter goes on writing.
import { positionOf } from "./exif.mjs";

const SIDE = 2048;
const QUALITY = 0.85;

/** Take over a form's photos. `told` hears of a position that a photo brought. */
export function takeOver(form, told = () => {}) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("#photos");
  const wrong = form.querySelector("#photos-wrong");
  let under_way = 0;

  const say = (words) => {
    wrong.textContent = words;
    wrong.hidden = !words;
  };
  const count = (change) => {
    under_way += change;
    form.querySelector(".send button").disabled = under_way > 0;
    list.setAttribute("aria-busy", String(under_way > 0));
  };
  const full = () => {
    input.closest("label").hidden = list.querySelectorAll(".photo").length >= Number(list.dataset.most);
  };

  async function add(file) {
    const shown = frame(list, file, full);
    list.insertBefore(shown, input.closest("label"));
    full();
    count(1);
    try {
      const [position, smaller] = await Promise.all([positionOf(file), shrunk(file)]);
      const kept = await send(form, list.dataset.files, smaller ?? file);
      shown.append(hidden(kept.id));
      shown.classList.remove("on-its-way");
      if (position ?? kept.position) told(position ?? kept.position);
    } catch (failed) {
      shown.remove();
      full();
      say(failed.words ?? list.dataset.failed);
    } finally {
      count(-1);
    }
  }

  function take() {
    say("");
    const room = Number(list.dataset.most) - list.querySelectorAll(".photo").length;
    [...input.files].slice(0, room).forEach(add);
    // Sent already: they must not come a second time with the form.
    input.value = "";
  }

  input.addEventListener("change", take);
  list.querySelectorAll(".photo").forEach((shown) => shown.append(remover(list, shown, full)));
  list.classList.add("scripted");
  full();
  // Somebody was faster than this script.
  take();
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

/** Send one photo; refused, the error carries the words of the server, and without a line none. */
export async function send(form, address, photo) {
  const body = new FormData();
  body.append("file", photo, "photo.jpg");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.ok) return answer.json();
  const { detail } = await answer.json().catch(() => ({}));
  throw Object.assign(new Error("refused"), { words: detail });
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
