/** For what is true at this moment only, and for errors: no cache between may answer with it later. */
export const UNCACHED = { 'Cache-Control': 'no-store' };
