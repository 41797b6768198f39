import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

/**
 * Takes the place of `vitest` in what runs under Wine: its collector and its matchers, without the processes and pipes around them, which
 * Wine does not carry.
 */
export { afterAll, beforeAll, describe, it } from '@vitest/runner';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = chai.expect;
