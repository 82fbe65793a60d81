import type { Page } from '@playwright/test';
import type { Places } from './Places.ts';

/** Leads a visit of its own to what a picture shows. */
export type Scene = (page: Page, places: Places) => Promise<void>;

/** Scenes by the names of their pictures. */
export type Scenes = Readonly<Record<string, Scene>>;
