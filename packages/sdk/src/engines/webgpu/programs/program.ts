import {
  getMainHeaderString,
  type WebGPUProgram,
} from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';

/** Threads of a workgroup, where they work apart and where they count together. */
const APART = 64;
export const TOGETHER = 256;
/** Most workgroups in one dimension of a dispatch. */
const WIDEST = 65_535;

interface Definition {
  readonly name: string;
  /** Inputs, in the order of their bindings. */
  readonly inputs: readonly string[];
  /** Fields of the uniform struct, `name : type` each. */
  readonly uniforms?: string;
  /** How many threads run, one for each `index`. */
  readonly threads: number;
  /** Length of the output. */
  readonly size: number;
  /** WGSL of the thread `index`; it writes to `result`. */
  readonly body: string;
  /** True where the output is `array<atomic<i32>>`. */
  readonly atomic?: boolean;
  /** WGSL before the body, where the threads of a workgroup count together. */
  readonly together?: string;
}

/**
 * A program of tfjs with one thread for each index. Its WGSL depends on `name` alone, so that it is compiled once. Where there
 * are several contexts, what belongs to one lies behind what belongs to the one before it.
 */
export function program(definition: Definition): WebGPUProgram {
  const { name, inputs, uniforms = '', threads, size, body, atomic = false, together } = definition;
  const group = together === undefined ? APART : TOGETHER;
  const groups = Math.max(1, Math.ceil(threads / group));
  const deep = Math.ceil(groups / WIDEST);
  return {
    shaderKey: `evershelf ${name}`,
    variableNames: [...inputs],
    uniforms: `threads : i32, ${uniforms}`,
    outputShape: [size],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(groups / deep), deep, 1],
    workgroupSize: [group, 1, 1],
    atomic,
    getUserCode: () => `
      ${together ?? ''}
      ${getMainHeaderString('index')} {
        ${together === undefined ? 'if (index >= uniforms.threads) { return; }' : ''}
        ${body}
      }`,
  };
}
