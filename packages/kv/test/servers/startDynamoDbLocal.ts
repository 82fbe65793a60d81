import { dynamoDbLocal } from './dynamoDbLocal.ts';
import { freePorts } from './freePorts.ts';
import { startServer } from './startServer.ts';

export interface DynamoDbServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * DynamoDB Local on the loopback, in memory.
 *
 * @param more options of Java
 */
export async function startDynamoDbLocal(...more: readonly string[]): Promise<DynamoDbServer> {
  const [port] = await freePorts(1);
  const endpoint = `http://127.0.0.1:${port}`;
  const { folder } = dynamoDbLocal;
  const server = await startServer(
    'java',
    [
      ...['-Xmx1g', ...more, `-Djava.library.path=${folder}`, '-cp', `${folder}/*`],
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
    ],
    () =>
      fetch(endpoint).then(
        () => true,
        () => false,
      ),
  );
  return { endpoint, stop: server.kill };
}
