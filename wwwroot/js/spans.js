// Time spans as text, in the format of Format.Span on the server.
const YEAR = 365.25 * 86400;
const pair = (large, unit, small, smaller) => small > 0 ? `${large} ${unit} ${small} ${smaller}` : `${large} ${unit}`;

function days(s) {
  const y = Math.floor(s / YEAR);
  return y > 0 ? pair(y, 'y', Math.floor((s - y * YEAR) / 86400), 'd') : pair(Math.floor(s / 86400), 'd', Math.floor(s % 86400 / 3600), 'h');
}

// For running times: in whole minutes after the first minute.
export function elapsed(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  return s < 86400 ? pair(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min') : days(s);
}

// For ended or measured times.
export function span(ms) {
  const s = Math.max(0, ms / 1000);
  if (s < 1) return `${Math.round(s * 1000)} ms`;
  if (s < 60) return `${Math.round(s * 10) / 10} s`;
  if (s < 3600) return pair(Math.floor(s / 60), 'min', Math.floor(s % 60), 's');
  return s < 86400 ? pair(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min') : days(s);
}
