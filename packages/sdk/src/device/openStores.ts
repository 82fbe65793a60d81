import type { Consent } from '../types.ts';
import { type DeviceStore, NO_STORE } from './DeviceStore.ts';
import { deleteDatabase, indexedDbStore } from './indexedDbStore.ts';

/** Databases of the browser, apart so that one can go without the other. */
const CATALOGUE = 'evershelf-catalogue';
const PROFILE = 'evershelf-profile';

/** Opens the stores that the shopper agreed to, and deletes those that the shopper did not, unless they are to be spared. */
export function openStores(
  consent: Consent,
  spares?: boolean,
): { catalogue: DeviceStore; profile: DeviceStore } {
  const open = (name: string, agreed: boolean): DeviceStore => {
    if (agreed) return indexedDbStore(name);
    if (!spares) void deleteDatabase(name);
    return NO_STORE;
  };
  return { catalogue: open(CATALOGUE, consent !== 'none'), profile: open(PROFILE, consent === 'profile') };
}
