// Looks at every screen in a real browser, at a phone's and a desk's width: pictures into shots/, and
// a failure for every error, refused style or script, overflow to the side, and target that is too
// small for a thumb.      node tests/tools/shots.mjs [NAME …]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';
import { now } from '../recorded/answers.mjs';

const out = process.env.ANJU_SHOTS ?? fileURLToPath(new URL('../../shots', import.meta.url));
mkdirSync(out, { recursive: true });
const tap = (text) => async (page) => page.getByRole('button', { name: text }).first().click();
const screens = [
    { name: 'login', role: 'none', path: '/login' },
    { name: 'setup', role: 'setup', path: '/setup' },
    { name: 'once', role: 'none', path: '/once/abc' },
    { name: 'alerts', path: '/alerts' },
    { name: 'alert-smoke', path: '/alerts/H0001-31' },
    { name: 'alert-silence', path: '/alerts/H0007-12' },
    {
        name: 'alert-close',
        path: '/alerts/H0007-12',
        then: async (page) => {
            await tap('更多')(page);
            await tap('办结')(page);
        },
    },
    {
        name: 'alert-handover',
        path: '/alerts/H0003-8',
        then: async (page) => {
            await tap('更多')(page);
            await tap('转交他人')(page);
        },
    },
    { name: 'rounds', path: '/rounds' },
    {
        name: 'rounds-visit',
        path: '/rounds',
        then: async (page) => {
            await tap('登记结果')(page);
            await tap('需要帮助')(page);
        },
    },
    { name: 'residents', path: '/residents' },
    { name: 'resident', path: '/residents/R0001' },
    { name: 'resident-lead', role: 'lead', path: '/residents/R0002' },
    { name: 'suspend', role: 'lead', path: '/residents/R0001', then: tap('暂停探访') },
    { name: 'week', role: 'lead', path: '/week' },
    {
        name: 'week-task',
        role: 'lead',
        path: '/week',
        then: async (page) => page.locator('.task:not(.over):visible').first().click(),
    },
    { name: 'reports', role: 'lead', path: '/reports' },
    { name: 'me', path: '/me' },
    { name: 'me-lead', role: 'lead', path: '/me' },
    { name: 'operators', role: 'operator', path: '/operators' },
    {
        name: 'devices',
        role: 'operator',
        path: '/operators',
        then: async (page) => {
            await tap('设备')(page);
            await page.locator('.device').first().click();
        },
    },
    { name: 'proposals', role: 'operator', path: '/operators', then: tap('新设备') },
    { name: 'accounts', role: 'operator', path: '/accounts' },
    { name: 'audit', role: 'auditor', path: '/audit' },
    { name: 'alerts-en-30', path: '/alerts', settings: { language: 'en', size: 30 } },
    { name: 'rounds-30', path: '/rounds', settings: { size: 30 } },
    { name: 'alert-30', path: '/alerts/H0007-12', settings: { size: 30 } },
    { name: 'login-dark', role: 'none', path: '/login', dark: true },
    { name: 'alerts-dark', path: '/alerts', dark: true },
    { name: 'alert-dark', path: '/alerts/H0001-31', dark: true },
    { name: 'rounds-dark', path: '/rounds', dark: true },
    { name: 'resident-dark', role: 'lead', path: '/residents/R0001', dark: true },
    { name: 'reports-dark', role: 'lead', path: '/reports', dark: true },
    { name: 'resident-en', path: '/residents/R0001', settings: { language: 'en' } },
];
const sizes = [
    { name: 'phone', width: 390, height: 844 },
    { name: 'narrow', width: 360, height: 700, quick: true },
    { name: 'desk', width: 1280, height: 800 },
];

/** Runs in the page: what sticks out to the side, and what a thumb would miss. */
function inspect() {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) {
        const wide = [...document.querySelectorAll('main *')].find(
            (one) =>
                one.getBoundingClientRect().right > innerWidth + 1 &&
                !one.closest('.scroll, .tabs'),
        );
        found.push(
            `overflow ${document.documentElement.scrollWidth} > ${innerWidth} ${wide?.outerHTML.slice(0, 120)}`,
        );
    }
    // What stands at the lower edge stands one above the other.
    const edges = [...document.querySelectorAll('.status-bars, .tabbar, .actions')]
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.height > 0)
        .sort((a, b) => a.top - b.top);
    for (const [index, box] of edges.entries())
        if (index > 0 && box.top < edges[index - 1].bottom - 1)
            found.push(`covered at the lower edge: ${Math.round(edges[index - 1].bottom - box.top)} px`);
    const top = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
    for (const one of top.querySelectorAll('button, a[href], input, select, textarea, summary')) {
        const box = one.getBoundingClientRect();
        const inLine =
            one.closest('p, .row, .row-apart, .name, th, td') &&
            one.tagName === 'A' &&
            !one.className.includes('button');
        if (
            box.width === 0 ||
            one.closest('.visually-hidden') ||
            one.className.includes?.('visually-hidden') ||
            one.className.includes?.('skip') ||
            inLine
        )
            continue;
        if (box.height < 43.5 || box.width < 43.5)
            found.push(
                `target ${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 90)}`,
            );
    }
    for (const one of top.querySelectorAll('button, a[href], input, select, textarea')) {
        const name =
            one.getAttribute('aria-label') ||
            one.textContent?.trim() ||
            one.labels?.[0]?.textContent ||
            one.getAttribute('placeholder') ||
            one.getAttribute('aria-hidden');
        if (!name) found.push(`nameless ${one.outerHTML.slice(0, 90)}`);
    }
    return found;
}

const { server, who, port } = await serve();
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
});
const wanted = process.argv.slice(2);
let problems = 0;
for (const size of sizes) {
    for (const screen of screens) {
        if (wanted.length && !wanted.includes(screen.name)) continue;
        if (size.quick && !screen.settings && !['alerts', 'rounds', 'week'].includes(screen.name))
            continue;
        who.state = screen.role ?? 'worker';
        const context = await browser.newContext({
            viewport: { width: size.width, height: size.height },
            serviceWorkers: 'block',
            locale: 'zh-CN',
            colorScheme: screen.dark ? 'dark' : 'light',
        });
        const page = await context.newPage();
        const said = [];
        page.on(
            'console',
            (message) =>
                message.type() === 'error' &&
                !/401|Failed to load resource/.test(message.text()) &&
                said.push(message.text()),
        );
        page.on('pageerror', (error) => said.push(String(error)));
        await page.clock.setFixedTime(new Date(now));
        if (screen.settings)
            await page.addInitScript(
                (settings) => localStorage.setItem('anju.settings', JSON.stringify(settings)),
                { language: 'zh', muted: false, ...screen.settings },
            );
        await page.goto(`http://127.0.0.1:${port}/#${screen.path}`);
        await page.locator('h1:visible').first().waitFor();
        await page.waitForLoadState('load');
        await page.waitForTimeout(250);
        if (screen.then)
            await screen.then(page).catch((error) => said.push(String(error).split('\n')[0]));
        await page.waitForTimeout(100);
        said.push(...(await page.evaluate(inspect)));
        await page.screenshot({
            path: `${out}/${size.name}-${screen.name}.png`,
            fullPage: size.name !== 'narrow' && !screen.then,
        });
        for (const one of said) console.log(`${size.name} ${screen.name}: ${one}`);
        problems += said.length;
        await context.close();
    }
}
await browser.close();
server.closeAllConnections();
server.close();
console.log(`${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
