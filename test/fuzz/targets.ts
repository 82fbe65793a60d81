import type { OpenTarget } from './Target.ts';

/** All that is fuzzed, by the name of its corpus. The code of each is loaded with it. */
export const TARGETS = {
  artifact: async () => (await import('./targets/artifact.ts')).artifact(),
  manifest: async () => (await import('./targets/manifest.ts')).manifest(),
  safetensors: async () => (await import('./targets/safetensors.ts')).safetensors(),
  catalogue: async () => (await import('./targets/catalogue.ts')).catalogue(),
  edges: async () => (await import('./targets/edges.ts')).edges(),
  page: async () => (await import('./targets/page.ts')).page(),
  answers: async () => (await import('./targets/answers.ts')).answers(),
  item: async () => (await import('./targets/item.ts')).item(),
  event: async () => (await import('./targets/event.ts')).event(),
  requests: async () => (await import('./targets/requests.ts')).requests(),
  feedXml: async () => (await import('./targets/feed.ts')).feedXml(),
  feedTable: async () => (await import('./targets/feed.ts')).feedTable(),
  ecommerce: async () => (await import('./targets/ecommerce.ts')).ecommerce(),
  markup: async () => (await import('./targets/markup.ts')).markup(),
  rules: async () => (await import('./targets/rules.ts')).rules(),
} as const satisfies Record<string, OpenTarget>;

export type TargetName = keyof typeof TARGETS;
