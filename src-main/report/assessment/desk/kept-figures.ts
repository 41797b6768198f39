import { z } from 'zod';
import { type SurveyFigures, surveyFiguresSchema } from '../../../../src-shared/contract/assessments.ts';
import { jsonOf } from '../../../basics/json-of.ts';
import { readIfThere } from '../../../basics/read-if-there.ts';
import { writeWhole } from '../../write-whole.ts';

/** Of what form the file is: figures that are counted otherwise get another number, and what was kept before is counted anew. */
const FORM = 1;

const fileSchema = z.object({ form: z.literal(FORM), figures: surveyFiguresSchema });

/** The figures of a run as they were kept; undefined where there are none, or none that this version understands. */
export async function readFigures(file: string): Promise<SurveyFigures | undefined> {
  const bytes = await readIfThere(file);
  if (bytes === undefined) return undefined;
  const parsed = fileSchema.safeParse(jsonOf(bytes.toString('utf8')));
  return parsed.success ? parsed.data.figures : undefined;
}

export function keepFigures(file: string, figures: SurveyFigures): Promise<void> {
  return writeWhole(file, JSON.stringify({ form: FORM, figures }));
}
