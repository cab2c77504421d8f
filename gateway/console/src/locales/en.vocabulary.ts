// The care vocabulary: code to English.
export default {
  priority: { P1: 'P1 critical', P2: 'P2 urgent', P3: 'P3 notice', P4: 'P4 device' },
  kind: {
    smoke: 'Smoke', gas_leak: 'Gas leak', sos: 'Call for help', inactivity: 'No sign of life', water_low: 'Hardly any water used', water_continuous: 'Water keeps running', water_high: 'Much water used', flood: 'Water on the floor',
    door_open_long: 'Door left open', no_exit: 'Has not gone out', not_returned: 'Has not come home', night_exit: 'Out at night', routine_change: 'Change of routine', activity_while_away: 'Activity while away', contact_failed: 'Cannot be reached',
    low_battery: 'Low battery', device_offline: 'Device offline', data_stale: 'Data out of date', tamper: 'Tampered with', mains_lost: 'Mains lost', area_outage: 'Area outage', test: 'Test', channel_failed: 'Channel failed',
  },
  state: {
    suspected: 'Suspected', self_check: 'Asking the resident', open: 'Waits for somebody', acknowledged: 'Taken', en_route: 'On the way', on_site: 'On site', resolved: 'Dealt with', closed: 'Closed', merged: 'Merged', suppressed: 'Suppressed', cancelled: 'Taken back',
  },
  cause: {
    raised: 'raised', again: 'again', another: 'another one', more_urgent: 'became P2', evidence: 'more evidence', recovered: 'recovered', unanswered: 'nobody took it', not_moving: 'taken, nobody moved', overdue: 'overdue', no_answer: 'no answer',
    sign_of_life: 'sign of life', person: 'by a person', merged: 'merged', removed: 'home removed', suspended: 'rounds suspended', aged: 'did not come back', told: 'told', ask_resident: 'ask the resident', ask_119: 'call 119/120?', stood_down: 'stood down', review: 'to be reviewed',
    on_site: 'on site, no result', write_up: 'to be closed', write_up_lead: 'long not closed',
  },
  role: {
    worker: 'community worker', lead: 'community lead', supervisor: 'street supervisor', operator: 'operator', auditor: 'auditor', resident: 'resident', emergency_contact: 'emergency contact', neighbour: 'neighbour', grid_worker: 'community worker', second_worker: 'second worker',
    community_lead: 'community lead', street_centre: 'street centre', district_centre: 'district centre', maintainer: 'maintainer', owner: 'whoever has it',
  },
  reason: {
    true_emergency: 'True emergency', help_given: 'Help was given', away: 'Away', late_rise: 'Rose late', visitor_pet: 'Visitor or pet', cooking_steam: 'Cooking steam', device_fault: 'Faulty device', test: 'Test', unknown: 'Unknown',
  },
  sensor: { water_meter: 'Water meter', smoke: 'Smoke alarm', door: 'Door contact', motion: 'Motion', gas: 'Gas alarm', water_leak: 'Leak sensor', sos: 'Help button', bed: 'Bed sensor' },
  reading: {
    contact_open: 'door open', motion: 'motion', water_total_ml: 'water total mL', water_flow_mlh: 'flow mL/h', water_used_ml: 'water used mL', battery_pct: 'battery %', battery_low: 'battery low', smoke: 'smoke', gas: 'gas', sos: 'help',
    water_leak: 'leak', tamper: 'tamper', bed_occupied: 'in bed', online: 'online', alive: 'alive', fault: 'fault', test: 'test',
  },
  status: { active: 'active', away: 'away', hospitalised: 'in hospital', institution: 'in an institution', declined: 'declined', withdrawn: 'withdrawn', deceased: 'deceased' },
  living: { alone: 'lives alone', couple: 'with spouse', family: 'with family', together: 'not alone' },
  whereabouts: { at_home: 'at home', out: 'out', unknown: 'whereabouts unknown' },
  health: { ok: 'ok', never_heard: 'never heard', stale: 'stale', offline: 'offline' },
  consentState: { given: 'given', refused: 'refused', withdrawn: 'withdrawn', unrecorded: 'not recorded' },
  layer: { product: 'product', district: 'district', community: 'community', resident: 'resident', household: 'home' },
  task: {
    home_visit: 'Visit', phone_call: 'Call', extra_contact: 'Extra call', return_check: 'Return check', device_check: 'Device check', contact_call: 'Call to family', visit: 'Visit', call: 'Call', return: 'Return check', family: 'Call to family',
  },
  taskState: {
    planned: 'planned', assigned: 'to do', accepted: 'accepted', in_progress: 'begun', completed: 'done', unreached: 'not reached', missed: 'missed', substituted: 'substituted', cancelled: 'cancelled', excused: 'excused',
  },
  outcome: { well: 'well', needs_help: 'needs help', unreached: 'not reached', refused: 'refused', by_other: 'by somebody else' },
  form: { health: 'Health', mind: 'Mind', safety: 'Safety', hygiene: 'Hygiene', housing: 'Housing', needs: 'Needs' },
  shortage: {
    capacity: 'no worker has time', no_worker: 'nobody makes rounds', no_duty: 'nobody is on duty', preference: "the resident's hours leave too little", gap: 'a gap is too long', too_late: 'too few days are left', calendar: 'no holiday data', worker_cap: 'too many residents a worker',
  },
  clock: { synchronised: 'synchronised', unsynchronised: 'not synchronised', driven: 'driven (demo)' },
  unprotected: { starting: 'starting', home_broker: 'does not protect: nothing in the home is heard', no_sensor: 'does not protect: no sensor is heard', disk_full: 'does not protect: the disk is full and readings are refused', clock: 'does not protect: nobody has set the clock for a day', nobody_told: 'does not protect: neither the district nor any channel can be reached' },
  update_ending: { updated: 'updated', rolled_back: 'rolled back', failed: 'rolled back, and still not well', abandoned: 'another version was installed by hand' },
  update_step: { installing: 'installing', proving: 'proving the new version', rolling_back: 'going back', proving_again: 'proving the version before' },
  update_rest: {
    off: 'switched off', taken_back: 'was taken back', not_its_turn: 'it is not this box’s turn yet', no_way_back: 'its stores cannot be read by this version: one between them has to come first', not_now: 'outside of the window', alerts: 'alerts of P1 or P2 wait for people', clock: 'nobody sets the clock: when the box has been up for a day', no_answer: 'the gateway does not answer', later: 'the last attempt failed, it is tried later', no_room: 'not enough room on the disk', broken: 'the packages are installed by half',
  },
  space: { ample: 'ample', low: 'low' },
  lane: { alarm: 'alarms', bulk: 'data' },
  link: { home: 'home', alarms: 'alarms', sensors: 'sensors', district_alarm: 'district (alarms)', district_bulk: 'district (data)' },
  problem: {
    subscription_refused: 'Subscription refused', profile_refused: 'Profile refused', profile_missing: 'Profile missing', holidays_refused: 'Holiday file refused', holidays_missing: 'Holiday data missing', channel_down: 'Channel down',
  },
  fate: { taken: 'taken', duplicate: 'duplicate', not_understood: 'not understood', no_reading: 'no reading in it', no_room: 'no room: not taken' },
  action: {
    view: 'looked at', login: 'logged in', login_once: 'logged in by link', login_link: 'sent a login link', login_failed: 'failed to log in', logout: 'logged out', refused: 'was refused', password_set: 'set a password',
    password_changed: 'changed the password', setup: 'made the first account', setup_code_shown: 'looked at the setup code', account_added: 'made account', account_changed: 'changed account', account_reset: 'reset the password of',
    account_disabled: 'disabled account', account_enabled: 'enabled account', report_taken: 'took a report', stream: 'listened live', search: 'searched', list: 'looked at a list', drill_begun: 'began a drill', drill: 'tested a device', drill_stopped: 'stopped a drill', device_tested: 'tested a device',
    suspended: 'suspended rounds', suspension_ended: 'resumed rounds', contact_recorded: 'recorded contact', consent_recorded: 'recorded consent', absence: 'entered an absence', task_begin: 'began task', task_move: 'moved task',
    task_hand_to: 'handed on task', task_cancel: 'cancelled task', device_accepted: 'registered device', device_ignored: 'ignored device', device_shown: 'showed device again', watch_messages: 'watched messages of', acknowledge: 'took alert',
    en_route: 'set out for alert', on_site: 'arrived at alert', resolve: 'dealt with alert', close: 'closed alert', reopen: 'opened alert again', review: 'reviewed closing of', hand_over: 'handed over alert',
    i_am_well: 'said that all is well',
  },
  preset: { 'SH_12': 'less than 10 L in 12 h', '24h_10L': 'less than 10 L in 24 h', '24h_8L': 'less than 8 L in 24 h', 'door_24h': 'no door used in 24 h' },
  field: {
    reason: 'reason', said_by: 'who said it', approver: 'approver', basis: 'basis', note: 'note', from: 'first day', to: 'last day', name: 'user name', shown: 'name', role: 'role', scope: 'scope', worker: 'worker', household: 'home', id: 'id', kind: 'kind', label: 'label', key: 'key', password: 'password', new: 'new password', date: 'date', verb: 'action', owner: 'to whom', start: 'beginning', seconds: 'length', form: 'headings', outcome: 'outcome', account: 'account', subject: 'subject',
  },
  policy: {
    presets: 'Fixed rules while learning', warm_up: 'Time to learn', alert_budget: 'False alerts allowed a month', phone_budget: 'Calls for nothing a month', home_backstop: 'Silent at home, at the latest',
    unknown_backstop: 'Silent anywhere, at the latest', door_open_limit: 'Door left open', battery_low_pct: 'Battery low', repeat_guard: 'Between alerts of silence', reopen_window: 'Recurrence reopens within',
    ladder_p1_second_worker: 'P1: second worker, neighbour', ladder_p1_street_again: 'P1: the street centre again', ladder_p1_ask_119: 'P1: ask about 119/120', ladder_p1_resume: 'P1: nobody moves',
    ladder_p1_arrival_aim: 'P1: on site, aim', ladder_p1_arrival: 'P1: on site, limit', ladder_self_check_asks: 'Self-check, times', ladder_self_check_gap: 'P2: self-check, apart', ladder_p2_second_worker: 'P2: second worker',
    ladder_p2_lead: 'P2: community lead', ladder_p2_street: 'P2: street centre', ladder_p2_resume: 'P2: nobody moves', ladder_p2_arrival: 'P2: on site, limit', ladder_p3_lead: 'P3: community lead (working time)',
    ladder_p4_lead: 'P4: community lead', ladder_p4_repair: 'P4: repaired', ladder_p4_repair_blind: 'P4: repaired, protection blind', ladder_on_site: 'P1, P2: on site, nothing came of it',
    ladder_write_up: 'P1, P2: not closed, the owner', ladder_write_up_lead: 'P1, P2: not closed, the lead', ladder_review: "supervisor's look", ladder_hours: 'Working hours', care_visits: 'Visits a week',
    care_calls: 'Calls a week', care_max_gap_days: 'Longest gap, days', care_preferred_gap_days: 'preferred gap, days', care_apart: 'contacts apart, at least', care_call_windows: 'Hours for calls',
    care_visit_windows: 'Hours for visits', care_visit_length: 'a visit takes', care_visit_travel: 'its way', care_call_length: 'a call takes', care_call_between: 'between calls', care_worker_visits: 'visits a worker and day',
    care_worker_calls: 'calls a worker and day', care_worker_day: 'time a worker and day', care_worker_residents: 'residents a worker, aim', care_worker_residents_cap: 'residents a worker, cap',
    care_call_again: 'missed call: again', care_call_third: 'missed call: third', care_visit_within: 'missed thrice: visit within', care_revisit_within: 'nobody home: again within', care_shortest_call: 'shortest call that counts',
    care_longest_suspension_days: 'longest suspension, days', care_return_check_within: 'return check within', care_by_message: 'Messages instead of calls', care_variant_approved_by: 'variant approved by',
    care_weekdays: 'Days that suit', care_worker: 'Worker asked for',
  },
};
