/** Calls `act` at once, and then at most every `pause` milliseconds, the last time after the last call. */
export function throttle(act: () => void, pause: number): { (): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = (): void => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, pause);
    act();
  };
  const throttled = (): void => {
    if (timer === undefined) run();
    else again = true;
  };
  return Object.assign(throttled, { stop: () => clearTimeout(timer) });
}
