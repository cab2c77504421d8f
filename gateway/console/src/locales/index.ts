// Chinese first; English is fetched when somebody asks for it.
import { createI18n } from 'vue-i18n';
import type { Language } from '@/api/types';
import zh from './zh';

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', missingWarn: false, fallbackWarn: false, messages: { zh } });

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en' as 'zh')) {
    const found = await import('./en');
    i18n.global.setLocaleMessage('en' as 'zh', found.default);
  }
  i18n.global.locale.value = language as 'zh';
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
