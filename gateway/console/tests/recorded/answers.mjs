// Answers of a gateway to the documented shapes, for the unit tests and for looking at the screens.
// The time is fixed: half past nine on a Saturday in November.
const day = '2026-11-28';
const at = (clock, date = day) => `${date}T${clock.length === 5 ? `${clock}:00` : clock}.000+08:00`;
export const now = at('09:30');

const step = (clock, roles, cause = 'unanswered', summons = 'unanswered', to = 'open') => ({ at: at(clock), to, cause, roles, summons });
const alert = (id, more) => ({
  id, household: 'H0001', resident: 'R0001', device: null, kind: 'smoke', priority: 'P1', state: 'open', raised_at: at('09:28:40'),
  changed_at: at('09:29:40'), reopened: 0, repeats: 0, sentence_zh: '', sentence_en: '', actor: 'system', cause: 'raised', escalated: false,
  overdue: false, rung: 1, owner: null, opened_at: more.raised_at ?? at('09:28:40'), told_at: null, acknowledged_at: null, en_route_at: null,
  on_site_at: null, closed_at: null, closed_by: null, reviewed_by: null, merged_into: null, reason: null, note: null, community: 'CQ-SPB-0101',
  name: '王秀兰', masked_name: '王**', address: '金开大道 1 号 2 幢 3-1', text_zh: null, text_en: null, mine: false, next: null, ...more,
});

export const alerts = [
  alert('H0001-31', {
    device: 'H0001-smoke', rung: 2, repeats: 2, escalated: true, told_at: at('09:29:40'),
    sentence_zh: '厨房烟感于 09:28 报警：有烟雾。', sentence_en: 'The kitchen smoke alarm reported smoke at 09:28.',
    next: step('09:31:40', ['street_centre']),
  }),
  alert('H0007-12', {
    household: 'H0007', resident: 'R0007', kind: 'inactivity', priority: 'P2', raised_at: at('08:55'), changed_at: at('09:25'), opened_at: at('09:25'),
    name: '李建国', masked_name: '李**', address: '星光路 18 号 5 幢 12-4',
    sentence_zh: '家中自 21:10 起没有活动迹象，到 08:55 已有 11 小时 45 分。此人在这种时候通常 9 小时 20 分内就有动静（20 次中有 19 次）；这样不寻常的安静约 100 天才有一次。',
    sentence_en: 'No sign of life in the home from 21:10 to 08:55, for 11 h 45 min. At such a time this person is usually heard again within 9 h 20 min (19 times in 20); a silence as unusual as this comes about once in 100 days.',
    next: step('09:40', ['second_worker']),
  }),
  alert('H0003-8', {
    household: 'H0003', resident: 'R0003', kind: 'contact_failed', priority: 'P2', state: 'en_route', raised_at: at('08:10'), changed_at: at('08:40'), owner: '陈静', mine: true,
    acknowledged_at: at('08:20'), en_route_at: at('08:40'), name: '赵桂英', masked_name: '赵**', address: '金开大道 3 号 1 幢 7-2', sentence_zh: '昨天 15:20 以来三次电话均无人接听；家中最后一次活动迹象：07:40。',
    sentence_en: 'Three calls since yesterday 15:20 were not answered; last sign of life in the home: 07:40.', next: step('09:40', ['community_lead'], 'overdue', 'overdue', 'en_route'),
  }),
  alert('H0011-4', {
    household: 'H0011', resident: 'R0011', device: 'H0011-water', kind: 'water_continuous', priority: 'P3', raised_at: at('07:02'), changed_at: at('07:02'), name: '何素芬', masked_name: '何**', address: '星光路 22 号 1-3',
    sentence_zh: '厨房水表显示从 05:00 到 07:00 的 2 小时里水一直在流，共 310 L：可能忘了关水龙头。', sentence_en: 'The kitchen water meter shows water running without a stop for the 2 h from 05:00 to 07:00, 310 L in all: a tap may have been left open.',
    next: step('13:02', ['community_lead']),
  }),
  alert('H0002-19', {
    household: 'H0002', resident: 'R0002', device: 'H0002-door', kind: 'low_battery', priority: 'P4', state: 'acknowledged', owner: '刘洋', raised_at: at('18:20', '2026-11-27'), changed_at: at('19:00', '2026-11-27'), name: '周德明', masked_name: '周**', address: '金开大道 1 号 4 幢 2-2',
    sentence_zh: '入户门门磁电量只剩 8 %。', sentence_en: 'The entrance door contact has 8 % of its battery left.',
  }),
  alert('H0009-2', {
    household: 'H0009', resident: 'R0009', kind: 'sos', state: 'closed', priority: 'P1', raised_at: at('20:11', '2026-11-27'), changed_at: at('21:30', '2026-11-27'), closed_at: at('21:30', '2026-11-27'), closed_by: 'worker:W0101-2', reason: 'help_given', note: '老人起身时腿软，已扶回床上，家属已到。',
    name: '吴淑珍', masked_name: '吴**', address: '星光路 20 号 3-1', sentence_zh: '床头呼叫器于 20:11 被按下，请求帮助。', sentence_en: 'The bedside button was pressed at 20:11 to call for help.', next: step('21:30', ['community_lead', 'street_centre'], 'review', 'review', 'closed'),
  }),
];

