import type { Intent } from '@evershelf/model';
import type { Boost, Pin, Rules, Where } from '../../rules/Rules.ts';
import type { PlacementName } from '../Storefront.ts';

/** Attributes of `<evershelf-shelf>` as a component has them; what holds JSON takes what the JSON says. */
export interface ShelfProps {
  readonly placement?: PlacementName;
  readonly count?: number;
  readonly intent?: Intent;
  readonly item?: string;
  readonly category?: string | readonly string[];
  readonly query?: string;
  readonly repeat?: boolean;
  readonly fatigue?: number | 'off';
  readonly rules?: string | Rules;
  readonly where?: string | Where;
  readonly price?: string;
  readonly boosts?: string | readonly Boost[];
  readonly pins?: string | readonly Pin[];
  readonly brandCap?: number;
  readonly diversity?: number;
  readonly exclude?: string | readonly string[];
  readonly name?: string;
  readonly heading?: string;
  readonly level?: number;
  readonly layout?: 'row' | 'grid';
  readonly template?: string;
  readonly href?: string;
  readonly why?: boolean;
  readonly currency?: string;
}
