import { cp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { findVulkan } from '../../../../packages/sdk/test/node/findVulkan.ts';
import { DRIVER } from '../../../../packages/sdk/test/node/vulkanEnvironment.ts';

/** Most bytes of the folder: what a machine with a GPU is handed at once. */
const MOST = 64 * 2 ** 20;
const PLATFORM = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;

/** Packages with binaries that they look for beside themselves, and the files of them that the bench needs. */
const WHOLE: readonly { name: string; from: string; files: readonly string[] }[] = [
  {
    name: 'webgpu',
    from: '../../../../packages/sdk/node_modules',
    files: ['LICENSE.md', 'index.js', 'package.json', `dist/${PLATFORM}`],
  },
  {
    name: 'onnxruntime-web',
    from: '../../../../node_modules',
    files: [
      'package.json',
      'dist/ort.wasm.bundle.min.mjs',
      'dist/ort-wasm-simd-threaded.mjs',
      'dist/ort-wasm-simd-threaded.wasm',
    ],
  },
];

/**
 * Packs the bench of the engines in Node, for the platform that packs, into a folder that needs Node and nothing else:
 * `node FOLDER/engine.js`. With it comes Chromium's Vulkan, for machines that have no GPU.
 *
 * @returns the bytes of the folder
 * @throws {Error} where they are more than 64 MiB
 */
export async function packBench(folder: string): Promise<number> {
  const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await build({
    configFile: false,
    root: here('.'),
    logLevel: 'error',
    ssr: { noExternal: true, external: WHOLE.map(({ name }) => name) },
    // tfjs-backend-wasm looks beside itself, too, where it is told nothing else.
    define: { __dirname: 'import.meta.dirname' },
    experimental: {
      renderBuiltUrl: (file) => ({ runtime: `import.meta.dirname + ${JSON.stringify(`/${file}`)}` }),
    },
    build: {
      outDir: folder,
      target: 'node20',
      ssr: true,
      ssrEmitAssets: true,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { engine: here('engine.ts'), page: here('page.ts') },
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  for (const { name, from, files } of WHOLE) {
    for (const file of files)
      await cp(join(here(from), name, file), join(folder, 'node_modules', name, file), { recursive: true });
  }
  const vulkan = findVulkan();
  if (vulkan !== undefined)
    for (const file of [DRIVER, 'libvk_swiftshader.so', 'libvulkan.so.1'])
      await cp(join(vulkan, file), join(folder, file));

  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  if (bytes > MOST) throw new Error(`found ${bytes} bytes in ${folder}, wanted at most ${MOST}`);
  return bytes;
}
