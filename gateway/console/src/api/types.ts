// What the gateway answers, as its interface says (docs/operations/control.md for the shapes).
// Times are RFC 3339 texts with a zone; null is "never" or "nobody".

export type Time = string;
export type Role = 'worker' | 'lead' | 'supervisor' | 'operator' | 'auditor';
export type Language = 'zh' | 'en';
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';
export type Verb =
  | 'acknowledge' | 'en_route' | 'on_site' | 'resolve' | 'close' | 'reopen' | 'review'
  | 'hand_over' | 'i_am_well';

export interface Account {
  id: string; name: string; shown: string; role: Role; scope: string[]; worker: string | null;
  disabled: boolean; language: Language; must_change_password: boolean; last_login: Time | null;
}
export interface Session {
  account: Account; csrf: string;
  server: { gateway_id: string; accounts_epoch: string; version: string; now: Time; utc_offset_minutes: number; secure: boolean };
}
export interface Page<T> { items: T[]; next: string | null; total?: number }

export interface Step { at: Time; to: string; cause: string; roles: string[]; summons: string | null }
export interface EvidenceSource { device: string; kind: string; last_heard: Time | null; reliable: boolean }
export interface Evidence {
  rule: string; since: Time | null; until: Time | null; measured: number; threshold: number;
  unit: string | null; sources: EvidenceSource[]; once_in_days: number | null;
}
export interface Alert {
  id: string; household: string; resident: string | null; device: string | null; kind: string;
  priority: Priority; state: string; raised_at: Time; changed_at: Time; reopened: number;
  repeats: number; sentence_zh: string; sentence_en: string; actor: string | null; cause: string;
  escalated: boolean; overdue: boolean; rung: number; owner: string | null; opened_at: Time | null;
  told_at: Time | null; acknowledged_at: Time | null; en_route_at: Time | null;
  on_site_at: Time | null; closed_at: Time | null; closed_by: string | null;
  reviewed_by: string | null; merged_into: string | null; reason: string | null; note: string | null;
  drill?: 'maintainers' | 'staff' | null;
  community: string; name: string | null; masked_name: string | null; address: string | null;
  text_zh: string | null; text_en: string | null; mine: boolean | null; next: Step | null;
  owner_shown?: string | null; owner_person?: string | null;
  evidence?: Evidence;
}
export interface Change {
  number: number; at: Time; from: string | null; to: string; cause: string; rung: number;
  escalated: boolean; overdue: boolean; owner: string | null; priority: Priority;
  actor: string | null; reason: string | null; note: string | null; reopened: number; repeats: number;
  actor_shown?: string | null; owner_shown?: string | null;
}
export interface Told { at: Time; roles: string[]; vacant: string[]; cause: string; rung: number }
export interface Contact { relation: string | null; name: string; phone: string | null }
export interface Colleague { id: string; name: string; role: string; on_duty: boolean }
export interface AlertDetail {
  alert: Alert; history: Change[]; told: Told[]; verbs: Verb[];
  people: {
    resident: { name: string | null; phone: string | null; address: string | null } | null;
    contacts: Contact[]; workers: Colleague[];
  };
}
export type Status = 'applied' | 'already' | 'refused' | 'expired';
export interface Answer {
  command_id?: string; at?: Time; status: Status; text_en: string | null; text_zh: string | null;
  code: string | null;
}

