import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

/** Modules of WebAssembly text, the source files that hold them compiled, and the names of their constants. */
export const KERNELS = [
  {
    text: 'packages/trainer/kernels/kernels.wat',
    code: 'packages/trainer/src/train/kernelCode.ts',
    name: 'KERNEL_CODE',
  },
  {
    text: 'packages/sdk/kernels/score.wat',
    code: 'packages/sdk/src/engines/cpu/scoreCode.ts',
    name: 'SCORE_CODE',
  },
] as const;

const ROOT = new URL('../', import.meta.url);

/**
 * A module in hexadecimal digits in a source file: code that reads TypeScript needs no step to find it. Compressed they are fewer
 * bytes than base64, which hides what repeats.
 */
export async function compileKernel({ text, name }: (typeof KERNELS)[number]): Promise<string> {
  const module = (await wabt()).parseWat(text, await readFile(new URL(text, ROOT), 'utf8'));
  const { buffer } = module.toBinary({});
  const lines = Buffer.from(buffer)
    .toString('hex')
    .match(/.{1,100}/g)!;
  return [
    `/** ${text.split('/').at(-1)}, compiled by test/compileKernels.ts. */`,
    `export const ${name} =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}

if (import.meta.filename === process.argv[1])
  for (const kernel of KERNELS) await writeFile(new URL(kernel.code, ROOT), await compileKernel(kernel));
