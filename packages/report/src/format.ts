/** A metric between 0 and 1 to four places, as papers print them. */
export function formatMetric(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–';
}

/** A difference with its sign: `+0.0012`, `−0.0300`; `±` for what rounds to nothing. */
export function formatDifference(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(4);
  if (Number(text) === 0) return `±${text}`;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** A fraction as a signed percentage: 0.034 is `+3.4 %`. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '–';
  const text = Math.abs(fraction * 100).toFixed(1);
  if (Number(text) === 0) return `±${text} %`;
  return `${fraction < 0 ? '−' : '+'}${text} %`;
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pad = (n: number): string => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** Bytes in powers of 1024: `812 KiB`, `1.4 GiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A count with thin groups of three: `1,237,259`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A p-value to four places; what is smaller is `< 0.0001`. */
export function formatPValue(p: number): string {
  if (!Number.isFinite(p)) return '–';
  return p < 1e-4 ? '< 0.0001' : p.toFixed(4);
}

/** One value as it stands, several as mean ± sample standard deviation. */
export function formatSummary(summary: { mean: number; sd: number; count: number }): string {
  const mean = formatMetric(summary.mean);
  return summary.count > 1 ? `${mean} ± ${formatMetric(summary.sd)}` : mean;
}

/** A number of any size, short: `0.17`, `1e-9`, `1.604e-6`, `12,048`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return value.toExponential();
  return Number.isInteger(value) && size >= 1e4 ? formatCount(value) : String(value);
}
