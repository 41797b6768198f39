import { z } from 'zod';

/** How one test ended that ran under Wine. */
export const caseResultSchema = z.object({
  name: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  message: z.string(),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

export const reportSchema = z.object({ node: z.string(), cases: z.array(caseResultSchema) });
export type Report = z.infer<typeof reportSchema>;
