export * from '../index.ts';
export { startFromTag as start } from './startFromTag.ts';
