// The wall's rings and bars, drawn once and then only given other numbers. Colours and sizes are the page's tokens.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const percent = (share) => (share === null ? "–" : share === 1 ? "100%" : `${(share * 100).toFixed(1)}%`);

function opened(id) {
  const box = document.getElementById(id);
  const chart = globalThis.echarts.init(box, null, { renderer: "canvas" });
  new ResizeObserver(() => chart.resize()).observe(box);
  return { box, chart };
}

function ring({ name, share }, n, all) {
  const middle = `${((n + 0.5) * 100) / all}%`;
  const done = share ?? 0;
  const shared = { fontFamily: colour("--type") };
  return {
    type: "pie", silent: true, animation: false, center: [middle, "50%"], radius: [3.4 * rem(), 4.2 * rem()],
    label: { show: false }, startAngle: 90,
    data: [
      {
        value: done, itemStyle: { color: colour("--accent") },
        label: {
          show: true, position: "center", formatter: `{share|${percent(share)}}`,
          rich: { share: { ...shared, fontSize: 1.9 * rem(), fontWeight: 700, color: colour("--ink") } },
        },
      },
      { value: 1 - done, itemStyle: { color: colour("--line") }, label: { show: false } },
    ],
    name,
  };
}

function rings(rates) {
  return { series: rates.map((rate, n) => ring(rate, n, rates.length)) };
}

function bars(boards) {
  const type = (size, token) => ({ fontFamily: colour("--type"), fontSize: size * rem(), color: colour(token) });
  return {
    grid: { left: 0, right: 6 * rem(), top: 0, bottom: 0, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category", inverse: true, data: boards.map(({ name }) => name), axisLine: { show: false },
      axisTick: { show: false }, axisLabel: { ...type(1.625, "--ink"), margin: rem() },
    },
    series: [
      {
        type: "bar", silent: true, animation: false, barWidth: 1.5 * rem(), data: boards.map(({ cases }) => cases),
        itemStyle: { color: colour("--accent") },
        label: { show: true, position: "right", distance: 0.75 * rem(), ...type(1.9, "--ink"), fontWeight: 700 },
      },
    ],
  };
}

/** The charts; `show(news)` gives them numbers, `colours()` dresses them anew. */
export function board() {
  const [rates, boards] = [opened("rates"), opened("boards")];
  let last = null;

  function show(news) {
    last = news;
    rates.chart.setOption(rings(news.rates));
    boards.chart.setOption(bars(news.boards));
    rates.box.setAttribute("aria-label", news.rates.map(({ name, share }) => `${name} ${percent(share)}`).join("; "));
    boards.box.setAttribute("aria-label", news.boards.map(({ name, cases }) => `${name} ${cases}`).join("; "));
  }

  function colours() {
    if (last) show(last);
  }

  return { colours, show };
}