export interface Quota { visits_done: number; visits_due: number; calls_done: number; calls_due: number }
export interface Suspension {
  reason: string; from: string; to: string | null; said_by: string; approver: string; note: string;
}
export interface Delay { seconds: number; device: string }
export interface Resident {
  id: string; household: string; community: string; name: string; status: string; living: string;
  age?: number | null; phone: string | null; address: string | null; last_sign_of_life: Time | null;
  whereabouts: string; best_delay: Delay | null; open_alerts: number; quota: Quota;
  suspension?: Suspension | null;
}
export interface Device {
  household: string; id: string; kind: string; label: string | null; driver: string; address: string;
  profile: string | null; key: boolean; sample_every_s: number; deliver_every_s: number;
  stale_after_s: number; last_heard: Time | null; health: string; collected: boolean;
}
export interface PolicyValue {
  key: string; unit: string; value: unknown; layer: string; product: unknown; district?: unknown;
  community?: unknown; resident?: unknown; next?: unknown; shown?: string;
}
export interface Consent {
  kind: string; state: string; said_by: string | null; basis: string | null; at: Time | null;
  actor: string | null; devices?: number; collected?: boolean;
}
export interface ResidentDetail extends Resident {
  contacts: Contact[]; devices: Device[]; policy: PolicyValue[]; consents: Consent[]; notes: string | null;
}
export interface DayHour { hour: number; usual: number | null; today: boolean | null }
export interface Day {
  now: Time; hours: DayHour[];
  learning: { first_sign: Time | null; days: number; personal: boolean; personal_from: Time | null; presets: string[] };
  silence: {
    judged: string; last_sign: Time | null; since: Time | null; silent_s: number; whereabouts: string;
    surprise: number | null; surprise_alert: number; surprise_phone: number; once_in_days: number | null;
    half_over: Time | null; nearly_over: Time | null; phone_at: Time | null; alert_at: Time | null;
  };
  missing: { device: string; kind: string; label: string | null; why: string; last_heard: Time | null }[];
}
export type FormField = 'health' | 'mind' | 'safety' | 'hygiene' | 'housing' | 'needs';
export type Form = Record<FormField, 0 | 1 | 2>;
export interface ContactEntry {
  resident: string; worker: string | null; kind: string; outcome: string; start: Time; seconds: number | null;
  note: string; task: string | null; alert: string | null; counts: boolean; why_not: string | null;
  verdict: { zh: string; en: string } | null; unusual: string[]; door: string;
  form: (Partial<Form> & { complete?: boolean }) | null; actor: string;
}

export interface WeekTask {
  id: string; resident: string; resident_name: string | null; household: string; worker: string | null;
  worker_name: string | null; kind: string; state: string; date: string; start: Time | null;
  end: Time | null; due: Time | null; quota: boolean; attempts: number; alert: string | null;
  cause: string; overdue: boolean; revision: number;
}
export interface Task extends WeekTask {
  name: string | null; phone: string | null; address: string | null; open_alert: string | null;
  last_contact: Time | null; hint_zh: string | null; hint_en: string | null;
}
export interface Today { date: string; worker: string | null; tasks: Task[] }
export interface CareWeek {
  community: string; name: string | null; week: string; week_name: string; planned: boolean; residents: number;
  days: { date: string; working: boolean; holiday: boolean; known: boolean; on_duty: string[] }[];
  tasks: WeekTask[];
  short_of: {
    why: string; resident: string | null; resident_name: string | null; visits: number; calls: number;
    gap_days: number; days: string[]; minutes: number;
  }[];
  workers: { id: string; name: string; visits: number; calls: number; minutes: number; absent: { from: string; to: string }[] }[];
}
export interface RoundsWeek { communities: CareWeek[] }

export interface Share { part: number; of: number; permille: number | null }
export interface Tally {
  resident_weeks: number; quota: Share; visits: Share; calls: Share; complete_weeks: Share; reached: Share;
  on_time: Share; gap_days_p95: number | null; unreached_over_24h: number; suspended_weeks: number;
  suspended_days: number; suspended_late_days: number; excused: number; substituted: number; missed: number;
  overdue: number; door_mismatches: number; device_uptime: Share;
  alerts: {
    P1: number; P2: number; P3: number; P4: number; overdue: number; escalated: number; unreviewed: number;
    false: Share; not_acknowledged_yet: number; not_arrived_yet: number; acknowledged_s_p50: number | null;
    acknowledged_s_p90: number | null; arrived_s_p50: number | null; arrived_s_p90: number | null;
  };
}
export interface ReportRow {
  level: string; code: string; name: string | null; street: string | null; district: string | null;
  provisional: boolean; tally: Tally;
}
export interface Report {
  period: string; first: string; last: string; whole_weeks: boolean;
  open_weeks: { week: string; communities: string[] }[]; rows: ReportRow[];
}
export interface AlertReport {
  by_kind: {
    kind: string; raised: number; false: number; acknowledged_p50_s: number | null;
    acknowledged_p90_s: number | null; on_site_p50_s: number | null;
  }[];
}

