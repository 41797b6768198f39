import { afterAll, beforeAll } from 'vitest';
import { destinationConformance } from '../conformance/destination.ts';
import { type GraphTest, startGraphTest } from './graph-fixture.ts';

let test: GraphTest;
beforeAll(async () => {
  test = await startGraphTest();
});
afterAll(() => test.close());

destinationConformance('Graph, a folder of a library', () => test.fixture('Migrated/Share 1'));
