// A stand-in for the gateway that serves the built console with its headers and gives the recorded
// answers; for looking at the screens and nothing else.
//   node tests/tools/serve.mjs [PORT]     ROLE=worker|lead|supervisor|operator|auditor
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as recorded from '../recorded/answers.mjs';

const dist = process.env.ANJU_CONSOLE_OUT ?? fileURLToPath(new URL('../../dist', import.meta.url));
const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.webmanifest': 'application/manifest+json',
};
const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What /api/v1 answers; `state` is who is logged in: a role, 'none' or 'setup'. */
function answer(method, path, query, state) {
    const list = (items) => ({ items, next: null, total: items.length });
    const [, first, second, third] = path.split('/').map(decodeURIComponent);
    if (path === '/session' && method === 'GET') {
        return state === 'none' || state === 'setup'
            ? [
                  401,
                  {
                      status: 401,
                      code: 'no_session',
                      title: 'no session',
                      title_zh: '未登录',
                      setup: state === 'setup',
                  },
              ]
            : [200, recorded.session(state)];
    }
    if (path === '/session')
        return [401, { status: 401, code: 'wrong_login', title: 'wrong', title_zh: '不对' }];
    if (method !== 'GET')
        return [200, { status: 'applied', text_zh: '已办理', text_en: 'done', code: null }];
    if (first === 'alerts') return [200, second ? recorded.detail(second) : list(recorded.alerts)];
    if (first === 'residents' && !second)
        return [
            200,
            list(recorded.residents.filter((one) => one.name.includes(query.get('q') ?? ''))),
        ];
    if (first === 'residents')
        return [
            200,
            third === 'day'
                ? recorded.learnedDay
                : third === 'contacts'
                  ? recorded.contacts
                  : third === 'history'
                    ? list(recorded.alerts.slice(0, 2))
                    : recorded.residentDetail(second),
        ];
    if (path === '/rounds/today') return [200, recorded.today];
    if (path === '/rounds/week') return [200, recorded.week];
    if (path === '/reports') return [200, recorded.report(query.get('period'), query.get('by'))];
    if (path === '/reports/alerts') return [200, recorded.alertReport];
    if (path === '/status') return [200, recorded.status];
    if (path === '/devices')
        return [200, list(recorded.devices)];
    if (path === '/devices/proposals') return [200, recorded.proposals];
    if (first === 'devices') return [200, recorded.messages];
    if (path === '/accounts')
        return [
            200,
            list(
                ['worker', 'lead', 'operator'].map((role, index) => ({
                    ...recorded.account(role),
                    id: `a${index}`,
                })),
            ),
        ];
    if (path === '/audit') return [200, recorded.audit];
    if (path === '/config')
        return [200, { source: '/etc/anju/anju.toml', toml: '[gateway]\nid = "box-0001"\n' }];
    if (path === '/rejected') return [200, { messages: [], total: 0 }];
    return [404, { status: 404, code: 'not_found', title: 'not found', title_zh: '没有' }];
}

export function serve(port = 0) {
    // refuse: nobody answers; lose: so many commands are taken and their answers lost.
    const who = { state: process.env.ROLE ?? 'worker', refuse: false, lose: 0, posted: [] };
    const server = createServer(async (request, response) => {
        const url = new URL(request.url, 'http://x');
        if (who.refuse) return request.socket.destroy();
        if (url.pathname === '/api/v1/events') {
            response.writeHead(200, {
                'Content-Type': 'text/event-stream',
                'Cache-Control': 'no-store',
            });
            response.write(
                `id: 1\nevent: hello\ndata: ${JSON.stringify({ now: recorded.now, last: 1 })}\n\n`,
            );
            return undefined;
        }
        if (url.pathname.startsWith('/api/v1/')) {
            const path = url.pathname.slice('/api/v1'.length);
            if (request.method !== 'GET') {
                let text = '';
                for await (const chunk of request) text += chunk;
                who.posted.push({
                    path,
                    body: text === '' ? null : JSON.parse(text),
                    csrf: request.headers['x-csrf-token'],
                });
                if (path === '/contacts' && who.lose-- > 0) return request.socket.destroy();
            }
            const [status, body] = answer(request.method, path, url.searchParams, who.state);
            response.writeHead(status, {
                'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
            });
            return response.end(JSON.stringify(body));
        }
        const name = normalize(url.pathname === '/' ? '/index.html' : url.pathname);
        try {
            const bytes = readFileSync(join(dist, name));
            response.writeHead(200, {
                'Content-Type': types[extname(name)] ?? 'application/octet-stream',
                'Content-Security-Policy': policy,
            });
            return response.end(bytes);
        } catch {
            response.writeHead(404);
            return response.end();
        }
    });
    return new Promise((resolve) =>
        server.listen(port, '127.0.0.1', () =>
            resolve({ server, who, port: server.address().port }),
        ),
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { port } = await serve(Number(process.argv[2] ?? 8099));
    console.log(`http://127.0.0.1:${port}/`);
}
