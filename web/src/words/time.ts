// Times are shown in the time zone of the certification body, whoever looks from wherever.
const zone = 'Asia/Shanghai';

const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const second = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function shown(format: Intl.DateTimeFormat, instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : format.format(at);
}

/** 2026-11-22 12:33 */
export function minuteOf(instant: string): string {
  return shown(minute, instant);
}

/** 2026-11-22 12:33:52 */
export function secondOf(instant: string): string {
  return shown(second, instant);
}

/** Whole days between two instants. */
export function daysBetween(from: string, to: number): number {
  return Math.max(0, Math.floor((to - new Date(from).getTime()) / 86_400_000));
}
