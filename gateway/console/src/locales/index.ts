// Words by key, Chinese first. What is said before the login is here from the start, in both
// languages; the rest of a language is fetched with the app, and only of the one that is spoken.
import { ref, shallowReactive } from 'vue';
import type { Language } from '@/api/types';
import doorEn from './door.en';
import doorZh from './door.zh';

export type Tree = { [key: string]: string | Tree };

/** "alerts.filter.all" to its words. */
export function flat(tree: Tree, path = ''): Map<string, string> {
    const out = new Map<string, string>();
    for (const [key, value] of Object.entries(tree)) {
        if (typeof value === 'string') out.set(path + key, value);
        else for (const [below, text] of flat(value, `${path}${key}.`)) out.set(below, text);
    }
    return out;
}

const words = shallowReactive({ zh: flat(doorZh), en: flat(doorEn) });
const whole: Record<Language, () => Promise<{ default: Tree }>> = {
    zh: () => import('./zh'),
    en: () => import('./en'),
};
const fetched = new Set<Language>();

/** What is spoken now; speak() changes it. */
export const spoken = ref<Language>('zh');

/** Fetches all of a language; rejects without a network, and may be asked again. */
export async function loadWords(language: Language): Promise<void> {
    if (fetched.has(language)) return;
    const found = await whole[language]();
    words[language] = flat(found.default);
    fetched.add(language);
}

export function speak(language: Language): void {
    spoken.value = language;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export const has = (key: string) => words[spoken.value].has(key);

/** The words of a key with `named` put in for {name}; the key itself where it has none. */
export function t(key: string, named: Record<string, unknown> = {}): string {
    const text = words[spoken.value].get(key) ?? key;
    return text.replace(/\{(\w+)\}/g, (hole, name: string) =>
        name in named ? String(named[name] ?? '') : hole,
    );
}
