import type { Problem } from '../placements/rulesOf.ts';
import { templateOf } from './shopParts.ts';

const said = new Set<string>();

/** Says what is wrong with the attributes of a shelf: on the element, and each thing once on the console. */
export function tellProblems(element: HTMLElement, problems: readonly Problem[]): void {
  const messages = problems.map(({ message }) => message);
  if (element.hasAttribute('template') && templateOf(element) === undefined)
    messages.push(
      `template: found ${JSON.stringify(element.getAttribute('template'))}, wanted a selector of a <template>, such as #card; it is left out`,
    );
  if (messages.length === 0) delete element.dataset['evershelfError'];
  else element.dataset['evershelfError'] = messages.join('\n');
  for (const message of messages) {
    if (!said.has(message)) console.warn(`evershelf: ${message}`, element);
    said.add(message);
  }
}
