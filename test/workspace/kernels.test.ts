import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel, KERNELS } from '../compileKernels.ts';

const bare = (source: string): string => source.replaceAll(/\W/g, '');

for (const kernel of KERNELS) {
  it(`${kernel.code} is ${kernel.text}, compiled`, async () => {
    const source = await readFile(new URL(`../../${kernel.code}`, import.meta.url), 'utf8');
    expect(bare(source)).toBe(bare(await compileKernel(kernel)));
  });
}
