// Everything the console asks the gateway, one line each.
import { BASE, client, withParams } from './client';
import type * as t from './types';

const id = encodeURIComponent;

export const api = {
    session: () => client.get<t.Session>('/session'),
    login: (name: string, password: string) =>
        client.post<t.Session>('/session', { name, password }),
    once: (token: string) => client.post<t.Session>('/session/once', { token }),
    setup: (code: string, name: string, password: string) =>
        client.post<t.Session>('/setup', { code, name, password }),
    logout: () => client.delete<void>('/session'),
    password: (old: string | null, fresh: string) =>
        client.post<void>('/session/password', { old, new: fresh }),

    alerts: (
        state: 'open' | 'unfinished' | 'all',
        cursor?: string | null,
        more: Record<string, string> = {},
    ) => client.get<t.Page<t.Alert>>('/alerts', { state, cursor, limit: 100, ...more }),
    alert: (alert: string) => client.get<t.AlertDetail>(`/alerts/${id(alert)}`),
    command: (
        alert: string,
        body: { command_id: string; verb: t.Verb; reason?: string; note?: string },
    ) => client.post<t.Answer>(`/alerts/${id(alert)}/commands`, body),

    residents: (q: string, cursor: string | null = null) =>
        client.get<t.Page<t.Resident>>('/residents', { q, cursor, limit: 100 }),
    resident: (resident: string) => client.get<t.ResidentDetail>(`/residents/${id(resident)}`),
    day: (resident: string) => client.get<t.Day>(`/residents/${id(resident)}/day`),
    contacts: (resident: string) =>
        client.get<t.Page<t.ContactEntry>>(`/residents/${id(resident)}/contacts`, { limit: 30 }),
    history: (resident: string) =>
        client.get<t.Page<t.Alert>>(`/residents/${id(resident)}/history`, { limit: 30 }),
    consent: (
        resident: string,
        body: { kind: string; state: string; said_by: string; basis: string },
    ) => client.post<unknown>(`/residents/${id(resident)}/consents`, body),
    suspend: (resident: string, body: t.Suspension) =>
        client.post<t.Answer>(`/residents/${id(resident)}/suspensions`, body),
    unsuspend: (resident: string) =>
        client.delete<t.Answer>(`/residents/${id(resident)}/suspension`),

    today: () => client.get<t.Today>('/rounds/today'),
    week: (week?: string, community?: string) =>
        client.get<t.RoundsWeek>('/rounds/week', { week, community }),

    report: (period: string, by: string) => client.get<t.Report>('/reports', { period, by }),
    alertReport: (period: string) => client.get<t.AlertReport>('/reports/alerts', { period }),
    csvAddress: (period: string, by: string) => BASE + withParams('/reports.csv', { period, by }),

    status: () => client.get<t.Gateway>('/status'),
    config: () => client.get<{ source: string; toml: string }>('/config'),
    devices: (cursor: string | null, onlyBad: boolean) =>
        client.get<t.Page<t.Device>>('/devices', {
            cursor,
            health: onlyBad ? 'bad' : null,
            limit: 200,
        }),
    proposals: () => client.get<t.Proposals>('/devices/proposals'),
    accept: (body: Record<string, string>) =>
        client.post<{ device: t.Device; warnings: { code: string }[]; toml?: string }>(
            '/devices/accept',
            body,
        ),
    ignore: (driver: string, address: string, undo: boolean) =>
        client.post<unknown>('/devices/ignore', { driver, address, undo }),
    messages: (device: string) =>
        client.get<t.Page<t.Message>>(`/devices/${id(device)}/messages`, { limit: 20 }),
    liveMessages: (device: string) =>
        client.get<{ watched: boolean; items: t.LiveMessage[] }>(
            `/devices/${id(device)}/messages/live`,
        ),
    liveMessagesAddress: (device: string) => `${BASE}/devices/${id(device)}/events`,
    rejected: () =>
        client.get<{ messages?: t.Rejected[]; items?: t.Rejected[] }>('/rejected', { limit: 50 }),
    testDevice: (device: string) => client.post<unknown>('/devices/test', { device, what: 'test' }),
    stage: () => client.get<t.Stage>('/drills'),
    play: (body: { scenario: string; community?: string; staff: boolean }) =>
        client.post<{ number: number }>('/drills', body),
    stopDrill: () => client.post<unknown>('/drills/stop', {}),

    accounts: (cursor: string | null) =>
        client.get<t.Page<t.Account>>('/accounts', { cursor, limit: 100 }),
    addAccount: (body: Partial<t.Account>) =>
        client.post<t.Account & { invitation?: string }>('/accounts', body),
    /** `worker`: empty takes it away. */
    changeAccount: (account: string, body: Partial<t.Account> & { reset?: true }) =>
        client.patch<t.Account & { invitation?: string }>(`/accounts/${id(account)}`, body),
    audit: (cursor: string | null, account: string, subject: string) =>
        client.get<t.Page<t.AuditEntry>>('/audit', { cursor, account, subject, limit: 100 }),
};
