import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { account } from '../recorded/answers.mjs';
import type { Account, Role } from '@/api/types';
import { isAsked, tokenOf } from '@/door/address';
import { guard, menuOf, routes } from '@/router';

const roles: Role[] = ['worker', 'lead', 'supervisor', 'operator', 'auditor'];
const as = (role: Role, more: Partial<Account> = {}): Account => ({
    ...(account(role) as Account),
    ...more,
});
function to(path: string) {
    const found = routes.find((one) => one.path === path);
    return { path, meta: found?.meta ?? {} };
}
const allowed = (role: Role) =>
    routes
        .filter((one) => one.meta?.roles && guard(to(one.path), as(role)) === true)
        .map((one) => one.path);

describe('the guard', () => {
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

describe('the address before the login', () => {
    it('may be a link that is good once', () => {
        expect(tokenOf('#/once/aZ0_-9')).toBe('aZ0_-9');
        for (const none of ['', '#/once/', '#/once/a/b', '#/once/%2e', '#/alerts?x=/once/a'])
            expect(tokenOf(none), none).toBe('');
    });
    it('is gone back to when it is a page of its own', () => {
        expect(isAsked('#/alerts/H1-2')).toBe(true);
        expect(isAsked('#/rounds')).toBe(true);
        for (const none of ['', '#', '#/', '#/alerts', '#/login', '#/setup', '#/once/abc'])
            expect(isAsked(none), none).toBe(false);
    });
});
