import type { CDPSession, Page } from 'playwright-core';

/** Bytes in use after a collection: of the page, and of its worker, 0 where it has none. */
export interface Heaps {
  readonly page: number;
  readonly worker: number;
}

/** Reads the heaps of a page whose worker is open. */
export async function openHeaps(page: Page): Promise<() => Promise<Heaps>> {
  const devtools = await page.context().newCDPSession(page);
  const workers: string[] = [];
  devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  await devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false });
  return async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { page: usedSize, worker: workers[0] === undefined ? 0 : await heapOf(devtools, workers[0]) };
  };
}

let asked = 0;

/** The same of a worker, whose messages go through those of its page. */
async function heapOf(devtools: CDPSession, sessionId: string): Promise<number> {
  const send = async (method: string): Promise<{ usedSize?: number }> => {
    const id = ++asked;
    const answer = new Promise<{ usedSize?: number }>((resolve) => {
      const hear = (event: { sessionId: string; message: string }): void => {
        const message = JSON.parse(event.message) as { id?: number; result: { usedSize?: number } };
        if (event.sessionId !== sessionId || message.id !== id) return;
        devtools.off('Target.receivedMessageFromTarget', hear);
        resolve(message.result);
      };
      devtools.on('Target.receivedMessageFromTarget', hear);
    });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
  await send('HeapProfiler.collectGarbage');
  return (await send('Runtime.getHeapUsage')).usedSize!;
}
