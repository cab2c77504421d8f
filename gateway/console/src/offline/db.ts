// The phone's memory: today's tasks and what is still to be sent, in IndexedDB.

export interface Outgoing {
    /** The command_id: made here once, the same in every attempt, so that it is applied once. */
    id: string;
    /** Grows; what was recorded first is sent first. */
    order: number;
    account: string;
    path: string;
    body: Record<string, unknown>;
    /** Said to the person: name of the resident and what was recorded. */
    about: { name: string; what: string };
    /** Milliseconds since 1970; not sent before, so that a slip of the thumb can be taken back. */
    notBefore: number;
    state: 'waiting' | 'refused';
    refusal?: { zh: string; en: string };
}

const version = 1;

function done<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

function committed(transaction: IDBTransaction): Promise<void> {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
    });
}

export class Store {
    private opened: Promise<IDBDatabase> | null = null;
    constructor(
        private readonly name = 'anju',
        private readonly factory: IDBFactory = indexedDB,
    ) {}

    private open(): Promise<IDBDatabase> {
        this.opened ??= new Promise<IDBDatabase>((resolve, reject) => {
            const request = this.factory.open(this.name, version);
            request.onupgradeneeded = () => {
                request.result.createObjectStore('outgoing', { keyPath: 'id' });
                request.result.createObjectStore('kept');
            };
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        }).catch((error: unknown) => {
            this.opened = null;
            throw error;
        });
        return this.opened;
    }

    /** Everything outgoing, oldest first, of every account. */
    async outgoing(): Promise<Outgoing[]> {
        const db = await this.open();
        const all = await done(
            db.transaction('outgoing').objectStore('outgoing').getAll() as IDBRequest<Outgoing[]>,
        );
        return all.sort((a, b) => a.order - b.order);
    }
    /** On the disk when it returns. */
    async put(item: Outgoing): Promise<void> {
        const transaction = (await this.open()).transaction('outgoing', 'readwrite', {
            durability: 'strict',
        });
        transaction.objectStore('outgoing').put(item);
        await committed(transaction);
    }
    /** One goes and the other comes, or neither. */
    async replace(id: string, item: Outgoing): Promise<void> {
        const transaction = (await this.open()).transaction('outgoing', 'readwrite', {
            durability: 'strict',
        });
        transaction.objectStore('outgoing').delete(id);
        transaction.objectStore('outgoing').put(item);
        await committed(transaction);
    }
    async remove(id: string): Promise<void> {
        const transaction = (await this.open()).transaction('outgoing', 'readwrite');
        transaction.objectStore('outgoing').delete(id);
        await committed(transaction);
    }
    async keep(key: string, value: unknown): Promise<void> {
        const transaction = (await this.open()).transaction('kept', 'readwrite');
        transaction.objectStore('kept').put(value, key);
        await committed(transaction);
    }
    async kept<T>(key: string): Promise<T | undefined> {
        const db = await this.open();
        return done(
            db.transaction('kept').objectStore('kept').get(key) as IDBRequest<T | undefined>,
        );
    }
    /** Forgets what was kept to be read (people's names and addresses); what is unsent stays. */
    async forget(): Promise<void> {
        const transaction = (await this.open()).transaction('kept', 'readwrite');
        transaction.objectStore('kept').clear();
        await committed(transaction);
    }
}
