// Figures that are printed, never asserted: they are the machine's as much as the program's.

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export function say(t, what, values, unit = 'ms') {
  const round = (value) => Math.round(value * 10) / 10;
  t.diagnostic(`${what}: p50 ${round(percentile(values, 0.5))} ${unit}, `
    + `p99 ${round(percentile(values, 0.99))} ${unit}, of ${values.length}`);
}
