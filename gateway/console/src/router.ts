// Where the screens are, and who may see which. The gateway judges every request by itself; the menu
// only does not offer what would be refused. The first screens come with the app, the others when they
// are asked for.
import {
    createRouter,
    createWebHashHistory,
    type RouteLocationNormalized,
    type Router,
    type RouteRecordRaw,
} from 'vue-router';
import type { Account, Role } from '@/api/types';
import OnceView from '@/door/OnceView.vue';
import AlertView from '@/views/AlertView.vue';
import AlertsView from '@/views/AlertsView.vue';

declare module 'vue-router' {
    interface RouteMeta {
        open?: boolean;
        roles?: Role[];
        menu?: string;
    }
}

const care: Role[] = ['worker', 'lead', 'supervisor'];
const all: Role[] = [...care, 'operator', 'auditor'];

export const routes: RouteRecordRaw[] = [
    { path: '/', redirect: '/alerts' },
    { path: '/once/:token', component: OnceView, props: true, meta: { open: true } },
    {
        path: '/password',
        component: () => import('@/views/PasswordView.vue'),
        meta: { roles: all },
    },
    {
        path: '/alerts',
        component: AlertsView,
        meta: { roles: all, menu: 'alerts' },
        children: [
            {
                path: ':id',
                component: AlertView,
                meta: { roles: all, menu: 'alerts' },
            },
        ],
    },
    {
        path: '/rounds',
        component: () => import('@/views/RoundsView.vue'),
        meta: { roles: care, menu: 'rounds' },
    },
    {
        path: '/week',
        component: () => import('@/views/WeekView.vue'),
        meta: { roles: care, menu: 'rounds' },
    },
    {
        path: '/residents',
        component: () => import('@/views/ResidentsView.vue'),
        meta: { roles: all, menu: 'residents' },
        children: [
            {
                path: ':id',
                component: () => import('@/views/ResidentView.vue'),
                meta: { roles: all, menu: 'residents' },
            },
        ],
    },
    {
        path: '/reports',
        component: () => import('@/views/ReportsView.vue'),
        meta: { roles: all, menu: 'reports' },
    },
    {
        path: '/operators',
        component: () => import('@/views/OperatorsView.vue'),
        meta: { roles: ['operator', 'auditor'], menu: 'operators' },
    },
    {
        path: '/operators/devices/:id',
        component: () => import('@/views/LiveMessagesView.vue'),
        meta: { roles: ['operator'], menu: 'operators' },
    },
    {
        path: '/accounts',
        component: () => import('@/views/AccountsView.vue'),
        meta: { roles: ['lead', 'operator'], menu: 'accounts' },
    },
    {
        path: '/audit',
        component: () => import('@/views/AuditView.vue'),
        meta: { roles: ['operator', 'auditor'], menu: 'audit' },
    },
    {
        path: '/me',
        component: () => import('@/views/MeView.vue'),
        meta: { roles: all, menu: 'me' },
    },
    { path: '/:rest(.*)', redirect: '/alerts' },
];

/** The menu of a role, most used first; on a phone the first four stand in the bar. */
export function menuOf(role: Role): string[] {
    const order: Record<Role, string[]> = {
        worker: ['alerts', 'rounds', 'residents', 'reports'],
        lead: ['alerts', 'rounds', 'residents', 'reports', 'accounts'],
        supervisor: ['alerts', 'residents', 'rounds', 'reports'],
        operator: ['alerts', 'operators', 'residents', 'reports', 'accounts', 'audit'],
        auditor: ['alerts', 'audit', 'reports', 'residents', 'operators'],
    };
    return [...order[role], 'me'];
}

/** Where to go instead; true: go on. Nobody gets here who is not logged in. */
export function guard(
    to: Pick<RouteLocationNormalized, 'path' | 'meta'>,
    account: Account | null,
): true | { path: string } {
    if (account?.must_change_password && to.path !== '/password' && !to.meta.open)
        return { path: '/password' };
    if (to.meta.roles && !to.meta.roles.some((role) => role === account?.role))
        return { path: '/alerts' };
    return true;
}

export function makeRouter(): Router {
    return createRouter({
        history: createWebHashHistory(),
        routes,
        scrollBehavior: (to, from, saved) =>
            saved ?? (to.matched[0] === from.matched[0] ? undefined : { top: 0 }),
    });
}
