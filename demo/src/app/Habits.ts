import type { Item } from 'evershelf';
import { Stored } from './Stored.ts';

interface Kept {
  readonly bought: readonly string[];
  readonly departments: Readonly<Record<string, number>>;
}

const WEIGHTS: Readonly<Record<string, number>> = { view: 1, cart: 3, purchase: 5 };
const MAX_BOUGHT = 200;

/** Which shelves the home page has: what was bought here, and which departments were used most. */
export class Habits {
  readonly #stored = new Stored(() => localStorage, 'habits', checkKept);

  get bought(): ReadonlySet<string> {
    return new Set(this.#stored.read().bought);
  }

  /** Departments, the most used first. */
  get departments(): string[] {
    const weights = Object.entries(this.#stored.read().departments);
    return weights.sort((a, b) => b[1] - a[1]).map(([name]) => name);
  }

  add(kind: string, item: Item): void {
    const { bought, departments } = this.#stored.read();
    const department = item.category?.[0];
    this.#stored.write({
      bought: kind === 'purchase' ? [...new Set([item.id, ...bought])].slice(0, MAX_BOUGHT) : bought,
      departments: department
        ? { ...departments, [department]: (departments[department] ?? 0) + (WEIGHTS[kind] ?? 1) }
        : departments,
    });
  }

  clear(): void {
    this.#stored.write({ bought: [], departments: {} });
  }
}

function checkKept(value: unknown): Kept {
  const { bought, departments } = (value ?? {}) as Partial<Kept>;
  return {
    bought: Array.isArray(bought) ? bought.filter((id) => typeof id === 'string') : [],
    departments: Object.fromEntries(
      Object.entries(departments ?? {}).filter(([, weight]) => Number.isFinite(weight)),
    ),
  };
}
