/** What was read of a sequence already, and then the rest of it, which ends with it, however that is. */
export async function* withHead<T>(head: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
