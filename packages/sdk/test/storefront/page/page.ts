import { openPageReader } from '../../../src/storefront/page/openPageReader.ts';
import { OWN } from '../../../src/storefront/page/ownMessage.ts';
import type { PageReader } from '../../../src/storefront/page/PageReader.ts';
import type { PageState } from '../../../src/storefront/Storefront.ts';
import type { Consent, TrackedEvent } from '../../../src/types.ts';

let reader: PageReader | undefined;
let told: TrackedEvent[] = [];
let changes = 0;
const errors: string[] = [];
addEventListener('error', ({ message }) => errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));

/** What pageReader.test.ts calls in the browser. */
const offered = {
  /** Puts a page in the place of this one, and reads it. Scripts among it run. */
  async open(
    html: string,
    {
      address = '/',
      consent = 'none',
      known = [],
    }: { address?: string; consent?: Consent; known?: string[] } = {},
  ): Promise<void> {
    reader?.close();
    told = [];
    changes = 0;
    history.replaceState(null, '', address);
    Object.assign(globalThis, { dataLayer: undefined });
    document.body.innerHTML = '';
    await offered.add(html);
    reader = openPageReader({
      dataLayer: 'dataLayer',
      consent,
      knows: (id) => known.includes(id),
      tracked: (events) => void told.push(...events),
      changed: () => void changes++,
    });
  },

  /** Adds to the page; scripts among it run, one after the other. */
  async add(html: string): Promise<void> {
    const part = document.createElement('div');
    part.innerHTML = html;
    for (const script of part.querySelectorAll('script')) {
      const running = document.createElement('script');
      for (const { name, value } of script.attributes) running.setAttribute(name, value);
      running.textContent = script.textContent;
      script.replaceWith(running);
    }
    document.body.append(part);
  },

  async run(code: string): Promise<void> {
    const script = document.createElement('script');
    script.textContent = code;
    document.head.append(script);
  },

  /** What the page does when it becomes another one. */
  async move(address: string): Promise<void> {
    history.pushState(null, '', address);
    reader!.moved();
  },

  async keep(consent: Consent): Promise<void> {
    reader!.keep(consent);
  },

  async leave(): Promise<void> {
    dispatchEvent(new PageTransitionEvent('pagehide'));
  },

  async found(): Promise<{
    state: PageState;
    told: TrackedEvent[];
    changes: number;
    errors: string[];
    stored: Record<string, unknown>;
  }> {
    return { state: reader!.state(), told, changes, errors, stored: { ...sessionStorage } };
  },

  own: OWN,
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
