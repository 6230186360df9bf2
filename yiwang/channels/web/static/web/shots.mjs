// Photos taken outside: each lies on the phone first, and goes ahead of its form as soon as there is a line.
import { positionOf } from "./exif.mjs";
import { send, shrunk } from "./photos.mjs";

/** One box of photos; what was kept of it comes from the record. `changed`: lay the record down; `where`: the phone. */
export function boxOf(box, form, record, { changed, where, brought = () => {} }) {
  const name = box.dataset.shots;
  const photos = (record.photos[name] ??= []);
  const wrong = box.querySelector("[role=alert]");

  const say = (words) => {
    wrong.textContent = words;
    wrong.hidden = !words;
  };
  const room = () => Number(box.dataset.most) - box.querySelectorAll(".photo").length;
  const close = () => box.querySelectorAll("label.shoot").forEach((label) => (label.hidden = room() <= 0));

  function drop(photo, shown) {
    const at = photos.indexOf(photo);
    if (at >= 0) photos.splice(at, 1);
    shown.remove();
    close();
    changed();
  }

  function show(photo) {
    const shown = framed(box, photo, () => drop(photo, shown));
    box.querySelector(".photos").append(shown);
    photo.mark = () => marked(box, photo, shown);
    photo.drop = () => drop(photo, shown);
    photo.mark();
    close();
  }

  async function add(file) {
    const [position, smaller] = await Promise.all([positionOf(file), shrunk(file)]);
    const photo = { blob: smaller ?? file, position: position ?? where(), id: "" };
    photos.push(photo);
    show(photo);
    if (position) brought(position);
    await changed();
    await ahead(form, box.dataset.files, photo).then(changed, (failed) => failed.final && refused(photo, failed));
  }

  function refused(photo, failed) {
    photo.drop();
    say(failed.words);
  }

  function take(input) {
    say("");
    [...input.files].slice(0, room()).forEach(add);
    // Kept already: they must not come a second time with the form.
    input.value = "";
  }

  if (photos.length) box.querySelectorAll(".photo").forEach((shown) => shown.remove());
  box.querySelectorAll("input[type=file]").forEach((input) => {
    input.addEventListener("change", () => take(input));
    if (input.files.length) take(input);
  });
  box.querySelectorAll(".photo").forEach((shown) => shown.append(remover(box, () => shown.remove())));
  photos.forEach(show);
  box.classList.add("scripted");
}

/** Send a photo ahead, once: whoever comes while it is on its way waits for it. */
export function ahead(form, address, photo) {
  photo.way ??= sent(form, address, photo).finally(() => (photo.way = null));
  return photo.way;
}

async function sent(form, address, photo) {
  if (photo.id) return;
  const kept = await send(form, address, photo.blob);
  photo.id = kept.id;
  photo.position ??= kept.position;
  photo.mark?.();
}

/** A photo as the form tells of it: its id, and where it was taken. */
export function told({ id, position }) {
  return position ? `${id} ${position.lon} ${position.lat}` : id;
}

/** What of a photo is laid down. */
export function laid({ blob, position, id }) {
  return { blob, position, id };
}

function framed(box, photo, removed) {
  const shown = Object.assign(document.createElement("div"), { className: "photo" });
  const image = document.createElement("img");
  image.src = URL.createObjectURL(photo.blob);
  image.addEventListener("error", () => image.remove());
  shown.append(image, Object.assign(document.createElement("span"), { className: "state" }), remover(box, removed));
  return shown;
}

function marked(box, photo, shown) {
  shown.classList.toggle("on-phone", !photo.id);
  const words = photo.id ? box.dataset.uploaded : box.dataset.onPhone;
  shown.querySelector(".state").textContent = words;
  shown.querySelector("img")?.setAttribute("alt", words);
}

function remover(box, removed) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "remove", textContent: "×" });
  button.setAttribute("aria-label", box.dataset.remove);
  button.addEventListener("click", removed);
  return button;
}
