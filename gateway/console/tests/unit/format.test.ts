import { describe, expect, it } from 'vitest';
import { alerts as recorded, today } from '../recorded/answers.mjs';
import type { Alert, Task, Verb } from '@/api/types';
import { adviceKey, byUrgency, mayTake, measure, nextVerb } from '@/format/alert';
import { actionOf, actorName, bytes, mapHref, percent, phoneText, telHref } from '@/format/people';
import { allWell, blankForm, contactBody, isComplete, wantsLength } from '@/format/rounds';
import {
    addDays,
    clock,
    countdown,
    dateOf,
    moment,
    rfc3339,
    since,
    span,
    weekday,
    weekOf,
} from '@/format/time';
import zh from '@/locales/zh';

const at = (time: string) => Date.parse(time);
const now = at('2026-11-28T09:30:00+08:00');

describe('times', () => {
    it('are those of the gateway, whatever zone the phone is in', () => {
        expect(clock('2026-11-28T00:05:00.000+08:00')).toBe('00:05');
        expect(moment('2026-11-27T23:50:00+08:00', now, 'zh')).toBe('昨天 23:50');
        expect(moment('2026-11-28T00:10:00+08:00', now, 'zh')).toBe('00:10');
        expect(moment('2026-11-29T02:00:00+08:00', now, 'en')).toBe('tomorrow 02:00');
        expect(moment('2025-03-01T14:05:00+08:00', now, 'zh')).toBe('2025年3月1日 14:05');
        expect(moment('2026-11-25T14:05:00+08:00', now, 'en')).toBe('25 Nov 14:05');
        expect([moment(null, now, 'zh'), moment('nonsense', now, 'zh')]).toEqual(['–', '–']);
    });
    it('say how long ago in at most two units', () => {
        expect(since('2026-11-28T09:29:40+08:00', now, 'zh')).toBe('刚刚');
        expect(since('2026-11-28T09:12:00+08:00', now, 'zh')).toBe('18 分钟前');
        expect(since('2026-11-28T06:45:00+08:00', now, 'zh')).toBe('2 小时前');
        expect(since('2026-11-28T09:12:00+08:00', now, 'en')).toBe('18 min ago');
        expect(span(42_300_000, 'zh')).toBe('11 小时 45 分');
        expect([
            span(0, 'zh'),
            span(40_000, 'zh'),
            span(90_000, 'zh'),
            span(7_200_000, 'zh'),
            span(100 * 3_600_000, 'en'),
        ]).toEqual(['0 秒', '40 秒', '1 分钟', '2 小时', '4 d 4 h']);
    });
    it('count down to nought and not below', () => {
        expect([countdown(99_400), countdown(3_605_000), countdown(-5)]).toEqual([
            '1:40',
            '1:00:05',
            '0:00',
        ]);
    });
    it('go up with the zone of the gateway', () => {
        expect(rfc3339(now, 480)).toBe('2026-11-28T09:30:00+08:00');
        expect(rfc3339(now, -210)).toBe('2026-11-27T22:00:00-03:30');
        expect(dateOf(at('2026-11-28T23:30:00Z'), 480)).toBe('2026-11-29');
    });
    it('know the weeks of ISO 8601', () => {
        expect([
            weekOf('2026-11-28'),
            weekOf('2027-01-03'),
            weekOf('2027-01-04'),
            weekOf('2024-12-30'),
            weekOf('2026-01-01'),
        ]).toEqual(['2026-W48', '2026-W53', '2027-W01', '2025-W01', '2026-W01']);
        expect([weekday('2026-11-23'), weekday('2026-11-29')]).toEqual([0, 6]);
        expect(addDays('2026-12-30', 5)).toBe('2027-01-04');
    });
});

describe('an audit row', () => {
    it('of the self-test of a device is none of a drill, whichever version wrote it', () => {
        expect(actionOf({ action: 'drill', subject: 'device:smoke-1' })).toBe('drill');
        expect(actionOf({ action: 'drill', subject: 'scenario:smoke' })).toBe('drill_begun');
        expect(actionOf({ action: 'drill_begun', subject: 'scenario:smoke' })).toBe('drill_begun');
        expect(zh.action.drill).toBe(zh.action.device_tested);
        expect(zh.action.drill_begun).not.toBe(zh.action.drill);
    });
    it('is named without dots, as the vocabulary is', () => {
        expect(actionOf({ action: 'console.login', subject: null })).toBe('console_login');
    });
});

describe('people', () => {
    it('are dialled by digits, and not at all when the number is masked', () => {
        expect(telHref('023-6700 0001')).toBe('tel:02367000001');
        expect(telHref('+86 138 0000 0001')).toBe('tel:+8613800000001');
        expect([telHref('138****0001'), telHref(null), telHref('')]).toEqual([null, null, null]);
        expect(phoneText('13800000001')).toBe('138 0000 0001');
        expect(phoneText('023-6700 0001')).toBe('023-6700 0001');
    });
    it('are found with the map of the phone, unless the address is masked', () => {
        expect(mapHref('金开大道 1 号', 'Android')).toBe(
            'geo:0,0?q=%E9%87%91%E5%BC%80%E5%A4%A7%E9%81%93%201%20%E5%8F%B7',
        );
        expect(mapHref('a b', 'iPhone')).toBe('maps://?q=a%20b');
        expect(mapHref('金开大道**', 'Android')).toBeNull();
    });
    it('have figures that say when there was nothing to count', () => {
        expect(percent({ part: 0, of: 0, permille: null })).toBe('–');
        expect([
            percent({ part: 1, of: 1, permille: 1000 }),
            percent({ part: 1, of: 3, permille: 333 }),
        ]).toEqual(['100 %', '33.3 %']);
        expect([bytes(512), bytes(412_000_000), bytes(2_000_000_000)]).toEqual([
            '512 B',
            '412 MB',
            '2.0 GB',
        ]);
        expect(actorName('console:worker:W1')).toBe('W1');
    });
});

