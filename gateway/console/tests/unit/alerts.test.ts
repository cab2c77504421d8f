// The list and the stream tell of the same alerts, and neither waits for the other.
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { alerts as recorded } from '../recorded/answers.mjs';
import type { Alert } from '@/api/types';
import { alerts, end, loadAlerts, put } from '@/stores/alerts';

const alert = (more: Partial<Alert>): Alert => ({ ...(recorded[0] as Alert), ...more });
const shown = () => [...alerts.byId.keys()];

/** What the gateway answers to each question for the list, when the test says so. */
let answers: ((items: Alert[]) => void)[] = [];
beforeEach(() => {
    end();
    answers = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation(
        () =>
            new Promise((resolve) =>
                answers.push((items) =>
                    resolve(new Response(JSON.stringify({ items, next: null, total: items.length }))),
                ),
            ),
    );
});

it('an alert that is told while the list is on its way stays', async () => {
    const loading = loadAlerts();
    put(alert({ id: 'H1-1' }));
    answers[0]?.([]);
    await loading;
    expect(shown()).toEqual(['H1-1']);
    expect(alerts.loaded).toBe(true);
});

it('an alert that ended while the list was on its way does not come back with it', async () => {
    const open = alert({ id: 'H1-1', state: 'open', changed_at: '2026-11-26T09:00:00+08:00' });
    const over = { state: 'closed', priority: 'P3', changed_at: '2026-11-26T09:01:00+08:00' };
    put(open);
    const loading = loadAlerts();
    put(alert({ ...(over as Partial<Alert>), id: 'H1-1' }));
    expect(shown()).toEqual([]);
    answers[0]?.([open]);
    await loading;
    expect(shown()).toEqual([]);
});

it('of two lists the one that was asked for last is taken, whichever comes first', async () => {
    const [first, second] = [loadAlerts(), loadAlerts()];
    answers[1]?.([alert({ id: 'H2-1' })]);
    await second;
    answers[0]?.([]);
    await first;
    expect(shown()).toEqual(['H2-1']);
});

it('what was told before a list was asked for is the list\'s to say', async () => {
    put(alert({ id: 'H1-1' }));
    const loading = loadAlerts();
    answers[0]?.([]);
    await loading;
    expect(shown()).toEqual([]);
});
