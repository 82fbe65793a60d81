/**
 * Asks what stands in for the shop's own people; see `demo/vite/backstage.ts`.
 *
 * @throws {Error} that says why, in words for the visitor
 */
export async function askBackstage<Answer>(
  method: 'GET' | 'POST',
  call: 'arrivals' | 'changes' | 'nights',
  body?: object,
): Promise<Answer> {
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`/demo/${call}`, init).catch(() => {
    throw new Error('The shop’s server cannot be reached.');
  });
  const said = (await answer.json().catch(() => ({}))) as Answer & { error?: string };
  if (answer.ok) return said;
  throw new Error(said.error ?? `The shop’s server answered ${answer.status}.`);
}
