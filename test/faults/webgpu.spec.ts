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
    fault: 'without an adapter',
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
  harmed(
    'out of memory',
    /the GPU (was lost|failed): no room for the buffers/,
    `
    devices.at(-1).dispatchEvent(
      new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('no room for the buffers') }),
    );
    0`,
  ),
  harmed(
    'with a command that its driver refuses',
    /the GPU (was lost|failed): Error while parsing WGSL/,
    "devices.at(-1).createShaderModule({ code: 'this is no shader' }); 0",
  ),
]);