export interface Proposal {
  driver: string; address: string; alias: string | null; model: string | null; kind: string | null;
  first_heard: Time; last_heard: Time; messages: number;
  readings: { kind: string; value: unknown; event_time: Time | null }[];
  error: { code: string; text: string } | null; needs_key: boolean; rssi_dbm: number | null; lqi: number | null;
  topic: string | null; payload: string | null;
}
export interface Proposals { proposals: Proposal[]; total: number; ignored: { driver: string; address: string; model: string | null; kind: string | null; since: Time }[]; dropped: number }
export interface Message {
  at: Time; topic: string; payload_text?: string; payload_hex?: string; driver: string | null;
  readings: { kind: string; value: unknown; quality: string; event_time: Time | null }[];
  problems: string[];
}
export interface LiveMessage {
  id: string; at: Time; topic: string; bytes: number; cut: boolean; withheld: boolean; payload_text: string | null; payload_hex: string | null;
  driver: string | null; profile: string | null; fate: string; answered: boolean; retained: boolean; redelivered: boolean;
  late_by_s: number | null; skipped: number; readings: { kind: string; value: unknown; quality: string[]; event_time: Time | null }[];
  problems: { code: string; property: string | null; byte: number | null; text: string; remedy: string; remedy_en: string }[];
}
export interface Rejected { at: Time; topic: string; payload: string; code: string; text: string }
export interface Gateway {
  gateway_id: string; version: string; started_at: Time; now: Time; clock: string; households: number;
  devices: number; open_alerts: number; proposals: number; consents_unrecorded: number;
  problems: { code: string; where: string; what: string; remedy: string }[];
  links: { name: string; uri: string; connected: boolean; last_error: string | null; connects: number; received: number; published: number; dropped: number }[];
  lanes: { lane: string; head: number; first_unacked: number; unacknowledged: number }[];
  channels: { name: string; down: boolean; sent: number; failed: number; last_success: Time | null; last_error: string | null }[];
  store: { space: string; bytes: number; max_bytes: number; ballast: boolean; epoch: number; last_input: number };
  counters: Record<string, number>; notes: string[]; box?: Box;
}
/** The machine that the gateway runs on; null is what its board does not tell. */
export interface Box {
  protects: boolean; reasons: string[]; uptime_s: number | null; boots: number | null;
  temperature_mc: number | null; undervoltage: boolean | null; disk_free_bytes: number | null;
  storage: { name: string; used_tenths: number | null; written_bytes: number | null }[];
  sensors_ok: number; sensors_stale: number; sensors_offline: number; sensors_faulty: number;
  update?: Update | null;
}
export interface Update {
  step: string | null; outcome: string; from: string | null; to: string | null; ended_at: Time | null;
  waiting: string | null; waiting_reason: string | null; refused: string[];
  failed: { version: string; failures: number; again_at: Time | null } | null;
}
export interface AuditEntry {
  id: number; at: Time; account: string; name: string; action: string; subject: string | null;
  detail: string | null; peer: string | null;
}

/** A scenario that the simulator beside the gateway can play. */
export interface Scenario {
  name: string; title_zh: string; title_en: string; seconds: number;
}
export interface DrillRow {
  home: string; alert: string; never: boolean; met: boolean; delay_ms: number | null;
  faults: { zh: string; en: string }[];
}
export type DrillProblem =
  | 'other' | 'scenario' | 'box' | 'broker' | 'clock' | 'busy' | 'process' | 'output';
export interface PlayedDrill extends Scenario {
  number: number; community: string; staff: boolean; by: string; asked_at: string;
  phase: 'asked' | 'playing' | 'judged' | 'stopped' | 'failed' | 'lost';
  stopping: boolean; percent: number; problem: string | null; problem_kind: DrillProblem | null;
  passed: boolean; rows: DrillRow[];
  unexpected: { id: string; home: string; alert: string }[];
}
export interface Stage {
  allowed: boolean; simulator: { scenarios: Scenario[] } | null; drill: PlayedDrill | null;
  communities: { id: string; name: string }[];
}
