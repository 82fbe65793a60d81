import type { Rung } from 'evershelf';

/** The ladder in words; each rung's icon has the rung's name. */
export const rungs: Readonly<Record<Rung, { readonly label: string; readonly meaning: string }>> = {
  known: { label: 'Known', meaning: 'The model was trained on this product.' },
  attributes: { label: 'Attributes', meaning: 'New to the model, placed by its attributes.' },
  category: { label: 'Category', meaning: 'New to the model, placed by its category.' },
  root: { label: 'Unplaced', meaning: 'Nothing but its id is known.' },
};
