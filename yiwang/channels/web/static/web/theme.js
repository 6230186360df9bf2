// Tabler knows night only by name: it is told what the reader's own system says.
(() => {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => document.documentElement.setAttribute("data-bs-theme", night.matches ? "dark" : "light");
  tell();
  night.addEventListener("change", tell);
})();
