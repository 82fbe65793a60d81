/** Runs a job after so many milliseconds, and keeps no process alive for it. */
export function later(milliseconds: number, job: () => void): ReturnType<typeof setTimeout> {
  const timer = setTimeout(job, milliseconds);
  // Where there is no process to keep alive, it is a number.
  if (typeof timer === 'object') timer.unref();
  return timer;
}
