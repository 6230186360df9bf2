// Speaking instead of writing, where the phone itself offers it; otherwise a word about the keyboard's microphone.
const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
// WeChat's browser carries the name of it and answers nothing.
const answers = Recognition && isSecureContext && !/MicroMessenger/i.test(navigator.userAgent);

document.querySelectorAll(".voice").forEach((box) => {
  const button = box.querySelector("button");
  button.hidden = !answers;
  box.hidden = false;
  if (answers) offer(box, button);
});

function offer(box, button) {
  const text = document.getElementById(box.dataset.writes);
  const said = box.querySelector("p");
  const usual = said.textContent;
  const listens = () => button.getAttribute("aria-pressed") === "true";
  const ended = (words) => {
    button.setAttribute("aria-pressed", "false");
    said.textContent = words;
  };
  let recognition = null;

  button.addEventListener("click", () => {
    if (listens()) {
      recognition.stop();
      return;
    }
    recognition = Object.assign(new Recognition(), { lang: box.dataset.speaks, continuous: true, interimResults: false });
    recognition.addEventListener("result", ({ results, resultIndex }) => {
      for (let n = resultIndex; n < results.length; n += 1) write(text, results[n][0].transcript);
    });
    // Silence and one's own stop are no faults.
    recognition.addEventListener("error", ({ error }) => {
      if (error === "no-speech" || error === "aborted") return;
      ended(box.dataset.refused);
      button.hidden = true;
    });
    recognition.addEventListener("end", () => listens() && ended(usual));
    button.setAttribute("aria-pressed", "true");
    said.textContent = box.dataset.listening;
    try {
      recognition.start();
    } catch {
      ended(box.dataset.refused);
    }
  });
}

/** Put what was said where the cursor stands; the page hears of it as of typing. */
function write(text, words) {
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
