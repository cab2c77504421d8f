import { describe, expect, it } from 'vitest';
import { account } from '../recorded/answers.mjs';
import type { Account, Role } from '@/api/types';
import { backTo, guard, menuOf, routes } from '@/router';

const roles: Role[] = ['worker', 'lead', 'supervisor', 'operator', 'auditor'];
const as = (role: Role, more: Partial<Account> = {}) => ({
    state: 'in' as const,
    account: { ...(account(role) as Account), ...more },
});
const none = { state: 'none' as const, account: null };
function to(path: string) {
    const found = routes.find(
        (one) => one.path === path || (one.path === '/once/:token' && path.startsWith('/once/')),
    );
    return { path, fullPath: path, meta: found?.meta ?? {} };
}
const allowed = (role: Role) =>
    routes
        .filter((one) => one.meta?.roles && guard(to(one.path), as(role)) === true)
        .map((one) => one.path);

describe('the guard', () => {
    it('lets nobody in without a session, and remembers where they wanted to go', () => {
        expect(guard(to('/rounds'), none)).toEqual({ path: '/login', query: { back: '/rounds' } });
        expect(guard(to('/login'), none)).toBe(true);
        expect(guard(to('/once/abc'), none)).toBe(true);
    });
    it('shows the setup while there is no account, and never afterwards', () => {
        expect(guard(to('/alerts'), { state: 'setup', account: null })).toEqual({ path: '/setup' });
        expect(guard(to('/setup'), { state: 'setup', account: null })).toBe(true);
        expect(guard(to('/setup'), none)).toEqual({ path: '/login' });
        expect(guard(to('/setup'), as('operator'))).toEqual({ path: '/alerts' });
    });
    it("asks for a password of one's own before anything else", () => {
        expect(guard(to('/alerts'), as('worker', { must_change_password: true }))).toEqual({
            path: '/password',
        });
        expect(guard(to('/password'), as('worker', { must_change_password: true }))).toBe(true);
    });
    it('shows each role its own screens', () => {
        const common = ['/password', '/alerts', '/residents', '/reports', '/me'];
        const want: Record<Role, string[]> = {
            worker: ['/rounds', '/week'],
            lead: ['/rounds', '/week', '/accounts'],
            supervisor: ['/rounds', '/week'],
            operator: ['/operators', '/operators/devices/:id', '/accounts', '/audit'],
            auditor: ['/operators', '/audit'],
        };
        for (const role of roles)
            expect(allowed(role).sort(), role).toEqual([...common, ...want[role]].sort());
        expect(guard(to('/audit'), as('worker'))).toEqual({ path: '/alerts' });
    });
    it('offers in the menu what it lets in, alerts first and oneself last', () => {
        for (const role of roles) {
            const menu = menuOf(role);
            expect(menu[0]).toBe('alerts');
            expect(menu.at(-1)).toBe('me');
            for (const item of menu) expect(allowed(role), `${role} ${item}`).toContain(`/${item}`);
        }
    });
});

it('the way back from the login leads nowhere but into the console', () => {
    expect(backTo('/alerts/H1-2')).toBe('/alerts/H1-2');
    for (const bad of [
        '//evil.example',
        'https://evil.example',
        '/login',
        '/once/x',
        undefined,
        ['/a'],
    ])
        expect(backTo(bad)).toBe('/alerts');
});
