// A list that is taken away says how far it is: lines so far, and then the file. Without scripts the browser just loads it.
const LINE = 10;

function save(parts, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const named = (answer) => /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
const worded = (text, n) => text.replace("{}", n.toLocaleString());

async function take(link, box, said) {
  const stopping = new AbortController();
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: box.dataset.stop });
  stop.addEventListener("click", () => stopping.abort());
  said.textContent = box.dataset.made;
  said.after(stop);
  try {
    const answer = await fetch(link.href, { signal: stopping.signal });
    // Too long for Excel: the page itself came back and says so.
    if (answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      said.textContent = page.querySelector(".note.error")?.textContent ?? box.dataset.broken;
      return;
    }
    if (!answer.ok) throw new Error(answer.status);
    const isText = answer.headers.get("Content-Type").startsWith("text/csv");
    const parts = [];
    let lines = -1;
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      for (const byte of value) if (byte === LINE) lines += 1;
      if (isText) said.textContent = worded(box.dataset.rows, lines);
    }
    save(parts, answer.headers.get("Content-Type"), named(answer));
    said.textContent = isText ? worded(box.dataset.done, lines) : "";
  } catch (broken) {
    said.textContent = broken.name === "AbortError" ? "" : box.dataset.broken;
  } finally {
    stop.remove();
    delete box.dataset.busy;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".exports a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const box = link.closest(".exports");
  if (box.dataset.busy) return;
  box.dataset.busy = "yes";
  take(link, box, box.querySelector("[role=status]"));
});
