// Words: the chosen language, names of the care vocabulary, what a problem says.
import { computed } from 'vue';
import { Problem, Unreachable } from '@/api/problem';
import type { Language } from '@/api/types';
import * as time from '@/format/time';
import { has, spoken, t } from '@/locales';
import { now } from './clock';

export function useText() {
    const lang = computed<Language>(() => spoken.value);
    const field = (where: string) => (has(`field.${where}`) ? t(`field.${where}`) : where);
    return {
        t,
        lang,
        /** The name of a code of a group of the vocabulary; the code itself where it has none yet. */
        term: (group: string, code: string | null | undefined) =>
            !code ? '–' : has(`${group}.${code}`) ? t(`${group}.${code}`) : code,
        /** A fixed rule by what it says, then by the name that cities know it by. */
        preset: (name: string) => {
            const key = `preset.${name.replaceAll('-', '_')}`;
            return has(key) ? `${t(key)} (${name})` : name;
        },
        pick: (zh: string | null | undefined, en: string | null | undefined) =>
            (lang.value === 'zh' ? zh || en : en || zh) ?? '',
        failure: (error: unknown) => {
            if (error instanceof Unreachable) return t('failure.unreachable');
            if (error instanceof Problem)
                return error.text(lang.value, field) || t('failure.refused', { status: error.status });
            return String(error);
        },
        moment: (at: string | null) => time.moment(at, now.value, lang.value),
        since: (at: string | null) => time.since(at, now.value, lang.value),
        span: (ms: number) => time.span(ms, lang.value),
        date: (date: string) => time.dateText(date, lang.value),
    };
}
