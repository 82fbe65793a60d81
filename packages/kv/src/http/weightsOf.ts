/** What a client takes, by name in small letters, and how much it likes each: the list of an Accept header (RFC 9110, 12.4.2). */
export function weightsOf(accepted: string): Map<string, number> {
  return new Map(
    accepted.split(',').map((each) => {
      const [name, ...parameters] = each.toLowerCase().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return [name!.trim(), Number(weight ?? 1)] as const;
    }),
  );
}
