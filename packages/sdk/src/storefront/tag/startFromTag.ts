import { openStorefront } from '../openStorefront.ts';
import { handToPage } from '../handToPage.ts';
import { keepOwnErrors } from './keepOwnErrors.ts';
import type { Command, Queue } from './Queue.ts';
import { readTag } from './readTag.ts';
import { repairBuiltIns } from './repairBuiltIns.ts';
import { verifiedFiles } from './verifiedFiles.ts';

/**
 * Opens the storefront that a script tag describes, then does what the page has queued, in order, and from then on at once.
 *
 * @throws {TypeError} where the tag says what cannot be; as `openStorefront` does
 */
export async function startFromTag(queue: Queue): Promise<void> {
  keepOwnErrors(new URL(/* @vite-ignore */ '.', import.meta.url).href);
  repairBuiltIns();
  const tags = queue.tags!;
  const tag = tags[0]!;
  for (const other of tags.slice(1)) compare(tag, other);
  tags.push = (...others) => {
    for (const other of others) compare(tag, other);
    return tags.length;
  };
  const files = verifiedFiles(tag.nonce);
  queue.import = files.import;
  queue.text = files.text;

  await shown();
  const shop = await openStorefront(await readTag(tag));
  const run = (command: Command): void => {
    try {
      if (typeof command !== 'function')
        throw new TypeError(`evershelf.push: found ${typeof command}, wanted a function of the storefront`);
      command(shop);
    } catch (error) {
      // What one command gets wrong is the page's error, and does not stop the others.
      handToPage(error);
    }
  };
  while (queue.length > 0) run(queue.shift()!);
  queue.push = (...commands) => {
    commands.forEach(run);
    return queue.length;
  };
}

/** Settles when somebody sees the page: one that a browser renders ahead may never be looked at. */
async function shown(): Promise<void> {
  if ((document as { prerendering?: boolean }).prerendering !== true) return;
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }));
}

/** A page has one storefront: another tag is left out, and where it says something else the console says so. */
function compare(first: HTMLScriptElement, other: HTMLScriptElement | null): void {
  if (other === null) return;
  const [used, left] = [describe(first), describe(other)];
  if (used !== left)
    console.warn(
      `evershelf: this page has two script tags. ${used} is used, ${left} is left out: remove one.`,
    );
}

function describe(tag: HTMLScriptElement): string {
  const said = Object.entries(tag.dataset).map(([name, text]) => ` ${name}=${text}`);
  return tag.src + said.sort().join('');
}
