import { writeArtifact } from '@evershelf/model';
import { smallArtifact } from '../../model/test/smallArtifact.ts';
import { listen } from './listen.ts';

/**
 * Serves an artifact of so many items to pages of any origin.
 *
 * @param rows of its table; default those of a trained one
 */
export async function serveModel(items: number, rows = 65_536): Promise<{ url: string; close(): void }> {
  const { draft, parts } = smallArtifact(1, items, [rows, 64]);
  const files = await writeArtifact(draft, parts);
  return listen((request, response) => {
    const body = files.get(new URL(request.url!, 'http://localhost').pathname.slice(1));
    const headers = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
}
