/**
 * What about a request's headers could make a proxy in front see another request than this server, beyond what Node's parser refuses;
 * undefined where it is nothing.
 *
 * @param rawHeaders names and values in turn, as they came
 */
export function framingFault(rawHeaders: readonly string[], httpVersion: string): string | undefined {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    // Most headers are told by their length.
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
    if (name.length !== 17 || name.toLowerCase() !== 'transfer-encoding') continue;
    if (httpVersion !== '1.1' || rawHeaders[i + 1]!.toLowerCase() !== 'chunked')
      return 'found a transfer coding, wanted chunked alone, in HTTP/1.1';
  }
  return hosts > 1 || (hosts === 0 && httpVersion === '1.1')
    ? `found ${hosts} Host headers, wanted one`
    : undefined;
}
