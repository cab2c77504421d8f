// One call of each operation of the contract that a role can make, and may if its rights say so.
// What begins or ends a session is not among them: that has tests of its own.
import { randomUUID } from 'node:crypto';

export const sessionOnly = ['POST /setup', 'POST /session', 'DELETE /session', 'POST /session/once',
  'POST /session/password', 'GET /events', 'GET /devices/{id}/events'];

const period = '?period=2026-W10';

/** `alert` and `task` of community C1 that there are. */
export function samples({ alert, task }) {
  const command = (more) => () => ({ command_id: randomUUID(), ...more });
  return {
    'GET /session': {},
    'GET /accounts': {},
    // A lead makes workers of its scope; an operator anybody.
    'POST /accounts': { body: (role) => ({ name: `new-${randomUUID().slice(0, 8)}`, shown: '新同事',
      role: 'worker', scope: ['C1'], worker: role === 'lead' ? 'W4' : null }) },
    'PATCH /accounts/{id}': { id: 'none', body: () => ({ disabled: true }), mayFail: true },
    'GET /audit': {},
    'GET /alerts': { query: '?state=all' },
    'GET /alerts/{id}': { id: alert?.id },
    'POST /alerts/{id}/commands': { id: alert?.id, body: command({ verb: 'acknowledge' }) },
    'GET /residents': {},
    'GET /residents/{id}': { id: 'R1' },
    'GET /residents/{id}/day': { id: 'R1' },
    'GET /residents/{id}/contacts': { id: 'R1' },
    'GET /residents/{id}/history': { id: 'R1' },
    'POST /residents/{id}/consents': { id: 'R2',
      body: () => ({ kind: 'door', state: 'given', said_by: '本人', basis: '入户登记表' }) },
    'POST /residents/{id}/suspensions': { id: 'R2', body: command({ reason: 'away',
      from: '2026-03-04', to: '2026-03-06', said_by: '女儿李梅', approver: '周敏', note: '' }) },
    'DELETE /residents/{id}/suspension': { id: 'R2' },
    'GET /rounds/today': {},
    'GET /rounds/week': { query: '?week=2026-W10' },
    'POST /rounds/tasks/{id}/commands': { id: task?.id,
      body: command({ verb: 'hand_to', worker: 'W2' }) },
    'POST /contacts': { body: command({ resident: 'R4', kind: 'call', outcome: 'well', seconds: 60,
      note: '一切都好', worker: 'W1' }) },
    'POST /absences': { body: command({ worker: 'W2', from: '2026-03-05', to: '2026-03-05' }) },
    'GET /reports': { query: `${period}&by=community` },
    'GET /reports.csv': { query: period },
    'GET /reports/alerts': { query: period },
    'GET /status': {},
    'GET /health': {},
    'GET /config': {},
    'GET /devices': {},
    'GET /devices/{id}/messages': { id: 'H1-smoke' },
    'GET /devices/{id}/messages/live': { id: 'H1-smoke' },
    'GET /devices/proposals': {},
    'POST /devices/accept': { mayFail: true,
      body: () => ({ driver: 'zigbee2mqtt', address: 'nobody', household: 'H1', id: 'H1-x' }) },
    'POST /devices/ignore': { mayFail: true,
      body: () => ({ driver: 'zigbee2mqtt', address: 'nobody' }) },
    'GET /rejected': {},
    'GET /routes': {},
    'POST /devices/test': { body: () => ({ device: 'H1-sos', what: 'test' }) },
    'GET /drills': {},
    'POST /drills': { mayFail: true, body: () => ({ scenario: 'smoke-cooking' }) },
    'POST /drills/stop': { mayFail: true, body: () => ({}) },
  };
}
