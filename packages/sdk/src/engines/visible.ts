/** Settles once somebody can see the page: at once where it is in front, or where there is no page. */
export function visible(): Promise<void> {
  const { document } = globalThis;
  if (document?.visibilityState !== 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState === 'hidden') return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
  });
}
