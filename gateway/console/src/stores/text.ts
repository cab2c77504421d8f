// Words: the chosen language, names of the care vocabulary, what a problem says.
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { Problem, Unreachable } from '@/api/problem';
import type { Language } from '@/api/types';
import * as time from '@/format/time';
import { now } from './clock';

export function useText() {
    const { t, te, locale } = useI18n();
    const lang = computed<Language>(() => (locale.value === 'en' ? 'en' : 'zh'));
    return {
        t,
        lang,
        /** The name of a code of a group of the vocabulary; the code itself where it has none yet. */
        term: (group: string, code: string | null | undefined) =>
            !code ? '–' : te(`${group}.${code}`) ? t(`${group}.${code}`) : code,
        pick: (zh: string | null | undefined, en: string | null | undefined) =>
            (lang.value === 'zh' ? zh || en : en || zh) ?? '',
        failure: (error: unknown) => {
            if (error instanceof Unreachable) return t('common.unreachable');
            if (error instanceof Problem)
                return error.text(lang.value) || t('common.refused', { status: error.status });
            return String(error);
        },
        moment: (at: string | null) => time.moment(at, now.value, lang.value),
        since: (at: string | null) => time.since(at, now.value, lang.value),
        span: (ms: number) => time.span(ms, lang.value),
        date: (date: string) => time.dateText(date, lang.value),
    };
}
