import type { MiddlewareHandler } from 'hono';
import { type Grant, type Grants, permits } from '../access/grants.ts';
import type { Role } from '../access/Tokens.ts';
import type { Variables } from './Variables.ts';
import { RequestError } from './RequestError.ts';

/** Lets requests through that carry a token of a role; all are refused where the service has none. */
export function onlyWith(grants: Grants, role: Role): MiddlewareHandler<{ Variables: Variables }> {
  return async (c, next) => {
    if (!grants.some(role))
      throw new RequestError(
        403,
        `found a service without a token, which refuses ${role}s, start it with --token or EVERSHELF_TOKEN, or with --tokens`,
      );
    const given = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const grant: Grant | undefined = given === undefined ? undefined : grants.of(given);
    if (grant === undefined) {
      c.header('WWW-Authenticate', 'Bearer realm="evershelf"');
      throw new RequestError(
        401,
        `found ${given === undefined ? 'no token' : 'a wrong token'}, wanted this service's, ` +
          'send it as "Authorization: Bearer TOKEN"',
      );
    }
    if (!permits(grant.role, role)) {
      c.header('WWW-Authenticate', 'Bearer realm="evershelf", error="insufficient_scope"');
      throw new RequestError(403, `found a token that may ${grant.role} only, wanted one that may ${role}`);
    }
    c.set('grant', grant);
    await next();
  };
}
