// The login as it stands in the page itself, before any script: whoever opens the console for the first time
// reads and types while the scripts are on their way. The words are the dictionary's; that it looks as
// LoginView.vue draws it is held by tests/unit/first_page.test.ts. Its button sends nothing (a form sent
// without scripts would write the password into the address); public/first.js keeps the wish.
import type { Plugin, Rollup } from 'vite';
import door from '../src/locales/door.zh';

const { app, login } = door;

export const firstPage = `
        <section class="card stack open-frame first-login">
          <header>
            <img src="/icon.svg" alt="" width="56" height="56" />
            <div class="grow">
              <p class="strong">${app.name}</p>
              <p class="soft small">${app.claim}</p>
            </div>
            <button type="button" class="button quiet" lang="en">${app.otherLanguage}</button>
          </header>
          <h1>${login.title}</h1>
          <form class="stack">
            <label class="field"><span>${login.name}</span><input class="input" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus /></label>
            <label class="field"><span>${login.password}</span><input class="input" type="password" name="password" autocomplete="current-password" required /></label>
            <button type="button" class="button primary big wide">${login.enter}</button>
          </form>
          <p class="small soft">${login.forgot}</p>
        </section>`;

/** Names the files that `start` needs, so that they are fetched before main.ts asks for them. */
function needed(bundle: Rollup.OutputBundle): string[] {
    const start = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === 'start');
    if (start?.type !== 'chunk') throw new Error('the build has no chunk "start"');
    return [start.fileName, ...start.imports];
}

/** Puts it where index.html says so, when it is built and when it is served while developing. */
export const firstPagePlugin: Plugin = {
    name: 'first-page',
    transformIndexHtml: {
        order: 'post',
        handler: (html, { bundle }) => ({
            html: html.replace('<!-- first page -->', firstPage.trim()),
            tags: (bundle ? needed(bundle) : []).map((file) => ({
                tag: 'link',
                attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
                injectTo: 'head',
            })),
        }),
    },
};
