// Moving an alert: the command under an identifier of this page, the answer said, the alert read anew.
import { ref } from 'vue';
import { api } from '@/api/calls';
import { Problem, Unreachable } from '@/api/problem';
import type { Verb } from '@/api/types';
import { withNames } from '@/format/people';
import { uuid } from '@/offline/uuid';
import { alerts, loadAlerts, touch } from './alerts';
import { useText } from './text';
import { say } from './toast';

export function useAct() {
    const { t, pick, failure } = useText();
    const busy = ref(false);

    /** True when it was applied, or had been before. */
    async function act(
        alert: string,
        verb: Verb,
        more: { reason?: string; note?: string } = {},
    ): Promise<boolean> {
        if (busy.value) return false;
        busy.value = true;
        try {
            const answer = await withPatience(alert, { command_id: uuid(), verb, ...more });
            const done = answer.status === 'applied' || answer.status === 'already';
            touch(alert);
            const text = pick(answer.text_zh, answer.text_en);
            const loading = loadAlerts();
            // Somebody else came first: who it was has a name, and the list knows it.
            if (answer.status !== 'applied') await loading;
            say(
                withNames(text, alerts.byId.get(alert)) ||
                    t(done ? 'alerts.done' : 'common.refusedPlain'),
                done ? 'good' : 'bad',
            );
            return done;
        } catch (error) {
            say(failure(error), 'bad');
            return false;
        } finally {
            busy.value = false;
        }
    }
    return { act, busy };
}

/** A lost answer is asked for once more under the same identifier; the command is applied once. */
async function withPatience(alert: string, body: Parameters<typeof api.command>[1]) {
    try {
        return await api.command(alert, body);
    } catch (error) {
        if (!(error instanceof Unreachable) || error.cause instanceof Problem) throw error;
        return api.command(alert, body);
    }
}
