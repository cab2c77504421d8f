// The build: one page, the login first, a chunk a route, hashed names, and the service worker beside them.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { firstPagePlugin } from './tools/first_page';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
    root: here('.'),
    base: './',
    plugins: [vue(), firstPagePlugin],
    resolve: { alias: { '@': here('src') } },
    define: {
        __VUE_OPTIONS_API__: false,
        __VUE_PROD_DEVTOOLS__: false,
    },
    build: {
        // Phones of five years ago.
        target: ['chrome87', 'safari14.1'],
        // The content security policy allows no data: but images, so nothing is inlined.
        assetsInlineLimit: 0,
        // One file: a style sheet for each screen would be a request more before it is drawn.
        cssCodeSplit: false,
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
                // What the login needs of Vue, apart: it changes less often than the console does.
                manualChunks: (id) =>
                    /node_modules\/(vue|@vue\/(shared|reactivity|runtime-core|runtime-dom))\//.test(id)
                        ? 'vue'
                        : undefined,
            },
        },
    },
    test: {
        environment: 'happy-dom',
        include: ['tests/unit/**/*.test.ts'],
        restoreMocks: true,
    },
});
