import { h } from '../dom/h.ts';

/** A line of text that has to be filled in. */
export function field(
  label: string,
  name: string,
  value: string,
): { readonly element: HTMLElement; value(): string } {
  const id = `checkout-${name}`;
  const input = h('input', { class: 'field-input', id, name, value, required: true, maxlength: 80 });
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label), input),
    value: () => input.value.trim(),
  };
}
