// What this phone remembers for whoever holds it: language, size of the text, sound.
import { reactive, watch } from 'vue';
import type { Language } from '@/api/types';
import { readLocal, writeLocal } from './local';

interface Settings {
    language: Language | null;
    size: number;
    muted: boolean;
}
const key = 'anju.settings';
export const smallest = 18;
export const largest = 30;

function read(): Settings {
    const fallback: Settings = { language: null, size: smallest, muted: false };
    try {
        const found = JSON.parse(readLocal(key) ?? '{}') as Partial<Settings>;
        const size = Number(found.size);
        return {
            language: found.language === 'zh' || found.language === 'en' ? found.language : null,
            size: size >= smallest && size <= largest ? size : smallest,
            muted: found.muted === true,
        };
    } catch {
        return fallback;
    }
}

export const settings = reactive(read());

watch(settings, (value) => writeLocal(key, JSON.stringify(value)));

export function applySize(): void {
    document.documentElement.style.fontSize = `${settings.size}px`;
}