const change = (number, clock, from, to, more = {}) => ({ number, at: at(clock), from, to, cause: 'raised', rung: number, escalated: false, overdue: false, owner: null, priority: 'P2', actor: 'system', reason: null, note: null, reopened: 0, repeats: 0, ...more });
export const detail = (id) => {
  const found = alerts.find((one) => one.id === id) ?? alerts[0];
  const smoke = found.kind === 'smoke';
  const verbs = { open: ['acknowledge', 'en_route', 'on_site', 'resolve', 'close', 'hand_over'], acknowledged: ['en_route', 'on_site', 'resolve', 'close', 'hand_over'], en_route: ['on_site', 'resolve', 'close', 'hand_over'], on_site: ['resolve', 'close', 'hand_over'], resolved: ['close', 'reopen'], closed: ['review', 'reopen'] };
  return {
    alert: {
      ...found,
      evidence: smoke
        ? { rule: 'smoke', since: null, until: found.raised_at, measured: 0, threshold: 0, unit: null, once_in_days: null, sources: [{ device: 'H0001-smoke', kind: 'smoke', last_heard: at('09:28:40'), reliable: true }] }
        : { rule: 'unusual_silence', since: at('21:10', '2026-11-27'), until: at('08:55'), measured: 42300000, threshold: 33600000, unit: 'ms', once_in_days: 100, sources: [{ device: 'H0007-motion', kind: 'motion', last_heard: at('08:50'), reliable: true }, { device: 'H0007-door', kind: 'door', last_heard: at('08:41'), reliable: true }, { device: 'H0007-water', kind: 'water_meter', last_heard: at('14:00', '2026-11-26'), reliable: false }] },
    },
    history: smoke
      ? [change(1, '09:28:40', null, 'open', { priority: 'P1' }), change(2, '09:29:40', 'open', 'open', { priority: 'P1', cause: 'unanswered', escalated: true })]
      : [change(1, '08:55', null, 'self_check'), change(2, '09:25', 'self_check', 'open', { cause: 'no_answer' }), ...(found.state === 'en_route' ? [change(3, '09:26', 'open', 'acknowledged', { cause: 'person', actor: 'console:worker:陈静', note: '我马上打电话' })] : [])],
    told: smoke
      ? [{ at: at('09:28:40'), roles: ['emergency_contact', 'grid_worker', 'street_centre'], vacant: [], cause: 'told', rung: 1 }, { at: at('09:29:40'), roles: ['neighbour', 'second_worker'], vacant: ['neighbour'], cause: 'unanswered', rung: 2 }]
      : [{ at: at('09:25'), roles: ['emergency_contact', 'grid_worker'], vacant: [], cause: 'told', rung: 1 }],
    people: {
      resident: { name: found.name, phone: '023-6700 0001', address: found.address },
      contacts: [{ relation: '女儿', name: '李梅', phone: '139 0000 0001' }, { relation: '对门邻居', name: '张大爷', phone: '137 0000 0001' }],
      workers: [{ id: 'W0101-1', name: '陈静', role: 'grid_worker', on_duty: true }, { id: 'W0101-2', name: '刘洋', role: 'grid_worker', on_duty: false }, { id: 'L0101', name: '周敏', role: 'community_lead', on_duty: true }],
    },
    verbs: verbs[found.state] ?? [],
  };
};

