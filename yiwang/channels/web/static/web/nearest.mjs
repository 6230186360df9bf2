// What lies nearest to the reader first, and back to the most pressing. The position stays in the browser.
const order = document.querySelector("#order");
const list = document.querySelector("#turns");
const METRES_A_DEGREE = 111_320;

/** Metres between two points (longitude, latitude in degrees), good enough within a county. */
function metres(here, turn) {
  const east = (turn.dataset.lon - here.longitude) * Math.cos((here.latitude * Math.PI) / 180);
  return Math.hypot(east, turn.dataset.lat - here.latitude) * METRES_A_DEGREE;
}

function worded(far) {
  return far < 950
    ? order.dataset.metres.replace("{}", Math.round(far / 10) * 10)
    : order.dataset.kilometres.replace("{}", (far / 1000).toFixed(1));
}

function say(words) {
  const said = document.querySelector("#order-said");
  said.textContent = words;
  said.hidden = !words;
}

function sorted(turns, here) {
  const far = new Map(turns.map((turn) => [turn, turn.dataset.lon ? metres(here, turn) : Infinity]));
  for (const [turn, away] of far) {
    turn.querySelector(".away").textContent = Number.isFinite(away) ? worded(away) : "";
  }
  return turns.toSorted((one, other) => far.get(one) - far.get(other) || 0);
}

if (order && navigator.geolocation) {
  const pressing = [...list.children];
  const button = order.querySelector("#nearest");
  order.hidden = false;
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      button.setAttribute("aria-pressed", "false");
      list.replaceChildren(...pressing);
      return;
    }
    say(order.dataset.waiting);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say("");
        button.setAttribute("aria-pressed", "true");
        list.replaceChildren(...sorted(pressing, coords));
      },
      () => say(order.dataset.refused),
      { timeout: 15_000, maximumAge: 60_000 },
    );
  });
}
