// The main screens, by role: what is looked at in tests and in pictures.

/** `name` is that of the picture, `at` where it is when there is {alert}; `then` is done before a
 *  picture is taken. */
export const screens = [
  { name: 'alerts', account: 'worker', at: () => '/alerts' },
  { name: 'alert', account: 'worker', at: ({ alert }) => `/alerts/${alert}` },
  { name: 'rounds', account: 'worker', at: () => '/rounds' },
  { name: 'residents', account: 'worker', at: () => '/residents' },
  { name: 'resident', account: 'lead', at: () => '/residents/R1' },
  { name: 'week', account: 'lead', at: () => '/week' },
  { name: 'reports', account: 'supervisor', at: () => '/reports', then: thisWeek },
  { name: 'operators', account: 'operator', at: () => '/operators' },
  { name: 'messages', account: 'operator', at: () => '/operators/devices/H1-smoke' },
  { name: 'accounts', account: 'operator', at: () => '/accounts' },
  { name: 'audit', account: 'auditor', at: () => '/audit' },
  { name: 'me', account: 'worker', at: () => '/me' },
];

async function thisWeek(page) {
  await page.getByRole('button', { name: '后一期' }).click();
  await settled(page);
}

/** Nothing is loading any more, and what was drawn stands still. */
export async function settled(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate(async () => {
    await document.fonts.ready;
    let last;
    for (let still = 0; still < 10;) {
      await new Promise(requestAnimationFrame);
      const text = document.body.innerText;
      const loading = document.querySelector('main [role="status"], [aria-busy="true"]');
      still = text === last && !loading ? still + 1 : 0;
      last = text;
    }
  });
}

/** A page logged in as `account`; the address changes by `page.goto` from then on. */
export const addressOf = (rig, screen, facts) => `${rig.url}/#${screen.at(facts)}`;
