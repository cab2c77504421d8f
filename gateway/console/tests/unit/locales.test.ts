import { afterEach, expect, it } from 'vitest';
import { has, loadWords, speak, spoken, t } from '@/locales';

afterEach(() => speak('zh'));

it('the login can be read before anything was fetched, in both languages', () => {
    expect(t('login.enter')).toBe('进入');
    speak('en');
    expect(t('login.enter')).toBe('Enter');
    expect(document.documentElement.lang).toBe('en');
});

it('the rest of a language is there once it was fetched, and of that language only', async () => {
    expect(has('menu.alerts')).toBe(false);
    expect(t('menu.alerts')).toBe('menu.alerts');
    await loadWords('zh');
    expect(t('menu.alerts')).toBe('警情');
    speak('en');
    expect(has('menu.alerts')).toBe(false);
    await loadWords('en');
    expect(t('menu.alerts')).toBe('Alerts');
    expect(t('login.enter')).toBe('Enter');
    expect(spoken.value).toBe('en');
});

it('puts what is named into its holes, whatever it holds, and leaves the others', () => {
    expect(t('password.fresh', { count: 10 })).toBe('新密码（至少 10 个字符）');
    expect(t('login.wait', { span: '$& {span}' })).toBe('试得太多了，请等 $& {span}再试');
    expect(t('login.wait')).toContain('{span}');
    expect(t('login.wait', { span: null })).toBe('试得太多了，请等 再试');
});
