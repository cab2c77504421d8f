// Phones, addresses and figures, for eyes and for the phone's own programs.
import type { Language, Share } from '@/api/types';

/** What a tel: link may hold; null where there is nothing to dial (masked, empty). */
export function telHref(phone: string | null | undefined): string | null {
    if (!phone || phone.includes('*')) return null;
    const digits = phone.replace(/[^\d+]/g, '');
    return digits.length >= 3 ? `tel:${digits}` : null;
}

/** Eleven digits of a mobile in groups, as they are read aloud; anything else as it came. */
export function phoneText(phone: string): string {
    const digits = phone.replace(/[\s-]/g, '');
    return /^1\d{10}$/.test(digits)
        ? `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`
        : phone;
}

/** Opens the phone's own map with the address; null where there is no address. */
export function mapHref(
    address: string | null | undefined,
    agent = navigator.userAgent,
): string | null {
    if (!address || address.includes('*')) return null;
    const query = encodeURIComponent(address);
    return /iPhone|iPad|Macintosh/.test(agent) ? `maps://?q=${query}` : `geo:0,0?q=${query}`;
}

/** "98.5 %"; "–" when there was nothing to count. */
export function percent(share: Share | null | undefined): string {
    if (!share || share.permille === null) return '–';
    return `${(share.permille / 10).toFixed(share.permille === 1000 ? 0 : 1)} %`;
}

/** "1.2 GB" */
export function bytes(count: number): string {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = count;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** "worker:w1" behind the way it came by: "console:worker:W1" is W1, "cli:lin" is lin. */
export function actorName(actor: string | null): string {
    if (!actor) return '';
    return actor.split(':').pop() ?? actor;
}

/** What an audit row tells of. The self-test of a device was once written down as `drill`, and so was, for a
 *  while, what is a `drill_begun` now: the subject says which it was. */
export function actionOf(row: { action: string; subject: string | null }): string {
    if (row.action === 'drill' && row.subject?.startsWith('scenario:')) return 'drill_begun';
    return row.action.replaceAll('.', '_');
}

/** What is said of a sensor: one that was never heard proves nothing, whatever else it is. */
export function healthOf(device: { health: string; last_heard: string | null }): string {
    return device.health === 'ok' && device.last_heard === null ? 'never_heard' : device.health;
}

/** A sentence of the gateway that names people by their ids, with the names they go by. `known`: whoever
 *  has the alert, by id and by name. */
export function withNames(
    text: string,
    known?: { owner: string | null; owner_shown?: string | null | undefined },
): string {
    return text.replace(/(?:console|cli|link|robot)(?::[\w.@-]+)+/g, (actor) =>
        actor === known?.owner && known.owner_shown ? known.owner_shown : actorName(actor),
    );
}

/** A decimal as the language writes it, without a tail of zeros. */
export function amount(value: number, language: Language, digits = 1): string {
    return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
        maximumFractionDigits: digits,
    }).format(value);
}
