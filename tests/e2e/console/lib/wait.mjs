// Waiting for something to hold. The limit is for what never comes; no test measures by it.

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Asks `holds` until it answers something truthy, and returns that. */
export async function eventually(what, holds, { withinMs = 60_000, everyMs = 25 } = {}) {
  const until = performance.now() + withinMs;
  let failure = '';
  do {
    try {
      const said = await holds();
      if (said) return said;
      failure = '';
    } catch (error) {
      failure = `: ${error.message}`;
    }
    await pause(everyMs);
  } while (performance.now() < until);
  throw new Error(`never: ${what}${failure}`);
}
