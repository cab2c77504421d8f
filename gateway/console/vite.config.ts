// The build: one page, a chunk a route, hashed names, and the service worker beside them.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
    root: here('.'),
    base: './',
    plugins: [vue()],
    resolve: { alias: { '@': here('src') } },
    define: {
        __VUE_OPTIONS_API__: false,
        __VUE_PROD_DEVTOOLS__: false,
        __VUE_I18N_FULL_INSTALL__: false,
        __VUE_I18N_LEGACY_API__: false,
        __INTLIFY_PROD_DEVTOOLS__: false,
    },
    build: {
        // Phones of five years ago.
        target: ['chrome87', 'safari14.1'],
        // The content security policy allows no data: but images, so nothing is inlined.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        outDir: process.env['ANJU_CONSOLE_OUT'] ?? here('dist'),
        emptyOutDir: true,
        rollupOptions: {
            input: { index: here('index.html'), sw: here('src/sw.ts') },
            output: {
                // The service worker's address is the same for ever; browsers ask for it anew.
                entryFileNames: (chunk) =>
                    chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js',
                manualChunks: (id) =>
                    /node_modules\/(@?vue|vue-|@intlify)/.test(id) ? 'vue' : undefined,
            },
        },
    },
    test: {
        environment: 'happy-dom',
        include: ['tests/unit/**/*.test.ts'],
        restoreMocks: true,
    },
});
