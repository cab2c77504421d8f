// The main screens, by role: what is looked at in tests and in pictures.

/** `name` is that of the picture; `at` may be a function of what there is ({alert}). */
export const screens = [
  { name: 'alerts', account: 'worker', at: () => '/alerts' },
  { name: 'alert', account: 'worker', at: ({ alert }) => `/alerts/${alert}` },
  { name: 'rounds', account: 'worker', at: () => '/rounds' },
  { name: 'residents', account: 'worker', at: () => '/residents' },
  { name: 'resident', account: 'lead', at: () => '/residents/R1' },
  { name: 'week', account: 'lead', at: () => '/week' },
  { name: 'reports', account: 'supervisor', at: () => '/reports' },
  { name: 'operators', account: 'operator', at: () => '/operators' },
  { name: 'accounts', account: 'operator', at: () => '/accounts' },
  { name: 'audit', account: 'auditor', at: () => '/audit' },
  { name: 'me', account: 'worker', at: () => '/me' },
];

/** Nothing is loading any more, and what was drawn stands still. */
export async function settled(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate(async () => {
    await document.fonts.ready;
    let last;
    for (let still = 0; still < 5;) {
      await new Promise(requestAnimationFrame);
      const text = document.body.innerText;
      still = text === last && !document.querySelector('[aria-busy="true"]') ? still + 1 : 0;
      last = text;
    }
  });
}

/** A page logged in as `account`; the address changes by `page.goto` from then on. */
export const addressOf = (rig, screen, facts) => `${rig.url}/#${screen.at(facts)}`;
