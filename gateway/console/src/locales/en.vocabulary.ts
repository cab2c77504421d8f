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
  health: { ok: 'ok', stale: 'stale', offline: 'offline' },
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
  space: { ample: 'ample', low: 'low' },
  lane: { alarm: 'alarms', bulk: 'data' },
  link: { home: 'home', alarms: 'alarms', sensors: 'sensors', district_alarm: 'district (alarms)', district_bulk: 'district (data)' },
  problem: {
    subscription_refused: 'Subscription refused', profile_refused: 'Profile refused', profile_missing: 'Profile missing', holidays_refused: 'Holiday file refused', holidays_missing: 'Holiday data missing', channel_down: 'Channel down',
  },
  fate: { taken: 'taken', duplicate: 'duplicate', not_understood: 'not understood', no_reading: 'no reading in it', no_room: 'no room: not taken' },
  action: {
    view: 'looked at', login: 'logged in', logout: 'logged out', refused: 'was refused', change: 'changed', session_begin: 'logged in', session_end: 'logged out', login_failed: 'failed to log in', alert_view: 'looked at alert', alert_command: 'moved alert', resident_view: 'looked at',
    account_add: 'made account', account_change: 'changed account', consent_record: 'recorded consent', watch_messages: 'watched messages of', contact_record: 'recorded contact',
  },
  policy: {
    presets: 'Fixed rules while learning', warm_up: 'Time to learn', alert_budget: 'False alerts allowed a month', phone_budget: 'Calls for nothing a month', home_backstop: 'Silent at home, at the latest', unknown_backstop: 'Silent anywhere, at the latest', door_open_limit: 'Door left open',
    battery_low_pct: 'Battery low', repeat_guard: 'Between alerts of silence', reopen_window: 'Recurrence reopens within', ladder_p1_resume: 'P1: nobody moves', ladder_p2_lead: 'P2: community lead', ladder_p2_second_worker: 'P2: second worker',
    ladder_p2_street: 'P2: street centre', ladder_p2_resume: 'P2: nobody moves', ladder_self_check_asks: 'Self-check, times', ladder_hours: 'Working hours', care_visits: 'Visits a week', care_calls: 'Calls a week', care_call_windows: 'Hours for calls',
    care_visit_windows: 'Hours for visits', care_weekdays: 'Days that suit', care_worker: 'Worker asked for', care_max_gap_days: 'Longest gap, days', care_by_message: 'Messages instead of calls',
  },
};
