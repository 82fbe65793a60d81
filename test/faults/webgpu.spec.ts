import { expect } from '@playwright/test';
import { SOFTWARE_WEBGPU } from '../../packages/sdk/test/launchOptions.ts';
import { type Answer, type Cell, type Fault, WELL } from './cell.ts';
import { matrix } from './matrix.ts';

const GPU: Answer = { ...WELL, answeredBy: 'webgpu' };

/** Keeps the devices that are opened in `devices`, and hands over what `opened` makes of each. */
const watching = (opened = ''): string => `
  var devices = [];
  var { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    ${opened}
    return device;
  };`;
const run =
  (code: string) =>
  ({ page }: Cell) =>
    page.evaluate(code);

/** A device that comes to harm after it has answered. */
const harmed = (fault: string, says: RegExp, code: string): Fault => ({
  ...{ fault, says },
  page: { tag: { engine: 'webgpu' }, before: watching() },
  strikes: run(code),
  answers: WELL,
  recovers: 'by itself',
  after: GPU,
});

/** The browser's process of the GPU dies, and another one starts: all pages of the browser lose their devices. */
const kill = async ({ context }: Cell): Promise<void> => {
  const client = await context.browser()!.newBrowserCDPSession();
  await client.send('Browser.crashGpuProcess');
};

matrix('webgpu', [
  {
    fault: 'absent',
    page: { tag: { engine: 'webgpu' }, before: 'delete Navigator.prototype.gpu' },
    answers: WELL,
    says: /no GPU: there is no adapter/,
    recovers: 'by itself',
    after: WELL,
  },
  {
    fault: 'without an adapter, as on a machine without a GPU',
    browser: ({ args = [], ...usual }) => ({
      ...usual,
      args: [...args.filter((arg) => !SOFTWARE_WEBGPU.includes(arg)), '--disable-gpu'],
    }),
    page: { tag: { engine: 'webgpu' } },
    answers: WELL,
    says: /no GPU: there is no adapter/,
    async holds({ page }) {
      expect(await page.evaluate('navigator.gpu.requestAdapter()')).toBe(null);
    },
    recovers: '–',
  },
  {
    fault: 'without an adapter for some time',
    page: {
      tag: { engine: 'webgpu' },
      before: `
        var { requestAdapter } = GPU.prototype;
        GPU.prototype.requestAdapter = async () => null;`,
    },
    answers: WELL,
    says: /no GPU: there is no adapter/,
    heals: run('void (GPU.prototype.requestAdapter = requestAdapter)'),
    recovers: 'by itself',
    after: GPU,
  },
  {
    fault: 'with an adapter that never comes',
    page: {
      tag: { engine: 'webgpu' },
      before: 'GPU.prototype.requestAdapter = () => new Promise(() => {});',
    },
    answers: WELL,
    says: /the GPU is being opened/,
    recovers: 'by itself',
    after: WELL,
  },
  {
    fault: 'with an adapter that gives no device',
    page: {
      tag: { engine: 'webgpu' },
      before: `
        var { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async () => {
          throw new DOMException('out of luck', 'OperationError');
        };`,
    },
    answers: WELL,
    says: /no GPU: out of luck/,
    heals: run('void (GPUAdapter.prototype.requestDevice = requestDevice)'),
    recovers: 'by itself',
    after: GPU,
  },
  {
    fault: 'lost before the first call',
    page: { tag: { engine: 'webgpu' }, before: watching('if (devices.length === 1) device.destroy();') },
    answers: WELL,
    says: /the GPU (was lost|failed): /,
    recovers: 'by itself',
    after: GPU,
  },
  harmed(
    'lost during a call',
    /the GPU (was lost|failed): /,
    `
      var { submit } = GPUQueue.prototype;
      GPUQueue.prototype.submit = function (commands) {
        submit.call(this, commands);
        GPUQueue.prototype.submit = submit;
        devices.at(-1).destroy();
      };`,
  ),
  harmed('lost after a call', /the GPU (was lost|failed): /, 'devices.at(-1).destroy()'),
  {
    fault: 'lost with its process, during a call',
    browser: (usual) => usual,
    page: { tag: { engine: 'webgpu' } },
    async strikes(cell) {
      await cell.page.exposeFunction('kill', () => kill(cell));
      await cell.page.evaluate(`
        var { mapAsync } = GPUBuffer.prototype;
        GPUBuffer.prototype.mapAsync = async function (...given) {
          GPUBuffer.prototype.mapAsync = mapAsync;
          await kill();
          return mapAsync.apply(this, given);
        };
        0`);
    },
    answers: WELL,
    says: /the GPU (was lost|failed): /,
    recovers: 'by itself',
    after: GPU,
  },
  {
    fault: 'lost with its process, after a call',
    browser: (usual) => usual,
    page: { tag: { engine: 'webgpu' } },
    strikes: kill,
    answers: WELL,
    says: /the GPU (was lost|failed): /,
    recovers: 'by itself',
    after: GPU,
  },
  harmed(
    'out of memory',
    /the GPU (was lost|failed): Allocation size too large/,
    `
    // Texels of 256 GB, of which none is written.
    devices.at(-1).createTexture({ size: [8192, 8192, 256], format: 'rgba32float', usage: GPUTextureUsage.STORAGE_BINDING });
    devices.at(-1).queue.submit([]);`,
  ),
  harmed(
    'with a command that its driver refuses',
    /the GPU (was lost|failed): Error while parsing WGSL/,
    "devices.at(-1).createShaderModule({ code: 'this is no shader' }); 0",
  ),
]);
