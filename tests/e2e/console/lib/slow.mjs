// A cheap phone with a poor connection, as Lighthouse has it ("slow 4G"), by the browser's own means:
// every request waits out a round trip, and they share one line. The processor is this machine's.
export const slowPhone = { roundTripMs: 150, downBitsPerS: 1_600_000, upBitsPerS: 750_000, cpu: 4 };

export const said = `${slowPhone.roundTripMs} ms a round trip, ${slowPhone.downBitsPerS / 1e6} Mbit/s, `
  + `processor slowed ${slowPhone.cpu} times`;

/** Makes it one; what is fetched from then on, by request: {path, startMs, headMs, endMs, bytes} after
 *  `began`, milliseconds since 1970. What came from the browser's cache is not in it. */
export async function slow(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Network.enable');
  await debug.send('Network.emulateNetworkConditions', {
    offline: false, latency: slowPhone.roundTripMs,
    downloadThroughput: slowPhone.downBitsPerS / 8, uploadThroughput: slowPhone.upBitsPerS / 8 });
  await debug.send('Emulation.setCPUThrottlingRate', { rate: slowPhone.cpu });
  const loaded = { began: Date.now(), bytes: 0, requests: [] };
  const open = new Map();
  let ahead = 0;  // of the world's clock over the browser's
  debug.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    ahead = wallTime * 1000 - timestamp * 1000;
    open.set(requestId, { path: new URL(request.url).pathname, start: timestamp * 1000 + ahead });
  });
  debug.on('Network.responseReceived', ({ requestId, timestamp, response }) => {
    const one = open.get(requestId);
    if (!one || response.fromDiskCache || response.fromPrefetchCache) open.delete(requestId);
    else one.head = timestamp * 1000 + ahead;
  });
  debug.on('Network.requestServedFromCache', ({ requestId }) => open.delete(requestId));
  debug.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const one = open.get(requestId);
    if (!one) return;
    loaded.bytes += encodedDataLength;
    const since = (at) => Math.round(at - loaded.began);
    loaded.requests.push({ path: one.path, startMs: since(one.start), headMs: since(one.head ?? one.start),
      endMs: since(timestamp * 1000 + ahead), bytes: encodedDataLength });
  });
  return loaded;
}