describe('alerts', () => {
    const all = recorded as unknown as Alert[];
    const some = all[0] as Alert;
    it('are in the order of their urgency, whatever order they came in', () => {
        const ids = all.map((one) => one.id);
        expect(
            [...all]
                .reverse()
                .sort(byUrgency)
                .map((one) => one.id),
        ).toEqual(ids);
        const old = { ...some, id: 'old', raised_at: '2026-11-28T08:00:00.000+08:00' };
        const taken = {
            ...some,
            id: 'taken',
            state: 'acknowledged',
            raised_at: '2026-11-28T09:30:00.000+08:00',
        };
        expect([taken, old, some].sort(byUrgency).map((one) => one.id)).toEqual([
            some.id,
            'old',
            'taken',
        ]);
    });
    it('offer the next step of the usual way, and never one that is not allowed', () => {
        const every: Verb[] = [
            'acknowledge',
            'en_route',
            'on_site',
            'resolve',
            'close',
            'review',
            'reopen',
            'hand_over',
            'i_am_well',
        ];
        const state = (name: string, verbs: Verb[] = every) =>
            nextVerb({ ...some, state: name }, verbs);
        expect(
            ['self_check', 'open', 'acknowledged', 'en_route', 'on_site', 'resolved', 'closed'].map(
                (name) => state(name),
            ),
        ).toEqual([
            'i_am_well',
            'acknowledge',
            'en_route',
            'on_site',
            'resolve',
            'close',
            'review',
        ]);
        expect(state('acknowledged', ['resolve', 'close'])).toBe('resolve');
        expect(state('closed', [])).toBeNull();
    });
    it('have advice for every kind in every state', () => {
        for (const kind of Object.keys(zh.kind)) {
            for (const name of Object.keys(zh.state))
                expect(zh.advice).toHaveProperty(adviceKey({ ...some, kind, state: name }));
        }
    });
    it('say measures in their unit', () => {
        expect([
            measure(1_240, 'ml', 'zh'),
            measure(800, 'ml', 'zh'),
            measure(42_300_000, 'ms', 'en'),
            measure(25_200_000, 'ms_of_day', 'zh'),
            measure(1600, 'thousandths', 'en'),
            measure(8, '%', 'en'),
        ]).toEqual(['1.2 L', '800 mL', '11 h 45 min', '07:00', '1.6', '8 %']);
    });
});

describe('the record of a contact', () => {
    const task = (today.tasks as Task[])[1] as Task;
    const visit = (today.tasks as Task[])[0] as Task;
    const base = {
        outcome: 'well' as const,
        form: blankForm(),
        note: ' 好 ',
        now,
        offsetMinutes: 480,
        minutes: null,
    };
    it('of a call takes its length from when it was dialled', () => {
        expect(contactBody({ ...base, task, began: now - 95_000 })).toEqual({
            resident: 'R0012',
            kind: 'call',
            outcome: 'well',
            start: '2026-11-28T09:28:25+08:00',
            seconds: 95,
            note: '好',
            task: task.id,
        });
    });
    it('of a visit has six marks, and names the alert that led to it', () => {
        const body = contactBody({ ...base, task: visit, form: allWell(), began: null });
        expect(body).toMatchObject({
            kind: 'visit',
            form: '1,1,1,1,1,1',
            alert: 'H0003-8',
        });
        expect(
            contactBody({ ...base, task: visit, outcome: 'unreached', began: null }),
        ).not.toHaveProperty('form');
    });
    it('says nothing of a length that nobody took', () => {
        const body = contactBody({ ...base, task: visit, form: allWell(), began: null });
        expect(body).not.toHaveProperty('seconds');
        expect(body['start']).toBe('2026-11-28T09:30:00+08:00');
        expect(contactBody({ ...base, task: visit, began: null, minutes: 15 })).toMatchObject({
            seconds: 900,
            start: '2026-11-28T09:15:00+08:00',
        });
        expect(wantsLength(task, 'well', null)).toBe(true);
        expect(wantsLength(task, 'well', now)).toBe(false);
        expect(wantsLength(task, 'unreached', null)).toBe(false);
        expect(wantsLength(visit, 'well', null)).toBe(false);
    });
    it('is never longer than the desk takes, and what the worker says goes first', () => {
        expect(contactBody({ ...base, task, began: now - 86_400_000 })['seconds']).toBe(7200);
        expect(contactBody({ ...base, task, began: now - 95_000, minutes: 5 })).toMatchObject({
            seconds: 300,
            start: '2026-11-28T09:25:00+08:00',
        });
    });
    it('is complete with all six headings only', () => {
        expect(isComplete({ ...allWell(), needs: 0 })).toBe(false);
        expect(isComplete({ ...allWell(), needs: 2 })).toBe(true);
    });
});

describe('taking an alert', () => {
    const one = (kind: string, drill: Alert['drill'] = null): Alert => ({
        ...(recorded[0] as Alert),
        kind,
        drill,
    });
    it('is offered to operators for what is of devices, and for drills', () => {
        expect(mayTake('operator', one('smoke'))).toBe(false);
        expect(mayTake('operator', one('low_battery'))).toBe(true);
        expect(mayTake('operator', one('smoke', 'maintainers'))).toBe(true);
    });
    it('is offered to whoever cares, and never to auditors', () => {
        for (const role of ['worker', 'lead', 'supervisor'] as const)
            expect(mayTake(role, one('smoke'))).toBe(true);
        expect(mayTake('auditor', one('low_battery'))).toBe(false);
        expect(mayTake(null, one('smoke'))).toBe(false);
    });
});
