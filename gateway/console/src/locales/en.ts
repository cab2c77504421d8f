// The console's words in English; the keys are those of zh.ts.
import door from './door.en';
import vocabulary from './en.vocabulary';

export default {
  ...door,
  ...vocabulary,
  menu: { alerts: 'Alerts', rounds: 'Rounds', residents: 'Residents', reports: 'Reports', operators: 'Operations', accounts: 'Accounts', audit: 'Audit', me: 'Me', more: 'More' },
  common: {
    call: 'Call', callWho: 'Call {name}', cancel: 'Cancel', change: 'Change', close: 'Close', colon: ': ', yes: 'yes', no: 'no', comma: ', ', stop: '. ', from: 'First day',
    loadMore: 'Show more', loading: 'Loading', loose: 'Let go to refresh', navigate: 'Navigate', navigateTo: 'Navigate to {address}', never: 'never',
    noPhone: 'no number', pull: 'Pull to refresh', refusedPlain: 'It was not done',
    save: 'Save', saved: 'Saved', until: 'Last day',
  },
  live: {
    broken: 'The live connection broke; trying again', polling: 'No live connection: refreshed every 10 seconds', offline: 'No network, and no alerts', asOf: 'This is how things stood at {at}', rounds: 'Rounds are kept on this phone and sent when it is back',
    unknown: 'Alerts not loaded yet',
  },
  sound: {
    title: 'Sound', on: 'Alarm sound', test: 'Try it', locked: 'Sound is off: critical alerts will not ring', allow: 'Switch sound on', muted: 'Alarm sound is off (switch it on under Me)',
    ringing: '{count} critical alerts and nobody has them', silence: 'Stop ringing', says: 'Critical alerts (P1) ring and vibrate until somebody takes them or presses “Stop ringing”. A muted phone may stay silent.',
  },
  outgoing: {
    title: 'Records on this phone', waiting: '{count} records are not sent yet', refused: '{count} records were refused, please look', list: '{count} to be sent:',
    send: 'Send now', again: 'Send again', dismiss: 'I have read it', why: 'Refused: {why}',
  },
  alerts: {
    which: 'Which alerts', filter: { all: 'All', mine: 'Mine', past: 'Past' }, waiting: 'wait for somebody', waitingCount: '{count} wait for somebody', noneWaiting: 'Nothing waits',
    empty: 'No alerts', choose: 'Choose an alert', mine: 'You have it', overdue: 'Overdue', escalated: 'Escalated', drill: 'Drill', onlyADrill: 'This is a drill: send nobody, call no 119 or 120.', done: 'Done', cut: '{count} less urgent ones are not listed',
    nextTold: 'in {left}: tell {roles}', next119: 'in {left}: ask about 119/120',
  },
  alert: {
    title: 'Alert', back: 'Alerts', who: 'Who and where', resident: 'resident', todo: 'What to do now', why: 'Why it was raised', ladder: 'What happened, what comes next',
    call119: 'Call 119', call120: 'Call 120', neverAutomatic: 'Never dialled automatically', more: 'More', moreTitle: 'Other actions', reason: 'Reason',
    note: 'Note', noteNeeded: 'Note (required)', toWhom: 'To whom', offDuty: 'off duty', repeats: 'reported {count} times more',
    measured: 'measured {measured}, limit {limit}', unusual: 'With this person about once in {days} days', sources: 'The {count} sensors behind it',
    reliable: 'reliable', unreliable: 'proves nothing', looked: 'Looked at {since} to {until}, rule {rule}',
    in: 'in {left}', now: 'now', willTell: 'tell {roles}', ask119: 'ask {roles} whether to call 119/120', willBe: 'becomes “{state}”', willBeOverdue: 'becomes overdue',
    nothingNext: 'Nothing comes next', told: 'Told: {roles}', vacant: 'nobody is: {roles}',
  },
  verb: { acknowledge: 'I will take it', en_route: 'On my way', on_site: 'I am there', resolve: 'Dealt with', close: 'Close', reopen: 'Open again', review: 'Looks right', hand_over: 'Hand over', i_am_well: 'The resident is well' },
  advice: {
    fire: 'Phone first and have the resident leave; no answer: go at once. If you see fire or thick smoke, call 119 first and do not go in alone.',
    gas: 'Phone first: open windows, close the valve, touch no switch, leave. Phone from outside the door. If you smell gas, step outside and call 119 and the gas company.',
    sos: 'Phone at once and ask; no answer: go at once. Injured or not speaking clearly: call 120.',
    silence: 'Phone the resident, then the emergency contact; if neither can be reached, go and look.',
    phone: 'Please phone the resident and ask whether all is well.',
    unreached: 'Several tries failed. Go there, and phone family and neighbours; if nobody opens, tell the community lead.',
    missing: 'Phone the resident, then family and neighbours; if nobody knows, tell the community lead.',
    water: 'Phone and have taps and floor looked at; no answer: go there, close the main valve if need be.',
    intruder: 'The resident is registered as away. Ask the family whether somebody is there; if not, go and look with somebody else.',
    door: 'Phone and have the door looked at; no answer: go there.', device: 'Have it repaired. While it is out, phone the resident more often.', test: 'Somebody pressed the test button; it is no real alarm. Check and close it.',
    self_check: 'The resident is being asked. If you have spoken with the resident, press “The resident is well”.',
    write_up: 'Please close it: a reason, and what happened.', review: 'Please look at the closing; open it again if in doubt.', over: 'This is over; nothing more to do.',
  },
  residents: {
    search: 'Name, address, phone', count: '{count} people', empty: 'Nobody found', choose: 'Choose a resident', age: '{age} years', alerts: '{count} alerts',
    lastSign: 'Last sign {when}', noSign: 'No sign of life yet', quota: 'visits {v}/{vd} · calls {c}/{cd}',
  },
  resident: {
    lastSign: 'Last sign of life', quota: 'This week', bestDelay: 'Known at the earliest after', delayBy: '{span} ({device})', noDelay: 'no sensor tells of life', sensors: 'Sensors',
    notCollected: 'not collected', policy: 'Own rules', policyUsual: 'The usual rules throughout.', policyAll: 'Usual rules ({count})', whyValue: 'Set by {layer}:', contacts: 'Contacts',
    noContacts: 'No contacts yet', counts: 'counts', countsNot: 'does not count', doorDisagrees: 'door not used', history: 'Alerts of this home',
  },
  day: {
    title: 'Usual day and today', label: 'Share of days with a sign of life in each hour, and today', usual: 'Usual', sign: 'Sign today', none: 'None today', now: 'Now', today: 'Today', hour: 'Hour',
    table: 'As a table', silent: 'Silent for {span}, last sign {last}', usually: 'Half of such silences are over by {half}, nearly all by {nearly}', ifOn: 'If it goes on: asked to phone {phone}, alert {alert}', ifOnPhone: 'If it goes on: asked to phone {phone}', ifOnAlert: 'If it goes on: alert {alert}',
    learned: 'Learned from {days} days of this person', learning: 'Still learning ({days} days); fixed rules hold: {presets}',
    judged: { not_watched: 'Registered as away: not judged', no_sign: 'No sign of life yet', unheard: 'No sensor to rely on', out: 'Not at home now', unsettled: 'Just back, not yet active', warm_up: 'Still learning; fixed rules hold' },
  },
  consent: {
    title: 'Consent', record: 'Record consent', kind: 'Kind of sensor', all: 'All', state: 'What the resident says', saidBy: 'Who said it', basis: 'Basis', basisExample: 'e.g. signed in person, recorded call',
    erases: 'Saving stops the collection at once and erases what was collected. It cannot be undone.', save: 'Save',
  },
  suspend: {
    title: 'Suspend rounds', reason: 'Reason', saidBy: 'Who said it', approver: 'Approved by (not by yourself)', save: 'Suspend', says: '30 days at most. Silence is not judged meanwhile; smoke, gas and leaks still are.',
    on: 'Rounds suspended: {reason}', until: '{from} to {to}, said by {by}', end: 'Back home: resume', ended: 'Rounds resumed',
  },
  rounds: {
    title: 'Rounds today', week: 'The week', progress: '{done} of {total} done', kept: 'kept on this phone, {span} old', nothingKept: 'No network, and no tasks of today on this phone', empty: 'Nothing to do today',
    done: '{count} done', allDone: 'All of today is done. Thank you!', attempts: 'tried {count} times', lastContact: 'Last contact {when}', openAlert: 'There is an alert in this home', onPhone: 'Recorded, to be sent: {what}',
    begin: 'Begin visit', record: 'Record', overdue: 'Overdue', waiting: 'to be sent',
  },
  contact: {
    title: '{name} · {what}', wellAll: 'Well, everything in order', outcome: 'Outcome', headings: 'Six headings (tap: all right; again: a concern)', mark0: 'not looked at', mark1: 'all right', mark2: 'a concern', missing: '{count} headings left; a visit with gaps does not count',
    note: 'Note', length: 'Wrong length?', lengthUnknown: 'Length was not taken: say it if you know', minutes: 'Minutes', send: 'Record', sendIncomplete: 'Record with gaps', undo: 'Undo', undone: 'Taken back', tooLate: 'Already sent; cannot be taken back', recorded: 'Recorded: {name} {what}',
    notKept: 'This phone could not keep it: nothing was recorded, please try again', as: { well: 'Well', needs_help: 'Needs help', unreached: 'Not reached', refused: 'Refused', by_other: 'By somebody else' },
  },
  week: {
    title: 'The week', before: 'Week before', after: 'Week after', day: 'Which day', worker: 'Worker', nobody: 'Nobody', holiday: 'holiday', absent: 'absent', empty: 'Nothing planned', planned: 'planned', unplanned: 'not planned',
    load: '{visits} visits · {calls} calls · {hours} h', shortVisits: 'short of {count} visits', shortCalls: 'short of {count} calls', reason: 'Why', toDay: 'To day', move: 'Move', toWorker: 'To worker', hand: 'Hand on', cancel: 'Cancel this task (say why)',
    absentOf: '{name} is absent', absentSave: 'Enter absence', back: 'Is back at work', done: 'Done',
  },
  weekday: { 0: 'Mon', 1: 'Tue', 2: 'Wed', 3: 'Thu', 4: 'Fri', 5: 'Sat', 6: 'Sun' },
  reports: {
    week: 'Week', month: 'Month', community: 'Community', street: 'Street', district: 'District', unit: 'Week or month', by: 'By which level', figure: 'Which figure', before: 'Before', after: 'After', csv: 'Table (CSV)', print: 'Print',
    empty: 'Nothing in this period', span: '{first} to {last}', open: '{week} is not closed yet ({communities}): provisional', chart: 'Chart', table: 'Table', provisional: 'provisional',
    quota: 'Quota', reached: 'Reached', on_time: 'On time', device_uptime: 'Devices up', ack: 'Acknowledged', arrived: 'On site', false: 'False', missed: 'Missed', suspended: 'Suspended', days: '{count} days',
    byKind: 'By kind of alert', kind: 'Kind', raised: 'Raised', falseCount: 'False', p50: 'Times: above the median, below 90 % within.',
    says: { quota: 'Contacts that count of those due; the stroke is 95 %.', reached: 'Of all attempts, those that reached somebody; the stroke is 95 %.', on_time: 'Planned tasks done on their day; the stroke is 95 %.', device_uptime: 'Time in which devices could be relied on; the stroke is 95 %.' },
  },
  operators: {
    status: 'Status', devices: 'Devices', proposals: 'New devices', rejected: 'Rejected', config: 'Configuration', fine: 'All is well', gateway: 'Gateway', started: 'Started', clock: 'Clock', homes: 'Homes', unrecorded: 'Consent unrecorded',
    store: 'Store', outbox: 'Outbox', unacknowledged: '{count} not acknowledged by the district', links: 'Links', connected: 'connected', disconnected: 'down', traffic: '{received} in · {published} out', channels: 'Channels', up: 'works', down: 'fails',
    sent: '{sent} sent · {failed} failed', find: 'Home, device, address', onlyBad: 'Only with trouble', noDevices: 'No such device', test: 'Self-test: a test alert', testSays: 'Goes the whole way, marked as a test, told to the maintainer only.', tested: 'The test is on its way', drills: 'Drills',
    messages: 'Last messages', noMessages: 'No messages', noProposals: 'No new devices', heard: '{count} messages', needsKey: 'needs a key', accept: 'Register', ignore: 'Ignore', ignored: '{count} ignored', show: 'Show again',
    household: 'Home', deviceId: 'Device id', kind: 'Kind', kindSeems: 'as it seems', label: 'Label', key: 'Key (32 hexadecimal digits)', noRejected: 'Nothing was rejected', configFrom: 'From {source}, without keys',
  },
  board: {
    title: 'Box', protects: 'protects', sensors: 'Sensors', heard: '{count} heard', silent: 'stale {stale} · offline {offline} · faulty {faulty}', up: 'Up', boots: '({count} starts)', heat: 'Temperature', supply: 'Supply', weak: 'too weak: change it', free: 'Free on the disk',
    worn: 'Life of storage', used: 'about {percent}% used', outlived: 'exceeded: replace it soon', update: 'Update', neverUpdated: 'none yet', underWay: 'Under way', waiting: 'Waits', retried: 'Failed', failures: '{version}, {count} times, again {at}', refused: 'Not tried again',
  },
  drill: {
    says: 'The simulator plays a story in homes made up for it, and says whether the alerts came in time and everybody was told. All of its alerts are marked as a drill: nobody goes, nobody calls 119 or 120.', notAllowed: 'Drills are not allowed on this box. To hold one, set allowed = true in [drill] of its configuration and restart it.', noSimulator: 'No simulator stands ready. Run on the box:',
    nothing: 'The simulator has no scenario that can be played here', begin: 'Begin', lasts: 'about {time}', where: 'In which community', staff: 'Tell the community workers too', staffSays: 'Otherwise only maintainers are told.', whole: 'Begin the drill “{name}”', stop: 'Stop', stopping: 'Being stopped', begun: 'The drill has begun', last: 'The last drill', now: 'Being played',
    by: '{who}, {when}', progress: '{count}% done', met: 'as expected', missed: 'not as expected', never: 'must not come: {kind}', after: 'after {time}', unexpected: 'Alerts that nobody expected', home: 'Home {id}', see: 'See the alert',
    problem: {
      other: 'The drill did not come to its end.', scenario: 'The scenario cannot be read, or not be played on this box. Take another one.', box: 'The box did not take the homes of the drill, or did not answer. See its log.', broker: 'The devices of the drill cannot reach the home broker. Check --broker and --credentials of anju-sim attend.',
      clock: 'The box does not follow the clock of the simulator. Check the home broker and the rights of its user simulator.', busy: 'Another drill is played on this box. Wait for its end, or stop it.', process: 'The process of the drill did not start, or was killed. See whether there is memory, and try again.', output: 'The drill ended, and gave no result.', says: 'In the simulator’s words',
    },
    phase: { asked: 'waits for the simulator', playing: 'being played', judged: 'ended', stopped: 'stopped', failed: 'could not be played', lost: 'the simulator is gone' }, passed: 'All as expected', failed: 'Not all as expected',
  },
  messages: {
    title: 'Live messages', last: 'Its last message', live: 'live', connecting: 'connecting', broken: 'no live connection: asked every 10 seconds', pause: 'Pause', resume: 'Go on', waiting: 'Paused; {count} new', empty: 'No message yet. Press the test button of the device.', notice: 'Kept in memory while somebody looks, at most 20 of a device; looking is written into the audit.',
    skipped: '{count} before it came too fast to be kept', topic: 'Topic', driver: 'Driver', profile: 'Profile', late: 'Late by', lateBy: '{seconds} s', answered: 'Sensor answered', payload: 'Payload', cut: 'only the first 2048 bytes', withheld: 'The message speaks of other devices too: its payload is not shown', empty_payload: '(empty)', retained: 'retained', redelivered: 'delivered again', at: 'byte {byte}', do: 'What to do', none: 'none',
  },
  accounts: {
    add: 'New account', edit: 'Change account', empty: 'No accounts', shown: 'Name', role: 'Role', scope: 'Scope', scopeExample: 'district, street or community codes, blanks between; * for all', worker: 'Worker id', lastLogin: 'last login {when}', neverLogin: 'never logged in',
    disabled: 'disabled', disable: 'Disable', enable: 'Enable', reset: 'Reset password', sure: { reset: '{name} is out at once, and needs a new link to get in.', disable: '{name} is out at once and cannot log in.' }, invitation: 'Link for {name}', invitationSays: 'Send it to the person: it works once, within 24 hours.', link: 'Link', copy: 'Copy', copied: 'Copied',
  },
  audit: { account: 'Account', subject: 'Subject', search: 'Search', empty: 'No entries', ownOnly: 'Only what you did yourself.' },
  me: {
    settings: 'Settings', smaller: 'Smaller text', larger: 'Larger text', language: 'Language', size: 'Size of text', sample: 'Sample: Wang Xiulan, 1 Jinkai Road, active 30 minutes ago.', logout: 'Log out', logoutAnyway: 'Log out anyway', unsent: '{count} records are not sent. They stay on this phone and are sent after your next login.',
    about: 'Gateway {gateway} · version {version}',
  },
};
