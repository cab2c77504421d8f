// The one store and the one queue of this page.
import { client } from '@/api/client';
import type { Answer } from '@/api/types';
import { Store } from './db';
import { Queue } from './queue';

export const store = new Store();
export const queue = new Queue(store, (path, body) => client.post<Answer>(path, body));
