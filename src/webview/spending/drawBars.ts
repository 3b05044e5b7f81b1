import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

interface BarColours {
  readonly text: string;
  readonly grid: string;
  readonly border: string;
  readonly series: readonly string[];
}

export interface BarsToDraw {
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly dollars: readonly number[] }[];
  readonly colours: BarColours;
  readonly onPick: (bar: number) => void;
}

/** Stacked bars that fill their parent. Answers what takes them away. */
export function drawBars(canvas: HTMLCanvasElement, bars: BarsToDraw): () => void {
  const { labels, series, colours, onPick } = bars;
  const ticks = { color: colours.text };
  const chart = new Chart(canvas, {
    type: "bar",
    data: {
      labels: [...labels],
      datasets: series.map(({ name, dollars }, index) => ({
        label: name,
        data: [...dollars],
        backgroundColor: colours.series[index] ?? colours.text,
        borderColor: colours.border,
        borderWidth: { top: 1, bottom: 0, left: 0, right: 0 },
        maxBarThickness: 48,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      onClick: (_event, elements) => {
        const [first] = elements;
        if (first !== undefined) onPick(first.index);
      },
      scales: {
        x: { stacked: true, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } },
        y: {
          stacked: true,
          beginAtZero: true,
          ticks: { ...ticks, maxTicksLimit: 6, callback: (value) => formatDollars(Number(value)) },
          grid: { color: colours.grid },
        },
      },
      plugins: {
        tooltip: {
          filter: ({ parsed }) => (parsed.y ?? 0) > 0,
          callbacks: { label: ({ dataset, parsed }) => `${dataset.label ?? ""}: ${formatDollars(parsed.y ?? 0)}` },
        },
      },
    },
  });
  return () => chart.destroy();
}

/** The exact figures are in the table; this is to compare by eye. */
function formatDollars(dollars: number): string {
  return `$${dollars.toLocaleString("en-US", { maximumSignificantDigits: 3 })}`;
}
