/** How the pnpm is called that runs this: a program, or a script for Node; the one that npm fetches, where none does. */
export function pnpmCommand(): readonly [command: string, ...first: string[]] {
  const pnpm = process.env['npm_execpath'];
  if (pnpm === undefined || !/pnpm/.test(pnpm)) return ['npx', '-y', 'pnpm'];
  return pnpm.endsWith('js') ? [process.execPath, pnpm] : [pnpm];
}
