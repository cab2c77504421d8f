// The service worker: keeps the program itself on the phone, so that the console opens without a
// network. It never touches /api: what people are told is the gateway's word or none, and what is
// recorded offline is in the queue of the page, not here.
/// <reference lib="webworker" />
const worker = self as unknown as ServiceWorkerGlobalScope;

// Put here when it was built: the files, and a name that changes with any of them.
const built = '__PRECACHE__' as unknown as { name: string; files: string[] };

worker.addEventListener('install', (event) => {
    event.waitUntil(
        caches
            .open(built.name)
            .then((cache) =>
                // What carries its hash in its name need not be asked for again.
                cache.addAll(
                    built.files.map(
                        (file) =>
                            new Request(file, {
                                cache: file.startsWith('/assets/') ? 'default' : 'no-cache',
                            }),
                    ),
                ),
            )
            .then(() => worker.skipWaiting()),
    );
});

worker.addEventListener('activate', (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) =>
                Promise.all(
                    names
                        .filter((name) => name.startsWith('anju-') && name !== built.name)
                        .map((name) => caches.delete(name)),
                ),
            )
            .then(() => worker.clients.claim()),
    );
});

/** The network's page, or the kept one when that does not come within 3 s. */
async function page(request: Request): Promise<Response> {
    const kept = await caches.match('/', { ignoreSearch: true });
    const asked = fetch(request).then((response) => (response.ok || !kept ? response : kept));
    if (!kept) return asked;
    const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), 3000));
    return Promise.race([asked.catch(() => kept), late]);
}

worker.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
    if (event.request.mode === 'navigate' && url.pathname === '/')
        event.respondWith(page(event.request));
    else if (built.files.includes(url.pathname)) {
        event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(event.request)));
    }
});
