// What was done in the page as it came, before this program ran (tools/first_page.ts): it is not to be
// typed or pressed again.
export interface Begun {
    name: string;
    password: string;
    /** Where the caret stands, if in one of the two. */
    at: { field: 'username' | 'password'; from: number; to: number } | null;
    /** Pressed: to be done now. */
    wish: 'enter' | 'language' | null;
}

/** To be asked before the page is drawn over; null: there is no such form, or nobody touched it. */
export function takeBegun(page: Document = document): Begun | null {
    const form = page.querySelector('.first-login');
    const { wish } = page.documentElement.dataset;
    delete page.documentElement.dataset['wish'];
    if (!form) return null;
    const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name=${name}]`);
    const [name, password] = [field('username'), field('password')];
    const active = [name, password].find((one) => one && one === page.activeElement);
    const begun: Begun = {
        name: name?.value ?? '',
        password: password?.value ?? '',
        at: active
            ? {
                  field: active.name as 'username' | 'password',
                  from: active.selectionStart ?? active.value.length,
                  to: active.selectionEnd ?? active.value.length,
              }
            : null,
        wish: wish === 'enter' || wish === 'language' ? wish : null,
    };
    return begun.name || begun.password || begun.at || begun.wish ? begun : null;
}
