import { describe } from 'vitest';
import { memoryStore } from '../../src/index.ts';
import { storeContract } from './storeContract.ts';

describe('memoryStore', () => {
  storeContract(async () => memoryStore());
});
