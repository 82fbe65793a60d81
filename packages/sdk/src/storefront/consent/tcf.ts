import type { Signal } from './Terms.ts';

/** What a consent platform says, as far as it is read: IAB TCF v2, TCData. */
export interface TcData {
  readonly gdprApplies?: boolean;
  readonly eventStatus?: string;
  readonly listenerId?: number;
  readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> };
}

type TcfApi = (
  command: string,
  version: number,
  callback: (data: TcData | null, success: boolean) => void,
  parameter?: unknown,
) => void;

/** Until a platform that is there has answered. */
const UNKNOWN: Signal = { consent: 'none', events: false, settled: false };

/** Listens to the consent platform of the page. */
export interface Tcf {
  /** Looks for one, where none was found so far. */
  look(): void;
  /** What it says; undefined where there is none. */
  signal(): Signal | undefined;
  close(): void;
}

/** @param changed called when it says something else */
export function openTcf(changed: () => void): Tcf {
  let api: TcfApi | undefined;
  let said: Signal | undefined;
  let listener: number | undefined;
  let closed = false;
  const look = (): void => {
    const { __tcfapi } = globalThis as { __tcfapi?: TcfApi };
    if (api !== undefined || typeof __tcfapi !== 'function') return;
    api = __tcfapi;
    said = UNKNOWN;
    try {
      api('addEventListener', 2, (data, success) => {
        if (closed || !success || data === null) return;
        listener = data.listenerId;
        said = signalOf(data);
        changed();
      });
    } catch {
      // A platform that is broken has not agreed to anything.
    }
  };
  look();
  return {
    look,
    signal: () => said,
    close() {
      closed = true;
      // The stub of a platform is replaced by the platform.
      const { __tcfapi } = globalThis as { __tcfapi?: TcfApi };
      if (listener !== undefined) __tcfapi?.('removeEventListener', 2, () => {}, listener);
    },
  };
}

/**
 * By purpose: 1 (store and access information on a device) for `cache`; with it 5 and 6 (create and use profiles to personalise
 * content) for `profile`; 8 (measure content performance) for events. All where the GDPR does not apply.
 */
function signalOf({ gdprApplies, eventStatus, purpose }: TcData): Signal {
  if (gdprApplies === false) return { consent: 'profile', events: true, settled: true };
  const agreed = (...purposes: readonly number[]): boolean =>
    purposes.every((each) => purpose?.consents?.[each] === true);
  return {
    consent: !agreed(1) ? 'none' : agreed(5, 6) ? 'profile' : 'cache',
    events: agreed(8),
    // While its questions are on the page nothing better is on its way than the shopper's own answer.
    settled: eventStatus !== undefined,
  };
}
