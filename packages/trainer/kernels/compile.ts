import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

/** The module of kernels.wat as a source file: code that reads TypeScript needs no step to find it. */
export async function compileKernels(): Promise<string> {
  const file = new URL('kernels.wat', import.meta.url);
  const module = (await wabt()).parseWat('kernels.wat', await readFile(file, 'utf8'));
  const { buffer } = module.toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,100}/g)!;
  return [
    '/** kernels.wat, compiled by kernels/compile.ts; base64. */',
    `export const KERNEL_CODE =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}

if (import.meta.filename === process.argv[1])
  await writeFile(new URL('../src/train/kernelCode.ts', import.meta.url), await compileKernels());
