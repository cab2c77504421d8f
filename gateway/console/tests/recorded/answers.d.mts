// Types of the recorded answers, as far as the tests use them.
export const now: string;
export const alerts: unknown[];
export const today: { tasks: unknown[] };
export function account(role: string): unknown;
export function detail(id: string): unknown;
export const session: (role: string) => unknown;
