import type { FleetEvent } from '../../../src-shared/contract/console-types.ts';
import { limitingFactor } from '../../../src-shared/model/wait.ts';
import { factorWords } from '../words.ts';
import { rounded } from './amounts.ts';
import type { Project } from './project.ts';
import { type Column, moment, type Table, tableOf } from './table.ts';

/** How fast each run was over time and what limited it: one row a minute, of what is older than a day one in ten minutes. */
export function performanceTable(project: Project): Table {
  return tableOf('Performance', paceColumns, project.pace());
}

type Stretch = ReturnType<Project['pace']> extends AsyncGenerator<infer T> ? T : never;

const paceColumns: readonly Column<Stretch>[] = [
  ['task', ({ row }) => row.task.name],
  ['task id', ({ row }) => row.task.id],
  ['run', ({ run }) => run.number],
  ['from', ({ pace }) => moment(pace.at)],
  ['seconds', ({ pace }) => rounded(pace.ms / 1_000)],
  ['items', ({ pace }) => pace.items],
  ['bytes', ({ pace }) => pace.bytes],
  ['resource units', ({ pace }) => rounded(pace.resourceUnits)],
  ['items a second', ({ pace }) => rounded((pace.items * 1_000) / pace.ms)],
  ['bytes a second', ({ pace }) => rounded((pace.bytes * 1_000) / pace.ms)],
  ['limited by', ({ pace }) => factorWords[limitingFactor(pace.waits)]],
];

/** Who did what and when: orders of people, machines that came and went, runs that ended. Newest first. */
export function auditTable(project: Project): Table {
  return tableOf('Audit', eventColumns, project.events());
}

const eventColumns: readonly Column<FleetEvent>[] = [
  ['number', ({ id }) => id],
  ['at', ({ at }) => moment(at)],
  ['who', ({ actor }) => actor],
  ['what', ({ facts }) => facts.kind],
  ['task id', ({ task }) => task],
  ['facts', ({ facts: { kind: _, ...facts } }) => JSON.stringify(facts)],
  ['code', ({ problem }) => problem?.code ?? null],
  ['where', ({ problem }) => problem?.where ?? null],
  ['detail', ({ problem }) => problem?.detail ?? null],
];
