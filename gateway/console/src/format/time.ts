// Times as a worker says them. All of them are shown in the zone of the text itself, which is that of
// the gateway: a phone that was set to another zone must not move a call by hours.
import type { Language, Time } from '@/api/types';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

interface Parts {
    year: number;
    month: number;
    day: number;
    hour: number;
    minute: number;
    offset: number;
    at: number;
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export function parts(time: Time): Parts | null {
    const found = pattern.exec(time);
    const at = Date.parse(time);
    if (!found || Number.isNaN(at)) return null;
    const zone = found[7] ?? 'Z';
    const offset =
        zone === 'Z'
            ? 0
            : (zone[0] === '-' ? -1 : 1) *
              (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
    const number = (i: number) => Number(found[i]);
    return {
        year: number(1),
        month: number(2),
        day: number(3),
        hour: number(4),
        minute: number(5),
        offset,
        at,
    };
}

const two = (value: number) => String(value).padStart(2, '0');

/** "14:05" */
export function clock(time: Time | null): string {
    const p = time === null ? null : parts(time);
    return p ? `${two(p.hour)}:${two(p.minute)}` : '–';
}

/** Days between the date of `time` and the one it is at the gateway at `now`; 1 = yesterday. */
export function daysAgo(time: Time, now: number): number {
    const p = parts(time);
    if (!p) return 0;
    const date = (at: number) => Math.floor((at + p.offset * minute) / day);
    return date(now) - date(p.at);
}

/** "14:05", "昨天 14:05", "11月25日 14:05", "2025年3月1日 14:05" */
export function moment(time: Time | null, now: number, language: Language): string {
    const p = time === null ? null : parts(time);
    if (!p || time === null) return '–';
    const ago = daysAgo(time, now);
    const at = `${two(p.hour)}:${two(p.minute)}`;
    if (ago === 0) return at;
    if (ago === 1) return `${language === 'zh' ? '昨天' : 'yesterday'} ${at}`;
    if (ago === -1) return `${language === 'zh' ? '明天' : 'tomorrow'} ${at}`;
    const far = Math.abs(ago) > 300;
    if (language === 'zh') return `${far ? `${p.year}年` : ''}${p.month}月${p.day}日 ${at}`;
    return `${p.day} ${months[p.month - 1]}${far ? ` ${p.year}` : ''} ${at}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "40 秒", "5 分钟", "2 小时 15 分", "3 天 4 小时"; never more than two units. */
export function span(ms: number, language: Language): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    const units: [number, string, string][] = [
        [86400, '天', 'd'],
        [3600, '小时', 'h'],
        [60, '分', 'min'],
        [1, '秒', 's'],
    ];
    const first = units.findIndex(([size]) => seconds >= size);
    if (first < 0) return language === 'zh' ? '0 秒' : '0 s';
    const said = (index: number, count: number) => {
        const unit = units[index];
        const zh = unit?.[1] === '分' && index === first ? '分钟' : unit?.[1];
        return `${count} ${language === 'zh' ? zh : unit?.[2]}`;
    };
    const size = units[first]?.[0] ?? 1;
    const count = Math.floor(seconds / size);
    const below = units[first + 1];
    // Seconds beside minutes are noise; minutes beside hours are not.
    if (!below || below[0] === 1) return said(first, count);
    const rest = Math.floor((seconds - count * size) / below[0]);
    return rest === 0 ? said(first, count) : `${said(first, count)} ${said(first + 1, rest)}`;
}

/** "刚刚", "5 分钟前", "2 小时前", then a moment. */
export function since(time: Time | null, now: number, language: Language): string {
    const p = time === null ? null : parts(time);
    if (!p) return '–';
    const ms = now - p.at;
    if (ms < minute) return language === 'zh' ? '刚刚' : 'just now';
    if (ms > 12 * hour) return moment(time, now, language);
    const text = ms >= hour ? span(Math.floor(ms / hour) * hour, language) : span(ms, language);
    return language === 'zh' ? `${text}前` : `${text} ago`;
}

/** A count-down, "4:05" or "1:04:05"; "0:00" when it is over. */
export function countdown(ms: number): string {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    const h = Math.floor(seconds / 3600);
    const m = Math.floor(seconds / 60) % 60;
    return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
}

/** RFC 3339 of `at` in the gateway's zone, for what is sent up. */
export function rfc3339(at: number, offsetMinutes: number): Time {
    const text = new Date(at + offsetMinutes * minute).toISOString().slice(0, 19);
    const sign = offsetMinutes < 0 ? '-' : '+';
    const size = Math.abs(offsetMinutes);
    return `${text}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "2026-11-28" of `at` in the gateway's zone. */
export const dateOf = (at: number, offsetMinutes: number) =>
    rfc3339(at, offsetMinutes).slice(0, 10);

/** Days since 1970 of a date "2026-11-28". */
const dayNumber = (date: string) => Math.floor(Date.parse(`${date}T00:00:00Z`) / day);
export const addDays = (date: string, count: number) =>
    new Date((dayNumber(date) + count) * day).toISOString().slice(0, 10);

/** 0 = Monday … 6 = Sunday. */
export const weekday = (date: string) => (dayNumber(date) + 3) % 7;

/** "2026-W48" of a date; ISO 8601: the week belongs to the year of its Thursday. */
export function weekOf(date: string): string {
    const thursday = dayNumber(date) - weekday(date) + 3;
    const year = new Date(thursday * day).getUTCFullYear();
    const first = dayNumber(`${year}-01-01`);
    return `${year}-W${two(Math.floor((thursday - first) / 7) + 1)}`;
}

/** "11月28日" / "28 Nov" */
export function dateText(date: string, language: Language): string {
    const [, m = '1', d = '1'] = date.split('-');
    return language === 'zh'
        ? `${Number(m)}月${Number(d)}日`
        : `${Number(d)} ${months[Number(m) - 1]}`;
}
