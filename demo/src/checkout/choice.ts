import { h } from '../dom/h.ts';

/** One of several, the first unless another is chosen. */
export function choice(
  name: string,
  offers: readonly { readonly name: string; readonly note: string }[],
): { readonly element: HTMLElement; value(): string } {
  const inputs = offers.map((offer, place) =>
    h('input', { type: 'radio', name, value: offer.name, checked: place === 0 }),
  );
  const element = h(
    'div',
    { class: 'choices' },
    ...offers.map((offer, place) =>
      h(
        'label',
        { class: 'choice' },
        inputs[place]!,
        h('span', { class: 'choice-name' }, offer.name),
        h('span', { class: 'choice-note' }, offer.note),
      ),
    ),
  );
  return { element, value: () => inputs.find(({ checked }) => checked)!.value };
}