const resident = (id, name, more = {}) => ({ id, household: id.replace('R', 'H'), community: 'CQ-SPB-0101', name, status: 'active', living: 'alone', age: 81, phone: '023-6700 0001', address: '金开大道 1 号 2 幢 3-1', last_sign_of_life: at('09:12'), whereabouts: 'at_home', best_delay: { seconds: 300, device: 'H0001-door' }, open_alerts: 0, quota: { visits_done: 1, visits_due: 1, calls_done: 2, calls_due: 3 }, suspension: null, ...more });
export const residents = [
  resident('R0001', '王秀兰', { open_alerts: 1 }), resident('R0007', '李建国', { open_alerts: 1, age: 77, address: '星光路 18 号 5 幢 12-4', last_sign_of_life: at('21:10', '2026-11-27') }),
  resident('R0002', '周德明', { status: 'hospitalised', age: 84, whereabouts: 'out', last_sign_of_life: at('10:40', '2026-11-24'), suspension: { reason: 'hospitalised', from: '2026-11-24', to: '2026-12-05', said_by: '女儿', approver: '周敏', note: '' }, quota: { visits_done: 0, visits_due: 0, calls_done: 0, calls_due: 0 } }),
  resident('R0003', '赵桂英', { open_alerts: 1, address: '金开大道 3 号 1 幢 7-2' }), resident('R0009', '吴淑珍', { age: 90, address: '星光路 20 号 3-1' }), resident('R0011', '何素芬', { age: 73, address: '星光路 22 号 1-3', whereabouts: 'unknown' }),
  resident('R0012', '陈国庆', { age: 79, living: 'couple', last_sign_of_life: at('09:28'), address: '星光路 22 号 6-2' }),
];
const device = (id, kind, label, more = {}) => ({ household: 'H0001', id, kind, label, driver: 'zigbee2mqtt', address: '0x00158d0001a9ec71', profile: null, key: false, sample_every_s: 3600, deliver_every_s: 3600, stale_after_s: 9000, last_heard: at('09:12'), health: 'ok', collected: true, ...more });
export const devices = [device('H0001-door', 'door', '入户门'), device('H0001-water', 'water_meter', '厨房水表', { driver: 'wmbus', address: '12345678', key: true }), device('H0001-smoke', 'smoke', '厨房'), device('H0001-motion', 'motion', '卧室', { health: 'stale', last_heard: at('14:00', '2026-11-26') }), device('H0001-bed', 'bed', '床', { collected: false, last_heard: null })];
export const residentDetail = (id) => ({
  ...(residents.find((one) => one.id === id) ?? residents[0]), devices, notes: '耳背，电话请大声；周三下午去活动室。',
  contacts: [{ relation: '女儿', name: '李梅', phone: '139 0000 0001' }, { relation: '对门邻居', name: '张大爷', phone: '137 0000 0001' }],
  policy: [
    { key: 'alert_budget', unit: 'per_month', value: 1, layer: 'resident', product: 0.3, district: 0.3, community: null, resident: 1 }, { key: 'home_backstop', unit: 'duration', value: 36000000, layer: 'resident', product: 50400000, resident: 36000000 },
    { key: 'ladder.p2_lead', unit: 'duration', value: 1200000, layer: 'community', product: 1800000, community: 1200000 }, { key: 'care.calls', unit: 'count', value: 3, layer: 'product', product: 3 }, { key: 'care.visits', unit: 'count', value: 1, layer: 'product', product: 1 }, { key: 'presets', unit: 'names', value: ['SH-12', 'door-24h'], layer: 'product', product: ['SH-12', 'door-24h'] },
  ],
  consents: ['door', 'water_meter', 'smoke', 'motion'].map((kind) => ({ kind, state: 'given', said_by: '本人', basis: '当面签字', at: at('10:00', '2026-03-02'), actor: 'cli:lin', devices: 1, collected: true })).concat([{ kind: 'bed', state: 'refused', said_by: '本人', basis: '当面', at: at('10:00', '2026-03-02'), actor: 'cli:lin', devices: 1, collected: false }]),
});
const usual = [0.08, 0.05, 0.06, 0.05, 0.07, 0.2, 0.72, 0.95, 0.9, 0.82, 0.75, 0.9, 0.7, 0.35, 0.5, 0.66, 0.7, 0.85, 0.9, 0.8, 0.6, 0.4, 0.18, 0.1];
export const learnedDay = {
  now, hours: usual.map((share, hour) => ({ hour, usual: share, today: hour > 9 ? null : [0, 0, 0, 0, 0, 0, 1, 1, 0, 1][hour] === 1 })),
  learning: { first_sign: at('06:20', '2026-03-02'), days: 180, personal: true, personal_from: at('06:20', '2026-03-16'), presets: ['SH-12'] },
  silence: { judged: 'yes', last_sign: at('09:12'), since: at('09:12'), silent_s: 1080, whereabouts: 'at_home', surprise: null, surprise_alert: 9, surprise_phone: 7.5, once_in_days: 1, half_over: at('09:20'), nearly_over: at('11:40'), phone_at: at('17:20'), alert_at: at('19:05') },
  missing: [],
};
const task = (number, id, name, kind, start, end, more = {}) => ({
  id: `CQ-SPB-0101:${number}`, resident: id, resident_name: name, household: id.replace('R', 'H'), worker: 'W0101-1', worker_name: '陈静', kind, state: 'assigned', date: day, start: at(start), end: at(end), due: at('02:00', '2026-11-29'), quota: true, attempts: 0, alert: null, cause: 'plan', overdue: false, revision: 0,
  name, phone: '023-6700 0001', address: '金开大道 1 号 2 幢 3-1', open_alert: null, last_contact: at('10:00', '2026-11-26'), hint_zh: null, hint_en: null, ...more,
});
export const today = {
  date: day, worker: 'W0101-1', tasks: [
    task(41, 'R0003', '赵桂英', 'home_visit', '09:30', '09:50', { overdue: true, alert: 'H0003-8', open_alert: 'H0003-8', quota: false, cause: 'alert', address: '金开大道 3 号 1 幢 7-2', hint_zh: '昨天三次电话没接通，请上门并联系女儿。', hint_en: 'Three calls yesterday were not answered: please visit, and phone the daughter.' }),
    task(42, 'R0012', '陈国庆', 'phone_call', '09:40', '09:46', { hint_zh: '上午十点前接电话最多。', hint_en: 'Usually answers before ten.' }),
    task(43, 'R0011', '何素芬', 'phone_call', '10:00', '10:06', { attempts: 1 }), task(44, 'R0009', '吴淑珍', 'home_visit', '10:30', '10:50', { address: '星光路 20 号 3-1' }),
    task(45, 'R0007', '李建国', 'phone_call', '15:00', '15:06', { open_alert: 'H0007-12' }), task(40, 'R0001', '王秀兰', 'phone_call', '09:00', '09:06', { state: 'completed' }),
  ],
};
const dates = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'];
const names = [['R0001', '王秀兰'], ['R0003', '赵桂英'], ['R0007', '李建国'], ['R0009', '吴淑珍'], ['R0011', '何素芬'], ['R0012', '陈国庆']];
export const week = {
  communities: [{
    community: 'CQ-SPB-0101', name: '金开社区', week: '2026-11-23', week_name: '2026-W48', planned: true, residents: 7, days: dates.map((date, index) => ({ date, working: index < 5, holiday: false, known: true, on_duty: [] })),
    tasks: names.flatMap(([id, name], person) => [0, 1, 2, 3].map((index) => ({ ...task(person * 4 + index, id, name, index === 0 ? 'home_visit' : 'phone_call', '09:30', '09:50', { worker: person % 2 ? 'W0101-2' : 'W0101-1' }), date: dates[(person + index * 2) % 6], state: (person + index * 2) % 6 < 5 ? 'completed' : 'assigned' }))),
    short_of: [{ why: 'preference', resident: 'R0009', resident_name: '吴淑珍', visits: 0, calls: 1, gap_days: 0, days: ['2026-11-29'], minutes: 8 }],
    workers: [{ id: 'W0101-1', name: '陈静', visits: 3, calls: 9, minutes: 162, absent: [] }, { id: 'W0101-2', name: '刘洋', visits: 3, calls: 9, minutes: 162, absent: [{ from: '2026-11-23', to: '2026-11-23' }] }],
  }],
};
const share = (part, of) => ({ part, of, permille: of === 0 ? null : Math.round((part * 1000) / of) });
const tally = (quota, reached, onTime) => ({
  resident_weeks: 28, quota: share(quota, 112), visits: share(28, 28), calls: share(quota - 28, 84), complete_weeks: share(26, 28), reached: share(reached, 120), on_time: share(onTime, 112), gap_days_p95: 3, unreached_over_24h: 1, suspended_weeks: 1, suspended_days: 5, suspended_late_days: 0, excused: 3, substituted: 1, missed: 112 - quota, overdue: 2, door_mismatches: 0,
  alerts: { P1: 2, P2: 5, P3: 9, P4: 4, overdue: 1, escalated: 1, unreviewed: 1, false: share(3, 14), not_acknowledged_yet: 1, not_arrived_yet: 1, acknowledged_s_p50: 42, acknowledged_s_p90: 210, arrived_s_p50: 640, arrived_s_p90: 1500 }, device_uptime: share(9930, 10000),
});
const place = (level, code, name, figures, more = {}) => ({ level, code, name, street: '人和街道', district: '两江新区', provisional: false, tally: tally(...figures), ...more });
export const report = (period, by) => ({
  period, first: '2026-11-16', last: '2026-11-22', whole_weeks: true, open_weeks: [],
  rows: by === 'community' ? [place('community', 'CQ-SPB-0101', '金开社区', [110, 112, 108]), place('community', 'CQ-SPB-0102', '天湖社区', [104, 104, 98], { provisional: true }), place('community', 'CQ-SPB-0103', '和睦路社区', [112, 118, 111])] : [place(by, by, by === 'street' ? '人和街道' : '两江新区', [326, 334, 317].map((one) => Math.round(one / 3)))],
});
export const alertReport = { by_kind: [{ kind: 'smoke', raised: 2, false: 1, acknowledged_p50_s: 31, acknowledged_p90_s: 55, on_site_p50_s: 520 }, { kind: 'inactivity', raised: 4, false: 2, acknowledged_p50_s: 190, acknowledged_p90_s: 700, on_site_p50_s: 1300 }, { kind: 'low_battery', raised: 3, false: 0, acknowledged_p50_s: 9000, acknowledged_p90_s: 20000, on_site_p50_s: null }] };
export const status = {
  gateway_id: 'box-0001', version: '0.1.0', pid: 412, started_at: at('06:00', '2026-11-01'), now, clock: 'synchronised', households: 28, devices: 96, open_alerts: 4, proposals: 1, consents_unrecorded: 2,
  routes: [], problems: [{ code: 'channel_down', where: 'street', what: '企业微信机器人：93000 invalid webhook url', remedy: '在群里重新添加机器人，更新地址。' }],
  links: [{ name: 'home', uri: 'mqtt://127.0.0.1:1883', connected: true, last_error: null, connects: 1, received: 91231, published: 12, dropped: 0 }, { name: 'district_alarm', uri: 'mqtts://district.example:8883', connected: false, last_error: 'connection refused', connects: 14, received: 40, published: 210, dropped: 0 }],
  lanes: [{ lane: 'alarm', head: 212, first_unacked: 209, unacknowledged: 4 }, { lane: 'bulk', head: 9120, first_unacked: 8012, unacknowledged: 1109 }],
  channels: [{ name: 'street', down: true, sent: 41, failed: 6, limited: 0, last_success: at('08:00'), last_failure: at('09:20'), last_error: '93000' }, { name: 'sms', down: false, sent: 12, failed: 0, limited: 0, last_success: at('09:28'), last_failure: null, last_error: null }],
  box: { protects: true, reasons: [], uptime_s: 2345678, boots: 4, unread: 0, unshown: 0, temperature_mc: 51200, undervoltage: false, storage: [{ name: 'mmcblk0', used_tenths: 2, written_bytes: 4200000000 }], disk_free_bytes: 9100000000, sensors_ok: 94, sensors_stale: 1, sensors_offline: 1, sensors_faulty: 0,
    update: { step: 'idle', outcome: 'updated', from: '0.0.9', to: '0.1.0', reason: null, noticed: [], ended_at: at('03:10', '2026-11-20'), waiting: null, waiting_reason: null, refused: [], failed: null } },
  store: { space: 'ample', bytes: 412000000, max_bytes: 2000000000, ballast: true, epoch: 7421, last_input: 93211 }, counters: {}, notes: [],
};
export const proposals = { total: 1, ignored: [], ignored_total: 0, dropped: 0, proposals: [{ driver: 'zigbee2mqtt', address: '0x00158d0003c6ab17', alias: '冰箱门', model: 'MCCGQ11LM', kind: 'door', first_heard: at('08:00'), last_heard: at('09:25'), messages: 14, readings: [{ kind: 'contact_open', value: false, event_time: at('09:25') }], error: null, needs_key: false, rssi_dbm: null, lqi: 112, topic: 'zigbee2mqtt/冰箱门', payload: '{"contact":true}' }] };
export const messages = { items: [{ at: at('09:12'), topic: 'zigbee2mqtt/0x00158d0001a9ec71', payload_text: '{"battery":91,"contact":false,"linkquality":120}', driver: 'zigbee2mqtt', readings: [{ kind: 'contact_open', value: true, quality: 'good', event_time: at('09:12') }, { kind: 'battery_pct', value: 91, quality: 'good', event_time: at('09:12') }], problems: [] }], next: null };
export const account = (role) => ({ id: 'a1', name: role === 'worker' ? 'chenjing' : role, shown: role === 'worker' ? '陈静' : '周敏', role, scope: ['CQ-SPB-0101'], worker: role === 'worker' ? 'W0101-1' : null, disabled: false, language: 'zh', must_change_password: false, last_login: at('08:30') });
export const session = (role) => ({ account: account(role), csrf: 'csrf-of-the-session', server: { gateway_id: 'box-0001', accounts_epoch: '7', version: '0.1.0', now, utc_offset_minutes: 480, secure: true } });
export const contacts = { items: [{ resident: 'R0001', worker: 'W0101-1', kind: 'phone_call', outcome: 'well', start: at('10:00', '2026-11-26'), seconds: 130, note: '精神不错，说膝盖疼。', task: null, alert: null, counts: true, why_not: null, verdict: { zh: '计入本周', en: 'counts' }, unusual: [], door: 'none', form: null, actor: 'console:worker:W0101-1' }, { resident: 'R0001', worker: 'W0101-1', kind: 'home_visit', outcome: 'well', start: at('15:00', '2026-11-24'), seconds: 1260, note: '', task: null, alert: null, counts: false, why_not: 'form_incomplete', verdict: { zh: '六项查看不全，不计入', en: 'the form has gaps' }, unusual: [], door: 'disagrees', form: null, actor: 'console:worker:W0101-1' }], next: null };
export const audit = { items: [{ id: 9, at: at('09:29'), account: 'a1', name: '陈静', action: 'view', subject: 'R0001', detail: '', peer: '10.0.0.7' }, { id: 8, at: at('08:30'), account: 'a1', name: '陈静', action: 'login', subject: null, detail: '', peer: '10.0.0.7' }], next: null };
