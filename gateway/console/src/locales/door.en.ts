// What is said before the login, fetched ahead of the rest, which is in en.ts.
export default {
  app: { name: 'Anju', claim: 'Safe at home, looked after', skip: 'Skip to the content', menu: 'Menu', otherLanguage: '中文', zh: '中文', en: 'English' },
  login: {
    title: 'Log in', name: 'User name', password: 'Password', enter: 'Enter', wrong: 'The name or the password is wrong', wait: 'Too many attempts; please wait {span}',
    ended: 'You were logged out. Log in to go back to where you were', over: 'Logged out', overSays: 'This screen hears of no alerts any more. Please log in again.', forgot: 'Forgot it? Your lead or the operator can send you a new link.',
  },
  setup: { title: 'First use', says: 'This gateway has no account yet. Run anjuctl console setup-code on it to see the code, and choose the first administrator.', code: 'Setup code', begin: 'Make the account' },
  once: { title: 'Log in once', says: 'This link works once.', over: 'This link was used or is too old; please ask for another one.' },
  password: {
    title: 'Change password', old: 'Present password', fresh: 'New password (at least {count} characters)', again: 'Once more', save: 'Save the new password', changed: 'The password was changed',
    short: 'At least {count} characters', asName: 'Not the same as the user name', differ: 'The two are not the same', first: 'Please choose a password of your own first.',
  },
  failure: { unreachable: 'The gateway cannot be reached; please check the network', refused: 'The gateway refused ({status})', retry: 'Try again' },
};
