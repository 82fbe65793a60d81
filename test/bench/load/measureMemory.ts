import { type Browser, type CDPSession, chromium } from '@playwright/test';
import { launchOptions } from '../../../packages/sdk/test/launchOptions.ts';
import { serveModel } from '../../../packages/sdk/test/serveModel.ts';
import { HELD, type MemoryRow } from './LoadBench.ts';
import type { ServedFiles } from './serveFiles.ts';

type Held = MemoryRow['held'];

/** A shop of so few items holds what does not grow with them. */
const FEW = 1000;

/**
 * Measures what a page holds of a made shop of so many items: ids and card data alone, the listing, and all of the model with the
 * CPU engine that has answered.
 */
export async function measureMemory(served: ServedFiles, items: number): Promise<MemoryRow[]> {
  const few = await bytesHeld(served, FEW);
  const many = await bytesHeld(served, items);
  return HELD.map((held) => ({
    held,
    bytes: many[held],
    eachItem: (many[held] - few[held]) / (items - FEW),
  }));
}

async function bytesHeld(served: ServedFiles, items: number): Promise<Record<Held, number>> {
  const model = await serveModel(items);
  const browser = await chromium.launch(launchOptions());
  try {
    const cards = await openPage(browser, `${served.address}/memory`);
    const shelf = await openPage(browser, `${served.address}/memory`);
    return {
      'ids and card data alone': await cards('ids and card data alone', model.url),
      'the listing': await shelf('the listing', model.url),
      'all of the model': await shelf('all of the model', model.url),
    };
  } finally {
    await browser.close();
    model.close();
  }
}

/** Opens a page; what it gives says how many bytes more the page has after it was asked to hold something. */
async function openPage(
  browser: Browser,
  address: string,
): Promise<(held: Held, model: string) => Promise<number>> {
  const page = await (await browser.newContext()).newPage();
  const devtools = await page.context().newCDPSession(page);
  /** Bytes of the page's JavaScript objects, of the buffers that they hold, and of WebAssembly's memory. */
  const used = async (): Promise<number> => {
    // What is free after one collection may hold what is free after the next.
    for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage');
    const heap = (await devtools.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize: number;
    };
    return heap.usedSize + heap.backingStorageSize + (await wasmBytes(devtools));
  };
  await page.goto(address);
  await page.waitForFunction('globalThis.asked !== undefined');
  const before = await used();
  return async (held, model) => {
    await page.evaluate(`asked[${JSON.stringify(held)}](${JSON.stringify(model)})`);
    return (await used()) - before;
  };
}

/** Bytes of all WebAssembly memories of a page, which its heap does not count. */
async function wasmBytes(devtools: CDPSession): Promise<number> {
  const prototype = await devtools.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId!,
  });
  const sum = await devtools.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    functionDeclaration:
      'function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }',
    returnByValue: true,
  });
  return sum.result.value as number;
}
