import type uPlot from 'uplot';
import { colours, dashes } from './line-style.ts';

const height = 192;

interface Wish { readonly names: readonly string[]; readonly unit: string; readonly onZoom: (from: number, to: number) => void; /** It came, moved or went, here or in another chart. */ readonly onCursor: (plot: uPlot) => void }

/** Makes the drawing in this box, and lets it follow the box's width and the page's colours until it is stopped. */
export function drawChart(Plot: typeof uPlot, box: HTMLElement, { names, unit, onZoom, onCursor }: Wish): { readonly plot: uPlot; readonly stop: () => void } {
  // A canvas knows no style sheet: an element that is not seen says what a colour is now.
  const probe = box.appendChild(document.createElement('span'));
  probe.hidden = true;
  const colourOf = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const axis = { stroke: () => colourOf('--dim'), grid: { stroke: () => colourOf('--rule'), width: 1 }, ticks: { show: false }, font: `12px ${getComputedStyle(box).fontFamily}` };
  const plot = new Plot({
    width: box.clientWidth, height, legend: { show: false },
    cursor: { sync: { key: 'figures' }, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    scales: { y: { range: (_, _least, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [{ ...axis, size: 28, space: 80, values: (_, splits, __, ___, step) => splits.map((at) => timeText(at, step)) }, { ...axis, size: 62, values: (_, values) => values.map((value) => `${value.toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${unit}`) }],
    series: [{}, ...names.map((label, index): uPlot.Series => ({ label, stroke: () => colourOf(colours[index % colours.length] ?? '--dim'), width: 2, dash: [...dashes[index % dashes.length] ?? []], points: { show: false } }))],
    hooks: {
      setCursor: [onCursor],
      setSelect: [(self) => {
        if (self.select.width < 4) return;
        const [from, to] = [self.posToVal(self.select.left, 'x'), self.posToVal(self.select.left + self.select.width, 'x')];
        self.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        // The others select the same at the same time: who was dragged over tells it.
        if (self.cursor.event) onZoom(Math.floor(from) * 1000, Math.ceil(to) * 1000);
      }],
    },
  }, [[], ...names.map(() => [])], box);
  const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height }));
  watch.observe(box);
  const stopColours = onColours(() => plot.redraw(false));
  return {
    plot,
    stop() {
      watch.disconnect();
      stopColours();
      plot.destroy();
      probe.remove();
    },
  };
}

/** Calls when the page is dark that was light, by its own switch or the system's. @returns what ends it */
function onColours(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const own = new MutationObserver(changed);
  system.addEventListener('change', changed);
  own.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    own.disconnect();
  };
}

/** As elsewhere on the pages: 24 hours; the day where hours do not tell it. */
function timeText(at: number, step: number): string {
  const then = new Date(at * 1000);
  if (step >= 86_400) return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(step < 60 && { second: '2-digit' }) });
}
